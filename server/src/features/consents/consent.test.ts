import { expect, test } from 'vitest'
import { stateOf, wrongTerm, wrongToldDay } from './consent.ts'

const today = '2025-06-01'

test.each([
  ['2025-06-02', '2025-12-31', null, 'coming'],
  ['2025-06-01', '2025-06-01', null, 'valid'],
  ['2024-06-01', '2025-05-31', null, 'over'],
  ['2025-01-01', '2025-12-31', '2025-03-01', 'withdrawn'],
])('an authorisation from %s to %s, taken back %s, is %s', (from, to, withdrawnOn, state) => {
  expect(stateOf({ from, to, withdrawnOn }, today)).toBe(state)
})

test('a term may begin before today and may not be over', () => {
  expect(wrongTerm({ from: '2025-01-01', to: today }, today)).toBeUndefined()
  expect(wrongTerm({ from: '2025-01-01', to: '2025-05-31' }, today)?.field).toBe('to')
  expect(wrongTerm({ from: today, to: '2025-05-31' }, today)?.field).toBe('to')
  expect(wrongTerm({ from: '2025-02-29', to: today }, today)?.field).toBe('from')
})

test('what somebody said, they said by today', () => {
  expect(wrongToldDay(today, today)).toBeUndefined()
  expect(wrongToldDay('2025-06-02', today)?.field).toBe('toldOn')
})
