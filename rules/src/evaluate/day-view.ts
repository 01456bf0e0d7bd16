import type { DayProgram } from './day-program.ts'
import type { Measure, NodeId, Program, Reads, Target } from '../ir.ts'
import { ReadsFinder } from '../lower/reads.ts'

/**
 * What the conditions of a target read and compare on one day: rules of other days leave no trace.
 * Every evaluator takes reasons, missing facts and near misses from here, so that they agree.
 */
export type TargetView = Readonly<{
  /** By condition. */
  reads: readonly Reads[]
  /** By tier; null where nothing is computed. */
  amountReads: readonly (Reads | null)[]
  /** By condition. */
  measures: readonly (Measure | null)[]
}>

/** The views of a day by the index of the target. */
export type DayView = (target: number) => TargetView

const views = new WeakMap<DayProgram, DayView>()

/** The view of a compiled day; of each target it is worked out when first asked for. */
export function dayView(day: DayProgram): DayView {
  const found = views.get(day)
  if (found) return found
  const { program } = day.pack
  const mask = (id: NodeId): number => day.frame.lo[day.frame.at(id)] ?? 7
  const index = new Map(day.pack.programmes.map((p, i) => [p.id, i]))
  const finder = new ReadsFinder(program, index, mask)
  const seen: TargetView[] = []
  const look = ({ conditions, tiers }: Target): TargetView => ({
    reads: conditions.map(({ root }) => finder.of(root)),
    amountReads: tiers.map(({ amount }) =>
      amount.kind === 'computed' ? finder.of(amount.node) : null,
    ),
    measures: conditions.map(({ root }) => measureOf(program, root, mask)),
  })
  const view: DayView = (target) => {
    const of = program.targets[target]
    if (!of) throw new RangeError(`no target ${target}`)
    return (seen[target] ??= look(of))
  }
  views.set(day, view)
  return view
}

/** The numeric comparison that a condition is on the day, through choices the day decides. */
function measureOf(program: Program, root: NodeId, mask: (id: NodeId) => number): Measure | null {
  const op = program.nodes[root]?.op
  if (!op) return null
  if (op.kind === 'compare') return program.measures.get(root) ?? null
  if (op.kind === 'project') return measureOf(program, op.a, mask)
  if (op.kind !== 'if' || program.nodes[op.c]?.entity !== 'day') return null
  const m = mask(op.c)
  return m === 1
    ? measureOf(program, op.a, mask)
    : (m & 1) === 0
      ? measureOf(program, op.b, mask)
      : null
}
