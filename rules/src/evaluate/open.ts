import type { Reads, Tier } from '../ir.ts'
import { MAX_MEMBERS } from '../ir.ts'
import type { Reason, Result, Verdict } from '../results.ts'
import type { DayProgram } from './day-program.ts'
import { type ExplanationPlan, readerOf, type TargetPlan } from './explanation-plan.ts'
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
  const reads: Reads[] = []
  const reasons = new Set<Reason>()
  if (verdict === 'unknown' || tiers.length > 1)
    openConditions(plan, row, tiers, asked, { reads, reasons })
  if (verdict === 'eligible') openAmounts(plan, row, tiers, asked, reads)
  if (reads.length === 0)
    return reasons.size === 0 ? nothing : { ...nothing, reasons: [...reasons] }
  const missing = missingFacts(reads, row, plan, asked)
  if (missing.length > 0) reasons.add('missing-facts')
  const expired = parameterReasons(reads, asked.day, reasons)
  return { reasons: [...reasons], missing, expired }
}

function openConditions(
  { target, conditions }: TargetPlan,
  row: number,
  tiers: readonly Tier[],
  { day }: Asked,
  into: { reads: Reads[]; reasons: Set<Reason> },
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
  reads: Reads[],
): void {
  for (const tier of tiers) {
    const { amount } = tier
    if (amount.kind !== 'computed') continue
    const slot = day.frame.slot(amount.node, row)
    const open = amountReads[target.tiers.indexOf(tier)]
    if (open && day.frame.lo[slot] !== day.frame.hi[slot]) reads.push(open)
  }
}

/** Unknown facts among the reads, each once; a derived one as what it is derived from. */
function missingFacts(
  reads: readonly Reads[],
  row: number,
  { target }: TargetPlan,
  { plan: { facts }, readings, members }: Asked,
): Result['missing'] {
  const seen = new Set<number>()
  const missing: { fact: string; member?: string }[] = []
  const note = (index: number, who: 'household' | number): void => {
    if (readings.of(index, who).state !== 'unknown') return
    const asked = facts[index]?.derivedFrom ?? index
    if (asked !== index && readings.of(asked, who).state !== 'unknown') return
    const key = asked * (MAX_MEMBERS + 1) + (who === 'household' ? MAX_MEMBERS : who)
    if (seen.has(key)) return
    seen.add(key)
    const id = facts[asked]?.id ?? ''
    const member = who === 'household' ? undefined : members[who]?.id
    missing.push(member === undefined ? { fact: id } : { fact: id, member })
  }
  for (const { facts: list } of reads)
    for (const read of list) {
      const who =
        facts[read.fact]?.entity === 'household' ? 'household' : readerOf(read, target, facts)
      if (who === 'household') note(read.fact, who)
      else if (who === 'self') note(read.fact, row)
      else for (let m = 0; m < readings.members; m++) note(read.fact, m)
    }
  return missing
}

/** Adds the reasons that lie in parameters; returns the first expired one with its last day. */
function parameterReasons(
  reads: readonly Reads[],
  day: DayProgram,
  reasons: Set<Reason>,
): Open['expired'] {
  let expired: Open['expired'] = null
  for (const { parameters } of reads)
    for (const index of parameters) {
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
