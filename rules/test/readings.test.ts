import { expect, test } from 'vitest'
import { explain } from '../src/evaluate/explain.ts'
import { readingInteger } from '../src/evaluate/load-facts.ts'
import { packFrom } from './pack-text.ts'
import { answer, householdOf, programme } from './small-packs.ts'

const { program } = packFrom(`
facts:
  - {id: rate, name: 比率, entity: person, type: number, decimals: 3}
  - {id: kind, name: 种类, entity: person, type: code, nullable: true, codes: [{code: "5", name: 甲}, {code: "9", name: 乙}]}
  - {id: birth, name: 生日, entity: person, type: date}
programmes: []
`)
const integer = (fact: number, value: number | string | boolean | null): unknown => {
  const lowered = program.facts[fact]
  return lowered && readingInteger(lowered, value)
}

test('readings become whole numbers: scaled, the place of a code, days since 1970', () => {
  expect(integer(0, 0.125)).toBe(125)
  expect(integer(1, '9')).toBe(1)
  expect(integer(2, '1970-01-03')).toBe(2)
})

test('what a fact cannot be is not known, rather than no', () => {
  expect(integer(0, '一半')).toBeUndefined()
  expect(integer(0, Number.NaN)).toBeUndefined()
  expect(integer(1, '7')).toBeUndefined()
  expect(integer(2, '1970-02-30')).toBeUndefined()
})

test('a reading that its fact cannot have is missing, and shown as unknown', () => {
  const result = answer(programme({ condition: '财产 < 100' }), householdOf({ assets: null }))
  expect(result.missing).toEqual([{ fact: 'assets' }])
  expect(result.conditions[0]?.reads).toEqual([{ fact: 'assets', value: null, state: 'unknown' }])
})

test('null is an answer only where a fact can have none', () => {
  expect(integer(1, null)).toBeNull()
  expect(integer(2, null)).toBeUndefined()
})

test('an age that was told counts before the date of birth', () => {
  const text = programme({ target: 'person', condition: '年龄 >= 60' })
  const told = householdOf({}, { age: 61, birth_date: '2000-01-01' })
  expect(answer(text, told).verdict).toBe('eligible')
})

test('a condition names the date of birth it reads an age from, with the age', () => {
  const text = programme({ target: 'person', condition: '年龄 >= 60' })
  const [condition] = answer(text, householdOf({}, { birth_date: '1960-06-02' })).conditions
  expect(condition?.reads).toEqual([{ fact: 'age', member: 'm0', value: 64, state: 'known' }])
})

test('a household of nobody, or of more than fifty, is refused', () => {
  const pack = packFrom(programme({}))
  const many = Array.from({ length: 51 }, () => ({}))
  expect(() => explain(pack, { household: {}, members: [] }, '2025-06-01')).toThrow(RangeError)
  expect(() => explain(pack, householdOf({}, ...many), '2025-06-01')).toThrow(RangeError)
  expect(() => explain(pack, householdOf({}), '2025-02-30')).toThrow(RangeError)
})
