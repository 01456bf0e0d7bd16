import type { AmountResult } from '../results.ts'

/** Certain money in fen, by how it is paid; what officials fix or nobody knows counts as nothing. */
export type Totals = Readonly<{ month: number; year: number; once: number }>

/** What a choice is compared by: certain money a month, a year, once; then how many programmes. */
export type Worth = readonly [month: number, year: number, once: number, programmes: number]

export const NOTHING: Worth = [0, 0, 0, 0]

/** Adds one programme; `most` counts the most it could be, else only what is certain. */
export function plus([month, year, once, n]: Worth, amount: AmountResult, most = false): Worth {
  const fen = certain(amount, most)
  const per = 'per' in amount ? amount.per : 'event'
  if (amount.kind === 'unknown' && most) return [Infinity, Infinity, Infinity, n + 1]
  return [
    month + (per === 'month' ? fen : 0),
    year + (per === 'year' ? fen : 0),
    once + (per === 'once' ? fen : 0),
    n + 1,
  ]
}

function certain(amount: AmountResult, most: boolean): number {
  if (amount.kind === 'exact') return amount.fen
  return amount.kind === 'range' ? (most ? amount.max : amount.min) : 0
}

/** Whether one is worth more than the other. */
export function isMore(one: Worth, other: Worth): boolean {
  for (const [i, value] of one.entries()) {
    const against = other[i] ?? 0
    if (value !== against) return value > against
  }
  return false
}

export function totalsOf([month, year, once]: Worth): Totals {
  return { month, year, once }
}

/** The amounts of one programme over several worlds, as one. */
export function joined(amounts: readonly AmountResult[]): AmountResult {
  const [first] = amounts
  if (!first) return { kind: 'none' }
  if (first.kind !== 'exact' && first.kind !== 'range') {
    return amounts.every(({ kind }) => kind === first.kind) ? first : { kind: 'unknown' }
  }
  const { per } = first
  let [min, max] = [Infinity, -Infinity]
  for (const amount of amounts) {
    if ((amount.kind !== 'exact' && amount.kind !== 'range') || amount.per !== per)
      return { kind: 'unknown' }
    min = Math.min(min, amount.kind === 'exact' ? amount.fen : amount.min)
    max = Math.max(max, amount.kind === 'exact' ? amount.fen : amount.max)
  }
  return min === max ? { kind: 'exact', fen: min, per } : { kind: 'range', min, max, per }
}
