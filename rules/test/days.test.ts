import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addMonths,
  ageOn,
  birthday,
  dayFromText,
  dayFromYmd,
  textFromDay,
  ymdFromDay,
} from '../src/days.ts'
import { runs } from './runs.ts'

const MS_A_DAY = 86_400_000
/** Years 1800 to 2300. */
const anyDay = fc.integer({ min: -62_000, max: 120_000 })
const day = (text: string): number => dayFromText(text) ?? Number.NaN

/** JavaScript's calendar, which rolls what is no day over into the next month. */
function rolled(year: number, month: number, dayOfMonth: number): number {
  return Date.UTC(year, month - 1, dayOfMonth) / MS_A_DAY
}

test('day numbers are those of the Gregorian calendar', () => {
  fc.assert(
    fc.property(anyDay, (number) => {
      const text = new Date(number * MS_A_DAY).toISOString().slice(0, 10)
      expect(textFromDay(number)).toBe(text)
      expect(dayFromText(text)).toBe(number)
      const { year, month, day: dayOfMonth } = ymdFromDay(number)
      expect(dayFromYmd(year, month, dayOfMonth)).toBe(rolled(year, month, dayOfMonth))
    }),
    { numRuns: runs(5) },
  )
})

test('what is no day is none', () => {
  for (const text of ['2023-02-29', '1900-02-29', '2024-04-31', '2024-13-01', '2024-00-10'])
    expect(dayFromText(text)).toBeNull()
  for (const text of ['2024-1-1', '2024/01/01', '', '2024-01-01T00:00', '二〇二四'])
    expect(dayFromText(text)).toBeNull()
  expect(dayFromText('2000-02-29')).toBe(11_016)
})

test('an age is the number of birthdays passed', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 45_000 }), (birth, later) => {
      const { year, month, day: dayOfMonth } = ymdFromDay(birth)
      let passed = 0
      while (rolled(year + passed + 1, month, dayOfMonth) <= birth + later) passed++
      expect(ageOn(birth, birth + later)).toBe(passed)
    }),
    { numRuns: runs(5) },
  )
})

test('one is a year older on the birthday and not the day before', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 120 }), (birth, age) => {
      expect(ageOn(birth, birthday(ymdFromDay(birth), age))).toBe(age)
      expect(ageOn(birth, birthday(ymdFromDay(birth), age) - 1)).toBe(age - 1)
    }),
    { numRuns: runs(5) },
  )
})

test('born on 29 February: a year older on 1 March of common years, on the day in leap years', () => {
  const birth = day('2008-02-29')
  expect(ageOn(birth, day('2026-02-28'))).toBe(17)
  expect(ageOn(birth, day('2026-03-01'))).toBe(18)
  expect(ageOn(birth, day('2024-02-29'))).toBe(16)
})

test('months later is the same day, or the last where the month is shorter', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -1500, max: 1500 }), (from, months) => {
      const { year, month, day: dayOfMonth } = ymdFromDay(from)
      const lastOfMonth = rolled(year, month + months + 1, 0)
      expect(addMonths(from, months)).toBe(
        Math.min(rolled(year, month + months, dayOfMonth), lastOfMonth),
      )
    }),
    { numRuns: runs(5) },
  )
})

test('a month after 31 January is the end of February', () => {
  expect(textFromDay(addMonths(day('2024-01-31'), 1))).toBe('2024-02-29')
  expect(textFromDay(addMonths(day('2025-01-31'), 1))).toBe('2025-02-28')
  expect(textFromDay(addMonths(day('2024-02-29'), 12))).toBe('2025-02-28')
})
