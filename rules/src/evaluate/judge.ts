import type { Target, Tier } from '../ir.ts'
import { MAX_MEMBERS } from '../ir.ts'
import type { AmountResult, Verdict } from '../results.ts'
import type { DayProgram } from './day-program.ts'
import type { TargetPlan } from './explanation-plan.ts'
import { isWithinTenth } from './measures.ts'
import { MET, standing, UNMET } from './verdicts.ts'

const noTier: readonly Tier[] = []

/** Tiers still possible, in order, up to and including the first sure one. */
export function candidates(day: DayProgram, target: Target, row: number): readonly Tier[] {
  const outcomes = day.verdicts.outcomes[target.index]
  if (!outcomes) return noTier
  const base = standing(outcomes, row, target.base)
  if (base === 'failed') return noTier
  const [only] = target.tiers
  if (only && target.tiers.length === 1)
    return standing(outcomes, row, only.conditions) === 'failed' ? noTier : target.tiers
  const list: Tier[] = []
  for (const tier of target.tiers) {
    const own = standing(outcomes, row, tier.conditions)
    if (own === 'failed') continue
    list.push(tier)
    if (base === 'sure' && own === 'sure') break
  }
  return list
}

const nothing: AmountResult = { kind: 'none' }
const official: AmountResult = { kind: 'official' }
const unknown: AmountResult = { kind: 'unknown' }

/** What is paid over all candidates; what would be paid if the verdict is unknown. */
export function amountOf(
  day: DayProgram,
  tiers: readonly Tier[],
  row: number,
  verdict: Verdict,
  pending: boolean,
): AmountResult {
  if (verdict === 'ineligible') return nothing
  const [first] = tiers
  // waiting for a status only: which tier will apply is not known yet
  if (pending || !first) return unknown
  const { per, kind } = first.amount
  if (kind !== 'computed') {
    for (const { amount } of tiers) if (amount.kind !== kind) return unknown
    return kind === 'none' ? nothing : official
  }
  let min = Infinity
  let max = -Infinity
  for (const { amount } of tiers) {
    if (amount.kind !== 'computed' || amount.per !== per) return unknown
    const slot = day.frame.slot(amount.node, row)
    min = Math.min(min, day.frame.lo[slot] ?? 0)
    max = Math.max(max, day.frame.hi[slot] ?? Infinity)
  }
  if (min === max) return { kind: 'exact', fen: min, per }
  return max === Infinity ? unknown : { kind: 'range', min, max, per }
}

/** Whether an ineligible row misses some tier by one condition only, within a tenth of its line. */
export function isNear(
  day: DayProgram,
  { target, ofTier, conditions, measured }: TargetPlan,
  row: number,
): boolean {
  const outcomes = day.verdicts.outcomes[target.index]
  if (!measured || !outcomes) return false
  for (const indices of ofTier) {
    const measure = conditions[onlyFailure(outcomes, row, indices)]?.measure
    if (measure && isWithinTenth(measure, row, day.frame)) return true
  }
  return false
}

/** The one condition that is unmet where all others are met; -1 if there is no such one. */
function onlyFailure(outcomes: Uint8Array, row: number, conditions: readonly number[]): number {
  let failed = -1
  for (const c of conditions) {
    const outcome = outcomes[c * MAX_MEMBERS + row]
    if (outcome === MET) continue
    if (outcome !== UNMET || failed >= 0) return -1
    failed = c
  }
  return failed
}
