import { addMonths, dayFromText, textFromDay } from '@qiao/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countsAs,
  dueKinds,
  type Every,
  type Held,
  nextDue,
  type Rule,
  ruleKeys,
  rulesFor,
  type Season,
} from './rhythm.ts'

const start = dayFromText('2025-01-01') ?? 0
const aDay = fc.integer({ min: 0, max: 700 }).map((n) => textFromDay(start + n))
const anEvery: fc.Arbitrary<Every> = fc.oneof(
  fc.record({ amount: fc.integer({ min: 1, max: 200 }), unit: fc.constant('day' as const) }),
  fc.record({ amount: fc.integer({ min: 1, max: 12 }), unit: fc.constant('month' as const) }),
)
const aRule: fc.Arbitrary<Rule> = fc.record({
  key: fc.constantFrom(...ruleKeys),
  contact: fc.option(anEvery),
  visit: fc.option(anEvery),
})
const held: fc.Arbitrary<Held[]> = fc.array(fc.record({ rule: aRule, since: aDay }), {
  maxLength: 4,
})
const aSeason: fc.Arbitrary<Season> = fc
  .record({
    kind: fc.constantFrom('heat' as const, 'cold' as const, 'holiday' as const),
    first: fc.integer({ min: 0, max: 900 }),
    length: fc.integer({ min: 0, max: 199 }),
    percent: fc.integer({ min: 10, max: 99 }),
  })
  .map(({ kind, first, length, percent }) => ({
    kind,
    percent,
    from: textFromDay(start + first),
    to: textFromDay(start + first + length),
  }))
const kind = fc.constantFrom(...dueKinds)
const last = fc.option(aDay)
const today = '2026-06-01'
const dueOf = (...[of, rules, more]: Parameters<typeof nextDue>) => nextDue(of, rules, more)?.due

describe('when something is due next', () => {
  test('the stricter of several rules wins: another rule never puts the day off', () => {
    fc.assert(
      fc.property(kind, held, held, last, (of, some, more, done) => {
        const one = dueOf(of, some, { last: done, today })
        const both = dueOf(of, [...some, ...more], { last: done, today })
        if (one !== undefined) expect((both ?? '9') <= one).toBe(true)
        else expect(both).toBe(dueOf(of, more, { last: done, today }))
      }),
    )
  })

  test('a season never puts the day off, and the shorter its intervals the sooner it is', () => {
    fc.assert(
      fc.property(
        kind,
        held,
        last,
        fc.array(aSeason, { maxLength: 3 }),
        (of, rules, done, seasons) => {
          const plain = dueOf(of, rules, { last: done, today })
          const more = dueOf(of, rules, { last: done, today, seasons })
          const denser = seasons.map((one) => ({ ...one, percent: Math.max(10, one.percent - 20) }))
          const most = dueOf(of, rules, { last: done, today, seasons: denser })
          if (plain === undefined) {
            expect(more).toBeUndefined()
            return
          }
          expect((more ?? '9') <= plain).toBe(true)
          expect((most ?? '9') <= (more ?? '')).toBe(true)
        },
      ),
    )
  })

  test('it is never due before the rule holds, nor on the day on which it was done', () => {
    fc.assert(
      fc.property(
        kind,
        aRule,
        aDay,
        last,
        fc.array(aSeason, { maxLength: 3 }),
        (of, rule, since, done, seasons) => {
          const due = dueOf(of, [{ rule, since }], { last: done, today, seasons })
          if (due === undefined) {
            expect(rule[of]).toBeNull()
            return
          }
          expect(due >= since).toBe(true)
          if (done !== null) expect(due > done).toBe(true)
        },
      ),
    )
  })

  test('done again on a later day it is due no sooner than before', () => {
    fc.assert(
      fc.property(kind, aRule, aDay, aDay, (of, rule, one, other) => {
        const [earlier, later] = [one, other].toSorted() as [string, string]
        const by = (done: string) =>
          dueOf(of, [{ rule, since: '2024-01-01' }], { last: done, today }) ?? ''
        expect(by(later) >= by(earlier)).toBe(true)
      }),
    )
  })

  test('what was missed stays missed until it is done, unless the rules become less strict', () => {
    fc.assert(
      fc.property(kind, aRule, anEvery, aDay, last, (of, rule, other, since, done) => {
        const former = { ...rule, [of]: other }
        const due = nextDue(of, [{ rule: former, since: '2024-01-01' }], { last: done, today })
        if (!due || due.due >= today) return
        const before = { ...due, last: done }
        const now = dueOf(of, [{ rule, since }], { last: done, today, before, rules: [former] })
        const every = rule[of]
        const length = ({ amount, unit }: Every) => (unit === 'day' ? amount : addMonths(0, amount))
        if (every && length(every) <= length(other)) expect((now ?? '9') <= due.due).toBe(true)
      }),
    )
  })
})

test.each([
  ['a week after the last contact', 'contact', '2025-05-20', '2025-05-27'],
  ['a month after the last visit', 'visit', '2025-05-20', '2025-06-20'],
  ['at the end of a shorter month', 'visit', '2025-01-31', '2025-02-28'],
  ['a first week where nobody was ever there', 'contact', null, '2025-01-08'],
] as const)('a high tier is due %s', (_when, of, done, due) => {
  const rule: Rule = {
    key: 'tier-high',
    contact: { amount: 7, unit: 'day' },
    visit: { amount: 1, unit: 'month' },
  }
  expect(dueOf(of, [{ rule, since: '2025-01-01' }], { last: done, today: '2025-05-21' })).toBe(due)
})

test('in heat a month becomes half a month, from its first day at the soonest', () => {
  const rule: Rule = { key: 'tier-high', contact: null, visit: { amount: 1, unit: 'month' } }
  const heat: Season = { kind: 'heat', from: '2025-07-10', to: '2025-08-31', percent: 50 }
  const by = (done: string) =>
    nextDue('visit', [{ rule, since: '2025-01-01' }], { last: done, today, seasons: [heat] })
  expect(by('2025-07-12')).toMatchObject({ due: '2025-07-27', season: 'heat' })
  expect(by('2025-06-15')).toMatchObject({ due: '2025-07-10', season: 'heat' })
  expect(by('2025-05-15')).toMatchObject({ due: '2025-06-15', season: null })
})

test('only whoever was met counts: at home as visit and contact, otherwise as contact', () => {
  expect(countsAs({ method: 'visit', outcome: 'met' })).toEqual(['contact', 'visit'])
  expect(countsAs({ method: 'phone', outcome: 'met' })).toEqual(['contact'])
  for (const outcome of ['nobody-home', 'refused', 'put-off', 'away'])
    expect(countsAs({ method: 'visit', outcome })).toEqual([])
})

test('a serious illness holds by a need signal only, everything else is known to all', () => {
  const rules = ruleKeys.map((key) => ({ key, contact: null, visit: null }))
  const standing = {
    tier: 'low',
    eightyAlone: true,
    scatteredTekun: false,
    childInDifficulty: true,
    seriousIllness: true,
  } as const
  const held = rulesFor(standing, rules, { tier: '2025-01-01', record: '2025-02-01' })
  const keys = (which: 'plain' | 'need-signal') =>
    held[which].map(({ rule, since }) => `${rule.key} ${since}`)
  expect(keys('plain')).toEqual([
    'tier-low 2025-01-01',
    'eighty-alone 2025-02-01',
    'child-in-difficulty 2025-02-01',
  ])
  expect(keys('need-signal')).toEqual(['serious-illness 2025-02-01'])
})
