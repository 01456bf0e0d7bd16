import Big from 'big.js'
import { dayFromYmd, daysInMonth, ymdFromDay } from '../../../days.ts'
import { isWhole, zero } from '../decimal.ts'
import { refuse } from '../refusal.ts'
import { monthsBetween } from '../temporal/arithmetic.ts'
import { dateOf, parseDate, parseDateTime, parseDuration, parseTime } from '../temporal/parse.ts'
import { weekday } from '../temporal/properties.ts'
import { MAX_OFFSET } from '../temporal/zones.ts'
import type { DateTime, Day, Seconds, Time, Value, Zone } from '../value.ts'
import { type Functions, kind, number, optional, takes, text } from './signature.ts'

const dated = kind('date', 'date and time')
const offset = kind('days and time duration')
const [year, month, day] = [number('year'), number('month'), number('day')]

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Functions of days, times and durations. */
export const dateFunctions: Functions = {
  date: [
    takes([text('from')], (from) => parseDate(from) ?? refuseOtherKind(from, 'day')),
    takes([dated('from')], (from) => ({ kind: 'date', day: from.day })),
    takes([year, month, day], dateFromNumbers),
  ],
  time: [
    takes([text('from')], (from) => parseTime(from) ?? refuseOtherKind(from, 'time')),
    takes([kind('date', 'date and time', 'time')('from')], timeOf),
    takes([number('hour'), number('minute'), number('second')], (h, m, s) => clock(h, m, s, null)),
    takes([number('hour'), number('minute'), number('second'), offset('offset')], clock),
  ],
  'date and time': [
    takes([text('from')], parseDateTime),
    takes([dated('date'), kind('time')('time')], (on, at) => ({
      ...at,
      kind: 'date and time',
      day: on.day,
    })),
  ],
  duration: [takes([text('from')], parseDuration)],
  'years and months duration': [takes([dated('from'), dated('to')], monthsBetween)],
  'day of year': [takes([dated('date')], (at) => new Big(dayOfYear(at.day)))],
  'day of week': [takes([dated('date')], (at) => weekdays[weekday(at.day) - 1] ?? null)],
  'month of year': [
    takes([dated('date')], (at) => monthNames[ymdFromDay(at.day).month - 1] ?? null),
  ],
  'week of year': [takes([dated('date')], (at) => new Big(weekOfYear(at.day)))],
  'last day of month': [takes([dated('date')], lastDayOfMonth)],
  now: [takes([optional(number('now'))], refuseClock)],
  today: [takes([optional(number('today'))], refuseClock)],
}

function refuseClock(): Value {
  return refuse('结果不能取决于系统时间，请把日期作为值给出')
}

/** Whether the text of a moment may stand for its day or its time is where readers of DMN differ. */
function refuseOtherKind(text: string, what: string): Value {
  return text.includes('T') && parseDateTime(text)
    ? refuse(`日期时间的文字不能当作${what === 'day' ? '日期' : '时间'}`)
    : null
}

function dateFromNumbers(y: Big, m: Big, d: Big): Value {
  return [y, m, d].every(isWhole) ? dateOf(Number(y), Number(m), Number(d)) : null
}

/** A day alone begins at midnight in Greenwich, says DMN. */
function timeOf(from: Day | DateTime | Time): Time {
  if (from.kind === 'date') return { kind: 'time', seconds: zero, zone: { offset: 0 } }
  return { kind: 'time', seconds: from.seconds, zone: from.zone }
}

function clock(hour: Big, minute: Big, second: Big, east: Seconds | null): Value {
  const isTime =
    [hour, minute].every(isWhole) &&
    [hour, minute, second].every((n) => n.gte(0)) &&
    hour.lt(24) &&
    minute.lt(60) &&
    second.lt(60)
  if (!isTime) return null
  const zone = east && zoneOf(east)
  if (zone === undefined) return null
  return { kind: 'time', seconds: hour.times(60).plus(minute).times(60).plus(second), zone }
}

function zoneOf({ seconds }: Seconds): Zone | undefined {
  return isWhole(seconds) && seconds.abs().lte(MAX_OFFSET) ? { offset: Number(seconds) } : undefined
}

function dayOfYear(dayNumber: number): number {
  return dayNumber - dayFromYmd(ymdFromDay(dayNumber).year, 1, 1) + 1
}

/** ISO 8601: the week belongs to the year of its Thursday. */
function weekOfYear(dayNumber: number): number {
  const thursday = dayNumber - weekday(dayNumber) + 4
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1
}

function lastDayOfMonth(at: Day | DateTime): Value {
  const ymd = ymdFromDay(at.day)
  return new Big(daysInMonth(ymd.year, ymd.month))
}
