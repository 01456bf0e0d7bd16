import i18next from 'i18next'
import { expect, test } from 'vitest'
import type { Condition, Measure } from '../../api/views.ts'
import { messages } from '../../messages/languages.ts'
import { measureText } from './measure.ts'

const words = i18next.createInstance()
await words.init({ resources: messages, lng: 'zh-CN', interpolation: { escapeValue: false } })
const t = words.getFixedT<['households', 'words']>('zh-CN', ['households', 'words'])

const income: Measure = {
  left: { min: 172_000, max: 172_000 },
  op: '<',
  right: { min: 159_500, max: 159_500 },
  line: 'right',
  money: true,
  unit: '元/人/月',
  label: '人均收入',
}

function read(measure: Measure, verdict: Condition['verdict']) {
  const condition: Condition = { id: 'c', text: '', verdict, clause: null, reads: [], measure }
  return measureText(condition, t)
}

test('an unmet condition says how far it is from the line', () => {
  expect(read(income, 'unmet')).toEqual({
    label: '人均收入',
    own: '1,720 元/人/月',
    standard: '低于 1,595 元/人/月',
    distance: '超出 125 元/人/月',
  })
})

test('what only the declared range allows is not shown as known', () => {
  const open = { ...income, left: { min: 0, max: 2_100_000_000 } }
  expect(read(open, 'unknown')?.own).toBe('未知')
  expect(read({ ...open, left: { min: 90_000, max: null } }, 'unknown')?.own).toBe(
    '至少 900 元/人/月',
  )
})

test('a line on the left is read from the right', () => {
  const turned: Measure = { ...income, left: income.right, right: income.left, op: '>' }
  expect(read({ ...turned, line: 'left' }, 'unmet')).toEqual(read(income, 'unmet'))
})

test('a line nobody knows is said to be open', () => {
  expect(read({ ...income, right: { min: 0, max: null } }, 'unknown')?.standard).toBe('待核实')
})
