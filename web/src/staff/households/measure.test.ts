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

function read(measure: Measure, verdict: Condition['verdict'], distance?: Condition['distance']) {
  const condition: Condition = { id: 'c', text: '', verdict, clause: null, reads: [], measure }
  return measureText(distance ? { ...condition, distance } : condition, t)
}

const by = (gap: [number | null, number | null], permille: [number | null, number | null]) => ({
  gap: { min: gap[0], max: gap[1] },
  permille: { min: permille[0], max: permille[1] },
})

test('a condition says how far it is from the line, in money and per cent', () => {
  expect(read(income, 'unmet', by([12_500, 12_500], [78, 78]))).toEqual({
    label: '人均收入',
    own: '1,720 元/人/月',
    standard: '低于 1,595 元/人/月',
    distance: '高出 125 元/人/月（7.8%）',
  })
})

test('a met condition says how far it lies under, an age without a share', () => {
  expect(read(income, 'met', by([-59_500, -59_500], [-373, -373]))?.distance).toBe(
    '低于标准 595 元/人/月（37.3%）',
  )
  const age: Measure = { ...income, money: false, unit: '周岁', label: '年龄' }
  expect(read(age, 'unmet', by([-2, -2], [-31, -31]))?.distance).toBe('低于标准 2 周岁')
})

test('of a range only what is sure is said', () => {
  expect(read(income, 'unmet', by([8500, null], [53, null]))?.distance).toBe(
    '至少高出 85 元/人/月（5.3%）',
  )
  expect(read(income, 'unknown', by([-159_500, null], [-1000, null]))?.distance).toBeNull()
  expect(read(income, 'met', by([-100, -50], [-1, 0]))?.distance).toBe(
    '至少低于标准 0.50 元/人/月（0.0%）',
  )
})

test('what rounds to the line itself is not said to be nothing', () => {
  expect(read(income, 'unmet', by([0, 0], [0, 0]))?.distance).toBe('与标准相差不到 1 分')
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
