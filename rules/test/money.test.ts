import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Rounding } from '../src/ir.ts'
import { runs } from './runs.ts'
import { answer, householdOf, programme } from './small-packs.ts'

const fen = fc.oneof(fc.integer({ min: 0, max: 2_100_000_000 }), fc.integer({ min: 0, max: 500 }))
const roundings = ['fen', 'yuan-up', 'yuan-half-up'] as const

/** Fen of a fraction of fen, worked out in whole numbers of any size. */
function rounded(over: bigint, under: bigint, round: Rounding): number {
  if (over <= 0n) return 0
  const step = round === 'fen' ? under : under * 100n
  const steps = round === 'yuan-up' ? (over + step - 1n) / step : (2n * over + step) / (2n * step)
  return Number(steps) * (round === 'fen' ? 1 : 100)
}

test('a share per head is exact to the fen, however many heads', () => {
  fc.assert(
    fc.property(
      fc.array(fen, { minLength: 1, maxLength: 7 }),
      fc.integer({ min: -300, max: 300 }),
      fc.constantFrom(...roundings),
      (incomes, percent, round) => {
        const amount = `sum(members.收入) * ${percent} / 100 / count(members) - 0.01`
        const heads = BigInt(incomes.length)
        const sum = BigInt(incomes.reduce((a, b) => a + b, 0))
        const household = householdOf({}, ...incomes.map((income) => ({ income })))
        const result = answer(programme({ amount, round }), household)
        const expected = rounded(sum * BigInt(percent) - 100n * heads, 100n * heads, round)
        expect(result.amount).toEqual({ kind: 'exact', fen: expected, per: 'month' })
      },
    ),
    { numRuns: runs() },
  )
})

test('what binary fractions get wrong is right: 0.1 + 0.2, 1.005, a third of a fen', () => {
  const paid = (amount: string, round: Rounding): unknown =>
    answer(programme({ amount, round }), householdOf({})).amount
  const exact = (of: number): unknown => ({ kind: 'exact', fen: of, per: 'month' })
  expect(paid('0.1 + 0.2', 'fen')).toEqual(exact(30))
  expect(paid('1.005', 'fen')).toEqual(exact(101))
  expect(paid('2 / 3 * 3', 'yuan-up')).toEqual(exact(200))
  expect(paid('100.005 / 3', 'fen')).toEqual(exact(3334))
  expect(paid('8.50', 'yuan-half-up')).toEqual(exact(900))
  expect(paid('8.01', 'yuan-up')).toEqual(exact(900))
})

test('a benefit is never negative', () => {
  const text = programme({ amount: '100 - 财产', round: 'yuan-up' })
  expect(answer(text, householdOf({ assets: 99_999 })).amount).toEqual({
    kind: 'exact',
    fen: 0,
    per: 'month',
  })
})
