import { type DayProgram, evaluate } from '../evaluate/day-program.ts'
import { finalVerdict } from '../evaluate/explain.ts'
import { explanationPlan } from '../evaluate/explanation-plan.ts'
import { amountOf, candidates } from '../evaluate/judge.ts'
import { loadFacts } from '../evaluate/load-facts.ts'
import { openOf } from '../evaluate/open.ts'
import { readingsFor } from '../evaluate/readings.ts'
import type { Target } from '../ir.ts'
import type { AmountResult, HouseholdFacts, Result, Verdict } from '../results.ts'
import { type Dependence, NONE, OWN } from './dependence.ts'

/** An answer that a missing fact keeps open: undecided, or eligible for an amount not yet certain. */
type OpenAnswer = Readonly<{
  target: number
  /** Place of the member; 0 for an answer to the household. */
  row: number
  programme: string
  member: string | undefined
  verdict: Verdict
  missing: Result['missing']
  /** Fen a month that are certain as it stands. */
  certain: number
}>

export type OpenAnswers = Readonly<{
  list: readonly OpenAnswer[]
  /** Places in the list of a target's answers by row, -1 where one is not open. */
  placesOf: (target: number) => Int32Array
}>

/**
 * What is still open of a household, as {@link explain} says; its facts lie in the frame of `day` after.
 *
 * @param leaveOut members of whom nothing is asked and nothing answered
 */
export function openAnswers(
  day: DayProgram,
  household: HouseholdFacts,
  leaveOut: ReadonlySet<string> = new Set(),
): OpenAnswers {
  const { members } = household
  loadFacts(day, household)
  evaluate(day, members.length)
  const plan = explanationPlan(day)
  const asked = { day, members, readings: readingsFor(day, plan, household) }
  const places = new Int32Array(day.pack.program.targets.length * members.length).fill(-1)
  const list: OpenAnswer[] = []
  for (const of of plan.targets) {
    const { target, programme } = of
    const rows = target.entity === 'person' ? members.length : 1
    for (let row = 0; row < rows; row++) {
      if (target.entity === 'person' && leaveOut.has(members[row]?.id ?? '')) continue
      const { verdict, pending } = finalVerdict(day, target, row)
      if (verdict === 'ineligible') continue
      const tiers = candidates(day, target, row)
      const { missing } = openOf(of, row, verdict, tiers, asked)
      if (missing.length === 0) continue
      const member = target.entity === 'person' ? members[row]?.id : undefined
      const amount = amountOf(day, tiers, row, verdict, pending)
      const certain = verdict === 'eligible' ? certainOf(target, amount) : 0
      const answer = { target: target.index, row, programme, member, verdict, missing, certain }
      places[target.index * members.length + row] = list.push(answer) - 1
    }
  }
  const size = members.length
  return { list, placesOf: (target) => places.subarray(target * size, (target + 1) * size) }
}

/** Places of the open answers that a fact bears on. */
export function touchedBy(
  { list }: OpenAnswers,
  { targets }: Dependence,
  member: number | null,
): number[] {
  const touched: number[] = []
  list.forEach(({ target, row }, place) => {
    const how = targets[target] ?? NONE
    if (how !== NONE && (how !== OWN || row === member)) touched.push(place)
  })
  return touched
}

/** Months over which a target pays its amount; 0 where it is paid once, or in more ways than one. */
export function monthsOf({ tiers }: Target): number {
  let months = -1
  for (const { amount } of tiers) {
    if (amount.kind !== 'computed') continue
    const own = amount.per === 'month' ? 1 : amount.per === 'year' ? 12 : 0
    if (months >= 0 && months !== own) return 0
    months = own
  }
  return Math.max(0, months)
}

/** Fen a month that somebody who is eligible gets in any case. */
function certainOf(target: Target, amount: AmountResult): number {
  const months = monthsOf(target)
  if (months === 0) return 0
  if (amount.kind === 'exact') return amount.fen / months
  return amount.kind === 'range' ? amount.min / months : 0
}
