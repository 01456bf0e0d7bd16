import type { NodeId, Program } from '../ir.ts'
import { operands } from '../operands.ts'

/** Everything of a program that depends on some facts. */
export type Dependents = Readonly<{
  /** In evaluation order, the facts' own nodes left out. */
  nodes: readonly NodeId[]
  targets: ReadonlySet<number>
}>

/** Follows facts through terms, conditions, matches and the conditions that read those. */
export function dependentsOf(program: Program, facts: ReadonlySet<number>): Dependents {
  const reached = new Set<NodeId>()
  const nodes: NodeId[] = []
  const targets = new Set<number>()
  const roots = rootsByNode(program)
  for (const { id, op } of program.nodes) {
    const isFact = op.kind === 'fact' && facts.has(op.fact)
    const depends =
      isFact ||
      operands(op).some((operand) => reached.has(operand)) ||
      (op.kind === 'match' && targets.has(op.target)) ||
      (op.kind === 'derived' && facts.has(op.fact))
    if (!depends) continue
    reached.add(id)
    if (!isFact) nodes.push(id)
    for (const target of roots.get(id) ?? []) targets.add(target)
  }
  return { nodes, targets }
}

/** Targets by the nodes that their verdict and amounts stand on, second-pass roots left out. */
function rootsByNode({ targets }: Program): Map<NodeId, number[]> {
  const by = new Map<NodeId, number[]>()
  const note = (node: NodeId, target: number): void => {
    by.set(node, [...(by.get(node) ?? []), target])
  }
  for (const { index, conditions, tiers } of targets) {
    for (const { root } of conditions) note(root, index)
    for (const { amount } of tiers) if (amount.kind === 'computed') note(amount.node, index)
  }
  return by
}
