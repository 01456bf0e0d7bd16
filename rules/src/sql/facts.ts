import type { LoweredFact } from '../ir.ts'
import { pointwise, ranged } from './arithmetic.ts'
import { column, constant, float, quoted, type Sql, sql } from './text.ts'
import {
  certain,
  lower,
  mask,
  nullness,
  perhapsAbsent,
  point,
  three,
  type Truth,
  upper,
  type Value,
} from './value.ts'

/**
 * Facts as the wide current rows keep them: a column `f_<fact>`, SQL NULL where it is unknown, and
 * `f_<fact>_known` beside it where it may be known that there is none. A fact past its shelf life is
 * NULL in these rows already. A fact without a column is unknown for everybody.
 */

/** The integer form of a number, date or code. */
export function factValue(fact: LoweredFact, isStored: boolean): Value {
  const { lo, hi } = fact.range
  if (!isStored) return unknownValue(fact)
  const cell = column(`f_${fact.id}`)
  const none = fact.nullable ? sql`(${cell} is null and ${knownColumn(fact)} is true)` : null
  const date = fact.type === 'date' ? cell : null
  return point(integer(fact, cell), { lo, hi }, { source: fact.id, none, date })
}

function unknownValue({ range: { lo, hi }, nullable }: LoweredFact): Value {
  return nullable ? perhapsAbsent(lo, hi) : { kind: 'constant', lo, hi }
}

function knownColumn({ id }: LoweredFact): Sql {
  return column(`f_${id}_known`)
}

function integer({ type, factor, codes }: LoweredFact, cell: Sql): Sql {
  switch (type) {
    case 'date':
      return sql`(${cell} - date '1970-01-01')::float8`
    case 'code': {
      // a code that the pack does not have is unknown
      const places = codes.map((code, i) => ` when ${quoted(code)} then ${i}`)
      const text = sql`(case ${cell}${places.join('')} end)`
      return { ...text, size: 1 + codes.length }
    }
    default:
      return factor === 1
        ? sql`${cell}::float8`
        : sql`floor(${cell}::float8 * ${float(factor)} + ${float(0.5)})`
  }
}

export function factTruth(fact: LoweredFact, isStored: boolean): Truth {
  if (!isStored) return certain(fact.nullable ? 7 : 3)
  const cell = column(`f_${fact.id}`)
  if (!fact.nullable) return three(cell, { source: fact.id, unknown: 3 })
  return mask(
    sql`(case when ${cell} then 1 when not ${cell} then 2 when ${knownColumn(fact)} then 4 else 7 end)`,
  )
}

/** A fact's own reading where there is one, else the substitute within the fact's range. */
export function substituted(fact: LoweredFact, isStored: boolean, a: Value): Value {
  const clamped = clampedTo(fact, a)
  if (!isStored) return clamped
  const own = factValue(fact, true)
  if (own.kind !== 'point') return own
  const given = own.none
    ? sql`${own.value} is not null or ${own.none}`
    : sql`${own.value} is not null`
  const pick = (of: (x: Value) => Sql): Sql =>
    sql`(case when ${given} then ${of(own)} else ${of(clamped)} end)`
  const [x, y] = [nullness(own), nullness(clamped)]
  const nul =
    x === null && y === null
      ? null
      : sql`(case when ${given} then ${x ?? constant('0')} else ${y ?? constant('0')} end)`
  const ends = { lo: Math.min(own.lo, clamped.lo), hi: Math.max(own.hi, clamped.hi) }
  return { kind: 'range', lower: pick(lower), upper: pick(upper), nul, ...ends }
}

function clampedTo({ range }: LoweredFact, a: Value): Value {
  const clamp = (x: number): number => Math.min(Math.max(x, range.lo), range.hi)
  const ends = { lo: clamp(a.lo), hi: clamp(a.hi) }
  const [lo, hi] = [float(range.lo), float(range.hi)]
  const within = (x: Sql): Sql =>
    sql`(case when ${x} < ${lo} then ${lo} when ${x} > ${hi} then ${hi} else ${x} end)`
  return (
    pointwise([a], ([x = lo]) => within(x), ends) ??
    ranged([a], ends, within(lower(a)), within(upper(a)))
  )
}
