import fc from 'fast-check'
import { expect, test } from 'vitest'
import { birthDays, dayOf, dayText, monthsLater } from './days.ts'
import { Random } from './random.ts'

const seed = fc.nat(Number.MAX_SAFE_INTEGER)
const draw = (of: Random, n: number) => Array.from({ length: n }, () => of.bits())

test('the same seed and stream give the same chances, another of either others', () => {
  fc.assert(
    fc.property(seed, fc.nat(), (one, stream) => {
      const drawn = draw(new Random(one, stream), 8)
      expect(draw(new Random(one, stream), 8)).toEqual(drawn)
      expect(draw(new Random(one, stream + 1), 8)).not.toEqual(drawn)
      expect(draw(new Random(one + 1, stream), 8)).not.toEqual(drawn)
    }),
  )
})

test('every draw stays within its bounds', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: -500, max: 500 }), fc.nat(500), (one, least, span) => {
      const random = new Random(one, 0)
      for (let i = 0; i < 50; i++) {
        const next = random.next()
        expect(next >= 0 && next < 1).toBe(true)
        const whole = random.between(least, least + span)
        expect(Number.isInteger(whole) && whole >= least && whole <= least + span).toBe(true)
        expect(Math.abs(random.normal(0, 1))).toBeLessThan(3.5)
      }
    }),
  )
})

test('chances come out as often as they should', () => {
  const random = new Random(5, 0)
  const n = 200_000
  const hits = Array.from({ length: n }, () => random.chance(0.3)).filter(Boolean).length
  expect(hits / n).toBeCloseTo(0.3, 2)
  const values = Array.from({ length: n }, () => random.normal(10, 2))
  const mean = values.reduce((a, b) => a + b, 0) / n
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n)
  expect([mean, spread].map((value) => Math.round(value * 20) / 20)).toEqual([10, 2])
})

test('shuffling loses nobody and mixes', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 20, max: 300 }), (one, n) => {
      const items = Int32Array.from({ length: n }, (_, i) => i)
      const mixed = new Random(one, 0).shuffle(Int32Array.from(items))
      expect(mixed).not.toEqual(items)
      expect(mixed.toSorted()).toEqual(items)
    }),
  )
})

const day = fc.integer({ min: dayOf('1900-01-01'), max: dayOf('2100-12-31') })

test('a day written and read is the same day', () => {
  fc.assert(fc.property(day, (one) => dayOf(dayText(one)) === one))
  for (const text of ['2025-6-1', '2025-13-01', '', 'heute']) {
    expect(() => dayOf(text)).toThrow(RangeError)
  }
})

test('months later is the same day of the month, or its last', () => {
  expect(dayText(monthsLater(dayOf('2024-01-31'), 1))).toBe('2024-02-29')
  expect(dayText(monthsLater(dayOf('2024-02-29'), -12))).toBe('2023-02-28')
  fc.assert(
    fc.property(day, fc.integer({ min: -600, max: 600 }), (one, months) => {
      const [from, to] = [dayText(one), dayText(monthsLater(one, months))]
      expect(Number(to.slice(8))).toBeLessThanOrEqual(Number(from.slice(8)))
      const at = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
      expect(at(to) - at(from)).toBe(months)
    }),
  )
})

test('the days of birth of one age end where those of the next begin', () => {
  fc.assert(
    fc.property(day, fc.nat(104), (today, age) => {
      expect(birthDays(age + 1, today).last + 1).toBe(birthDays(age, today).first)
      expect(birthDays(0, today).last).toBe(today)
    }),
  )
})
