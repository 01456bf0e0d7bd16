import type { Population } from './population.ts'
import type { Difference } from './difference.ts'
import type { Judgement } from './judgement.ts'
import { exactKind, yearOf } from './state.ts'

/**
 * How far households stay below a line of income per head: before assistance, with what today's
 * rules give, with what changed rules give. Sure amounts paid by the month or year count; households
 * of unknown income do not.
 *
 * Township × stage × field, additive.
 */
export type Gap = Float64Array

export const gapStages = ['alone', 'today', 'changed'] as const
export const gapFields = ['households', 'persons', 'fen'] as const
const size = gapFields.length
export const gapSize = gapStages.length * size

/** Fen a year that each household is surely entitled to. */
export function entitlements(
  judgements: readonly Judgement[],
  { batch, ownerOf }: Population,
): Float64Array {
  const sums = new Float64Array(batch.households)
  for (const { entity, paid, rows, lo, period, codes } of judgements) {
    for (let i = 0; i < paid; i++) {
      const row = rows[i] ?? 0
      if (codes[row] !== (1 | (exactKind << 2))) continue
      const household = entity === 'person' ? (ownerOf[row] ?? 0) : row
      const fen = (lo[i] ?? 0) * (yearOf[period[i] as 0 | 1 | 2 | 3] ?? 0)
      sums[household] = (sums[household] ?? 0) + fen
    }
  }
  return sums
}

/** The gap of today's rules; the changed ones are taken to give the same. */
export function gapOf(
  population: Population,
  entitled: Float64Array,
  line: number,
  townships: number,
): Gap {
  const gap: Gap = new Float64Array(townships * gapSize)
  for (let h = 0; h < population.batch.households; h++) {
    add(gap, population, h, 0, shortfall(population, h, line, 0))
    const short = shortfall(population, h, line, entitled[h] ?? 0)
    add(gap, population, h, 1, short)
    add(gap, population, h, 2, short)
  }
  return gap
}

/** The same gap with what a change gives and takes. */
export function changedGap(
  gap: Gap,
  { touched, year }: Difference,
  population: Population,
  entitled: Float64Array,
  line: number,
): Gap {
  const made = gap.slice()
  for (const h of touched) {
    const more = year[h] ?? 0
    if (more === 0) continue
    const had = entitled[h] ?? 0
    add(made, population, h, 2, -shortfall(population, h, line, had))
    add(made, population, h, 2, shortfall(population, h, line, had + more))
  }
  return made
}

/** Fen a month that the members together lack to the line; NaN for an unknown income. */
function shortfall(
  { incomeOf, batch }: Population,
  h: number,
  line: number,
  yearFen: number,
): number {
  const members = (batch.offsets[h + 1] ?? 0) - (batch.offsets[h] ?? 0)
  return Math.max(0, (line - (incomeOf[h] ?? Number.NaN)) * members - yearFen / 12)
}

/** Adds a household to a stage by what it lacks, or takes it away by the negative of that. */
function add(
  gap: Gap,
  { townshipOf, batch }: Population,
  h: number,
  stage: number,
  short: number,
): void {
  const sign = Math.sign(short)
  if (Number.isNaN(sign) || sign === 0) return
  const at = (townshipOf[h] ?? 0) * gapSize + stage * size
  const members = (batch.offsets[h + 1] ?? 0) - (batch.offsets[h] ?? 0)
  gap[at] = (gap[at] ?? 0) + sign
  gap[at + 1] = (gap[at + 1] ?? 0) + sign * members
  gap[at + 2] = (gap[at + 2] ?? 0) + sign * Math.round(Math.abs(short))
}
