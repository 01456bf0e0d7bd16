import type { LeadAmount } from './views.ts'

const periods = { month: '每月', year: '每年', once: '一次性', event: '每次' } as const

/**
 * Why a line was raised, one sentence: 符合最低生活保障，每月约 1,595 元，名册（2025-06-01）上没有.
 *
 * @param rollOn the day of the complete roll that lacks the person
 */
export function why(
  programmeName: string,
  verdict: 'eligible' | 'unknown',
  amount: LeadAmount,
  rollOn: string,
): string {
  const opening =
    verdict === 'eligible' ? `符合${programmeName}` : `可能符合${programmeName}，有条件待核实`
  const middle = verdict === 'eligible' ? amountPhrase(amount) : ''
  return [opening, middle, `名册（${rollOn}）上没有`].filter((part) => part !== '').join('，')
}

function amountPhrase(amount: LeadAmount): string {
  if (amount.kind === 'official') return '金额由街镇核定'
  if (amount.kind === 'exact') return `${periods[amount.per]}约 ${yuan(amount.fen)} 元`
  if (amount.kind !== 'range') return ''
  const period = periods[amount.per]
  if (amount.max === null) return amount.min > 0 ? `${period}至少 ${yuan(amount.min)} 元` : ''
  if (amount.min === 0) return `${period}最多 ${yuan(amount.max)} 元`
  return `${period}约 ${yuan(amount.min)}–${yuan(amount.max)} 元`
}

/** Whole yuan without decimals, anything else with both. */
function yuan(fen: number): string {
  const digits = fen % 100 === 0 ? 0 : 2
  return (fen / 100).toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}
