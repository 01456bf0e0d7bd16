import { expect, test } from 'vitest'
import type { Parameter, ParameterRow } from '../../api/views.ts'
import { standardOn, stepsOf } from './standard-steps.ts'

function row(from: string, value: number, to: string | null = null): ParameterRow {
  return { from, to, value, document: null, source: [] }
}

const standard: Parameter = {
  id: 'dibao_standard',
  name: '低保标准',
  type: 'money',
  unit: '元/人/月',
  pending: [],
  knownUntil: '2025-06-30',
  reviewBy: null,
  adjusts: '07-01',
  own: true,
  rows: [row('2024-07-01', 1595), row('2023-07-01', 1510)],
}

test('a step lasts until the next begins, and after the last known day nobody knows', () => {
  expect(stepsOf(standard)).toEqual([
    { from: '2023-07-01', value: 1510 },
    { from: '2024-07-01', value: 1595 },
    { from: '2025-07-01', value: null },
  ])
})

test('a gap between two rows is shown, not bridged', () => {
  const rows = [row('2023-07-01', 1510, '2023-12-31'), row('2024-07-01', 1595)]
  expect(stepsOf({ ...standard, rows })[1]).toEqual({ from: '2024-01-01', value: null })
})

test('the standard of a day is the last step begun', () => {
  const steps = stepsOf(standard)
  expect(standardOn(steps, '2024-06-30')?.value).toBe(1510)
  expect(standardOn(steps, '2025-07-01')?.value).toBeNull()
  expect(standardOn(steps, '2020-01-01')).toBeNull()
})
