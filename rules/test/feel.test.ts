import { expect, test } from 'vitest'
import { evaluateFeel } from '../src/feel/evaluation/evaluate-feel.ts'

test('decimals are decimals', () => {
  expect(evaluateFeel('0.1 + 0.2 = 0.3', {})).toEqual({ value: true })
  expect(evaluateFeel('1.10 * 3', {})).toEqual({ value: 3.3 })
})

test('a name that is not given is unknown, unless it does not matter', () => {
  expect(evaluateFeel('收入 < 1000 and 年龄 > 60', { 年龄: 70 })).toEqual({ unknown: ['收入'] })
  expect(evaluateFeel('收入 < 1000 and 年龄 > 60', { 年龄: 50 })).toEqual({ value: false })
  expect(evaluateFeel('if 租房 then 1 else 1', {})).toEqual({ value: 1 })
})

test('null is an answer and not the same as unknown', () => {
  expect(evaluateFeel('养老金 = null', { 养老金: null })).toEqual({ value: true })
  expect(evaluateFeel('养老金 = null', {})).toEqual({ unknown: ['养老金'] })
})

test('days and durations are written as tagged values both ways', () => {
  expect(evaluateFeel('出生 + duration("P18Y")', { 出生: { '@date': '2008-02-29' } })).toEqual({
    value: { '@date': '2026-02-28' },
  })
  expect(evaluateFeel('d * 2', { d: { '@duration': 'P1M' } })).toEqual({
    value: { '@duration': 'P2M' },
  })
})

test('what cannot be read is refused with a reason', () => {
  expect(evaluateFeel('收入 ＜ 3', {})).toHaveProperty('refused')
  expect(evaluateFeel('if a then b', {})).toEqual({ refused: 'if … then … 之后缺少 else …' })
  expect(evaluateFeel('1 + '.repeat(10_000), {})).toHaveProperty('refused')
})

test('an expression that would run for ever is refused', () => {
  expect(evaluateFeel('count(for i in 1..10000, j in 1..10000 return i * j)', {})).toHaveProperty(
    'refused',
  )
})
