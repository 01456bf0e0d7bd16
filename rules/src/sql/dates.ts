import { addMonths, ageOn, ymdFromDay } from '../days.ts'
import type { Op } from '../ir.ts'
import { pointwise, ranged } from './arithmetic.ts'
import { float, type Sql, sql } from './text.ts'
import { type Ends, lower, point, upper, type Value } from './value.ts'

/** Dates are day numbers as float8, like every other value; those of facts are kept as dates, too. */

/** A day number as a date of PostgreSQL. */
function dateOf(day: Sql): Sql {
  return sql`(date '1970-01-01' + ${day}::int)`
}

/** Whole years from a birth to a day. Who is born on 29 February has a birthday on 1 March. */
export function age(a: Value, on: number): Value {
  const ends = { lo: ageOn(a.hi, on), hi: ageOn(a.lo, on) }
  if (a.kind === 'point' && a.none === null)
    return point(years(a.date ?? dateOf(a.value), on), ends, { source: a.source })
  if (a.kind === 'constant') return { kind: 'constant', ...ends }
  const of = (x: Sql): Sql => finite(x, years(dateOf(x), on), sql`- ${x}`)
  return ranged([a], ends, of(upper(a)), of(lower(a)))
}

function years(date: Sql, on: number): Sql {
  const { year, month, day } = ymdFromDay(on)
  const part = (name: string): Sql => sql`date_part('${name}', ${date})`
  return sql`(${float(year)} - ${part('year')} - case when ${part('month')} * 100 + ${part('day')} > ${float(month * 100 + day)} then 1 else 0 end)`
}

/** `text` only where the day is one: an open end, or that of a null, is none. */
function finite(x: Sql, text: Sql, otherwise: Sql): Sql {
  return sql`(case when abs(${x}) < ${float(Infinity)} then ${text} else ${otherwise} end)`
}

/** The same day of the month so many months later, clamped to the month's end. */
export function monthsLater(a: Value, months: number): Value {
  const ends = { lo: addMonths(a.lo, months), hi: addMonths(a.hi, months) }
  const later = (date: Sql): Sql =>
    sql`((${date} + interval '${String(months)} months')::date - date '1970-01-01')::float8`
  if (a.kind === 'point' && a.none === null)
    return point(later(a.date ?? dateOf(a.value)), ends, { source: a.source })
  if (a.kind === 'constant') return { kind: 'constant', ...ends }
  const of = (x: Sql): Sql => finite(x, later(dateOf(x)), x)
  return ranged([a], ends, of(lower(a)), of(upper(a)))
}

export function daysLater(a: Value, days: number): Value {
  const ends = { lo: a.lo + days, hi: a.hi + days }
  const later = (x: Sql): Sql => sql`(${x} + ${float(days)})`
  return (
    pointwise([a], ([x = float(0)]) => later(x), ends) ??
    ranged([a], ends, later(lower(a)), later(upper(a)))
  )
}

type Part = Extract<Op, { kind: 'date-part' }>['part']

/** Year, month or day of the month; of an unknown day any month and day, and the years it may lie in. */
export function datePart(a: Value, part: Part): Value {
  const ends = partEnds(a, part)
  const of = (date: Sql): Sql => sql`date_part('${part}', ${date})`
  if (a.kind === 'constant') return { kind: 'constant', ...ends }
  if (a.kind === 'point' && a.none === null)
    return point(of(a.date ?? dateOf(a.value)), ends, { source: a.source })
  const [l, h] = [lower(a), upper(a)]
  const open = partEnds({ lo: -Infinity, hi: Infinity }, part)
  const end = (x: Sql, otherwise: number): Sql => {
    const exact = part === 'year' ? sql`abs(${x}) < ${float(Infinity)}` : sql`${l} = ${h}`
    return sql`case when ${exact} then ${of(dateOf(x))} else ${float(otherwise)} end`
  }
  return ranged([a], ends, end(l, open.lo), end(h, open.hi))
}

function partEnds({ lo, hi }: Ends, part: Part): Ends {
  if (lo === hi) return { lo: ymdFromDay(lo)[part], hi: ymdFromDay(lo)[part] }
  if (part !== 'year') return { lo: 1, hi: part === 'month' ? 12 : 31 }
  return {
    lo: Number.isFinite(lo) ? ymdFromDay(lo).year : 0,
    hi: Number.isFinite(hi) ? ymdFromDay(hi).year : 9999,
  }
}
