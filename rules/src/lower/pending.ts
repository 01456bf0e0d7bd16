import type { Graph } from './graph.ts'
import type { LoweredFact, NodeId } from '../ir.ts'
import { mapOperands } from '../operands.ts'
import type { TargetEntity } from '../pack.ts'

/** What rebuilding needs: the graph it adds to, the facts, and the matches of a programme by its id. */
export type Rebuilding = Readonly<{
  graph: Graph
  facts: readonly LoweredFact[]
  matchNodes: (programme: string) => { entity: TargetEntity; node: NodeId }[]
}>

/** Rebuilds expressions with every status fact replaced by its `assumed` form. */
export class PendingRoots {
  private readonly done = new Map<NodeId, NodeId>()
  private readonly at: Rebuilding

  constructor(at: Rebuilding) {
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
  match: { entity: TargetEntity; node: NodeId },
  entity: TargetEntity,
): NodeId {
  if (match.entity === entity) return match.node
  return entity === 'person' ? graph.project(match.node) : graph.aggregate('some', match.node)
}
