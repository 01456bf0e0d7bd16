import type { Node, NodeId, Program } from '../ir.ts'
import { operands } from '../operands.ts'

/** Everything of a program that depends on some of its nodes. */
export type Dependents = Readonly<{
  /** In evaluation order, those that vary of themselves left out. */
  nodes: readonly NodeId[]
  targets: ReadonlySet<number>
}>

/**
 * Follows what varies through terms, conditions, matches and the conditions that read those.
 *
 * @param varies whether a node may be another than before: of itself, or besides through its operands
 */
export function dependentsOf(
  program: Program,
  varies: (node: Node) => 'itself' | 'also' | 'no',
): Dependents {
  const reached = new Set<NodeId>()
  const nodes: NodeId[] = []
  const targets = new Set<number>()
  const roots = rootsByNode(program)
  for (const node of program.nodes) {
    const { id, op } = node
    const own = varies(node)
    const depends =
      own !== 'no' ||
      operands(op).some((operand) => reached.has(operand)) ||
      (op.kind === 'match' && targets.has(op.target))
    if (!depends) continue
    reached.add(id)
    if (own !== 'itself') nodes.push(id)
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
