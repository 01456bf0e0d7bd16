import { compileSteps } from '../evaluate/code/compile-steps.ts'
import { dependentsOf } from '../evaluate/dependents.ts'
import type { DayProgram } from '../evaluate/day-program.ts'
import { dayProgram, evaluate, itemsOf } from '../evaluate/day-program.ts'
import type { Step } from '../evaluate/frame.ts'
import { loadFacts, readingInteger } from '../evaluate/load-facts.ts'
import type { NodeId } from '../ir.ts'
import type { Pack } from '../pack.ts'
import type { HouseholdFacts } from '../results.ts'

/** Integer form of a fact: null = known to have none, undefined = unknown. */
export type Value = number | null | undefined

/**
 * One household, asked again and again with a few facts supposed to be otherwise. Only what depends
 * on those is worked out again; everything else stands as evaluated.
 */
export type Supposing = Readonly<{
  pack: Pack
  day: DayProgram
  members: number
  /** Targets whose verdict or amount may change. */
  touched: ReadonlySet<number>
  /** Nodes that are worked out again, in order. */
  nodes: readonly NodeId[]
  /** What is recorded; row: a member's place, 0 for a fact of the household. */
  recorded: (fact: number, row: number) => Value
  suppose: (fact: number, row: number, value: Value) => void
  /** Works out everything that depends on what is supposed. */
  settle: () => void
}>

/**
 * Loads a household and makes ready for suppositions about `varied` facts.
 *
 * The frame of the day is used meanwhile: nothing else may be explained on that day until it is done.
 *
 * @throws RangeError for a household of no or more than 50 members, or a day that is none
 */
export function supposing(
  pack: Pack,
  household: HouseholdFacts,
  on: string,
  varied: ReadonlySet<number>,
): Supposing {
  const day = dayProgram(pack, on, {})
  const members = household.members.length
  loadFacts(day, household)
  evaluate(day, members)
  const { steps, touched, nodes } = partFor(day, varied)
  const slots = new Map<number, NodeId>()
  for (const { id, op } of pack.program.nodes) if (op.kind === 'fact') slots.set(op.fact, id)
  return {
    pack,
    day,
    members,
    touched,
    nodes,
    recorded: (fact, row) => {
      const lowered = pack.program.facts[fact]
      const of = lowered?.entity === 'person' ? household.members[row]?.facts : household.household
      return lowered && readingInteger(lowered, of?.[lowered.id]?.value)
    },
    suppose: (fact, row, value) => {
      const node = slots.get(fact)
      if (node !== undefined) put(day, fact, day.frame.slot(node, row), value)
    },
    settle: () => {
      for (const step of steps) step(members)
    },
  }
}

function put({ pack, frame }: DayProgram, index: number, at: number, value: Value): void {
  const fact = pack.program.facts[index]
  if (!fact) return
  const isKnown = value !== undefined
  frame.given[at] = isKnown ? 1 : 0
  if (fact.type === 'boolean') {
    const unknown = fact.nullable ? 7 : 3
    frame.lo[at] = !isKnown ? unknown : value === null ? 4 : value === 1 ? 1 : 2
    return
  }
  frame.nul[at] = value === null ? 2 : isKnown || !fact.nullable ? 0 : 1
  frame.lo[at] = isKnown ? (value ?? Infinity) : fact.range.lo
  frame.hi[at] = isKnown ? (value ?? -Infinity) : fact.range.hi
}

type Part = Readonly<{
  steps: readonly Step[]
  touched: ReadonlySet<number>
  nodes: readonly NodeId[]
}>

const parts = new WeakMap<DayProgram, Map<string, Part>>()

/** The part of a compiled day that depends on these facts, worked out once. */
function partFor(day: DayProgram, varied: ReadonlySet<number>): Part {
  const kept = parts.get(day) ?? new Map<string, Part>()
  parts.set(day, kept)
  const key = [...varied].join(' ')
  const found = kept.get(key)
  if (found) return found
  const made = compilePart(day, varied)
  kept.set(key, made)
  return made
}

function compilePart(day: DayProgram, varied: ReadonlySet<number>): Part {
  const { program } = day.pack
  const { nodes, targets } = dependentsOf(program, ({ op }) => {
    if (op.kind !== 'fact' && op.kind !== 'derived') return 'no'
    if (!varied.has(op.fact)) return 'no'
    return op.kind === 'fact' ? 'itself' : 'also'
  })
  const items = itemsOf(
    nodes.flatMap((id) => program.nodes[id] ?? []),
    [...targets].map((index) => ({ index, readsStatus: false })),
  )
  return { steps: compileSteps({ ...day, program }, items), touched: targets, nodes }
}
