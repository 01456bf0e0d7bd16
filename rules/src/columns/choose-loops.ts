import type { ColumnBatch } from './batch.ts'
import { covers, type Knowledge, knowledgeOf, merged, widthsOf } from './knowledge.ts'
import { type Ground, type Loops, loopsFor } from './loops.ts'
import type { Sample } from './sample.ts'

/** Loops made so far, and others where a batch holds what those cannot take. */
export type LoopChoice = Readonly<{
  for: (batch: ColumnBatch) => Loops
  sources: () => readonly string[]
}>

/**
 * Chooses loops by what the columns of a batch hold. What was made before and takes more is used
 * again, so that a district read in parts is compiled for once or twice.
 *
 * @param sample what some households of a batch say of the conditions
 * @param worthKnowing from so many persons on loops are made for what the columns hold
 */
export function loopChoice(ground: Ground, sample: Sample, worthKnowing: number): LoopChoice {
  const general: Loops[] = []
  const special: Loops[] = []
  const choose = (from: Loops[], knowledge: Knowledge, make: (wide: Knowledge) => Loops): Loops => {
    const fit = from.find((loops) => covers(loops.knowledge, knowledge))
    if (fit) return fit
    const like = from.find((loops) => merged(loops.knowledge, knowledge) !== null)
    const made = make((like && merged(like.knowledge, knowledge)) ?? knowledge)
    if (like) from.splice(from.indexOf(like), 1)
    from.unshift(made)
    return made
  }
  return {
    for: (batch) =>
      batch.persons >= worthKnowing
        ? choose(special, knowledgeOf(ground.program, batch), (knowledge) =>
            loopsFor(ground, knowledge, sample(batch)),
          )
        : choose(general, widthsOf(ground.program, batch), (knowledge) =>
            loopsFor(ground, knowledge, null),
          ),
    sources: () => [...general, ...special].flatMap(({ sources }) => sources),
  }
}
