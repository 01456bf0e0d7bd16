import Big from 'big.js'
import { dayFromYmd, daysInMonth } from '../../../days.ts'
import { zero } from '../decimal.ts'
import type { DateTime, Day, Months, Seconds, Temporal, Time, Zone } from '../value.ts'
import { parseZone } from './zones.ts'

const MAX_YEAR = 999_999_999

/** `2025-06-01`; null where that is no day of the calendar. */
export function parseDate(text: string): Day | null {
  const match = /^(-?(?:\d{4}|[1-9]\d{4,8}))-(\d\d)-(\d\d)$/.exec(text)
  return match ? dateOf(Number(match[1]), Number(match[2]), Number(match[3])) : null
}

/** The day of a year, month and day of the month; null where that is none. */
export function dateOf(year: number, month: number, day: number): Day | null {
  const isDay =
    Number.isInteger(year) &&
    Number.isInteger(month) &&
    Number.isInteger(day) &&
    Math.abs(year) <= MAX_YEAR &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  return isDay ? { kind: 'date', day: dayFromYmd(year, month, day) } : null
}

/** `10:30:00`, with a fraction of the second and a zone where given. */
export function parseTime(text: string): Time | null {
  const at = parseClock(text)
  return at && { kind: 'time', seconds: at.seconds.mod(86_400), zone: at.zone }
}

/** `2025-06-01T10:30:00…`, or a day alone, which is its midnight. */
export function parseDateTime(text: string): DateTime | null {
  const [first, second, ...more] = text.split('T')
  const date = parseDate(first ?? '')
  if (!date || more.length > 0) {
    // A zone's name may hold a T as well: …@Etc/GMT
    const joined = second === undefined ? '' : [second, ...more].join('T')
    return date && joined !== '' ? withClock(date, joined) : null
  }
  if (second === undefined)
    return { kind: 'date and time', day: date.day, seconds: zero, zone: null }
  return withClock(date, second)
}

function withClock(date: Day, clock: string): DateTime | null {
  const at = parseClock(clock)
  if (!at) return null
  const isNextMidnight = at.seconds.eq(86_400)
  const day = isNextMidnight ? date.day + 1 : date.day
  return { kind: 'date and time', day, seconds: isNextMidnight ? zero : at.seconds, zone: at.zone }
}

function parseClock(text: string): { seconds: Big; zone: Zone | null } | null {
  const match = /^(\d\d):([0-5]\d):([0-5]\d(?:\.\d{1,30})?)(.*)$/.exec(text)
  if (!match) return null
  const [, hour = '', minute = '', second = '', rest = ''] = match
  const seconds = new Big(second).plus(Number(hour) * 3600 + Number(minute) * 60)
  if (seconds.gt(86_400)) return null
  if (rest === '') return { seconds, zone: null }
  const zone = parseZone(rest)
  return zone ? { seconds, zone } : null
}

/** `P1Y2M` or `P1DT2H30M0.5S`; null where it is neither kind. */
export function parseDuration(text: string): Months | Seconds | null {
  const long = /^(-)?P(?:(\d{1,18})Y)?(?:(\d{1,18})M)?$/.exec(text)
  if (long && (long[2] ?? long[3]) !== undefined) {
    const months = new Big(long[2] ?? 0).times(12).plus(long[3] ?? 0)
    return { kind: 'years and months duration', months: signed(months, long[1]) }
  }
  const short =
    /^(-)?P(?:(\d{1,18})D)?(?:T(?:(\d{1,18})H)?(?:(\d{1,18})M)?(?:(\d{1,18}(?:\.\d{1,18})?)S)?)?$/.exec(
      text,
    )
  if (!short || text.endsWith('T') || short.slice(2).every((part) => part === undefined))
    return null
  const [, sign, days = 0, hours = 0, minutes = 0, rest = 0] = short
  const seconds = new Big(days).times(24).plus(hours).times(60).plus(minutes).times(60).plus(rest)
  return { kind: 'days and time duration', seconds: signed(seconds, sign) }
}

function signed(amount: Big, sign: string | undefined): Big {
  return sign && !amount.eq(0) ? amount.neg() : amount
}

/** What `@"…"` says: a day, a time, both, or a duration. */
export function parseTemporal(text: string): Temporal | null {
  if (/^-?P/.test(text)) return parseDuration(text)
  return parseDate(text) ?? parseTime(text) ?? parseDateTime(text)
}
