import { expect, test } from 'vitest'
import { knownUntil, parameterBoundaries, parametersOn, reviewBy } from '../src/parameters.ts'
import { packFrom } from './pack-text.ts'

const pack = packFrom(`
facts: [{id: any, name: 任何, entity: person, type: boolean}]
programmes:
  - id: guide
    name: 指引
    category: any
    computes: guidance
    parameters:
      - id: yearly
        name: 年度标准
        type: money
        range: [0, null]
        adjusts: "07-01"
        rows: [{from: 2022-07-01, value: 1420}, {from: 2024-07-01, to: 2024-12-31, value: 1595}, {from: 2025-04-01, value: 1600.5}]
      - id: standing
        name: 长期标准
        type: integer
        confirmed: 2024-03-15
        rows: [{from: 2020-01-01, value: 60}]
`)

const on = (day: string, options = {}): { lo: number; hi: number; state: string }[] =>
  parametersOn(pack.parameters, day, options).map(({ lo, hi, state }) => ({ lo, hi, state }))

test('a row holds until the eve of the next, its own end, or the next usual adjustment', () => {
  const row = { from: '2024-07-01' }
  expect(knownUntil({ ...row, to: '2024-12-31' }, { from: '2026-01-01' }, '07-01')).toBe(
    '2024-12-31',
  )
  expect(knownUntil(row, { from: '2026-01-01' }, '07-01')).toBe('2025-12-31')
  expect(knownUntil(row, undefined, '07-01')).toBe('2025-06-30')
  expect(knownUntil({ from: '2025-04-01' }, undefined, '07-01')).toBe('2025-06-30')
  expect(knownUntil(row, undefined, undefined)).toBeNull()
})

test('a figure is the row of the day, in fen', () => {
  expect(on('2023-01-01')[0]).toEqual({ lo: 142_000, hi: 142_000, state: 'known' })
  expect(on('2025-06-30')[0]).toEqual({ lo: 160_050, hi: 160_050, state: 'known' })
})

test('between two rows that leave a gap there is no figure', () => {
  expect(on('2025-01-01')[0]).toEqual({ lo: 0, hi: Infinity, state: 'missing' })
})

test('after its last day a figure has expired, unless the last known is asked for', () => {
  expect(on('2025-07-01')[0]).toEqual({ lo: 0, hi: Infinity, state: 'expired' })
  expect(on('2025-07-01', { lastKnown: true })[0]?.lo).toBe(160_050)
  expect(on('2022-06-30', { lastKnown: true })[0]?.state).toBe('missing')
})

test('a figure put in place of the row is taken as known', () => {
  expect(on('2030-01-01', { overrides: { yearly: '1700.25' } })[0]).toEqual({
    lo: 170_025,
    hi: 170_025,
    state: 'known',
  })
})

test('a figure outside the declared range is not tried out', () => {
  expect(() => on('2025-06-01', { overrides: { yearly: -1 } })).toThrow(RangeError)
  expect(() => on('2025-06-01', { overrides: { yearly: '一千' } })).toThrow(RangeError)
  expect(() => on('2025-06-01', { overrides: { yearly: 1700.255 } })).toThrow(RangeError)
})

test('the days on which a figure changes are the first of each row and the day after each end', () => {
  const [yearly] = pack.parameters
  expect(yearly && parameterBoundaries(yearly, '2024-08-01').sort()).toEqual([
    '2025-01-01',
    '2025-04-01',
    '2025-07-01',
  ])
})

test('a figure that is not adjusted yearly is due for review 24 months after it was confirmed', () => {
  expect(reviewBy({ confirmed: '2024-02-29', rows: [] })).toBe('2026-02-28')
  expect(reviewBy({ adjusts: '07-01', rows: [{ from: '2020-01-01' }] })).toBeNull()
})
