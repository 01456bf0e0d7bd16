import { constant, float, type Sql, sql } from './text.ts'

/**
 * A number, date or code as SQL. `lo` and `hi` are bounds known when the text is written.
 *
 * - `constant`: the interval [lo, hi] whoever is asked about.
 * - `point`: `value` where it is known; SQL NULL stands for the whole of [lo, hi]. One column
 *   instead of two. Whatever is made of one fact and of figures alone is a point.
 * - `range`: both ends as columns.
 *
 * SQL NULL is thus never FEEL's null. That is told by `none` (true: recorded as none; NULL is then
 * no unknown) or by `nul` (0, 1 or 2 as in the intermediate form), both null where it cannot be.
 */
export type Value = Constant | Point | Range
export type Constant = Readonly<{ kind: 'constant'; lo: number; hi: number }>
export type Point = Readonly<{
  kind: 'point'
  value: Sql
  source: Source
  none: Sql | null
  /** The same as a date of PostgreSQL, where there is one. */
  date: Sql | null
  lo: number
  hi: number
}>
export type Range = Readonly<{
  kind: 'range'
  lower: Sql
  upper: Sql
  nul: Sql | null
  lo: number
  hi: number
}>
export type Ends = Readonly<{ lo: number; hi: number }>

/** The one fact on which it hangs whether a value is known; null: it always is. */
export type Source = string | null

/**
 * A boolean as SQL. `three` says it as SQL does: NULL is TRUE|FALSE, so that and, or and not are
 * those of SQL. `mask` is the mask itself, where FEEL's null is possible.
 */
export type Truth =
  | Readonly<{ kind: 'constant'; mask: number }>
  | Readonly<{ kind: 'three'; value: Sql; origin: Origin | null }>
  | Readonly<{ kind: 'mask'; value: Sql }>

/** A boolean that hangs on one fact: what it can be, while that is unknown. */
export type Origin = Readonly<{ source: Source; unknown: number }>

export function point(
  value: Sql,
  { lo, hi }: Ends,
  more: Readonly<{ source: Source; none?: Sql | null; date?: Sql | null }>,
): Point {
  return { kind: 'point', value, none: null, date: null, ...more, lo, hi }
}

export function three(value: Sql, origin: Origin | null = null): Truth {
  return { kind: 'three', value, origin }
}

/** The source that all have in common; undefined where there are several, or one is undefined. */
export function commonSource(of: readonly (Source | undefined)[]): Source | undefined {
  const [first, ...others] = new Set(of)
  return others.length === 0 ? (of.length === 0 ? null : first) : undefined
}

export function mask(value: Sql): Truth {
  return { kind: 'mask', value }
}

export function certain(value: number): Truth {
  return { kind: 'constant', mask: value }
}

/** The surely null value. */
export const absent: Range = {
  kind: 'range',
  lower: float(Infinity),
  upper: float(-Infinity),
  nul: constant('2'),
  lo: -Infinity,
  hi: Infinity,
}

/** A value somewhere in [lo, hi], or null. */
export function perhapsAbsent(lo: number, hi: number): Range {
  return { kind: 'range', lower: float(lo), upper: float(hi), nul: constant('1'), lo, hi }
}

/** The lower end; infinite where the value is surely null. */
export function lower(x: Value): Sql {
  return end(x, 'lo')
}

/** The upper end; minus infinity where the value is surely null. */
export function upper(x: Value): Sql {
  return end(x, 'hi')
}

function end(x: Value, side: 'lo' | 'hi'): Sql {
  if (x.kind === 'constant') return float(x[side])
  if (x.kind === 'range') return side === 'lo' ? x.lower : x.upper
  if (x.source === null) return x.value
  if (x.none === null) return sql`coalesce(${x.value}, ${float(x[side])})`
  const none = float(side === 'lo' ? Infinity : -Infinity)
  return sql`case when ${x.none} then ${none} else coalesce(${x.value}, ${float(x[side])}) end`
}

/** 0 never null, 1 perhaps, 2 surely; null where it cannot be. */
export function nullness(x: Value): Sql | null {
  if (x.kind === 'constant') return null
  if (x.kind === 'range') return x.nul
  if (x.none === null) return null
  return sql`case when ${x.none} then 2 when ${x.value} is null then 1 else 0 end`
}

/** The source of a point that is never null. */
export function sourceOf(x: Value): Source | undefined {
  return x.kind === 'point' && x.none === null ? x.source : undefined
}

/** One number that is the same for everybody. */
export function isExact(x: Value): x is Constant {
  return x.kind === 'constant' && x.lo === x.hi
}

/** SQL's three-valued form of "surely TRUE": NULL where TRUE is one of several. */
export function surely(x: Truth): Sql {
  if (x.kind === 'three') return x.value
  if (x.kind === 'constant') return threeOf(x.mask === 1, (x.mask & 1) === 0)
  return sql`(case when ${x.value} = 1 then true when ${x.value} & 1 = 0 then false end)`
}

/** The mask. */
export function maskOf(x: Truth): Sql {
  if (x.kind === 'mask') return x.value
  if (x.kind === 'constant') return constant(String(x.mask))
  return sql`(case ${x.value} when true then 1 when false then 2 else 3 end)`
}

/** A boolean literal: true, false or unknown. */
export function threeOf(isTrue: boolean, isFalse: boolean): Sql {
  return constant(isTrue ? 'true' : isFalse ? 'false' : 'null::boolean')
}

/** A boolean that is never null, from an expression for its mask. */
export function fromMask(value: Sql): Truth {
  return three(sql`(case ${value} when 1 then true when 2 then false end)`)
}
