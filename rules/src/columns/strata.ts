import type { Node, NodeId, Program } from '../ir.ts'
import { operands } from '../operands.ts'

/** What can be computed once the stages before are done. */
export type Stage = Readonly<{
  /** Nodes in id order. */
  person: readonly Node[]
  household: readonly Node[]
  /** Targets whose verdicts and amounts can be formed after these. */
  targets: readonly number[]
}>

/**
 * Sorts these nodes and all targets into stages: one ends where values pass between persons and
 * households, and where a verdict must be formed because match() reads it.
 */
export function stagesOf(program: Program, chosen: ReadonlySet<NodeId>): Stage[] {
  const level = new Int32Array(program.nodes.length)
  const targetLevel = program.targets.map(() => -1)
  const levelOf = (target: number): number => {
    const of = program.targets[target]
    if (!of) throw new Error(`no target ${target}`)
    const roots = of.conditions.map(({ root }) => root)
    const amounts = of.tiers.flatMap(({ amount }) =>
      amount.kind === 'computed' ? [amount.node] : [],
    )
    return Math.max(0, ...[...roots, ...amounts].map((id) => visit(id)))
  }
  const done = new Uint8Array(program.nodes.length)
  const visit = (id: NodeId): number => {
    const node = program.nodes[id]
    if (!node || node.entity === 'day' || done[id]) return level[id] ?? 0
    done[id] = 1
    let own = 0
    if (node.op.kind === 'match') own = ensure(node.op.target) + 1
    for (const operand of operands(node.op)) {
      const other = program.nodes[operand]
      if (!other || other.entity === 'day') continue
      own = Math.max(own, visit(operand) + (other.entity === node.entity ? 0 : 1))
    }
    level[id] = own
    return own
  }
  const ensure = (target: number): number => {
    if ((targetLevel[target] ?? -1) < 0) targetLevel[target] = levelOf(target)
    return targetLevel[target] ?? 0
  }
  program.targets.forEach(({ index }) => ensure(index))
  for (const { id } of program.nodes) visit(id)
  const last = Math.max(0, ...targetLevel, ...level)
  return Array.from({ length: last + 1 }, (_, at) => ({
    person: nodesAt(program, chosen, level, at, 'person'),
    household: nodesAt(program, chosen, level, at, 'household'),
    targets: program.targets.filter(({ index }) => targetLevel[index] === at).map((t) => t.index),
  }))
}

function nodesAt(
  program: Program,
  chosen: ReadonlySet<NodeId>,
  level: Int32Array,
  at: number,
  entity: Node['entity'],
): Node[] {
  return program.nodes.filter(
    ({ id, entity: own }) => own === entity && chosen.has(id) && level[id] === at,
  )
}
