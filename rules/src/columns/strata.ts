import type { Node, Program } from '../ir.ts'
import { operands } from '../operands.ts'

/** Nodes of one entity that can be computed in one pass over the rows, in id order. */
export type Stratum = Readonly<{
  level: number
  entity: 'household' | 'person'
  nodes: readonly Node[]
}>

export type Strata = Readonly<{
  strata: readonly Stratum[]
  /** Targets whose first verdict can be formed once the strata of a level are done. */
  verdictsAfter: ReadonlyMap<number, readonly number[]>
}>

/**
 * Sorts the nodes into levels: a level ends where values pass between persons and households, and
 * where a verdict must be formed because match() reads it. Day nodes belong to no level.
 */
export function strataOf(program: Program): Strata {
  const level = new Int32Array(program.nodes.length)
  const verdictLevel = new Map<number, number>()
  const roots = program.targets.map((target) =>
    target.conditions.map((condition) => condition.root),
  )
  for (const node of program.nodes) {
    if (node.entity === 'day') continue
    if (node.op.kind === 'match') {
      const target = node.op.target
      const ready = Math.max(0, ...(roots[target] ?? []).map((root) => level[root] ?? 0))
      verdictLevel.set(target, ready)
      level[node.id] = ready + 1
      continue
    }
    let own = 0
    for (const id of operands(node.op)) {
      const operand = program.nodes[id]
      if (!operand || operand.entity === 'day') continue
      own = Math.max(own, (level[id] ?? 0) + (operand.entity === node.entity ? 0 : 1))
    }
    level[node.id] = own
  }
  return { strata: gather(program, level), verdictsAfter: byLevel(verdictLevel) }
}

function gather(program: Program, level: Int32Array): Stratum[] {
  const groups = new Map<string, { level: number; entity: 'household' | 'person'; nodes: Node[] }>()
  for (const node of program.nodes) {
    if (node.entity === 'day') continue
    const key = `${level[node.id]}-${node.entity}`
    const group = groups.get(key) ?? { level: level[node.id] ?? 0, entity: node.entity, nodes: [] }
    group.nodes.push(node)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => a.level - b.level)
}

function byLevel(verdictLevel: ReadonlyMap<number, number>): Map<number, number[]> {
  const levels = new Map<number, number[]>()
  for (const [target, at] of verdictLevel) levels.set(at, [...(levels.get(at) ?? []), target])
  return levels
}
