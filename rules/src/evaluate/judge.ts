import type { TargetPlan } from './explanation-plan.ts'
import type { DayProgram } from './day-program.ts'
import type { Measure, Target, Tier } from '../ir.ts'
import { MAX_MEMBERS } from '../ir.ts'
import type { AmountResult, Verdict } from '../results.ts'
import { isPossible, isSure, MET, UNMET } from './verdicts.ts'

/** Tiers still possible, in order, up to and including the first sure one. */
export function candidates(day: DayProgram, target: Target, row: number): Tier[] {
  const outcomes = day.verdicts.outcomes[target.index] ?? []
  const at = (i: number): number => i * MAX_MEMBERS + row
  if (!isPossible(outcomes, at, target.base)) return []
  const base = isSure(outcomes, at, target.base)
  const list: Tier[] = []
  for (const tier of target.tiers) {
    if (!isPossible(outcomes, at, tier.conditions)) continue
    list.push(tier)
    if (base && isSure(outcomes, at, tier.conditions)) break
  }
  return list
}

/** What is paid over all candidates; what would be paid if the verdict is unknown. */
export function amountOf(
  day: DayProgram,
  tiers: readonly Tier[],
  row: number,
  verdict: Verdict,
  pending: boolean,
): AmountResult {
  if (verdict === 'ineligible') return { kind: 'none' }
  const [first] = tiers
  // waiting for a status only: which tier will apply is not known yet
  if (pending || !first) return { kind: 'unknown' }
  const { per } = first.amount
  if (first.amount.kind !== 'computed') {
    const { kind } = first.amount
    return tiers.every((t) => t.amount.kind === kind) ? { kind } : { kind: 'unknown' }
  }
  let [min, max] = [Infinity, -Infinity]
  for (const { amount } of tiers) {
    if (amount.kind !== 'computed' || amount.per !== per) return { kind: 'unknown' }
    const slot = day.frame.slot(amount.node, row)
    min = Math.min(min, day.frame.lo[slot] ?? 0)
    max = Math.max(max, day.frame.hi[slot] ?? Infinity)
  }
  if (min === max) return { kind: 'exact', fen: min, per }
  return max === Infinity ? { kind: 'unknown' } : { kind: 'range', min, max, per }
}

/** Whether an ineligible row misses some tier by one condition only, within a tenth of its line. */
export function isNear(
  day: DayProgram,
  { target, ofTier, conditions }: TargetPlan,
  row: number,
): boolean {
  const outcomes = day.verdicts.outcomes[target.index] ?? []
  return ofTier.some((indices) => {
    let failed = -1
    for (const c of indices) {
      const outcome = outcomes[c * MAX_MEMBERS + row]
      if (outcome === MET) continue
      if (outcome !== UNMET || failed >= 0) return false
      failed = c
    }
    const measure = conditions[failed]?.measure
    return measure ? withinTenth(measure, row, day) : false
  })
}

function withinTenth(m: Measure, row: number, { frame }: DayProgram): boolean {
  if (m.op === '=' || m.op === '!=') return false
  const [v, l] = (m.line === 'b' ? [m.a, m.b] : [m.b, m.a]).map((id) => frame.slot(id, row))
  const [vLo = 0, vHi = 0, lLo = 0, lHi = 0] = [
    frame.lo[v ?? 0],
    frame.hi[v ?? 0],
    frame.lo[l ?? 0],
    frame.hi[l ?? 0],
  ]
  const below = (m.op === '<' || m.op === '<=') === (m.line === 'b')
  if (below) return lHi > 0 && Number.isFinite(lHi) && (vLo - lHi) * 10 <= lHi
  return lLo > 0 && (lLo - vHi) * 10 <= lLo
}
