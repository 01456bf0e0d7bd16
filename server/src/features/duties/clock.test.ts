import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedDays, yearsOf } from '../workdays/shipped.ts'
import { addWorkingDays, type Calendar, isWorkingDay } from '../workdays/workday.ts'
import {
  type Clock,
  dayOf,
  type Limit,
  markAt,
  marks,
  nextMark,
  type Pause,
  shareGone,
  standingOf,
} from './clock.ts'
import { whomToTell } from './escalation.ts'

const shipped = shippedDays()
const calendar: Calendar = {
  years: yearsOf(shipped),
  exceptions: new Map(shipped.map(({ day, kind }) => [day, kind])),
}
const runs = { numRuns: Number(process.env['QIAO_PROPERTY_RUNS'] ?? 100) }
const at = (moment: string) => Date.parse(`${moment}+08:00`)
const moment = (instant: number | undefined) =>
  instant === undefined ? undefined : new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16)
const clockOf = (limit: Limit, startedAt: string, pauses: readonly Pause[] = []): Clock => ({
  limit,
  startedAt: at(startedAt),
  pauses,
})
const due = (clock: Clock) => moment(markAt(clock, 100, calendar)?.at)

describe('a clock of working days', () => {
  test('begins the day after, skips the holidays and counts the make-up day', () => {
    // 2025-10-01 to 08 are off, 09-28 and 10-11 are worked on weekends.
    const clock = clockOf({ amount: 10, unit: 'workday' }, '2025-09-25T15:00:00')
    expect(due(clock)).toBe('2025-10-16T00:00')
    expect(standingOf(clock, at('2025-09-30T09:00:00'), calendar)).toMatchObject({
      state: 'running',
      dueDay: '2025-10-15',
      left: 6,
      urgency: 'calm',
      certain: true,
    })
  })

  test('is reminded at half of it, over after its last day, and half as long again after that', () => {
    const clock = clockOf({ amount: 2, unit: 'workday' }, '2025-06-03T08:00:00')
    expect(marks.map((mark) => moment(markAt(clock, mark, calendar)?.at))).toEqual([
      '2025-06-05T00:00',
      '2025-06-06T00:00',
      // 06-07 and 06-08 are a weekend.
      '2025-06-07T00:00',
    ])
    const urgency = (now: string) => standingOf(clock, at(now), calendar).urgency
    expect(urgency('2025-06-04T23:59:00')).toBe('calm')
    expect(urgency('2025-06-05T00:00:00')).toBe('soon')
    expect(urgency('2025-06-05T23:59:59')).toBe('soon')
    expect(urgency('2025-06-06T00:00:00')).toBe('overdue')
    expect(standingOf(clock, at('2025-06-10T09:00:00'), calendar)).toMatchObject({ left: -3 })
  })

  test('that was paused for a little more than three working days has four more: days end whole', () => {
    const pause = { from: at('2025-06-04T10:00:00'), to: at('2025-06-09T11:00:00') }
    const limit = { amount: 5, unit: 'workday' } as const
    expect(due(clockOf(limit, '2025-06-03T08:00:00'))).toBe('2025-06-11T00:00')
    expect(due(clockOf(limit, '2025-06-03T08:00:00', [pause]))).toBe('2025-06-17T00:00')
  })

  test('says that it is not certain when it passes a year without a table', () => {
    const clock = clockOf({ amount: 3, unit: 'workday' }, '2026-12-30T09:00:00')
    expect(standingOf(clock, at('2026-12-30T10:00:00'), calendar).certain).toBe(false)
  })
})

test('a clock of calendar days runs through the holidays', () => {
  const clock = clockOf({ amount: 3, unit: 'day' }, '2025-09-30T15:00:00')
  expect(due(clock)).toBe('2025-10-04T00:00')
  expect(standingOf(clock, at('2025-10-02T12:00:00'), calendar)).toMatchObject({ left: 1 })
})

test('a red alert is to be answered within two hours and visited within twenty-four, night or holiday', () => {
  const contact = clockOf({ amount: 2, unit: 'hour' }, '2025-10-01T23:30:00')
  expect(marks.map((mark) => moment(markAt(contact, mark, calendar)?.at))).toEqual([
    '2025-10-02T00:30',
    '2025-10-02T01:30',
    '2025-10-02T02:30',
  ])
  expect(due(clockOf({ amount: 24, unit: 'hour' }, '2025-10-01T23:30:00'))).toBe('2025-10-02T23:30')
  expect(standingOf(contact, at('2025-10-02T00:00:00'), calendar)).toMatchObject({
    left: 2,
    urgency: 'calm',
  })
  expect(standingOf(contact, at('2025-10-02T03:40:00'), calendar).left).toBe(-2)
})

test('a clock that stands still is due at no time and tells nobody', () => {
  const clock = clockOf({ amount: 2, unit: 'workday' }, '2025-06-03T08:00:00', [
    { from: at('2025-06-03T09:00:00'), to: null },
  ])
  expect(markAt(clock, 100, calendar)).toBeNull()
  expect(nextMark(clock, 0, calendar)).toBeNull()
  expect(standingOf(clock, at('2025-08-01T09:00:00'), calendar)).toMatchObject({
    state: 'paused',
    left: null,
    share: 0,
    urgency: 'calm',
  })
})

const anyLimit = fc.oneof(
  fc.record({ amount: fc.integer({ min: 1, max: 30 }), unit: fc.constant('workday' as const) }),
  fc.record({ amount: fc.integer({ min: 1, max: 30 }), unit: fc.constant('day' as const) }),
  fc.record({ amount: fc.integer({ min: 1, max: 72 }), unit: fc.constant('hour' as const) }),
)
const minutes = (max: number) => fc.nat({ max }).map((n) => n * 60_000)
const begun = minutes(500_000).map((n) => at('2024-01-01T00:00:00') + n)
/** Pauses one after the other, each with its distance from the one before and its length. */
const pausesAfter = (from: number, gaps: readonly (readonly [number, number])[]): Pause[] => {
  let last = from
  return gaps.map(([gap, length]) => {
    const pause = { from: last + gap, to: last + gap + length }
    last = pause.to
    return pause
  })
}
const gaps = fc.array(fc.tuple(minutes(6000), minutes(9000)), { maxLength: 4 })
const withPauses = fc.tuple(anyLimit, begun, gaps).map(
  ([limit, startedAt, some]): Clock => ({
    limit,
    startedAt,
    pauses: pausesAfter(startedAt, some),
  }),
)

describe('of any clock', () => {
  test('no mark ever comes earlier for one more pause', () => {
    fc.assert(
      fc.property(withPauses, minutes(6000), minutes(9000), (clock, gap, length) => {
        const last = clock.pauses.at(-1)?.to ?? clock.startedAt
        const more = { ...clock, pauses: [...clock.pauses, ...pausesAfter(last, [[gap, length]])] }
        for (const mark of marks) {
          const [plain, paused] = [markAt(clock, mark, calendar), markAt(more, mark, calendar)]
          expect(paused?.at ?? 0).toBeGreaterThanOrEqual(plain?.at ?? 0)
        }
      }),
      runs,
    )
  })

  test('the share that is gone never falls, stands in a pause, and is whole when the limit is over', () => {
    fc.assert(
      fc.property(withPauses, minutes(60_000), minutes(3000), (clock, after, more) => {
        const now = clock.startedAt + after
        const share = (instant: number) => shareGone(clock, instant, calendar).share
        expect(share(now + more)).toBeGreaterThanOrEqual(share(now))
        for (const { from, to } of clock.pauses) expect(share(to ?? from)).toBe(share(from))
        const over = markAt(clock, 100, calendar)?.at ?? 0
        expect(share(over)).toBeGreaterThanOrEqual(1)
        expect(standingOf(clock, over, calendar).urgency).toBe('overdue')
        expect(standingOf(clock, over - 1, calendar).urgency).not.toBe('overdue')
      }),
      runs,
    )
  })

  test('without a pause working days are counted as the calendar counts them', () => {
    fc.assert(
      fc.property(begun, fc.integer({ min: 1, max: 30 }), (startedAt, amount) => {
        const over = markAt(
          { limit: { amount, unit: 'workday' }, startedAt, pauses: [] },
          100,
          calendar,
        )
        const last = dayOf((over?.at ?? 0) - 1)
        expect(last).toBe(addWorkingDays(dayOf(startedAt), amount, calendar).day)
        expect(isWorkingDay(last, calendar).working).toBe(true)
      }),
      runs,
    )
  })

  test('marks follow each other, and the next is the first that was not reached', () => {
    fc.assert(
      fc.property(withPauses, (clock) => {
        const all = marks.map((mark) => markAt(clock, mark, calendar)?.at ?? 0)
        expect(all).toEqual(all.toSorted((a, b) => a - b))
        expect(nextMark(clock, 0, calendar)).toEqual({ mark: 50, at: all[0] })
        expect(nextMark(clock, 100, calendar)).toEqual({ mark: 150, at: all[2] })
        expect(nextMark(clock, 150, calendar)).toBeNull()
      }),
      runs,
    )
  })
})

describe('who is told', () => {
  const advisor = { staffId: 'a', name: '顾问甲' }
  const clerk = { staffId: 'b', name: '街镇乙' }
  const official = { staffId: 'c', name: '区级丙' }
  const all = { committee: advisor, township: clerk, district: official }

  test('at half whoever has it in hand, then the township, then the district', () => {
    expect(marks.map((mark) => whomToTell(mark, all).to?.name)).toEqual([
      '顾问甲',
      '街镇乙',
      '区级丙',
    ])
  })

  test('the next level up where nobody is named, which is said', () => {
    expect(whomToTell(100, { committee: advisor, district: official })).toEqual({
      to: { ...official, level: 'district' },
      skipped: ['township'],
    })
    expect(whomToTell(150, { township: clerk })).toEqual({ to: null, skipped: ['district'] })
  })
})
