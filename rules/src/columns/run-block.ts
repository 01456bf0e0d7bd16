import type { Pack } from '../pack.ts'
import { type ColumnBatch, type FactColumn, UNKNOWN } from './batch.ts'
import type { Block } from './block.ts'
import type { Loops, Out } from './loops.ts'
import type { TargetPlan } from './outcome.ts'
import type { Found, Judged } from './results.ts'
import { emptyLikely, findLikely, settleColumns, settleWaiting } from './waiting.ts'

/** What a program runs on: the targets and room for the entries of a block. */
export type Running = Readonly<{
  pack: Pack
  plans: readonly TargetPlan[]
  found: readonly Found[]
}>

/** A block that has been run: how many entries each target has, and a closer look at a row. */
export type RunBlock = Readonly<{
  counts: Int32Array
  look: (plan: TargetPlan, row: number) => void
}>

/** Columns of the batch that are filled, alone and with what is kept of a block beside them. */
type Filled = Readonly<{ judged: readonly Judged[]; out: readonly Out[] }>

export function filledOf(found: readonly Found[], judged: readonly Judged[]): Filled {
  return { judged, out: found.map(({ first, rows }, i) => ({ first, rows, ...judged[i]! })) }
}

const likely = emptyLikely()

/**
 * Runs all loops of a block.
 *
 * @param filled where the answers go, if not into entries
 */
export function runBlock(
  { plans, found }: Running,
  loops: Loops,
  block: Block,
  facts: readonly FactColumn[],
  filled: Filled | null = null,
): RunBlock {
  const out = filled?.out ?? found
  const counts = runStages(loops, block, facts, out)
  const verdicts = found.map(({ first }) => first)
  const look = ({ target, looked }: TargetPlan, row: number): void =>
    loops.look(target.index)(block, facts, verdicts, looked, row)
  const matched = loops.matched.flatMap((index) => {
    const { entity } = plans[index]?.target ?? {}
    const { first } = found[index] ?? {}
    return entity && first ? [{ entity, first }] : []
  })
  findLikely(likely, block, matched)
  if (likely.householdCount === 0) return { counts, look }
  for (const plan of plans) {
    const { index } = plan.target
    const own = found[index]
    const waiting = own ? (loops.waiting[index]?.(block, facts, verdicts, own, likely) ?? 0) : 0
    const into = filled?.judged[index]
    if (own && into && waiting > 0) {
      const base = plan.target.entity === 'person' ? block.firstPerson : block.firstHousehold
      settleColumns(plan, own.waiting.subarray(0, waiting), into, base, (row) => look(plan, row))
    } else if (own && waiting > 0)
      counts[index] = settleWaiting(plan, own, waiting, counts[index] ?? 0, (row) =>
        look(plan, row),
      )
  }
  return { counts, look }
}

/** Runs the stages in order; returns how many entries each target has. */
function runStages(
  { stages, firsts }: Loops,
  block: Block,
  facts: readonly FactColumn[],
  out: readonly Out[],
): Int32Array {
  const counts = new Int32Array(out.length)
  const verdicts = out.map(({ first }) => first)
  for (const index of firsts) verdicts[index]?.fill(2)
  for (const { shared, judges } of stages) {
    for (const loop of shared) loop(block, facts, verdicts, out, counts)
    for (const loop of judges) loop(block, facts, verdicts, out, counts)
  }
  return counts
}

const noCells = new Int32Array(0)

/**
 * A column for every fact. Loops never look at a fact that the batch lacks: its column is empty, unless
 * all are asked for, and then it is full of UNKNOWN.
 */
export function factColumns(
  { program }: Pack,
  batch: ColumnBatch,
  lacking: 'empty' | 'unknown',
): FactColumn[] {
  const missing = { household: null as FactColumn | null, person: null as FactColumn | null }
  return program.facts.map(({ id, entity }) => {
    const given = batch[entity][id]
    if (given) return given
    if (lacking === 'empty') return noCells
    missing[entity] ??= new Int32Array(entity === 'person' ? batch.persons : batch.households).fill(
      UNKNOWN,
    )
    return missing[entity]
  })
}
