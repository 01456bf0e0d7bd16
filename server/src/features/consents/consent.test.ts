import { dayFromText, textFromDay } from '@qiao/rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fourteenOn,
  stateOf,
  stillMissing,
  wrongConsent,
  wrongSpeaker,
  wrongTerm,
  wrongToldDay,
} from './consent.ts'

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

const days = fc
  .integer({ min: dayFromText('2000-01-01') ?? 0, max: dayFromText('2040-12-31') ?? 0 })
  .map(textFromDay)

test('a consent is in one state a day: valid from its first to its last day, never once taken back', () => {
  fc.assert(
    fc.property(days, days, days, fc.option(days), (a, b, today, withdrawnOn) => {
      const [from, to] = a < b ? [a, b] : [b, a]
      const state = stateOf({ from, to, withdrawnOn }, today)
      expect(state === 'withdrawn').toBe(withdrawnOn !== null)
      expect(state === 'valid').toBe(withdrawnOn === null && from <= today && today <= to)
    }),
  )
})

test('nobody under fourteen, and nobody of unknown age, is taken at their own word', () => {
  fc.assert(
    fc.property(days, days, days, fc.boolean(), (born, a, b, hasGuardian) => {
      const [from, to] = a < b ? [a, b] : [b, a]
      const said = { from, to, hasGuardian }
      const child = from < fourteenOn(born)
      const accepted = wrongSpeaker(said, born) === undefined
      expect(accepted).toBe(hasGuardian ? child && to < fourteenOn(born) : !child)
      expect(wrongSpeaker(said, null)).toBe('birth-date')
    }),
  )
})

test('a guardian’s consent asks to be confirmed from the fourteenth birthday on', () => {
  const given = { from: '2024-01-01', to: '2026-12-31', withdrawnOn: null, guardianName: '母亲' }
  const born = '2011-06-01'
  expect(stateOf({ ...given, born }, '2025-05-31')).toBe('valid')
  expect(stateOf({ ...given, born }, '2025-06-01')).toBe('reconfirm')
  expect(fourteenOn('2012-02-29')).toBe('2026-02-28')
})

test('a duty laid down by law asks nobody, and data that leaves names its receiver', () => {
  const said = {
    personId: 1,
    purpose: 'x',
    noticeId: 7,
    way: 'paper',
    from: today,
    to: today,
    evidence: '一号',
  } as const
  const wrong = (purpose: object, more: object = {}, noticeId: number | undefined = 7) =>
    wrongConsent(
      { ...said, ...more },
      { purpose: { restsOn: 'separate', toOthers: false, ...purpose }, noticeId, today },
    )?.field
  expect(wrong({})).toBeUndefined()
  expect(wrong({ restsOn: 'duty' })).toBe('purpose')
  expect(wrong({ toOthers: true })).toBe('recipient')
  expect(wrong({ toOthers: true }, { recipient: '某社会组织' })).toBeUndefined()
  expect(wrong({}, { recipient: '某社会组织' })).toBe('recipient')
  expect(wrong({}, {}, 8)).toBe('noticeId')
  expect(wrong({}, { from: '2025-06-02', to: '2025-06-02' })).toBe('from')
  expect(wrong({}, { guardianName: '某人' })).toBe('guardianRelation')
})

test('a check of means is complete when each member’s own authorisation holds under a notice', () => {
  const of = (personId: number | null, state: 'valid' | 'over', noticeId: number | null = 1) => ({
    personId,
    state,
    noticeId,
    purpose: 'means-check',
  })
  expect(stillMissing([1, 2], [of(1, 'valid'), of(2, 'valid'), of(2, 'over')])).toEqual([])
  expect(
    stillMissing(
      [1, 2, 3, 4],
      [of(1, 'valid'), of(2, 'over'), of(3, 'valid', null), of(null, 'valid', null)],
    ),
  ).toEqual([
    { personId: 2, why: 'over' },
    { personId: 3, why: 'untold' },
    { personId: 4, why: 'none' },
  ])
})
