import { MAX_MEMBERS, type Op } from '../ir.ts'
import { constant, float, type Sql, sql } from './text.ts'
import {
  certain,
  lower,
  mask,
  maskOf,
  nullness,
  point,
  surely,
  three,
  type Truth,
  upper,
  type Value,
} from './value.ts'

/** Puts an aggregate over the members of each household beside its row; gives its column. */
export type Gather = (aggregate: Sql) => Sql

/** Members of the household: a household without any has no rows here. */
export function count(gather: Gather): Value {
  return point(gather(constant('count(*)::float8')), { lo: 1, hi: MAX_MEMBERS }, { source: null })
}

/** Sums of the lower and the upper ends: sum() passes over NULL, which is not nothing here. */
export function sum(a: Value, gather: Gather): Value {
  const ends = { lo: Math.min(a.lo, a.lo * MAX_MEMBERS), hi: Math.max(a.hi, a.hi * MAX_MEMBERS) }
  if (a.kind === 'point' && a.source === null)
    return point(gather(sql`sum(${a.value})`), ends, { source: null })
  const n = nullness(a)
  if (n === null)
    return {
      kind: 'range',
      lower: gather(sql`sum(${lower(a)})`),
      upper: gather(sql`sum(${upper(a)})`),
      nul: null,
      ...ends,
    }
  const nul = gather(sql`max(${n})`)
  const end = (x: Sql, none: number): Sql =>
    sql`(case when ${nul} = 2 then ${float(none)} else ${gather(sql`sum(${x})`)} end)`
  return {
    kind: 'range',
    lower: end(lower(a), Infinity),
    upper: end(upper(a), -Infinity),
    nul,
    ...ends,
  }
}

/** Any, or all, of the members: one aggregate over the three-valued answers in order. */
export function quantified(kind: 'some' | 'every', a: Truth, gather: Gather): Truth {
  if (a.kind === 'constant' && a.mask < 4) return certain(a.mask)
  if (a.kind === 'three') {
    const pick = kind === 'some' ? 'max' : 'min'
    const order = gather(
      sql`${pick}(case ${a.value} when true then 2 when false then 0 else 1 end)`,
    )
    return three(sql`(case ${order} when 2 then true when 0 then false end)`)
  }
  const [neutral, deciding] = kind === 'every' ? [1, 2] : [2, 1]
  const m = maskOf(a)
  const any = gather(sql`bit_or(${m})`)
  const all = gather(sql`bit_and(${m})`)
  const open = gather(sql`bool_and(${m} & ${String(neutral | 4)} <> 0)`)
  return mask(
    sql`((${any} & ${String(deciding)}) | (${all} & ${String(neutral)}) | case when ${any} & 4 <> 0 and ${open} then 4 else 0 end)`,
  )
}

type Extreme = Extract<Op, { kind: 'least' | 'greatest' }>['kind']

/**
 * The least (greatest) value of those chosen. Whoever is only perhaps chosen can pull one end, never
 * push the other; null if nobody is chosen, or if someone chosen is null.
 */
export function extremeOfMembers(
  kind: Extreme,
  a: Value,
  where: Truth | null,
  gather: Gather,
): Value {
  const chosen = where === null ? null : surely(where)
  const n = nullness(a)
  const [pick, other] = kind === 'least' ? ['min', 'max'] : ['max', 'min']
  const [near, far] = kind === 'least' ? [lower(a), upper(a)] : [upper(a), lower(a)]
  const value = n === null ? null : sql`${n} < 2`
  const perhaps = chosen === null ? null : sql`${chosen} is not false`
  const over = (name: string, x: Sql, ...tests: (Sql | null)[]): Sql =>
    gather(sql`${name}(${x})${filter(tests)}`)
  const nearest = over(pick, near, perhaps, value)
  const surelyFar = over(pick, far, chosen, value)
  const surelyNull = n === null ? constant('0') : over('max', n, chosen)
  const ends = { lo: a.lo, hi: a.hi }
  if (chosen === null || perhaps === null)
    return extremeValue(kind, surelyNull, n !== null, [nearest, surelyFar], ends)
  const anySure = over('bool_or', chosen)
  const anyNull = n === null ? constant('0') : over('max', sql`least(${n}, 1)`, perhaps)
  const lone = over(other, far, perhaps, value)
  const nul = sql`(case when ${anySure} then greatest(${surelyNull}, ${anyNull}) when ${nearest} is null then 2 else 1 end)`
  const end = sql`(case when ${anySure} then ${surelyFar} else ${lone} end)`
  return extremeValue(kind, nul, true, [nearest, end], ends)
}

function filter(tests: readonly (Sql | null)[]): Sql {
  const given = tests.filter((test) => test !== null)
  const [first, second] = given
  if (!first) return constant('')
  return second ? sql` filter (where ${first} and ${second})` : sql` filter (where ${first})`
}

function extremeValue(
  kind: Extreme,
  nul: Sql,
  canBeNull: boolean,
  [near, far]: readonly [Sql, Sql],
  ends: { lo: number; hi: number },
): Value {
  const [low, high] = kind === 'least' ? [near, far] : [far, near]
  if (!canBeNull) return { kind: 'range', lower: low, upper: high, nul: null, ...ends }
  const orNone = (x: Sql, none: number): Sql =>
    sql`(case when ${nul} = 2 then ${float(none)} else ${x} end)`
  return {
    kind: 'range',
    lower: orNone(low, Infinity),
    upper: orNone(high, -Infinity),
    nul,
    ...ends,
  }
}
