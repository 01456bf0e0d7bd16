import Big from 'big.js'
import { addMonths, ymdFromDay } from '../../../days.ts'
import { fit, multiply, zero } from '../decimal.ts'
import { refuse } from '../refusal.ts'
import type { DateTime, Day, Months, Seconds, Time } from '../value.ts'
import { daysAndSeconds, instantOf, isSameZone, localOf, secondsOf } from './zones.ts'

const MAX_YEAR = 999_999_999

/** A duration of months. */
export function months(amount: Big): Months {
  return { kind: 'years and months duration', months: amount.eq(0) ? zero : amount }
}

/** A duration of seconds. */
export function seconds(amount: Big): Seconds {
  return { kind: 'days and time duration', seconds: amount.eq(0) ? zero : amount }
}

/** The same day of another month, or its last day. */
export function plusMonths<T extends Day | DateTime>(at: T, { months: n }: Months): T | null {
  if (n.abs().gt(MAX_YEAR * 12)) return null
  return inCalendar({ ...at, day: addMonths(at.day, Number(n)) })
}

/** A day is the midnight it begins with; what is left of the seconds falls away. */
export function dayPlusSeconds(at: Day, { seconds: n }: Seconds): Day | null {
  return inCalendar({
    ...at,
    day: daysAndSeconds(secondsOf({ day: at.day, seconds: zero }).plus(n)).day,
  })
}

/** So many seconds later by the clocks of its zone; null beyond the calendar. */
export function dateTimePlusSeconds(at: DateTime, { seconds: n }: Seconds): DateTime | null {
  const local = secondsOf(at)
  const zone = at.zone
  const then = zone && 'id' in zone ? localOf(instantOf(local, zone).plus(n), zone) : local.plus(n)
  return inCalendar({ ...at, ...daysAndSeconds(then) })
}

/** Round the clock. */
export function timePlusSeconds(at: Time, { seconds: n }: Seconds): Time {
  return { ...at, seconds: daysAndSeconds(at.seconds.plus(n)).seconds }
}

function inCalendar<T extends Day | DateTime>(at: T): T | null {
  return Math.abs(ymdFromDay(at.day).year) <= MAX_YEAR ? at : null
}

/** From `b` to `a`; null where only one of them says its zone. */
export function between(a: Day | DateTime, b: Day | DateTime): Seconds | null {
  const [from, to] = [comparable(b, a), comparable(a, b)]
  return from && to ? seconds(to.minus(from)) : null
}

/** Seconds that may be compared with those of `other`: of Greenwich where both have a zone. */
export function comparable(at: Day | DateTime, other: Day | DateTime): Big | null {
  const [zone, otherZone] = [zoneOf(at), zoneOf(other)]
  const local = secondsOf({ day: at.day, seconds: at.kind === 'date' ? zero : at.seconds })
  if (isSameZone(zone, otherZone) && (zone === null || 'offset' in zone)) return local
  return zone === null || otherZone === null ? null : instantOf(local, zone)
}

/** A day alone begins at midnight in Greenwich, says DMN. */
function zoneOf(at: Day | DateTime): DateTime['zone'] {
  return at.kind === 'date' ? { offset: 0 } : at.zone
}

/** From `b` to `a`; null where only one of them says its zone. */
export function betweenTimes(a: Time, b: Time): Seconds | null {
  const pair = comparableTimes(a, b)
  return pair && seconds(pair[0].minus(pair[1]))
}

/** Both as seconds of one place; null where only one of them says its zone. */
export function comparableTimes(a: Time, b: Time): [Big, Big] | null {
  if (isSameZone(a.zone, b.zone)) return [a.seconds, b.seconds]
  if (a.zone === null || b.zone === null) return null
  if ('id' in a.zone || 'id' in b.zone) refuse('以地名表示的时区，时差随日期而变')
  return [a.seconds.minus(a.zone.offset), b.seconds.minus(b.zone.offset)]
}

/** A duration of months has whole months: what is left of one falls away. */
export function monthsTimes(d: Months, factor: Big): Months | null {
  const n = multiply(d.months, factor)
  return n && months(n.round(0, 0))
}

/** A duration times a number; null where it is too long. */
export function secondsTimes(d: Seconds, factor: Big): Seconds | null {
  const n = multiply(d.seconds, factor)
  return n && seconds(n)
}

/** Whole months from one day to another, towards zero. */
export function monthsBetween(from: Day | DateTime, to: Day | DateTime): Months {
  const [a, b] = [ymdFromDay(from.day), ymdFromDay(to.day)]
  const n = (b.year - a.year) * 12 + (b.month - a.month)
  if (n > 0 && b.day < a.day) return months(new Big(n - 1))
  return months(new Big(n < 0 && b.day > a.day ? n + 1 : n))
}

/** Two amounts of a duration together; refuses what is too long. */
export function sum(a: Big, b: Big): Big {
  return fit(a.plus(b)) ?? refuse('时长太长')
}
