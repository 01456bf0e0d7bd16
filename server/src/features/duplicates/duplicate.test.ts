import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Compared, pairedFrom, type Recorded, scoreOf, standingOf } from './duplicate.ts'

const unknown: Recorded = { idNumber: null, birthDate: null, sex: null }
const apart: Compared = {
  first: unknown,
  second: unknown,
  name: null,
  samePhone: false,
  sameAddress: false,
  sameHousehold: false,
  oneUnidentified: false,
}

const recorded: fc.Arbitrary<Recorded> = fc.record({
  idNumber: fc.constantFrom(null, '310199194905100015', '310199194501900015', '310199197508070011'),
  birthDate: fc.constantFrom(null, '1949-05-10', '1949-05-01', '1955-05-10'),
  sex: fc.constantFrom(null, '1', '2'),
})
const pairs: fc.Arbitrary<Compared> = fc.record({
  first: recorded,
  second: recorded,
  name: fc.constantFrom(null, 'same' as const, 'sound' as const, 'shape' as const),
  samePhone: fc.boolean(),
  sameAddress: fc.boolean(),
  sameHousehold: fc.boolean(),
  oneUnidentified: fc.boolean(),
})

test('being in one household never raises a score', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      const { score: together } = scoreOf({ ...pair, sameHousehold: true })
      expect(together).toBeLessThanOrEqual(scoreOf({ ...pair, sameHousehold: false }).score)
    }),
  )
})

test('which of the two comes first changes nothing', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      expect(scoreOf({ ...pair, first: pair.second, second: pair.first })).toEqual(scoreOf(pair))
    }),
  )
})

test('another sex, another number and a day of birth far away each lower it', () => {
  const alike: Compared = { ...apart, name: 'same', samePhone: true }
  const { score } = scoreOf(alike)
  for (const [first, second, reason] of [
    [{ sex: '1' }, { sex: '2' }, 'other-sex'],
    [{ birthDate: '1949-05-10' }, { birthDate: '1955-05-12' }, 'far-birth-date'],
    [{ idNumber: '310199194905100015' }, { idNumber: '310199197508070011' }, 'other-id-number'],
  ] as const) {
    const judged = scoreOf({
      ...alike,
      first: { ...unknown, ...first },
      second: { ...unknown, ...second },
    })
    expect(judged.score).toBeLessThan(score)
    expect(judged.reasons).toEqual(['same-name', 'same-phone', reason])
  }
})

test('a phone in common puts nobody of one household into the queue', () => {
  const parentAndChild = { ...apart, name: 'sound', samePhone: true, sameAddress: true } as const
  expect(scoreOf(parentAndChild).score).toBeGreaterThanOrEqual(pairedFrom)
  expect(scoreOf({ ...parentAndChild, sameHousehold: true }).score).toBeLessThan(pairedFrom)
})

test('what one record lacks neither agrees nor differs', () => {
  expect(standingOf('1', null)).toBe('one-unknown')
  expect(standingOf(null, '')).toBe('unknown')
  expect(standingOf('1', '2')).toBe('differs')
  expect(standingOf('1', '1')).toBe('same')
})
