import { textFromDay } from '@qiao/rules'
import { shanghaiAhead } from '../../platform/clock.ts'
import { type Calendar, isWorkingDay, workingDaysBetween } from '../workdays/workday.ts'

/**
 * A clock says how long something somebody has to do may still take: working days by the calendar of offices, calendar
 * days, or hours. It stands still while it waits for the person. At half of the limit whoever has it in hand is reminded;
 * when the limit is over, and half as long again, it goes to the next level up. 时限
 *
 * Instants are milliseconds since 1970.
 */
export type Clock = Readonly<{
  limit: Limit
  startedAt: number
  /** In their order; the last is open while the clock stands still. */
  pauses: readonly Pause[]
}>

export type Limit = Readonly<{ amount: number; unit: Unit }>
export const units = ['workday', 'day', 'hour'] as const
export type Unit = (typeof units)[number]
export type Pause = Readonly<{ from: number; to: number | null }>

/** Percent of the limit at which somebody is told. */
export const marks = [50, 100, 150] as const
export type Mark = (typeof marks)[number]

const hour = 3_600_000
const day = 24 * hour

/** What is counted, and whether every year on the way has its calendar: false is 待核. */
type Counted<T> = Readonly<T & { certain: boolean }>

/** How much of the limit has gone by, 1 for all of it; more once it is over. */
export function shareGone(
  clock: Clock,
  at: number,
  calendar: Calendar,
): Counted<{ share: number }> {
  let gone = 0
  let known = true
  for (const { from, to, counts, certain } of stretches(clock, calendar)) {
    if (from >= at) break
    known = certain
    if (counts) gone += Math.min(to, at) - from
  }
  return { share: gone / lengthOf(clock.limit), certain: known }
}

/**
 * The instant at which so much of the limit has gone by. Days end whole: a limit in days that a pause has moved into a
 * day is over when that day is.
 *
 * @returns null where it stands still before that
 */
export function markAt(
  clock: Clock,
  mark: Mark,
  calendar: Calendar,
): Counted<{ at: number }> | null {
  let left = (lengthOf(clock.limit) * mark) / 100
  for (const { from, to, counts, certain } of stretches(clock, calendar)) {
    if (!counts) continue
    if (left <= to - from) {
      const at = from + left
      return { at: clock.limit.unit === 'hour' || mark < 100 ? at : endOfDay(at), certain }
    }
    left -= to - from
  }
  return null
}

/** The next of the marks that somebody is to be told of, after those that were reached. */
export function nextMark(
  clock: Clock,
  reached: Mark | 0,
  calendar: Calendar,
): Readonly<{ mark: Mark; at: number }> | null {
  const mark = marks.find((one) => one > reached)
  const found = mark && markAt(clock, mark, calendar)
  return found ? { mark, at: found.at } : null
}

/** How a clock that was not ended stands. */
export type Standing = Readonly<{
  state: 'running' | 'paused'
  /** The instant at which the limit is over; null while it stands still. */
  dueAt: number | null
  /** The last day of it. */
  dueDay: string | null
  /** What is left in the unit of the limit: days after today, or hours begun; below zero, gone by since. */
  left: number | null
  share: number
  /** `soon`: half of the limit or more has gone by. */
  urgency: 'calm' | 'soon' | 'overdue'
  certain: boolean
}>

export function standingOf(clock: Clock, at: number, calendar: Calendar): Standing {
  const { share, certain } = shareGone(clock, at, calendar)
  const due = markAt(clock, 100, calendar)
  if (!due)
    return {
      state: 'paused',
      dueAt: null,
      dueDay: null,
      left: null,
      share,
      urgency: 'calm',
      certain,
    }
  const isPaused = clock.pauses.some(({ to }) => to === null)
  const dueDay = dayOf(due.at - 1)
  const left = leftUntil(due.at, at, clock.limit.unit, calendar)
  return {
    state: isPaused ? 'paused' : 'running',
    dueAt: due.at,
    dueDay,
    left: left.left,
    share,
    urgency: at >= due.at ? 'overdue' : share >= 0.5 ? 'soon' : 'calm',
    certain: due.certain && left.certain,
  }
}

function leftUntil(
  due: number,
  at: number,
  unit: Unit,
  calendar: Calendar,
): Counted<{ left: number }> {
  if (unit === 'hour') {
    const left = due > at ? Math.ceil((due - at) / hour) : -Math.floor((at - due) / hour)
    return { left: left === 0 ? 0 : left, certain: true }
  }
  if (unit === 'day') return { left: numberOfDay(due - 1) - numberOfDay(at), certain: true }
  const { days, certain } = workingDaysBetween(dayOf(at), dayOf(due - 1), calendar)
  return { left: days, certain }
}

function lengthOf({ amount, unit }: Limit): number {
  return amount * (unit === 'hour' ? hour : day)
}

type Stretch = Counted<{ from: number; to: number; counts: boolean }>

/**
 * Time from where the clock begins to count, stretch after stretch without its pauses, without end unless it stands still.
 * Hours count from the instant; days from the next midnight, as a period begins the day after (民法典第二百零一条).
 */
function* stretches(clock: Clock, calendar: Calendar): Generator<Stretch> {
  const { limit, startedAt } = clock
  const length = limit.unit === 'hour' ? hour : day
  let certain = true
  for (let from = limit.unit === 'hour' ? startedAt : endOfDay(startedAt + 1); ; from += length) {
    const worked =
      limit.unit === 'workday'
        ? isWorkingDay(dayOf(from), calendar)
        : { working: true, certain: true }
    certain &&= worked.certain
    let at = from
    for (const pause of clock.pauses) {
      if (pause.from >= from + length || (pause.to !== null && pause.to <= at)) continue
      if (pause.from > at) yield { from: at, to: pause.from, counts: worked.working, certain }
      if (pause.to === null) return
      at = Math.max(at, pause.to)
    }
    if (at < from + length) yield { from: at, to: from + length, counts: worked.working, certain }
  }
}

/** The first midnight in Shanghai at or after an instant. */
function endOfDay(at: number): number {
  return Math.ceil((at + shanghaiAhead) / day) * day - shanghaiAhead
}

function numberOfDay(at: number): number {
  return Math.floor((at + shanghaiAhead) / day)
}

/** The day in Shanghai, 'YYYY-MM-DD'. */
export function dayOf(at: number): string {
  return textFromDay(numberOfDay(at))
}
