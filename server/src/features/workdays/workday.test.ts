import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedDays, yearsOf } from './shipped.ts'
import { addWorkingDays, type Calendar, isWorkingDay, workingDaysBetween } from './workday.ts'

const shipped = shippedDays()
const calendar: Calendar = {
  years: yearsOf(shipped),
  exceptions: new Map(shipped.map(({ day, kind }) => [day, kind])),
}
const runs = { numRuns: Number(process.env['QIAO_PROPERTY_RUNS'] ?? 100) }
const dayAt = (n: number) =>
  new Date(Date.UTC(2023, 0, 1) + n * 86_400_000).toISOString().slice(0, 10)
const day = fc.nat({ max: 1200 }).map(dayAt)
const few = fc.nat({ max: 40 })

describe('the shipped calendar', () => {
  // 国办发明电〔2025〕7号 of 2025-11-04, day by day.
  test('says of 2026 what the notice says', () => {
    const spans = (of: string) =>
      shipped
        .filter((one) => one.day.startsWith('2026') && one.kind === of)
        .map((one) => one.day.slice(5))
    const through = (month: string, from: number, to: number) =>
      Array.from(
        { length: to - from + 1 },
        (_, n) => `${month}-${String(from + n).padStart(2, '0')}`,
      )
    expect(spans('holiday')).toEqual([
      ...through('01', 1, 3),
      ...through('02', 15, 23),
      ...through('04', 4, 6),
      ...through('05', 1, 5),
      ...through('06', 19, 21),
      ...through('09', 25, 27),
      ...through('10', 1, 7),
    ])
    expect(spans('make-up')).toEqual(['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'])
  })

  test('names its days in Chinese and knows every year from 2004 to 2026', () => {
    expect(shipped.find((one) => one.day === '2025-05-31')).toMatchObject({ name: '端午' })
    expect([...calendar.years].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 23 }, (_, n) => 2004 + n),
    )
  })
})

describe('a count of working days', () => {
  test('passes over weekends and holidays and stops at a make-up working day', () => {
    expect(addWorkingDays('2025-05-30', 1, calendar)).toEqual({ day: '2025-06-03', certain: true })
    expect(addWorkingDays('2025-09-26', 1, calendar)).toEqual({ day: '2025-09-28', certain: true })
    expect(addWorkingDays('2025-09-30', 3, calendar)).toEqual({ day: '2025-10-11', certain: true })
    expect(workingDaysBetween('2025-01-27', '2025-02-08', calendar)).toEqual({
      days: 4,
      certain: true,
    })
    expect(isWorkingDay('2025-09-28', calendar)).toEqual({ working: true, certain: true })
  })

  test('says that it is not certain as soon as it passes a year without a table', () => {
    expect(addWorkingDays('2026-12-30', 1, calendar)).toEqual({ day: '2026-12-31', certain: true })
    expect(addWorkingDays('2026-12-30', 2, calendar)).toEqual({ day: '2027-01-01', certain: false })
    expect(workingDaysBetween('2027-01-04', '2026-12-31', calendar)).toEqual({
      days: -2,
      certain: false,
    })
    expect(isWorkingDay('2027-01-01', calendar)).toEqual({ working: true, certain: false })
  })

  test('counts no days of none, and refuses what is no day or no number of days', () => {
    expect(addWorkingDays('2025-05-31', 0, calendar)).toEqual({ day: '2025-05-31', certain: true })
    for (const n of [-1, 1.5, Number.NaN, 1e9])
      expect(() => addWorkingDays('2025-05-31', n, calendar)).toThrow(RangeError)
    expect(() => isWorkingDay('2025-02-30', calendar)).toThrow(RangeError)
  })

  test('ends on a working day, counts back to the same number, and goes on where it stopped', () => {
    fc.assert(
      fc.property(day, few, few, (from, n, more) => {
        const { day: to } = addWorkingDays(from, n, calendar)
        expect(workingDaysBetween(from, to, calendar).days).toBe(n)
        if (n > 0) expect(isWorkingDay(to, calendar).working).toBe(true)
        expect(addWorkingDays(to, more, calendar)).toEqual(addWorkingDays(from, n + more, calendar))
        expect(workingDaysBetween(to, from, calendar).days + n).toBe(0)
      }),
      runs,
    )
  })

  test('never comes later for a make-up day more, nor earlier for a holiday more', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), day, (from, n, other) => {
        const withOne = (kind: 'holiday' | 'make-up'): Calendar => ({
          ...calendar,
          exceptions: new Map([...calendar.exceptions, [other, kind]]),
        })
        const plain = addWorkingDays(from, n, calendar).day
        expect(addWorkingDays(from, n, withOne('make-up')).day <= plain).toBe(true)
        expect(addWorkingDays(from, n, withOne('holiday')).day >= plain).toBe(true)
      }),
      runs,
    )
  })

  test('of a calendar that knows no year counts weekends and is never certain', () => {
    const nothing: Calendar = { years: new Set(), exceptions: new Map() }
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 4 }), (from, weeks) => {
        const { day: to, certain } = addWorkingDays(from, weeks * 5, nothing)
        expect(certain).toBe(false)
        const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
        expect(days).toBeGreaterThanOrEqual(weeks * 7 - 2)
        expect(days).toBeLessThanOrEqual(weeks * 7)
      }),
      runs,
    )
  })
})
