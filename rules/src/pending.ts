import type { Graph } from './graph.ts'
import type { NodeId, Op } from './ir.ts'
import type { Lowering } from './lower.ts'

/** Rebuilds expressions with every status fact replaced by its `assumed` form. */
export class PendingRoots {
  private readonly done = new Map<NodeId, NodeId>()
  private readonly at: Lowering

  constructor(at: Lowering) {
    this.at = at
  }

  of(id: NodeId): NodeId {
    const found = this.done.get(id)
    if (found !== undefined) return found
    const made = this.rebuild(id)
    this.done.set(id, made)
    return made
  }

  private rebuild(id: NodeId): NodeId {
    const { graph } = this.at
    const { op } = graph.at(id)
    if (op.kind === 'fact') return this.assumedStatus(id, op.fact)
    const changed = mapOperands(op, (x) => this.of(x))
    return changed === op ? id : graph.copy(id, changed)
  }

  private assumedStatus(id: NodeId, fact: number): NodeId {
    const { graph, facts } = this.at
    const lowered = facts[fact]
    if (!lowered || lowered.statusOf === null) return id
    const nodes = this.at.matchNodes(lowered.statusOf).map((m) => adapt(graph, m, lowered.entity))
    return nodes.length === 0 ? id : graph.assumed(id, graph.junction('or', nodes))
  }
}

/** A match seen from the status fact's entity: a household has it if a member does. */
function adapt(
  graph: Graph,
  match: { entity: string; node: NodeId },
  entity: 'household' | 'person',
): NodeId {
  if (match.entity === entity) return match.node
  return entity === 'person' ? graph.project(match.node) : graph.aggregate('some', match.node)
}

/** The operation with its operands replaced; the same object if none changed. */
export function mapOperands(op: Op, f: (id: NodeId) => NodeId): Op {
  const entries = Object.entries(op).map(([key, value]) => {
    if (key === 'a' || key === 'b' || key === 'c' || key === 'where')
      return [key, value === null ? null : f(value)]
    if (key === 'of') return [key, sameList(value, value.map(f))]
    return [key, value]
  })
  const changed = entries.some(([key, value]) => Reflect.get(op, String(key)) !== value)
  return changed ? (Object.fromEntries(entries) as Op) : op
}

function sameList(a: readonly NodeId[], b: readonly NodeId[]): readonly NodeId[] {
  return a.every((x, i) => x === b[i]) ? a : b
}
