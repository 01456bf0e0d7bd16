import type { Entity, NodeId, Target } from '../ir.ts'
import { isAggregate } from './member-code.ts'
import type { Plan, Writer } from './names.ts'

/** Longest chain of operations that is worked out although not every target gets to it. */
const SHORT_CHAIN = 6

/**
 * Reads and works out once what several targets of a loop want of a row. The optimiser cannot: to
 * it, what is written of one target might change what is read for the next.
 */
export function writeOnce(entity: Entity, targets: readonly Target[], writer: Writer): void {
  const { plan } = writer
  const wanted = targets.map((target) => nodesOf(target, plan))
  const isShared = (id: NodeId): boolean => wanted.filter((nodes) => nodes.has(id)).length > 1
  const ids = [...new Set(wanted.flatMap((nodes) => [...nodes]))].filter(isShared)
  const cost = new Map<NodeId, number>()
  for (const id of ids.sort((a, b) => a - b)) {
    const node = writer.node(id)
    if (entity === 'household' && node.entity === 'person') continue
    if (node.op.kind === 'fact') writer.keepCell(node.op.fact)
    const own = plan.stored.has(id) ? 1 : chainOf(id, plan, cost)
    if (own > SHORT_CHAIN || node.op.kind === 'project') continue
    if (node.type === 'boolean') {
      if (!writer.isBool(id)) writer.mask(id)
      else if (own > 2) writer.bool(id)
    } else writer.lo(id)
  }
}

/** Nodes that a target reads, down to those kept in columns. */
function nodesOf({ conditions, tiers }: Target, plan: Plan): Set<NodeId> {
  const found = new Set<NodeId>()
  const visit = (id: NodeId): void => {
    if (found.has(id) || plan.program.nodes[id]?.entity === 'day') return
    found.add(id)
    if (!plan.stored.has(id)) plan.operandsOf(id).forEach(visit)
  }
  for (const { root } of conditions) visit(root)
  for (const { amount } of tiers) if (amount.kind === 'computed') visit(amount.node)
  return found
}

/** Operations until a node is known; without end where it is worked out from members. */
function chainOf(id: NodeId, plan: Plan, cost: Map<NodeId, number>): number {
  const known = cost.get(id)
  if (known !== undefined) return known
  const node = plan.program.nodes[id]
  if (!node || node.entity === 'day') return 0
  const own = plan.stored.has(id)
    ? 1
    : isAggregate(node)
      ? Infinity
      : plan.operandsOf(id).reduce((sum, of) => sum + chainOf(of, plan, cost), 1)
  cost.set(id, own)
  return own
}
