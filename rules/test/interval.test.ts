import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  andMasks,
  ceilDivide,
  compareIntervals,
  floorDivide,
  notMask,
  orMasks,
  product,
  roundedFen,
} from '../src/interval.ts'
import { FALSE, NULL, TRUE } from '../src/ir.ts'
import { runs } from './runs.ts'

const singles = [TRUE, FALSE, NULL]
const masks = [1, 2, 3, 4, 5, 6, 7]

/** What a table of single values says of all the values that two masks hold. */
function lifted(table: (a: number, b: number) => number, a: number, b: number): number {
  let out = 0
  for (const x of singles)
    for (const y of singles) if ((a & x) !== 0 && (b & y) !== 0) out |= table(x, y)
  return out
}

/** FEEL: false wins over null, null over true. */
const and = (a: number, b: number): number =>
  a === FALSE || b === FALSE ? FALSE : a === NULL || b === NULL ? NULL : TRUE
const or = (a: number, b: number): number =>
  a === TRUE || b === TRUE ? TRUE : a === NULL || b === NULL ? NULL : FALSE

test('and, or and not of possibilities are FEEL’s tables over all of them', () => {
  for (const a of masks) {
    expect(notMask(a)).toBe(lifted((x) => (x === TRUE ? FALSE : x === FALSE ? TRUE : NULL), a, 7))
    for (const b of masks) {
      expect(andMasks(a, b)).toBe(lifted(and, a, b))
      expect(orMasks(a, b)).toBe(lifted(or, a, b))
    }
  }
})

const small = fc.integer({ min: -4, max: 4 })
const interval = fc.tuple(small, small).map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]))
const operators = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '=': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
} as const

test('a comparison of intervals is possible exactly where it is for some of their numbers', () => {
  fc.assert(
    fc.property(interval, interval, ([aLo, aHi], [bLo, bHi]) => {
      for (const [op, holds] of Object.entries(operators)) {
        let expected = 0
        for (let a = aLo; a <= aHi; a++)
          for (let b = bLo; b <= bHi; b++) expected |= holds(a, b) ? TRUE : FALSE
        expect(compareIntervals(op, aLo, aHi, bLo, bHi), op).toBe(expected)
      }
    }),
    { numRuns: runs(5) },
  )
})

test('division to whole numbers is exact where a float quotient is not', () => {
  const divisors = fc.integer({ min: 1, max: 1_000_000 })
  fc.assert(
    fc.property(fc.maxSafeInteger(), divisors, (a, d) => {
      const quotient = BigInt(a) / BigInt(d)
      const rest = BigInt(a) % BigInt(d)
      expect(floorDivide(a, d)).toBe(Number(quotient - (rest < 0n ? 1n : 0n)))
      expect(ceilDivide(a, d)).toBe(Number(quotient + (rest > 0n ? 1n : 0n)) + 0)
    }),
    { numRuns: runs(5) },
  )
})

test('a share among any number of people has nothing as its least, and a yuan where it is rounded up', () => {
  expect(roundedFen(100_000, Infinity, 'fen')).toBe(0)
  expect(roundedFen(100_000, Infinity, 'yuan-half-up')).toBe(0)
  expect(roundedFen(100_000, Infinity, 'yuan-up')).toBe(100)
})

test('nothing times something unbounded is nothing', () => {
  expect(product(0, Infinity)).toBe(0)
  expect(product(-Infinity, 0)).toBe(0)
  expect(product(-2, Infinity)).toBe(-Infinity)
})
