import type { LoweredFact } from '../ir.ts'
import type { Dependence } from './dependence.ts'
import { linesOf, type Sought } from './lines.ts'
import type { Share } from './shares.ts'

/** Where the likelihood of values comes from: people of like age, everybody, or no knowledge at all. */
export type Basis = 'age-band' | 'population' | 'uniform'

/** What a fact may turn out to be, each value standing for all that lead to the same. */
export type Outlook = Readonly<{ values: readonly Share[]; basis: Basis }>

/** Domains no larger are tried value by value. */
const SMALL = 12
/** Stretches of a number that are told apart. */
const MOST_STRETCHES = 16

/**
 * The values to try for a fact of a household, with what is expected of each.
 *
 * Values that no open condition tells apart are tried as one. Without shares every value is as
 * likely as the next; where there is no end to them, every stretch between two lines is.
 *
 * @param shares of the population; empty where there are none
 */
export function outlookOf(
  fact: LoweredFact,
  sought: Sought,
  shares: Readonly<{ list: readonly Share[]; basis: Basis }>,
): Outlook {
  const told = shares.list.length > 0
  const basis = told ? shares.basis : 'uniform'
  if (fact.type === 'boolean' || fact.type === 'code') {
    const all = told ? shares.list : evenly(discrete(fact))
    return { values: merged(fact, sought.dependence, all), basis }
  }
  const stretches = stretchesOf(fact, linesOf(sought))
  return { values: told ? weighed(stretches, shares.list) : numbers(fact, stretches), basis }
}

function evenly(values: readonly (number | null)[]): Share[] {
  return values.map((value) => ({ value, share: 1 / values.length }))
}

function discrete({ type, codes, nullable }: LoweredFact): (number | null)[] {
  const values = type === 'boolean' ? [1, 0] : codes.map((_, i) => i)
  return nullable ? [...values, null] : values
}

/** Codes that everything which reads the fact takes alike, as one. */
function merged({ type }: LoweredFact, { classes }: Dependence, values: readonly Share[]): Share[] {
  if (type !== 'code') return [...values]
  const by = new Map<string | undefined, { value: number | null; share: number; most: number }>()
  for (const { value, share } of values) {
    const key = value === null ? 'none' : classes[value]
    const one = by.get(key)
    if (!one) by.set(key, { value, share, most: share })
    else {
      one.share += share
      if (share > one.most) Object.assign(one, { value, most: share })
    }
  }
  return [...by.values()].map(({ value, share }) => ({ value, share }))
}

type Stretch = Readonly<{ from: number; to: number }>

/** The range of a fact cut at the lines. */
function stretchesOf({ range }: LoweredFact, lines: readonly number[]): Stretch[] {
  const { lo, hi } = range
  if (hi - lo < SMALL)
    return Array.from({ length: hi - lo + 1 }, (_, i) => ({ from: lo + i, to: lo + i }))
  const sorted = [...new Set(lines)].filter((at) => at > lo && at <= hi).sort((a, b) => a - b)
  const starts = [lo, ...thinned(sorted, MOST_STRETCHES - 1)]
  return starts.map((from, i) => ({ from, to: (starts[i + 1] ?? hi + 1) - 1 }))
}

function thinned(sorted: readonly number[], most: number): number[] {
  if (sorted.length <= most) return [...sorted]
  return Array.from(
    { length: most },
    (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / most)] ?? 0,
  )
}

/** A number that stands for a stretch: its middle, or where it has no end its first or last value. */
function middleOf({ from, to }: Stretch): number {
  if (from === -Infinity) return to === Infinity ? 0 : to
  return to === Infinity ? from : Math.floor((from + to) / 2)
}

function numbers({ nullable, range }: LoweredFact, stretches: readonly Stretch[]): Share[] {
  const sizes = stretches.map(({ from, to }) =>
    range.hi - range.lo < Infinity ? to - from + 1 : 1,
  )
  const total = sizes.reduce((sum, size) => sum + size, nullable ? 1 : 0)
  const some = stretches.map((stretch, i) => ({
    value: middleOf(stretch),
    share: (sizes[i] ?? 0) / total,
  }))
  return nullable ? [...some, { value: null, share: 1 / total }] : some
}

/** What of the population falls into each stretch, and the middle one of those. */
function weighed(stretches: readonly Stretch[], shares: readonly Share[]): Share[] {
  const some = stretches.flatMap(({ from, to }) => {
    const within = shares.filter(({ value }) => value !== null && value >= from && value <= to)
    const share = within.reduce((sum, one) => sum + one.share, 0)
    const value = within[within.length >> 1]?.value
    return value === undefined ? [] : [{ value, share }]
  })
  return [...some, ...shares.filter(({ value }) => value === null)]
}
