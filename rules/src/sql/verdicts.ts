import { MET, outcomesOf, UNMET } from '../evaluate/verdicts.ts'
import type { Condition, Target } from '../ir.ts'
import { junction } from './logic.ts'
import { constant, sql } from './text.ts'
import { certain, three, type Truth } from './value.ts'

/**
 * Verdicts in SQL's own three-valued logic: a condition is true where it is met, false where it is
 * unmet, and NULL where it decides nothing. Then the verdict is base and (tier or tier …): true is
 * eligible, false ineligible, NULL undecided, as Target says.
 */
export type Parts = Readonly<{ base: Truth; tiers: readonly Truth[] }>

export function verdictOf({ base, tiers }: Parts): Truth {
  return junction('and', [base, junction('or', tiers)])
}

/** @param truth of each condition's root, by place in `target.conditions` */
export function partsOf(target: Target, truths: readonly Truth[]): Parts {
  const outcomes = target.conditions.map((condition, i) => outcome(condition, truths[i]))
  const all = (indices: readonly number[]): Truth =>
    junction(
      'and',
      indices.map((i) => outcomes[i] ?? certain(3)),
    )
  return {
    base: all(target.base),
    tiers: target.tiers.map(({ conditions }) => all(conditions)),
  }
}

const masks = [1, 2, 3, 4, 5, 6, 7]

function outcome(condition: Condition, truth: Truth = certain(3)): Truth {
  const says = (mask: number): number => outcomesOf(mask, condition)
  if (truth.kind === 'constant') return certain(decided(says(truth.mask)))
  if (truth.kind === 'three')
    return says(2) === UNMET ? truth : three(sql`(case when ${truth.value} then true end)`)
  const where = (wanted: number): string =>
    masks.filter((mask) => says(mask) === wanted).join(', ') || 'null'
  return three(
    sql`(case when ${truth.value} in (${constant(where(MET))}) then true when ${truth.value} in (${constant(where(UNMET))}) then false end)`,
  )
}

function decided(outcomeBits: number): number {
  return outcomeBits === MET ? 1 : outcomeBits === UNMET ? 2 : 3
}
