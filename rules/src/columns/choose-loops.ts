import { UNMET } from '../evaluate/verdicts.ts'
import type { ColumnBatch } from './batch.ts'
import { blocksOf } from './block.ts'
import { covers, type Knowledge, knowledgeOf, merged, widthsOf } from './knowledge.ts'
import { type Ground, type Loops, loopsFor } from './loops.ts'
import type { Settled } from './orders.ts'
import { factColumns, runBlock, type Running } from './run-block.ts'

/** Loops made so far, and others where a batch holds what those cannot take. */
export type LoopChoice = Readonly<{
  for: (batch: ColumnBatch) => Loops
  sources: () => readonly string[]
}>

/** Rows of a target that are looked at before its conditions are put in order. */
const SAMPLE = 256

/**
 * Chooses loops by what the columns of a batch hold. What was made before and takes more is used
 * again, so that a district read in parts is compiled for once or twice.
 *
 * @param worthKnowing from so many persons on loops are made for what the columns hold
 */
export function loopChoice(running: Running, ground: Ground, worthKnowing: number): LoopChoice {
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
            loopsFor(
              ground,
              knowledge,
              sampled(
                running,
                loopsFor({ ...ground, mode: 'verdicts', into: 'entries' }, knowledge, null),
                batch,
              ),
            ),
          )
        : choose(general, widthsOf(ground.program, batch), (knowledge) =>
            loopsFor(ground, knowledge, null),
          ),
    sources: () => [...general, ...special].flatMap(({ sources }) => sources),
  }
}

/** How often each condition is unmet in a block from the middle of the batch. */
function sampled(running: Running, loops: Loops, batch: ColumnBatch): Settled[] {
  const middle = middleOf(batch)
  const facts = factColumns(running.pack, batch)
  const [block] = blocksOf(batch, middle)
  if (!block) return []
  const { look } = runBlock(running, loops, block, facts)
  return running.plans.map((plan) => {
    const { entity, conditions } = plan.target
    const rows = entity === 'person' ? block.persons : block.households
    const step = Math.max(1, Math.floor(rows / SAMPLE))
    const unmet = new Float64Array(conditions.length)
    let taken = 0
    for (let row = 0; row < rows; row += step) {
      look(plan, row)
      taken++
      plan.looked.outcomes.forEach((outcome, c) => {
        if (outcome === UNMET) unmet[c] = (unmet[c] ?? 0) + 1
      })
    }
    return { unmet, rows: taken }
  })
}

function middleOf({ households }: ColumnBatch): number {
  return Math.max(0, (households >> 1) - SAMPLE)
}
