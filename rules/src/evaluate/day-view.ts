import type { DayProgram } from './day-program.ts'
import type { Measure, NodeId, Program, Reads } from '../ir.ts'
import { ReadsFinder } from '../lower/reads.ts'

/**
 * What conditions read and compare on one day: rules of other days leave no trace. Every evaluator
 * takes reasons, missing facts and near misses from here, so that they agree.
 */
export type DayView = Readonly<{
  /** [target][condition] */
  reads: readonly (readonly Reads[])[]
  /** [target][tier]; null where nothing is computed. */
  amountReads: readonly (readonly (Reads | null)[])[]
  /** [target][condition] */
  measures: readonly (readonly (Measure | null)[])[]
}>

const views = new WeakMap<DayProgram, DayView>()

/** The view of a compiled day, worked out once. */
export function dayView(day: DayProgram): DayView {
  const found = views.get(day)
  if (found) return found
  const { program } = day.pack
  const mask = (id: NodeId): number => day.frame.lo[day.frame.at(id)] ?? 7
  const index = new Map(day.pack.programmes.map((p, i) => [p.id, i]))
  const finder = new ReadsFinder(program, index, mask)
  const view: DayView = {
    reads: program.targets.map((t) => t.conditions.map((c) => finder.of(c.root))),
    amountReads: program.targets.map((t) =>
      t.tiers.map((x) => (x.amount.kind === 'computed' ? finder.of(x.amount.node) : null)),
    ),
    measures: program.targets.map((t) => t.conditions.map((c) => measureOf(program, c.root, mask))),
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
