import type { Target, Tier } from '../ir.ts'
import { MAX_MEMBERS } from '../ir.ts'
import type { Decimal, Pack } from '../pack.ts'
import type { AmountResult, ConditionResult, HouseholdFacts, Result, Verdict } from '../results.ts'
import { type DayProgram, dayProgram, evaluate } from './day-program.ts'
import { type ConditionPlan, explanationPlan, type TargetPlan } from './explanation-plan.ts'
import { amountOf, candidates, isNear } from './judge.ts'
import { loadFacts } from './load-facts.ts'
import { measureResult } from './measures.ts'
import { changesOf } from './next-change.ts'
import { type Asked, openOf } from './open.ts'
import { readingsFor } from './readings.ts'
import { MET, UNCONFIRMED, UNMET } from './verdicts.ts'

export type ExplainOptions = Readonly<{
  /** Only this programme's results. */
  programme?: string
  /** What-if values of parameters by id (yuan or plain numbers), in place of the day's row. */
  parameterValues?: Readonly<Record<string, Decimal>>
}>

/** One household on one day: everything a result is made from. */
type Case = Asked &
  Readonly<{
    /** First day at which a programme's answer may change with no new fact. */
    nextChange: (programme: number) => string | null
    /** The same day with expired parameters at their last known value, evaluated when first needed. */
    lastKnown: () => DayProgram
  }>

/**
 * What every programme says to one household on one day, with its reasons. 仅供参考
 *
 * @param household facts as known; an absent fact is unknown and stays so
 * @param on the day whose law applies, 'YYYY-MM-DD'
 * @returns one result per programme and target; for a person target one per member. Each verdict
 *   and amount holds for every way the unknown facts can turn out
 * @throws RangeError for a household of no or more than 50 members, or a day that is none
 */
export function explain(
  pack: Pack,
  household: HouseholdFacts,
  on: string,
  options: ExplainOptions = {},
): Result[] {
  const { parameterValues } = options
  const base = parameterValues ? { parameterValues } : {}
  const day = evaluated(pack, household, on, base)
  const plan = explanationPlan(day)
  let last: DayProgram | null = null
  const asked: Case = {
    day,
    plan,
    readings: readingsFor(day, plan, household),
    members: household.members,
    nextChange: changesOf(day, household),
    lastKnown: () => (last ??= evaluated(pack, household, on, { ...base, lastKnown: true })),
  }
  const results: Result[] = []
  for (const target of plan.targets) {
    if (options.programme !== undefined && options.programme !== target.programme) continue
    const rows = target.target.entity === 'person' ? household.members.length : 1
    for (let row = 0; row < rows; row++) results.push(resultOf(target, row, asked))
  }
  return results
}

function evaluated(
  pack: Pack,
  household: HouseholdFacts,
  on: string,
  options: Parameters<typeof dayProgram>[2],
): DayProgram {
  const day = dayProgram(pack, on, options)
  loadFacts(day, household)
  evaluate(day, household.members.length)
  return day
}

const VERDICTS: readonly Verdict[] = ['unknown', 'eligible', 'ineligible', 'unknown']

/** Verdict of a row over both passes; pending: it waits for a match to be confirmed. */
export function finalVerdict(
  day: DayProgram,
  target: Target,
  row: number,
): { verdict: Verdict; pending: boolean } {
  const first = day.verdicts.first[target.index]?.[row] ?? 3
  const pending =
    first !== 1 && target.readsStatus && day.verdicts.second[target.index]?.[row] === 1
  return { verdict: pending ? 'unknown' : (VERDICTS[first] ?? 'unknown'), pending }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

function resultOf(plan: TargetPlan, row: number, asked: Case): Result {
  const { target, programme } = plan
  const { day, members } = asked
  const { verdict, pending } = finalVerdict(day, target, row)
  const tiers = verdict === 'ineligible' ? [] : candidates(day, target, row)
  const open = openOf(plan, row, verdict, tiers, asked)
  const [only] = tiers
  const result: Writable<Result> = {
    programme,
    target: target.entity,
    verdict,
    reasons: pending ? [...open.reasons, 'status-pending'] : open.reasons,
    amount: amountOf(day, tiers, row, verdict, pending),
    conditions: conditionsOf(plan, row, asked),
    missing: open.missing,
  }
  if (verdict === 'eligible' && tiers.length === 1 && only) result.tier = only.id
  const member = target.entity === 'person' ? members[row]?.id : undefined
  if (member !== undefined) result.member = member
  if (pending) result.via = pendingVia(plan, row, asked)
  if (open.expired) result.provisional = { ...provisional(target, row, asked), ...open.expired }
  if (verdict === 'ineligible' && isNear(day, plan, row)) result.nearMiss = true
  const next = asked.nextChange(target.programme)
  if (next !== null) result.nextChange = next
  return result
}

function conditionsOf(plan: TargetPlan, row: number, asked: Case): ConditionResult[] {
  const outcomes = asked.day.verdicts.outcomes[plan.target.index]
  const results: ConditionResult[] = []
  for (let c = 0; c < plan.conditions.length; c++) {
    const condition = plan.conditions[c]
    const outcome = outcomes?.[c * MAX_MEMBERS + row] ?? 0
    if (condition) results.push(conditionOf(condition, outcome, row, asked))
  }
  return results
}

function conditionOf(
  { id, tier, text, clause, reads, measure }: ConditionPlan,
  outcome: number,
  row: number,
  { day, readings }: Case,
): ConditionResult {
  const result: Writable<ConditionResult> = {
    id,
    text,
    verdict: outcome === MET ? 'met' : outcome === UNMET ? 'unmet' : 'unknown',
    clause,
    reads: reads ? readings.list(reads, row) : [],
  }
  if (tier !== undefined) result.tier = tier
  if (outcome === UNCONFIRMED) result.unconfirmed = true
  if (measure) result.measure = measureResult(measure, row, day.frame)
  return result
}

/** What the last known figures would have said. */
function provisional(
  target: Target,
  row: number,
  asked: Case,
): { verdict: Verdict; amount: AmountResult } {
  const day = asked.lastKnown()
  const { verdict, pending } = finalVerdict(day, target, row)
  const tiers: Tier[] = verdict === 'ineligible' ? [] : candidates(day, target, row)
  return { verdict, amount: amountOf(day, tiers, row, verdict, pending) }
}

/** Programmes matched but not confirmed on which the verdict waits. */
function pendingVia({ target, conditions }: TargetPlan, row: number, { day }: Case): string[] {
  const { pack, verdicts, frame } = day
  const via = new Set<string>()
  target.conditions.forEach((c, i) => {
    if (
      verdicts.outcomes[target.index]?.[i * MAX_MEMBERS + row] === MET ||
      c.root === c.pendingRoot
    )
      return
    for (const p of conditions[i]?.reads?.reads.statuses ?? []) {
      const matched = pack.program.targets.some((t) => {
        if (t.programme !== p) return false
        const rows = verdicts.first[t.index] ?? new Uint8Array()
        return t.entity === target.entity || t.entity === 'household'
          ? rows[t.entity === 'household' ? 0 : row] === 1
          : rows.subarray(0, frame.stride(c.root) === 0 ? MAX_MEMBERS : 1).includes(1)
      })
      if (matched) via.add(pack.programmes[p]?.id ?? '')
    }
  })
  return [...via]
}
