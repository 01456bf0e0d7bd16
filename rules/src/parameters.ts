import { addMonths, dayFromText, textFromDay } from './days.ts'
import { decimalPlaces, scaled } from './decimals.ts'
import type { Decimal, Parameter, ParameterRow } from './pack.ts'

/** What a parameter is on one day: an interval of integers at its scale. */
export type ParameterValue = Readonly<{
  lo: number
  hi: number
  /** known: the row of the day. expired: past the last row's knownUntil. missing: no row. */
  state: 'known' | 'expired' | 'missing'
  row: ParameterRow | null
}>

/** Digits of a parameter's integer form: money 2, integers 0, numbers as many as are written. */
export function parameterScale(p: Pick<Parameter, 'type' | 'rows' | 'range'>): number {
  if (p.type === 'money') return 2
  if (p.type === 'integer') return 0
  const written = [...p.rows.map((r) => r.value), ...p.range.filter((v) => v !== null)]
  return Math.max(0, ...written.map((v) => decimalPlaces(v) ?? 0))
}

/** Declared range as integers at the parameter's scale, ±Infinity where open. */
export function parameterRange(p: Parameter): { lo: number; hi: number } {
  const scale = parameterScale(p)
  const [lo, hi] = p.range
  return {
    lo: lo === null ? -Infinity : scaled(lo, scale),
    hi: hi === null ? Infinity : scaled(hi, scale),
  }
}

/**
 * Last day on which a row may be used.
 *
 * An explicit `to`; else the eve of the next row; else, for a yearly series, the eve of the next
 * `adjusts` day after `from`; else null (no end known).
 */
export function knownUntil(
  row: { from: string; to?: string },
  next: { from: string } | undefined,
  adjusts: string | undefined,
): string | null {
  if (row.to !== undefined) return row.to
  if (next) return eve(next.from)
  if (adjusts === undefined) return null
  const year = Number(row.from.slice(0, 4))
  const sameYear = `${year}-${adjusts}`
  return eve(sameYear > row.from ? sameYear : `${year + 1}-${adjusts}`)
}

function eve(day: string): string {
  return textFromDay((dayFromText(day) ?? 0) - 1)
}

/** Day by which a series without `adjusts` is due for review: 24 months after its confirmation. */
export function reviewBy(p: {
  adjusts?: string
  confirmed?: string
  rows: readonly { from: string }[]
}): string | null {
  if (p.adjusts !== undefined) return null
  const last = p.confirmed ?? p.rows.at(-1)?.from
  return last === undefined ? null : textFromDay(addMonths(dayFromText(last) ?? 0, 24))
}

/** Row whose days contain `on`, or null. Rows ascend. */
function rowOn(p: Parameter, on: string): ParameterRow | null {
  return p.rows.findLast((r) => r.from <= on) ?? null
}

/** A figure to be tried out must be one that the parameter can have: expressions rely on its range. */
function overridden(p: Parameter, value: Decimal): number {
  const { lo, hi } = parameterRange(p)
  const digits = parameterScale(p)
  if ((decimalPlaces(value) ?? 0) > digits)
    throw new RangeError(`${p.id}: ${value} has more than ${digits} digits`)
  const figure = scaled(value, digits)
  if (figure >= lo && figure <= hi) return figure
  throw new RangeError(`${p.id}: ${value} is not within its range`)
}

/**
 * Values of all parameters on a day; `overrides` (by id) replace them, `lastKnown` stretches expired rows.
 *
 * @throws RangeError for an override outside the parameter's declared range, or with more digits
 */
export function parametersOn(
  parameters: readonly Parameter[],
  on: string,
  options: { overrides?: Readonly<Record<string, Decimal>>; lastKnown?: boolean } = {},
): ParameterValue[] {
  return parameters.map((p) => {
    const override = options.overrides?.[p.id]
    if (override !== undefined) return exactly(overridden(p, override), null)
    const row = rowOn(p, on)
    if (!row) return { ...parameterRange(p), state: 'missing', row: null }
    if (row.knownUntil === null || on <= row.knownUntil)
      return exactly(scaled(row.value, parameterScale(p)), row)
    if (row !== p.rows.at(-1)) return { ...parameterRange(p), state: 'missing', row }
    if (options.lastKnown) return exactly(scaled(row.value, parameterScale(p)), row)
    return { ...parameterRange(p), state: 'expired', row }
  })
}

function exactly(value: number, row: ParameterRow | null): ParameterValue {
  return { lo: value, hi: value, state: 'known', row }
}

/** Days after `on` at which a parameter changes or expires. */
export function parameterBoundaries(p: Parameter, on: string): string[] {
  const days: string[] = []
  for (const row of p.rows) {
    if (row.from > on) days.push(row.from)
    if (row.knownUntil !== null && row.knownUntil >= on) days.push(dayAfter(row.knownUntil))
  }
  return days
}

function dayAfter(day: string): string {
  return textFromDay((dayFromText(day) ?? 0) + 1)
}
