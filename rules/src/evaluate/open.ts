import type { Tier } from '../ir.ts'
import { MAX_MEMBERS } from '../ir.ts'
import type { Reason, Result, Verdict } from '../results.ts'
import type { DayProgram } from './day-program.ts'
import type { TargetPlan } from './explanation-plan.ts'
import type { ReadList } from './read-lists.ts'
import { missingOf, type Readings } from './readings.ts'
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

/** What the answer being looked at waits for. */
const reads: ReadList[] = []

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
  reads.length = 0
  let reasons = noReasons
  if (verdict === 'unknown' || tiers.length > 1) reasons = openConditions(plan, row, tiers, asked)
  if (verdict === 'eligible') openAmounts(plan, row, tiers, asked)
  if (reads.length === 0) return reasons.length === 0 ? nothing : { ...nothing, reasons }
  const missing = missingOf(asked.readings, reads, row)
  if (missing.length > 0)
    reasons = reasons.length === 0 ? lacksFacts : joined(reasons, 'missing-facts')
  return withParameters(asked.day, reasons, missing)
}

function joined(reasons: Reasons, reason: Reason): Reasons {
  return reasons.includes(reason) ? reasons : [...reasons, reason]
}

/** Takes the reads of undecided conditions; returns what else they wait for. */
function openConditions(
  { target, conditions }: TargetPlan,
  row: number,
  tiers: readonly Tier[],
  { day }: Asked,
): Reasons {
  const outcomes = day.verdicts.outcomes[target.index]
  let reasons = noReasons
  const take = (indices: readonly number[]): void => {
    for (const c of indices) {
      const outcome = outcomes?.[c * MAX_MEMBERS + row] ?? 0
      if (outcome === MET || outcome === UNMET) continue
      if (outcome & UNCONFIRMED) reasons = joined(reasons, 'condition-unconfirmed')
      if (outcome === OPEN_NULL) reasons = joined(reasons, 'null-unknown')
      const open = conditions[c]?.reads
      if (open && (outcome & (outcome - 1)) !== 0) reads.push(open)
    }
  }
  take(target.base)
  for (const tier of tiers) take(tier.conditions)
  return reasons
}

function openAmounts(
  { target, amountReads }: TargetPlan,
  row: number,
  tiers: readonly Tier[],
  { day }: Asked,
): void {
  for (const tier of tiers) {
    const { amount } = tier
    if (amount.kind !== 'computed') continue
    const slot = day.frame.slot(amount.node, row)
    const open = amountReads[target.tiers.indexOf(tier)]
    if (open && day.frame.lo[slot] !== day.frame.hi[slot]) reads.push(open)
  }
}

/** Adds the reasons that lie in parameters, and the first expired one with its last day. */
function withParameters(day: DayProgram, before: Reasons, missing: Result['missing']): Open {
  let reasons = before
  let expired: Open['expired'] = null
  for (const { doubtful } of reads)
    for (const index of doubtful) {
      const value = day.parameters[index]
      if (value?.state === 'missing') reasons = joined(reasons, 'parameter-missing')
      if (value?.state !== 'expired') continue
      reasons = joined(reasons, 'parameter-expired')
      expired ??= {
        parameter: day.pack.parameters[index]?.id ?? '',
        knownUntil: value.row?.knownUntil ?? '',
      }
    }
  return { reasons, missing, expired }
}
