import { constant, float, type Sql, sql } from './text.ts'
import {
  commonSource,
  isExact,
  lower,
  nullness,
  point,
  sourceOf,
  surely,
  type Truth,
  upper,
  type Value,
} from './value.ts'

/** The branch that the test chooses; the hull of both, where it does not decide. */
export function chosenValue(c: Truth, a: Value, b: Value): Value {
  const ends = { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) }
  if (c.kind === 'constant' && c.mask === 1) return a
  if (c.kind === 'constant' && (c.mask & 1) === 0) return b
  const test = surely(c)
  const origin = c.kind === 'three' ? c.origin : null
  const source = commonSource([origin?.source, ...[a, b].filter((x) => !isExact(x)).map(sourceOf)])
  if (origin && source !== undefined && (source === null || origin.unknown === 3)) {
    const value = (x: Value): Sql => (x.kind === 'point' ? x.value : lower(x))
    const text = sql`(case ${test} when true then ${value(a)} when false then ${value(b)} end)`
    return point(text, ends, { source })
  }
  const pick = (of: (x: Value) => Sql, join: string): Sql =>
    sql`(case ${test} when true then ${of(a)} when false then ${of(b)} else ${join}(${of(a)}, ${of(b)}) end)`
  const [x, y] = [nullness(a), nullness(b)]
  const [an, bn] = [x ?? constant('0'), y ?? constant('0')]
  const nul =
    x === null && y === null
      ? null
      : sql`(case ${test} when true then ${an} when false then ${bn} else case when ${an} = ${bn} then ${an} else 1 end end)`
  return {
    kind: 'range',
    lower: pick(lower, 'least'),
    upper: pick(upper, 'greatest'),
    nul,
    ...ends,
  }
}

/** A value without its null; its static bounds where it surely is null. */
export function knownValue(a: Value, bounds: { low: number; high: number }): Value {
  const nul = nullness(a)
  if (nul === null) return a
  const end = (x: Sql, bound: number): Sql =>
    sql`(case when ${nul} = 2 then ${float(bound)} else ${x} end)`
  return {
    kind: 'range',
    lower: end(lower(a), bounds.low),
    upper: end(upper(a), bounds.high),
    nul: null,
    lo: Math.min(a.lo, bounds.low),
    hi: Math.max(a.hi, bounds.high),
  }
}
