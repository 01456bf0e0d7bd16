import fc from 'fast-check'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { classed } from '../../platform/http/masking.ts'
import {
  fileName,
  limitOf,
  mostRowsOf,
  purposeProblem,
  stateOf,
  untilOf,
  watermarkOf,
} from './export.ts'
import { columnsFor } from './export-list.ts'
import { readPurposes } from './purposes.ts'

const standing = fc.record({
  counted: fc.nat(300),
  limitRows: fc.nat(300),
  approved: fc.constantFrom(null, true, false),
  askedAt: fc.nat(1e9),
  decidedAt: fc.option(fc.nat(1e9)),
  hours: fc.integer({ min: 1, max: 720 }),
})

test('what is above the limit waits until somebody decides, and is never ready before', () => {
  fc.assert(
    fc.property(standing, fc.nat(4e9), (one, now) => {
      const state = stateOf(one, now)
      if (one.counted > one.limitRows && one.approved === null) expect(state).toBe('waiting')
      if (one.approved === false) expect(state).not.toBe('ready')
      if (state === 'ready') expect(now).toBeLessThan(untilOf(one))
    }),
  )
})

test('what has expired stays so', () => {
  fc.assert(
    fc.property(standing, fc.nat(4e9), fc.nat(4e9), (one, now, later) => {
      if (stateOf(one, now) === 'expired') expect(stateOf(one, now + later)).toBe('expired')
    }),
  )
})

test('nobody gets more rows than the limit, or than a tenth above what was approved', () => {
  expect(mostRowsOf({ counted: 5, limitRows: 200 })).toBe(200)
  expect(mostRowsOf({ counted: 300, limitRows: 200 })).toBe(330)
  expect(mostRowsOf({ counted: 9, limitRows: 0 })).toBe(9)
})

test('a day has so many rows, of which no export takes more than one may', () => {
  const rules = { limitRows: 200, dayRows: 1000 }
  expect([0, 800, 850, 1000, 6000].map((taken) => limitOf(rules, taken))).toEqual([
    200, 200, 150, 0, 0,
  ])
})

test('a purpose is one of the list, in words where the list asks for them', async () => {
  const purposes = await readPurposes()
  expect(new Set(purposes.map(({ id }) => id)).size).toBe(purposes.length)
  const problem = (purpose: string, note: string | null) =>
    purposeProblem(purposes, { purpose, note })?.path
  expect(problem('visit', null)).toBeUndefined()
  expect(problem('other', null)).toBe('/body/note')
  expect(problem('other', '街镇年终核查')).toBeUndefined()
  expect(problem('nothing-of-the-kind', '有事')).toBe('/body/purpose')
})

test('the last line says who, when, what for and which export; the name of the file its number', () => {
  const one = {
    id: 12,
    by: '王五',
    area: '夏阳街道',
    at: '2025-06-01 09:30',
    purpose: '入户走访核实',
  }
  expect(watermarkOf(one)).toBe(
    '# 导出第 12 号 夏阳街道 王五 2025-06-01 09:30。仅供“入户走访核实”使用，不得外传。',
  )
  expect(fileName('borderline', 12)).toBe('borderline-12.csv')
})

test('a column that somebody is never shown is left out; one shown for their duty stays', () => {
  const row = Type.Object({
    name: classed(Type.String(), 'listed-name'),
    illness: Type.Union([classed(Type.String(), 'clinical'), Type.Null()]),
    place: Type.String(),
  })
  const cell = () => ''
  const list = {
    row,
    columns: [
      { name: '姓名', of: 'name', cell },
      { name: '病情', of: 'illness', cell },
      { name: '居村', of: 'place', cell },
    ],
  }
  const shown = columnsFor(list, (fieldClass, hasDuty) => fieldClass === 'listed-name' && hasDuty)
  expect(shown.map(({ name, shown: how }) => [name, how])).toEqual([
    ['姓名', 'duty'],
    ['居村', 'clear'],
  ])
})
