import fc from 'fast-check'
import type { Fact } from '@qiao/rules'
import { describe, expect, test } from 'vitest'
import { checkValue, holdsFrom, shelfUntil, valueText } from './fact-value.ts'
import { ageOf, mayRead, type Reader, relationName, wantedOf } from './household.ts'

const today = '2025-06-01'
const fact = (type: Fact['type'], more: Partial<Fact> = {}): Fact => ({
  id: 'it',
  name: '此项',
  entity: 'person',
  type,
  ...more,
})
const inYuan = (one: Fact, written: unknown) => checkValue(one, written, { today, money: 'yuan' })
const inFen = (one: Fact, written: unknown) => checkValue(one, written, { today, money: 'fen' })

describe('who may read what', () => {
  const reader = (role: string, more: Partial<Reader> = {}): Reader => ({
    role,
    hasDuty: false,
    hasReason: false,
    ...more,
  })
  test('plain facts are for everybody in case work, need signals for advisors with a duty', () => {
    expect(mayRead('plain', reader('advisor'))).toBe(true)
    expect(mayRead('need-signal', reader('advisor'))).toBe(false)
    expect(mayRead('need-signal', reader('advisor', { hasReason: true }))).toBe(false)
    expect(mayRead('need-signal', reader('advisor', { hasDuty: true }))).toBe(true)
    expect(mayRead('need-signal', reader('township'))).toBe(true)
  })
  test('what tells of health the district reads once it has said why', () => {
    for (const sensitivity of ['need-signal', 'clinical'] as const) {
      expect(mayRead(sensitivity, reader('district', { hasDuty: true }))).toBe(false)
      expect(mayRead(sensitivity, reader('district', { hasReason: true }))).toBe(true)
    }
  })
  test('clinical facts are for the district and the program only, duty and reason or not', () => {
    const readers = ['advisor', 'township', 'district', 'job'] as const
    const both = { hasDuty: true, hasReason: true }
    const allowed = readers.filter((role) => mayRead('clinical', reader(role, both)))
    expect(allowed).toEqual(['district', 'job'])
  })
  test('administrators and strangers read nothing', () => {
    for (const role of ['system-admin', 'security-admin', 'audit-admin', '']) {
      expect(mayRead('plain', reader(role, { hasDuty: true, hasReason: true }))).toBe(false)
    }
  })
})

describe('what is typed into the search', () => {
  test.each([
    ['310199194905010021', 'id-number', '310199194905010021'],
    ['310199 19490501 002x', 'id-number', '31019919490501002X'],
    ['100-0000-0012', 'phone', '10000000012'],
    [' 王秀英 ', 'words', '王秀英'],
    ['演示0000012', 'words', '演示0000012'],
    ['12号302室', 'words', '12号302室'],
  ])('%s is searched as %s', (query, by, text) => {
    expect(wantedOf(query)).toEqual({ by, text })
  })
})

test('relations are named by GB/T 4761; an unlisted code is still a word', () => {
  expect(['02', '10', '20', '30', '52', '99'].map(relationName)).toEqual([
    '户主',
    '配偶',
    '子',
    '女',
    '母亲',
    '非亲属',
  ])
  expect(relationName('83')).toBe('其他亲属')
  expect(relationName('')).toBe('其他')
})

test('age is counted in whole years; a birth after the day has none', () => {
  expect(ageOf('1945-06-01', today)).toBe(80)
  expect(ageOf('1945-06-02', today)).toBe(79)
  expect(ageOf(null, today)).toBeNull()
  expect(ageOf('2025-06-02', today)).toBeNull()
})

describe('a value that is recorded', () => {
  test('money in yuan becomes the exact fen, whatever binary fractions do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_100_000_000 }), (fen) => {
        const text = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
        expect(inYuan(fact('money'), text)).toEqual({ value: fen })
        expect(inYuan(fact('money'), Number(text))).toEqual({ value: fen })
        expect(inFen(fact('money'), fen)).toEqual({ value: fen })
      }),
    )
  })
  test.each([['12.345'], ['1e3'], ['-1'], [''], ['twelve'], [Number.NaN], [true], ['21000000.01']])(
    'an amount of %s yuan is refused',
    (written) => expect(inYuan(fact('money'), written)).toHaveProperty('wrong'),
  )
  test.each([[12.5], ['1200'], [-1], [2_100_000_001]])(
    'an amount of %s fen is refused',
    (written) => expect(inFen(fact('money'), written)).toHaveProperty('wrong'),
  )
  test('none is a value only where there can be none', () => {
    expect(inFen(fact('code', { codes: [], nullable: true }), null)).toEqual({ value: null })
    expect(inFen(fact('money'), null)).toHaveProperty('wrong')
  })
  test('a code is stored as code, written as code or in words', () => {
    const level = fact('code', { codes: [{ code: '2', name: '二级' }] })
    expect(inFen(level, '二级')).toEqual({ value: '2' })
    expect(inFen(level, '2')).toEqual({ value: '2' })
    expect(inFen(level, '9')).toEqual({ wrong: '要从中选一项：二级' })
  })
  test('a day is one of the calendar, and not after today', () => {
    expect(inFen(fact('date'), '2024-02-29')).toEqual({ value: '2024-02-29' })
    for (const day of ['2023-02-29', '2025-06-02', '1899-12-31', '1.6.2025', 20250601]) {
      expect(inFen(fact('date'), day)).toHaveProperty('wrong')
    }
  })
  test('numbers stay within their range and their decimals', () => {
    const homes = fact('integer', { range: [0, 50] })
    expect(inFen(homes, 50)).toEqual({ value: 50 })
    for (const written of [51, -1, 1.5, '3', Number.POSITIVE_INFINITY]) {
      expect(inFen(homes, written)).toHaveProperty('wrong')
    }
    expect(inFen(fact('number'), 15.25)).toEqual({ value: 15.25 })
    expect(inFen(fact('number'), 15.255)).toHaveProperty('wrong')
  })
  test('a fact past its shelf months is asked again; a birth holds from its own day', () => {
    expect(shelfUntil(fact('money', { shelfMonths: 6 }), '2025-08-31')).toBe('2026-02-28')
    expect(shelfUntil(fact('money'), '2025-08-31')).toBeNull()
    expect(holdsFrom(fact('date'), '1960-02-03', '2025-05-01')).toBe('1960-02-03')
    expect(holdsFrom(fact('money'), 100, '2025-05-01')).toBe('2025-05-01')
  })
  test('values are shown in words', () => {
    expect(valueText(fact('money', { unit: '元/月' }), 118_000)).toBe('1,180 元/月')
    expect(valueText(fact('money', { unit: '元' }), 118_050)).toBe('1,180.50 元')
    expect(valueText(fact('code', { codes: [{ code: '2', name: '二级' }] }), '2')).toBe('二级')
    expect(valueText(fact('boolean'), false)).toBe('否')
    expect(valueText(fact('integer', { unit: '套' }), 2)).toBe('2 套')
    expect(valueText(fact('code', { nullable: true }), null)).toBe('无')
  })
})
