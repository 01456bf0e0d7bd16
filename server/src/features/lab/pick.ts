import { type Difference, outcomeOf, outcomes, type Pair } from './difference.ts'
import type { Judgement } from './judgement.ts'
import { type Likeness, likenessOf } from './likeness.ts'
import type { Population } from './population.ts'
import { exactKind, yearOf } from './state.ts'

/** Households that a figure of the result counts: which outcome, where, of what kind or income. */
export type Cell = Readonly<{
  outcome: (typeof outcomes)[number]
  townships: readonly number[]
  kind?: number | undefined
  decile?: number | undefined
}>

/** What a programme says of a household, over those of its members it is for. */
export type Said = Readonly<{
  verdict: 'eligible' | 'unknown' | 'ineligible'
  /** Sure fen of a year, and fen paid once or for an event. */
  year: number
  apart: number
  /** Something of it has no sure amount. */
  open: boolean
}>

/** A household behind a figure; its number stays within the process, for whoever may open it. */
export type Found = Readonly<{
  id: number
  /** By chance, but the same for the household every time. */
  order: number
  township: number
  likeness: Likeness
  year: number
  apart: number
  changes: readonly Readonly<{ key: string; before: Said; after: Said }>[]
}>

export type Picking = Readonly<{
  population: Population
  decileOf: Uint8Array
  householdIds: Float64Array
}>

/** At most so many households of a cell, drawn by chance. */
export function pick(
  { population, decileOf, householdIds }: Picking,
  difference: Difference,
  pairs: readonly (Pair & { key: string })[],
  cell: Cell,
  most: number,
): Found[] {
  return difference.touched
    .filter(
      (h) =>
        cell.townships.includes(population.townshipOf[h] ?? 0) &&
        (cell.kind === undefined || population.kindOf[h] === cell.kind) &&
        (cell.decile === undefined || decileOf[h] === cell.decile) &&
        outcomeOf(difference, h) === cell.outcome,
    )
    .map((h) => ({ h, order: shuffled(householdIds[h] ?? 0) }))
    .sort((a, b) => a.order - b.order)
    .slice(0, most)
    .map(({ h, order }) => ({
      id: householdIds[h] ?? 0,
      order,
      township: population.townshipOf[h] ?? 0,
      likeness: likenessOf(population, h),
      year: difference.year[h] ?? 0,
      apart: difference.apart[h] ?? 0,
      changes: changesOf(population, pairs, h),
    }))
}

/** Scatters numbers that follow one another: the finisher of MurmurHash3. */
function shuffled(id: number): number {
  let x = id | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

function changesOf(
  { batch }: Population,
  pairs: readonly (Pair & { key: string })[],
  h: number,
): Found['changes'] {
  return pairs.flatMap(({ key, before, after }) => {
    const isPerson = (before ?? after)?.entity === 'person'
    const [from, to] = isPerson ? [batch.offsets[h] ?? 0, batch.offsets[h + 1] ?? 0] : [h, h + 1]
    const [was, is] = [saidOf(before, from, to), saidOf(after, from, to)]
    const isSame =
      was.verdict === is.verdict &&
      was.year === is.year &&
      was.apart === is.apart &&
      was.open === is.open
    return isSame ? [] : [{ key, before: was, after: is }]
  })
}

function saidOf(judgement: Judgement | null, from: number, to: number): Said {
  let [eligible, unknown, open, year, apart] = [false, false, false, 0, 0]
  if (judgement)
    for (let row = from; row < to; row++) {
      const code = judgement.codes[row] ?? 0
      if ((code & 3) === 2) unknown = true
      if ((code & 3) !== 1) continue
      eligible = true
      const at = placeOf(judgement, row)
      if (at < 0 || code !== (1 | (exactKind << 2))) {
        open = true
        continue
      }
      const fen = judgement.lo[at] ?? 0
      const months = yearOf[judgement.period[at] as 0 | 1 | 2 | 3]
      if (months > 0) year += fen * months
      else apart += fen
    }
  const verdict = eligible ? 'eligible' : unknown ? 'unknown' : 'ineligible'
  return { verdict, year, apart, open }
}

/** The place of a row among the amounts, which ascend by row; -1 where it has none. */
function placeOf({ rows, paid }: Judgement, row: number): number {
  let [low, high] = [0, paid]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle] ?? 0) < row) low = middle + 1
    else high = middle
  }
  return low < paid && rows[low] === row ? low : -1
}
