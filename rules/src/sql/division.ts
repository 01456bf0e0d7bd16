import { ceilDivide, floorDivide, product, roundedFen } from '../interval.ts'
import type { Op } from '../ir.ts'
import { pointwise, ranged } from './arithmetic.ts'
import { float, type Sql, sql } from './text.ts'
import { type Ends, isExact, lower, sourceOf, upper, type Value } from './value.ts'

type Division = Extract<Op, { kind: 'floor' | 'ceiling' | 'round' }>

const one: Value = { kind: 'constant', lo: 1, hi: 1 }

/**
 * Whole quotients and rounded amounts. A float quotient of integers below 2^53 never reaches the
 * next whole number: k - 1/d lies more than half a step below k. So floor and ceil of it are exact.
 */
export function divided(op: Division, a: Value, divisor: Value | null): Value {
  const b = divisor ?? one
  const ends = {
    lo: quotientOf(op, a.lo, a.lo >= 0 ? b.hi : b.lo),
    hi: quotientOf(op, a.hi, a.hi >= 0 ? b.lo : b.hi),
  }
  const simple = isExact(b)
    ? pointwise([a, b], ([x = float(0)]) => strict(op, x, b.lo, a), ends)
    : sourceOf(a) === null && sourceOf(b) === null
      ? pointwise([a, b], ([x = float(0), d = float(1)]) => quotient(op, x, d, b, a), ends)
      : null
  if (simple) return simple
  const low = quotient(op, lower(a), divisorFor(a, lower(a), upper(b), lower(b)), b, a)
  const high = quotient(op, upper(a), divisorFor(a, upper(a), lower(b), upper(b)), b, a)
  return ranged([a], ends, low, high)
}

/** A wide divisor makes a positive numerator smallest where it is greatest. */
function divisorFor(a: Ends, x: Sql, positive: Sql, negative: Sql): Sql {
  if (a.lo >= 0 || positive.text === negative.text) return positive
  return sql`(case when ${x} >= 0 then ${positive} else ${negative} end)`
}

function quotientOf(op: Division, a: number, b: number): number {
  if (op.kind === 'round') return roundedFen(product(a, op.up), b * op.down, op.to)
  return (op.kind === 'floor' ? floorDivide : ceilDivide)(a, b * op.unit)
}

/** The quotient by a figure, NULL where the numerator is. */
function strict(op: Division, x: Sql, figure: number, a: Ends): Sql {
  if (op.kind !== 'round') return quotient(op, x, float(figure), one, a)
  const text = rounded(op, x, float(figure), figure)
  return a.lo >= 0
    ? text
    : sql`(case when ${x} <= 0 then ${float(0)} when ${x} > 0 then ${text} end)`
}

function quotient(op: Division, a: Sql, b: Sql, { lo, hi }: Ends, numerator: Ends): Sql {
  if (op.kind === 'round') {
    const text = rounded(op, a, b, lo === hi ? lo : null)
    const paid = numerator.lo >= 0 ? text : sql`greatest(${float(0)}, ${text})`
    if (hi !== Infinity) return paid
    const least = float(op.to === 'yuan-up' ? 100 : 0)
    return sql`(case when ${b} < ${float(Infinity)} then ${paid} when ${a} > 0 then ${least} else ${float(0)} end)`
  }
  const down = op.kind === 'floor'
  const text = sql`${down ? 'floor' : 'ceil'}(${a} / (${b} * ${float(op.unit)}))`
  if (hi !== Infinity) return text
  // by no bound: as near to zero as can be, on the side of the numerator
  const beside = down ? sql`${a} < 0 then ${float(-1)}` : sql`${a} > 0 then ${float(1)}`
  return sql`(case when ${b} < ${float(Infinity)} then ${text} when ${beside} else ${float(0)} end)`
}

/** Fen of a/b for a ≥ 0; below 0 whatever is not above 0. */
function rounded(op: Extract<Op, { kind: 'round' }>, x: Sql, b: Sql, figure: number | null): Sql {
  const a = op.up === 1 ? x : sql`(${x} * ${float(op.up)})`
  if (op.to === 'fen' && figure !== null && figure * op.down === 1) return a
  const d = figure === null ? sql`(${b} * ${float(op.down)})` : float(figure * op.down)
  if (op.to === 'fen') return sql`floor((${float(2)} * ${a} + ${d}) / (${float(2)} * ${d}))`
  const yuan = figure === null ? sql`(${d} * 100)` : float(figure * op.down * 100)
  if (op.to === 'yuan-up') return sql`(ceil(${a} / ${yuan}) * 100)`
  return sql`(floor((${float(2)} * ${a} + ${yuan}) / (${float(2)} * ${yuan})) * 100)`
}
