import type { Tier } from '../ir.ts'
import { MAX_MEMBERS } from '../ir.ts'
import type { Reason, Result, Verdict } from '../results.ts'
import type { DayProgram } from './day-program.ts'
import type { TargetPlan } from './explanation-plan.ts'
import { missingOf, type Readings } from './readings.ts'
import { type Union, withList } from './unions.ts'
import { MET, OPEN_NULL, UNCONFIRMED, UNMET } from './verdicts.ts'

/** What keeps an answer open. */
export type Open = Readonly<{
  reasons: readonly Reason[]
  missing: Result['missing']
  /** The first figure that has expired. */
  expired: Readonly<{ parameter: string; knownUntil: string }> | null
}>

/** Reasons in the order they were found; most answers lack nothing but facts. */
type Reasons = readonly Reason[]
const noReasons: Reasons = []
const lacksFacts: Reasons = ['missing-facts']

const nothing: Open = { reasons: noReasons, missing: [], expired: null }

/** One row of a target, and the tiers that are still possible for it. */
export type Asked = Readonly<{
  day: DayProgram
  readings: Readings
  members: readonly Readonly<{ id: string }>[]
}>

/** What an answer waits for, as it is gathered: what is read, and the reasons besides. */
type Waiting = { reads: Union; reasons: Reasons }

/**
 * What keeps the answer to a row open: the reads of undecided conditions, be it the verdict or only
 * the tier that waits for them, and of an undecided amount.
 */
export function openOf(
  plan: TargetPlan,
  row: number,
  verdict: Verdict,
  tiers: readonly Tier[],
  asked: Asked,
): Open {
  if (verdict === 'ineligible') return nothing
  const waiting: Waiting = { reads: plan.nothing, reasons: noReasons }
  if (verdict === 'unknown' || tiers.length > 1) addConditions(waiting, plan, row, tiers, asked)
  if (verdict === 'eligible') addAmounts(waiting, plan, row, tiers, asked)
  const { reads, reasons } = waiting
  if (reads === plan.nothing) return reasons.length === 0 ? nothing : { ...nothing, reasons }
  const missing = missingOf(asked.readings, reads, row)
  const all = missing.length === 0 ? reasons : withReason(reasons, 'missing-facts')
  return reads.doubtful.length === 0
    ? { reasons: all, missing, expired: null }
    : withParameters(asked.day, reads.doubtful, all, missing)
}

function withReason(reasons: Reasons, reason: Reason): Reasons {
  if (reasons.length === 0 && reason === 'missing-facts') return lacksFacts
  return reasons.includes(reason) ? reasons : [...reasons, reason]
}

/** Takes the reads of undecided conditions, and what else they wait for. */
function addConditions(
  waiting: Waiting,
  plan: TargetPlan,
  row: number,
  tiers: readonly Tier[],
  asked: Asked,
): void {
  takeConditions(waiting, plan, row, plan.target.base, asked)
  for (const { conditions } of tiers) takeConditions(waiting, plan, row, conditions, asked)
}

function takeConditions(
  waiting: Waiting,
  { target, conditions }: TargetPlan,
  row: number,
  indices: readonly number[],
  { day, readings }: Asked,
): void {
  const outcomes = day.verdicts.outcomes[target.index]
  for (const c of indices) {
    const outcome = outcomes?.[c * MAX_MEMBERS + row] ?? 0
    if (outcome === MET || outcome === UNMET) continue
    if (outcome & UNCONFIRMED)
      waiting.reasons = withReason(waiting.reasons, 'condition-unconfirmed')
    if (outcome === OPEN_NULL) waiting.reasons = withReason(waiting.reasons, 'null-unknown')
    const open = conditions[c]?.reads
    if (open && (outcome & (outcome - 1)) !== 0)
      waiting.reads = withList(readings.kept, waiting.reads, c, open)
  }
}

function addAmounts(
  waiting: Waiting,
  { target, conditions, amountReads }: TargetPlan,
  row: number,
  tiers: readonly Tier[],
  { day, readings }: Asked,
): void {
  for (const tier of tiers) {
    const { amount } = tier
    if (amount.kind !== 'computed') continue
    const slot = day.frame.slot(amount.node, row)
    const place = target.tiers.indexOf(tier)
    const open = amountReads[place]
    if (open && day.frame.lo[slot] !== day.frame.hi[slot])
      waiting.reads = withList(readings.kept, waiting.reads, conditions.length + place, open)
  }
}

/** Adds the reasons that lie in parameters, and the first expired one with its last day. */
function withParameters(
  day: DayProgram,
  doubtful: readonly number[],
  before: Reasons,
  missing: Result['missing'],
): Open {
  let reasons = before
  let expired: Open['expired'] = null
  for (const index of doubtful) {
    const value = day.parameters[index]
    if (value?.state === 'missing') reasons = withReason(reasons, 'parameter-missing')
    if (value?.state !== 'expired') continue
    reasons = withReason(reasons, 'parameter-expired')
    expired ??= {
      parameter: day.pack.parameters[index]?.id ?? '',
      knownUntil: value.row?.knownUntil ?? '',
    }
  }
  return { reasons, missing, expired }
}
