import { compareIntervals, notMask } from '../interval.ts'
import type { CompareOp } from '../ir.ts'
import { constant, joined, type Sql, sql } from './text.ts'
import {
  certain,
  commonSource,
  fromMask,
  isExact,
  lower,
  mask,
  maskOf,
  nullness,
  sourceOf,
  three,
  threeOf,
  type Truth,
  upper,
  type Value,
} from './value.ts'

/** Numbers of one scale, dates, or codes. Equality knows null, order is null where a side is. */
export function compared(op: CompareOp, a: Value, b: Value): Truth {
  if (a.kind === 'constant' && b.kind === 'constant')
    return certain(compareIntervals(op, a.lo, a.hi, b.lo, b.hi))
  const [x, y] = [nullness(a), nullness(b)]
  if (x === null && y === null) return comparedValues(op, a, b)
  const an = x ?? constant('0')
  const bn = y ?? constant('0')
  const values = maskOf(three(comparedEnds(op, a, b)))
  const decided = sql`case when ${an} = 2 or ${bn} = 2 then 0 else ${values} end`
  if (op !== '=' && op !== '!=')
    return mask(sql`(case when ${an} = 0 and ${bn} = 0 then ${values} else (${decided}) | 4 end)`)
  const [both, one] = op === '=' ? [1, 2] : [notMask(1), notMask(2)]
  const nulls = sql`(case when ${an} > 0 and ${bn} > 0 then ${String(both)} else 0 end
    | case when (${an} > 0 and ${bn} < 2) or (${bn} > 0 and ${an} < 2) then ${String(one)} else 0 end)`
  return fromMask(sql`(${decided}) | ${nulls}`)
}

/** Neither side is null. What SQL says of NULL is right, unless the whole range decides. */
function comparedValues(op: CompareOp, a: Value, b: Value): Truth {
  const source = commonSource([a, b].filter((x) => !isExact(x)).map(sourceOf))
  if (source === undefined) return three(comparedEnds(op, a, b))
  const value = (x: Value): Sql => (x.kind === 'point' ? x.value : lower(x))
  const text = sql`${value(a)} ${sign(op)} ${value(b)}`
  if (source === null) return three(sql`(${text})`, { source, unknown: 3 })
  const unknown = compareIntervals(op, a.lo, a.hi, b.lo, b.hi)
  if (unknown === 3) return three(sql`(${text})`, { source, unknown })
  return three(sql`coalesce(${text}, ${threeOf(unknown === 1, unknown === 2)})`, {
    source,
    unknown,
  })
}

function sign(op: CompareOp): string {
  return op === '!=' ? '<>' : op
}

function comparedEnds(op: CompareOp, a: Value, b: Value): Sql {
  const [al, ah, bl, bh] = [lower(a), upper(a), lower(b), upper(b)]
  const when = (yes: Sql, no: Sql): Sql =>
    sql`(case when ${yes} then true when ${no} then false end)`
  const apart = sql`${ah} < ${bl} or ${bh} < ${al}`
  const equal = sql`${al} = ${ah} and ${bl} = ${bh} and ${al} = ${bl}`
  switch (op) {
    case '<':
      return when(sql`${ah} < ${bl}`, sql`${al} >= ${bh}`)
    case '<=':
      return when(sql`${ah} <= ${bl}`, sql`${al} > ${bh}`)
    case '>':
      return when(sql`${al} > ${bh}`, sql`${ah} <= ${bl}`)
    case '>=':
      return when(sql`${al} >= ${bh}`, sql`${ah} < ${bl}`)
    case '=':
      return when(equal, apart)
    case '!=':
      return when(apart, equal)
  }
}

/** Whether a code is one of these; null is none of them. */
export function isOneOf(a: Value, codes: readonly number[]): Truth {
  const inside = codes.filter((code) => code >= a.lo && code <= a.hi)
  if (inside.length === 0) return certain(2)
  if (a.kind === 'constant') return certain(inside.length === a.hi - a.lo + 1 ? 1 : 3)
  const list = inside.join(', ')
  if (a.kind === 'point' && (a.source === null || inside.length <= a.hi - a.lo)) {
    const text = sql`${a.value} in (${list})`
    return three(a.none === null ? sql`(${text})` : sql`(not ${a.none} and ${text})`, {
      source: a.source,
      unknown: 3,
    })
  }
  const [l, h] = [lower(a), upper(a)]
  const count = joined(
    inside.map((code) => sql`(${String(code)} between ${l} and ${h})::int`),
    ' + ',
  )
  const [nul, all] = [nullness(a) ?? constant('0'), sql`${count} = ${h} - ${l} + 1`]
  return three(sql`(case when ${nul} = 2 or ${count} = 0 then false
    when ${all} and ${nul} = 0 then true end)`)
}

export function isNothing(a: Value): Truth {
  if (a.kind === 'point' && a.none !== null)
    return three(sql`(case when ${a.none} then true when ${a.value} is not null then false end)`, {
      source: a.source,
      unknown: 3,
    })
  const nul = nullness(a)
  return nul === null
    ? certain(2)
    : three(sql`(case ${nul} when 2 then true when 0 then false end)`)
}
