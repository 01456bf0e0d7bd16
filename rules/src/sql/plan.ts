import type { DayProgram } from '../evaluate/day-program.ts'
import type { Entity, Node, NodeId, Target } from '../ir.ts'
import { operands } from '../operands.ts'

/**
 * When things are computed: stage 0 over persons, 1 over households (with aggregates over stage 0),
 * 2 over persons again (with the households of stage 1), and so on.
 */
export type Plan = Readonly<{
  /** Nodes that the day leaves to be computed, in the order of their ids. */
  live: readonly Node[]
  stageOf: (id: NodeId) => number
  /** Stage at which the first verdict of a target can be formed. */
  firstStageOf: (target: Target) => number
  /** Stage at which everything of a target can be formed. */
  lastStageOf: (target: Target) => number
  uses: (id: NodeId) => number
  /** Whether a later stage reads it; amounts, which few get, are worked out at the end. */
  isCarried: (id: NodeId) => boolean
}>

export function planOf(day: DayProgram): Plan {
  const { nodes, targets } = day.pack.program
  const uses = countUses(day)
  const live = nodes.filter(({ id, entity }) => entity !== 'day' && (uses[id] ?? 0) > 0)
  const stages = new Int32Array(nodes.length)
  const seen = (id: NodeId, from: Entity): number => {
    const entity = nodes[id]?.entity
    if (!entity || entity === 'day') return firstStage(from)
    return (stages[id] ?? 0) + (entity === from ? 0 : 1)
  }
  const latest = (ids: readonly NodeId[], entity: Entity): number =>
    Math.max(firstStage(entity), ...ids.map((id) => seen(id, entity)))
  const firstStageOf = ({ conditions, entity }: Target): number =>
    latest(
      conditions.map(({ root }) => root),
      entity,
    )
  for (const { id, entity, op } of live) {
    const target = op.kind === 'match' ? targets[op.target] : undefined
    stages[id] = target ? firstStageOf(target) : latest(chosenOperands(day, nodes[id]), entity)
  }
  const lastStageOf = (target: Target): number => latest(rootsOf(target), target.entity)
  const carried = new Set<NodeId>()
  const carry = (id: NodeId, stage: number): void => {
    if ((stages[id] ?? 0) !== stage) carried.add(id)
  }
  for (const node of live)
    for (const id of chosenOperands(day, node)) carry(id, stages[node.id] ?? 0)
  for (const target of targets) {
    for (const { root } of target.conditions) carry(root, firstStageOf(target))
    for (const { pendingRoot } of target.conditions) carry(pendingRoot, lastStageOf(target))
  }
  return {
    live,
    stageOf: (id) => stages[id] ?? 0,
    firstStageOf,
    lastStageOf,
    uses: (id) => uses[id] ?? 0,
    isCarried: (id) => carried.has(id),
  }
}

function firstStage(entity: Entity): number {
  return entity === 'household' ? 1 : 0
}

/** Everything that a target reads directly. */
function rootsOf({ conditions, tiers }: Target): NodeId[] {
  return [
    ...conditions.flatMap(({ root, pendingRoot }) => [root, pendingRoot]),
    ...tiers.flatMap(({ amount }) => (amount.kind === 'computed' ? [amount.node] : [])),
  ]
}

/** How many read a node on this day: branches that the day rules out read nothing. */
function countUses(day: DayProgram): Int32Array {
  const { nodes, targets } = day.pack.program
  const uses = new Int32Array(nodes.length)
  const use = (id: NodeId): void => {
    uses[id] = (uses[id] ?? 0) + 1
  }
  targets.flatMap(rootsOf).forEach(use)
  for (const node of nodes.toReversed())
    if ((uses[node.id] ?? 0) > 0) chosenOperands(day, node).forEach(use)
  return uses
}

/** Operands that may matter on the day. */
function chosenOperands(day: DayProgram, node: Node | undefined): NodeId[] {
  if (!node) return []
  const { op } = node
  if (op.kind !== 'if' || day.pack.program.nodes[op.c]?.entity !== 'day') return operands(op)
  const mask = day.frame.lo[day.frame.at(op.c)] ?? 7
  if (mask === 1) return [op.a]
  return (mask & 1) === 0 ? [op.b] : operands(op)
}
