import { product } from '../interval.ts'
import { float, joined, type Sql, sql } from './text.ts'
import {
  commonSource,
  type Ends,
  isExact,
  lower,
  nullness,
  point,
  sourceOf,
  type Range,
  upper,
  type Value,
} from './value.ts'

/** Numbers. Null where an operand is null. */

type Binary = 'add' | 'sub' | 'mul'

/** a · factor, a positive power of ten. */
export function shifted(a: Value, factor: number): Value {
  const ends = { lo: a.lo * factor, hi: a.hi * factor }
  return (
    pointwise([a], ([x = float(0)]) => sql`(${x} * ${float(factor)})`, ends) ??
    ranged([a], ends, sql`${lower(a)} * ${float(factor)}`, sql`${upper(a)} * ${float(factor)}`)
  )
}

export function negated(a: Value): Value {
  const ends = { lo: -a.hi, hi: -a.lo }
  return (
    pointwise([a], ([x = float(0)]) => sql`(- ${x})`, ends) ??
    ranged([a], ends, sql`- ${upper(a)}`, sql`- ${lower(a)}`)
  )
}

export function absolute(a: Value): Value {
  const ends = absoluteEnds(a)
  const [l, h] = [lower(a), upper(a)]
  return (
    pointwise([a], ([x = float(0)]) => sql`abs(${x})`, ends) ??
    ranged(
      [a],
      ends,
      sql`case when ${l} >= 0 then ${l} when ${h} <= 0 then - ${h} else ${float(0)} end`,
      sql`greatest(- ${l}, ${h})`,
    )
  )
}

function absoluteEnds({ lo, hi }: Ends): Ends {
  if (lo >= 0) return { lo, hi }
  return hi <= 0 ? { lo: -hi, hi: -lo } : { lo: 0, hi: Math.max(-lo, hi) }
}

export function binary(kind: Binary, a: Value, b: Value): Value {
  if (kind === 'mul') return multiplied(a, b)
  const plus = kind === 'add'
  const ends = plus ? { lo: a.lo + b.lo, hi: a.hi + b.hi } : { lo: a.lo - b.hi, hi: a.hi - b.lo }
  const sign = plus ? '+' : '-'
  const [bl, bh] = plus ? [lower(b), upper(b)] : [upper(b), lower(b)]
  return (
    pointwise([a, b], (of) => sql`(${joined(of, ` ${sign} `)})`, ends) ??
    ranged([a, b], ends, sql`${lower(a)} ${sign} ${bl}`, sql`${upper(a)} ${sign} ${bh}`)
  )
}

function multiplied(a: Value, b: Value): Value {
  const corners = [a.lo, a.hi].flatMap((x) => [b.lo, b.hi].map((y) => product(x, y)))
  const ends = { lo: Math.min(...corners), hi: Math.max(...corners) }
  const one = pointwise([a, b], (of) => sql`(${joined(of, ' * ')})`, ends)
  if (one) return one
  if (isExact(b)) return scaledBy(a, b.lo, ends)
  if (isExact(a)) return scaledBy(b, a.lo, ends)
  if (a.lo >= 0 && b.lo >= 0)
    return ranged(
      [a, b],
      ends,
      sql`${lower(a)} * ${lower(b)}`,
      times(
        upper(a),
        upper(b),
        (a.hi === Infinity && b.lo === 0) || (b.hi === Infinity && a.lo === 0),
      ),
    )
  const open = ![...Object.values(endsOf(a)), ...Object.values(endsOf(b))].every(Number.isFinite)
  const all = joined(
    [lower(a), upper(a)].flatMap((x) => [lower(b), upper(b)].map((y) => times(x, y, open))),
    ', ',
  )
  return ranged([a, b], ends, sql`least(${all})`, sql`greatest(${all})`)
}

/** Times a figure. */
function scaledBy(x: Value, figure: number, ends: Ends): Value {
  if (figure === 0 && nullness(x) === null) return { kind: 'constant', lo: 0, hi: 0 }
  const [near, far] = figure < 0 ? [upper(x), lower(x)] : [lower(x), upper(x)]
  const by = (end: Sql): Sql => times(end, float(figure), figure === 0)
  return ranged([x], ends, by(near), by(far))
}

/** 0 · ∞ is 0, and not a number in float8. */
function times(x: Sql, y: Sql, open: boolean): Sql {
  if (!open) return sql`${x} * ${y}`
  return sql`case when ${x} = 0 or ${y} = 0 then ${float(0)} else ${x} * ${y} end`
}

/** The least or greatest of all. */
export function extreme(kind: 'min' | 'max', of: readonly Value[]): Value {
  const pick = Math[kind]
  const ends = { lo: pick(...of.map(({ lo }) => lo)), hi: pick(...of.map(({ hi }) => hi)) }
  const known = of.filter(isExact)
  const rest = of.filter((x) => !isExact(x))
  const [only] = rest
  // least() and greatest() pass over NULL, which stands for a whole range here
  if (only?.kind === 'point' && rest.length === 1 && known.length > 0) {
    const bound = float(pick(...known.map(({ lo }) => lo)))
    const beyond = kind === 'min' ? '>' : '<'
    const clamped = pointwise(
      [only],
      ([x = bound]) => sql`(case when ${x} ${beyond} ${bound} then ${bound} else ${x} end)`,
      ends,
    )
    if (clamped) return clamped
  }
  const name = kind === 'min' ? 'least' : 'greatest'
  const call = (list: readonly Sql[]): Sql => sql`${name}(${joined(list, ', ')})`
  if (of.every(isTotal)) return pointwise(of, call, ends) ?? ranged(of, ends, call([]), call([]))
  return ranged(of, ends, call(of.map(lower)), call(of.map(upper)))
}

function isTotal(x: Value): boolean {
  return isExact(x) || (x.kind === 'point' && x.source === null)
}

/**
 * A point where the operands allow it: figures, and values that are known or unknown together.
 *
 * @param text NULL where an operand is NULL
 * @param ends of all values, and exactly these while the operands are unknown
 */
export function pointwise(
  of: readonly Value[],
  text: (values: readonly Sql[]) => Sql,
  ends: Ends,
): Value | null {
  if (of.every((x) => x.kind === 'constant')) return { kind: 'constant', ...endsOf(ends) }
  const source = commonSource(of.filter((x) => !isExact(x)).map(sourceOf))
  if (source === undefined) return null
  const values = of.map((x) => (x.kind === 'point' ? x.value : lower(x)))
  return point(text(values), ends, { source })
}

function endsOf({ lo, hi }: Ends): Ends {
  return { lo: lo + 0, hi: hi + 0 }
}

/** Both ends as told, and null where an operand is. */
export function ranged(of: readonly Value[], { lo, hi }: Ends, low: Sql, high: Sql): Range {
  const nulls = of.map(nullness).filter((x) => x !== null)
  const [first] = nulls
  if (!first)
    return { kind: 'range', lower: sql`(${low})`, upper: sql`(${high})`, nul: null, lo, hi }
  const nul = nulls.length === 1 ? first : sql`greatest(${joined(nulls, ', ')})`
  const orNone = (x: Sql, none: number): Sql =>
    sql`(case when ${nul} = 2 then ${float(none)} else ${x} end)`
  return {
    kind: 'range',
    lower: orNone(low, Infinity),
    upper: orNone(high, -Infinity),
    nul,
    lo,
    hi,
  }
}
