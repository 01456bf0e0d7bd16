import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apportion, Deck } from './apportion.ts'
import { Random } from './random.ts'

const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 })
const total = fc.integer({ min: 0, max: 2_000_000 })

test('parts add up to the whole and are off by less than one each', () => {
  fc.assert(
    fc.property(total, weights, (whole, parts) => {
      const sum = parts.reduce((a, b) => a + b, 0)
      fc.pre(sum > 0)
      const got = apportion(whole, parts)
      expect(got.reduce((a, b) => a + b, 0)).toBe(whole)
      for (const [i, part] of got.entries()) {
        expect(Number.isInteger(part)).toBe(true)
        expect(Math.abs(part - (whole * parts[i]!) / sum)).toBeLessThan(1 + 1e-6)
      }
    }),
  )
})

test('what weighs nothing gets nothing', () => {
  fc.assert(
    fc.property(total, weights, (whole, parts) => {
      const got = apportion(whole, [0, ...parts, 1, 0])
      expect([got[0], got.at(-1)]).toEqual([0, 0])
    }),
  )
  expect(apportion(0, [0, 0])).toEqual([0, 0])
  expect(() => apportion(1, [0, 0])).toThrow(RangeError)
})

test('of equal remainders the earlier gets more', () => {
  expect(apportion(2, [1, 1, 1])).toEqual([1, 1, 0])
})

test('a deck deals every card once, whatever the order', () => {
  const counts = fc.array(fc.nat(40), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(counts, fc.nat(), (cards, seed) => {
      const deck = new Deck(cards)
      const random = new Random(seed, 0)
      const dealt = cards.map(() => 0)
      for (let left = deck.left; left > 0; left--) {
        const kind = deck.draw(random)
        dealt[kind] = dealt[kind]! + 1
      }
      expect(dealt).toEqual(cards)
      expect(deck.left).toBe(0)
    }),
  )
})
