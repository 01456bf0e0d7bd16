import type { MeasureResult } from '../results.ts'

type Ends = Readonly<{ min: number | null; max: number | null }>

/**
 * How far a measured value lies from its line: positive above it. Ranges where the value or the line
 * is one; null = no bound. 距离
 */
export type Distance = Readonly<{
  /** Fen for money, else the plain number, as in the measure. */
  gap: Ends
  /** Tenths of a per cent of the line, rounded half up; no bounds where the line may be nothing. */
  permille: Ends
}>

/** The distance of a measure; null for equalities, which have none. */
export function distanceOf(measure: MeasureResult): Distance | null {
  const { op, line: side, left, right } = measure
  if (op === '=' || op === '!=') return null
  const [value, line] = side === 'right' ? [left, right] : [right, left]
  const gap = { min: minus(value.min, line.max), max: minus(value.max, line.min) }
  return { gap, permille: shares(gap, line) }
}

function minus(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return null
  // figures are whole fen or have at most six decimals
  return Math.round((a - b) * 1e6) / 1e6 + 0
}

function shares(gap: Ends, line: Ends): Ends {
  if (line.min === null || line.min <= 0) return { min: null, max: null }
  const over = (n: number | null, by: number | null): number | null =>
    n === null || by === null ? null : Math.floor((n * 1000) / by + 0.5)
  // a gap above the line is the smaller share of the higher line, one below it the larger
  const least = gap.min !== null && gap.min < 0 ? line.min : line.max
  const most = gap.max !== null && gap.max < 0 ? line.max : line.min
  return { min: over(gap.min, least), max: over(gap.max, most) }
}
