import type { Target, Tier } from '../ir.ts'
import { MAX_MEMBERS } from '../ir.ts'
import type { Decimal, Pack } from '../pack.ts'
import type {
  AmountResult,
  ConditionResult,
  FactReading,
  HouseholdFacts,
  Reason,
  Result,
  Verdict,
} from '../results.ts'
import { type DayProgram, dayProgram, evaluate } from './day-program.ts'
import { type ConditionPlan, explanationPlan, type TargetPlan } from './explanation-plan.ts'
import { amountOf, candidates, isNear } from './judge.ts'
import { loadFacts } from './load-facts.ts'
import { withLastKnown } from './last-known.ts'
import { measureResult } from './measures.ts'
import { changesOf } from './next-change.ts'
import { type Asked, type Open, openOf } from './open.ts'
import { listOf, readingsFor } from './readings.ts'
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
  const { parameterValues, programme } = options
  const base = parameterValues ? { parameterValues } : {}
  const day = dayProgram(pack, on, base)
  loadFacts(day, household)
  evaluate(day, household.members.length, programme)
  const plan = explanationPlan(day, programme)
  let last: DayProgram | null = null
  const asked: Case = {
    day,
    readings: readingsFor(day, plan, household),
    members: household.members,
    nextChange: changesOf(day, household),
    lastKnown: () => (last ??= withLastKnown(day, household.members.length, base)),
  }
  const results: Result[] = []
  for (const target of plan.targets) addResults(results, target, asked)
  return results
}

function addResults(into: Result[], plan: TargetPlan, asked: Case): void {
  const rows = plan.target.entity === 'person' ? asked.members.length : 1
  let before: readonly ConditionResult[] | null = null
  for (let row = 0; row < rows; row++) {
    const conditions = conditionsOf(plan, row, before, asked)
    into.push(resultOf(plan, row, conditions, asked))
    before = conditions
  }
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

const noTiers: readonly Tier[] = []
const statusPending: readonly Reason[] = ['status-pending']

function resultOf(
  plan: TargetPlan,
  row: number,
  conditions: readonly ConditionResult[],
  asked: Case,
): Result {
  const { target, programme } = plan
  const { day, members } = asked
  const { verdict, pending } = finalVerdict(day, target, row)
  const tiers = verdict === 'ineligible' ? noTiers : candidates(day, target, row)
  const open = openOf(plan, row, verdict, tiers, asked)
  const { missing } = open
  const reasons = !pending
    ? open.reasons
    : open.reasons.length === 0
      ? statusPending
      : [...open.reasons, ...statusPending]
  const amount = amountOf(day, tiers, row, verdict, pending)
  const of = target.entity
  const member = of === 'person' ? members[row]?.id : undefined
  const nextChange = asked.nextChange(target.programme)
  const rest = restOf(plan, row, { verdict, pending, tiers, expired: open.expired }, asked)
  // all properties at once: an object that grows later takes twice the room and three times as long
  if (rest === null) {
    if (member === undefined)
      return nextChange === null
        ? { programme, target: of, verdict, reasons, amount, conditions, missing }
        : { programme, target: of, verdict, reasons, amount, conditions, missing, nextChange }
    return nextChange === null
      ? { programme, target: of, verdict, reasons, amount, conditions, missing, member }
      : { programme, target: of, verdict, reasons, amount, conditions, missing, member, nextChange }
  }
  const { tier, ...others } = rest
  return {
    programme,
    target: of,
    verdict,
    reasons,
    amount,
    conditions,
    missing,
    ...(tier === undefined ? {} : { tier }),
    ...(member === undefined ? {} : { member }),
    ...others,
    ...(nextChange === null ? {} : { nextChange }),
  }
}

/** What is said of few answers only; null where there is nothing of the kind. */
function restOf(
  plan: TargetPlan,
  row: number,
  found: Readonly<{
    verdict: Verdict
    pending: boolean
    tiers: readonly Tier[]
    expired: Open['expired']
  }>,
  asked: Case,
): Pick<Result, 'tier' | 'via' | 'provisional' | 'nearMiss'> | null {
  const { verdict, pending, tiers, expired } = found
  const [only] = tiers
  const tier = verdict === 'eligible' && tiers.length === 1 && only ? only.id : undefined
  const isClose = verdict === 'ineligible' && isNear(asked.day, plan, row)
  if (tier === undefined && !pending && !expired && !isClose) return null
  return {
    ...(tier === undefined ? {} : { tier }),
    ...(pending ? { via: pendingVia(plan, row, asked) } : {}),
    ...(expired ? { provisional: { ...provisional(plan.target, row, asked), ...expired } } : {}),
    ...(isClose ? { nearMiss: true as const } : {}),
  }
}

function conditionsOf(
  { target, conditions }: TargetPlan,
  row: number,
  before: readonly ConditionResult[] | null,
  asked: Case,
): ConditionResult[] {
  const outcomes = asked.day.verdicts.outcomes[target.index]
  const results = new Array<ConditionResult>(conditions.length)
  for (let c = 0; c < conditions.length; c++) {
    const condition = conditions[c]
    if (!condition) continue
    const same = condition.shared ? before?.[c] : undefined
    const outcome = outcomes?.[c * MAX_MEMBERS + row] ?? 0
    results[c] = same ?? conditionOf(condition, outcome, row, asked)
  }
  return results
}

const noReads: readonly FactReading[] = []

function conditionOf(
  plan: ConditionPlan,
  outcome: number,
  row: number,
  { day, readings }: Case,
): ConditionResult {
  const { id, tier, text, clause } = plan
  const verdict = outcome === MET ? 'met' : outcome === UNMET ? 'unmet' : 'unknown'
  const reads = plan.reads ? listOf(readings, plan.reads, row) : noReads
  if (plan.measure === null) {
    if (outcome === UNCONFIRMED)
      return tier === undefined
        ? { id, text, verdict, clause, reads, unconfirmed: true }
        : { id, text, verdict, clause, reads, tier, unconfirmed: true }
    return tier === undefined
      ? { id, text, verdict, clause, reads }
      : { id, text, verdict, clause, reads, tier }
  }
  const measure = measureResult(plan.measure, row, day.frame)
  if (outcome === UNCONFIRMED)
    return tier === undefined
      ? { id, text, verdict, clause, reads, unconfirmed: true, measure }
      : { id, text, verdict, clause, reads, tier, unconfirmed: true, measure }
  return tier === undefined
    ? { id, text, verdict, clause, reads, measure }
    : { id, text, verdict, clause, reads, tier, measure }
}

/** What the last known figures would have said. */
function provisional(
  target: Target,
  row: number,
  asked: Case,
): { verdict: Verdict; amount: AmountResult } {
  const day = asked.lastKnown()
  const { verdict, pending } = finalVerdict(day, target, row)
  const tiers = verdict === 'ineligible' ? noTiers : candidates(day, target, row)
  return { verdict, amount: amountOf(day, tiers, row, verdict, pending) }
}

/** Programmes matched but not confirmed on which the verdict waits. */
function pendingVia(
  { target, conditions }: TargetPlan,
  row: number,
  { day, members }: Case,
): string[] {
  const { pack, verdicts } = day
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
        // Rows beyond the members are of whoever was asked about before.
        const rows = verdicts.first[t.index] ?? new Uint8Array()
        return t.entity === target.entity || t.entity === 'household'
          ? rows[t.entity === 'household' ? 0 : row] === 1
          : rows.subarray(0, members.length).includes(1)
      })
      if (matched) via.add(pack.programmes[p]?.id ?? '')
    }
  })
  return [...via]
}
