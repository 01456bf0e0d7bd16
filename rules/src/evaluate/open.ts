import type { Tier } from '../ir.ts'
import { MAX_MEMBERS } from '../ir.ts'
import type { Reason, Result, Verdict } from '../results.ts'
import type { DayProgram } from './day-program.ts'
import type { ExplanationPlan, TargetPlan } from './explanation-plan.ts'
import type { ReadList } from './read-lists.ts'
import type { Readings } from './readings.ts'
import { MET, OPEN_NULL, UNCONFIRMED, UNMET } from './verdicts.ts'

/** What keeps an answer open. */
export type Open = Readonly<{
  reasons: readonly Reason[]
  missing: Result['missing']
  /** The first figure that has expired. */
  expired: Readonly<{ parameter: string; knownUntil: string }> | null
}>

const nothing: Open = { reasons: [], missing: [], expired: null }

/** One row of a target, and the tiers that are still possible for it. */
export type Asked = Readonly<{
  day: DayProgram
  plan: ExplanationPlan
  readings: Readings
  members: readonly Readonly<{ id: string }>[]
}>

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
  const reads: ReadList[] = []
  const reasons = new Set<Reason>()
  if (verdict === 'unknown' || tiers.length > 1)
    openConditions(plan, row, tiers, asked, { reads, reasons })
  if (verdict === 'eligible') openAmounts(plan, row, tiers, asked, reads)
  if (reads.length === 0)
    return reasons.size === 0 ? nothing : { ...nothing, reasons: [...reasons] }
  const missing = asked.readings.missing(reads, row)
  if (missing.length > 0) reasons.add('missing-facts')
  const expired = parameterReasons(reads, asked.day, reasons)
  return { reasons: [...reasons], missing, expired }
}

function openConditions(
  { target, conditions }: TargetPlan,
  row: number,
  tiers: readonly Tier[],
  { day }: Asked,
  into: { reads: ReadList[]; reasons: Set<Reason> },
): void {
  const outcomes = day.verdicts.outcomes[target.index]
  const take = (c: number): void => {
    const outcome = outcomes?.[c * MAX_MEMBERS + row] ?? 0
    if (outcome === MET || outcome === UNMET) return
    if (outcome & UNCONFIRMED) into.reasons.add('condition-unconfirmed')
    if (outcome === OPEN_NULL) into.reasons.add('null-unknown')
    const open = conditions[c]?.reads
    if (open && (outcome & (outcome - 1)) !== 0) into.reads.push(open)
  }
  target.base.forEach(take)
  for (const tier of tiers) tier.conditions.forEach(take)
}

function openAmounts(
  { target, amountReads }: TargetPlan,
  row: number,
  tiers: readonly Tier[],
  { day }: Asked,
  reads: ReadList[],
): void {
  for (const tier of tiers) {
    const { amount } = tier
    if (amount.kind !== 'computed') continue
    const slot = day.frame.slot(amount.node, row)
    const open = amountReads[target.tiers.indexOf(tier)]
    if (open && day.frame.lo[slot] !== day.frame.hi[slot]) reads.push(open)
  }
}

/** Adds the reasons that lie in parameters; returns the first expired one with its last day. */
function parameterReasons(
  reads: readonly ReadList[],
  day: DayProgram,
  reasons: Set<Reason>,
): Open['expired'] {
  let expired: Open['expired'] = null
  for (const { reads: of } of reads)
    for (const index of of.parameters) {
      const value = day.parameters[index]
      if (value?.state === 'missing') reasons.add('parameter-missing')
      if (value?.state !== 'expired') continue
      reasons.add('parameter-expired')
      expired ??= {
        parameter: day.pack.parameters[index]?.id ?? '',
        knownUntil: value.row?.knownUntil ?? '',
      }
    }
  return expired
}
