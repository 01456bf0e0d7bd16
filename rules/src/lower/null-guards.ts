import type { Graph } from './graph.ts'
import type { NodeId } from '../ir.ts'

/**
 * What a test already settles about nulls, so that `x != null and x > 3` cannot be null.
 * Each function returns the nodes that, when null, force the test to the outcome in its name.
 */

type Nodes = ReadonlySet<NodeId>
const NONE: Nodes = new Set()

/** Node and what it merely carries on: the same value scaled or projected. */
function carried(graph: Graph, id: NodeId): NodeId[] {
  const { op } = graph.at(id)
  return op.kind === 'shift' || op.kind === 'project' ? [id, ...carried(graph, op.a)] : [id]
}

function union(sets: readonly Nodes[]): Nodes {
  return new Set(sets.flatMap((s) => [...s]))
}

function intersection(sets: readonly Nodes[]): Nodes {
  const [first, ...rest] = sets
  return first ? new Set([...first].filter((x) => rest.every((s) => s.has(x)))) : NONE
}

/** Nodes of which any that is null makes the test false. */
export function falseIfNull(graph: Graph, id: NodeId): Nodes {
  const { op } = graph.at(id)
  switch (op.kind) {
    case 'not':
      return trueIfNull(graph, op.a)
    case 'code-in':
      return new Set(carried(graph, op.a))
    case 'compare':
      return op.compare === '=' ? equalityOperands(graph, op.a, op.b) : NONE
    case 'same':
      return equalityOperands(graph, op.a, op.b)
    case 'and':
      return union(op.of.map((x) => falseIfNull(graph, x)))
    case 'or':
      return intersection(op.of.map((x) => falseIfNull(graph, x)))
    case 'is-true':
      return notTrueIfNull(graph, op.a)
    case 'project':
      return falseIfNull(graph, op.a)
    default:
      return NONE
  }
}

/** Nodes of which any that is null makes the test true. */
export function trueIfNull(graph: Graph, id: NodeId): Nodes {
  const { op } = graph.at(id)
  switch (op.kind) {
    case 'not':
      return falseIfNull(graph, op.a)
    case 'is-null':
      return new Set(carried(graph, op.a))
    case 'compare':
      return op.compare === '!=' ? equalityOperands(graph, op.a, op.b) : NONE
    case 'or':
      return union(op.of.map((x) => trueIfNull(graph, x)))
    case 'and':
      return intersection(op.of.map((x) => trueIfNull(graph, x)))
    case 'project':
      return trueIfNull(graph, op.a)
    default:
      return NONE
  }
}

/** Nodes of which any that is null keeps the test from being true. */
export function notTrueIfNull(graph: Graph, id: NodeId): Nodes {
  const { op } = graph.at(id)
  if (op.kind === 'compare' && op.compare !== '=' && op.compare !== '!=') {
    return new Set([...carried(graph, op.a), ...carried(graph, op.b)])
  }
  if (op.kind === 'and') return union(op.of.map((x) => notTrueIfNull(graph, x)))
  if (op.kind === 'or') return intersection(op.of.map((x) => notTrueIfNull(graph, x)))
  if (op.kind === 'project') return notTrueIfNull(graph, op.a)
  return graph.at(id).op.kind === 'fact' ? new Set([id]) : falseIfNull(graph, id)
}

/** An equality with null on one side only is false: the side that can be null, if the other cannot. */
function equalityOperands(graph: Graph, a: NodeId, b: NodeId): Nodes {
  if (!graph.at(b).nullable) return new Set(carried(graph, a))
  return graph.at(a).nullable ? NONE : new Set(carried(graph, b))
}
