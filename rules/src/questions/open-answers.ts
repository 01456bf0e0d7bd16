import { explain } from '../evaluate/explain.ts'
import { explanationPlan } from '../evaluate/explanation-plan.ts'
import type { DayProgram } from '../evaluate/day-program.ts'
import type { Target } from '../ir.ts'
import type { HouseholdFacts, Result } from '../results.ts'
import { NONE, OWN, type Dependence } from './dependence.ts'

/** An answer that a missing fact keeps open: undecided, or eligible for an amount not yet certain. */
export type OpenAnswer = Readonly<{
  target: number
  /** Place of the member; 0 for an answer to the household. */
  row: number
  result: Result
  /** Fen a month that are certain as it stands. */
  certain: number
}>

export type OpenAnswers = Readonly<{
  list: readonly OpenAnswer[]
  /** Place in the list of an answer, -1 where it is not open. */
  placeOf: (target: number, row: number) => number
}>

/** What is still open of a household on the day of `day`. */
export function openAnswers(day: DayProgram, household: HouseholdFacts): OpenAnswers {
  const members = household.members.length
  const results = explain(day.pack, household, day.on)
  const places = new Int32Array(day.pack.program.targets.length * members).fill(-1)
  const list: OpenAnswer[] = []
  let next = 0
  for (const { target } of explanationPlan(day).targets) {
    const rows = target.entity === 'person' ? members : 1
    for (let row = 0; row < rows; row++) {
      const result = results[next++]
      if (!result || result.verdict === 'ineligible' || result.missing.length === 0) continue
      const certain = certainOf(target, result)
      places[target.index * members + row] = list.push({ target: target.index, row, result, certain }) - 1
    }
  }
  return { list, placeOf: (target, row) => places[target * members + row] ?? -1 }
}

/** Places of the open answers that a fact bears on. */
export function touchedBy(
  { list }: OpenAnswers,
  { targets }: Dependence,
  member: number | null,
): number[] {
  return list.flatMap(({ target, row }, place) => {
    const how = targets[target] ?? NONE
    return how === NONE || (how === OWN && row !== member) ? [] : [place]
  })
}

/** Months over which a target pays its amount; 0 where it is paid once, or in more ways than one. */
export function monthsOf({ tiers }: Target): number {
  const ways = new Set(tiers.flatMap(({ amount }) => (amount.kind === 'computed' ? [amount.per] : [])))
  if (ways.size !== 1) return 0
  return ways.has('month') ? 1 : ways.has('year') ? 12 : 0
}

/** Fen a month that somebody gets in any case. */
export function certainOf(target: Target, { verdict, amount }: Pick<Result, 'verdict' | 'amount'>): number {
  const months = monthsOf(target)
  if (verdict !== 'eligible' || months === 0) return 0
  if (amount.kind === 'exact') return amount.fen / months
  return amount.kind === 'range' ? amount.min / months : 0
}
