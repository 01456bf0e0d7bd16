import type { NodeId, Target } from '../ir.ts'
import { outcomesOf } from '../evaluate/verdicts.ts'
import type { Plan } from './names.ts'

/** By condition: how many of the rows looked at it settled, and how many those were. */
export type Settled = Readonly<{ unmet: Float64Array; rows: number }>

/**
 * Conditions in the order in which a row is soonest done with: those that turn away most for the
 * least work first. Without figures of a sample, certain and short ones first.
 */
export function orderOf(target: Target, plan: Plan, settled: Settled | null): number[] {
  const rank = (c: number): number => {
    const condition = target.conditions[c]
    if (!condition) return 0
    const long = lengthOf(condition.root, plan)
    if (!canExclude(condition)) return 1e9
    if (settled && settled.rows > 0) {
      const share = ((settled.unmet[c] ?? 0) + 0.5) / (settled.rows + 1)
      return (2 + long) / share
    }
    const { exact = false } = plan.forms[condition.root] ?? {}
    return exact ? long : 1000 + long
  }
  return target.conditions.map((_, c) => c).sort((a, b) => rank(a) - rank(b))
}

function canExclude(condition: Target['conditions'][number]): boolean {
  return [1, 2, 4].some((mask) => outcomesOf(mask, condition) === 2)
}

/** Operations that a loop goes through for a node. */
function lengthOf(root: NodeId, { program, stored, operandsOf }: Plan): number {
  const seen = new Set<NodeId>()
  const visit = (id: NodeId): void => {
    if (seen.has(id) || program.nodes[id]?.entity === 'day') return
    seen.add(id)
    if (!stored.has(id)) operandsOf(id).forEach(visit)
  }
  visit(root)
  return seen.size
}
