import { expect, test } from 'vitest'
import { blockSentence, inOrder, keptUntil, stepsOf } from './erasure.ts'

test('a record is kept to the same day of the month, or to its end where it has none', () => {
  expect(keptUntil('2024-02-29', { years: 3, months: 0, days: 0 })).toBe('2027-02-28')
  expect(keptUntil('2024-01-31', { years: 0, months: 1, days: 0 })).toBe('2024-02-29')
  expect(keptUntil('2024-01-31', { years: 1, months: 1, days: 2 })).toBe('2025-03-02')
  expect(keptUntil('2024-12-31', { years: 0, months: 0, days: 1 })).toBe('2025-01-01')
})

test('whoever asks can withdraw, anybody else confirm, and nobody either once it is decided', () => {
  expect(stepsOf({ state: 'asked', byMe: true })).toEqual(['withdraw'])
  expect(stepsOf({ state: 'asked', byMe: false })).toEqual(['confirm', 'withdraw'])
  expect(stepsOf({ state: 'running', byMe: false })).toEqual([])
})

test('a list says of each class first what would go', () => {
  const one = { records: 1, persons: 1, households: 1, oldest: null }
  const given = [
    { ...one, class: 'file', outcome: 'due' },
    { ...one, class: 'aid', outcome: 'running' },
    { ...one, class: 'aid', outcome: 'due' },
  ] as const
  expect(inOrder(given).map(({ class: of, outcome }) => `${of} ${outcome}`)).toEqual([
    'aid due',
    'aid running',
    'file due',
  ])
})

test('whoever asks to be erased is told what stands in the way and from when it does not', () => {
  const none = { class: null, since: null, until: null }
  expect(blockSentence({ ...none, why: 'receiving', since: '2024-01-01' })).toContain(
    '自 2024-01-01 起',
  )
  expect(
    blockSentence({ why: 'least', class: 'aid', since: '2024-01-01', until: '2027-01-02' }),
  ).toBe('救助审核确认档案在法定最短保存期内，2027-01-02 起可以销毁')
})
