import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterStep,
  authorities,
  disposals,
  disposalsFor,
  type Evidence,
  graver,
  type Handling,
  keyOf,
  needsReview,
  news,
  outcomes,
  precisionOf,
  severities,
  type State,
  states,
  type Step,
  stepsOf,
  topics,
  ways,
} from './warning.ts'

const raised: Handling = {
  state: 'raised',
  severity: 'orange',
  topic: 'word',
  mustReport: false,
  assignee: null,
  contacted: false,
  reported: null,
  outcome: null,
  disposal: null,
}

const someone = '00000000-0000-4000-8000-000000000001'
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>({ kind: 'dispatch', to: someone }),
  fc.constant<Step>({ kind: 'acknowledge', by: someone }),
  fc.constant<Step>({ kind: 'contact' }),
  fc.constantFrom(...severities).map((severity): Step => ({ kind: 'contact', severity })),
  fc.constantFrom(...ways).map((way): Step => ({ kind: 'visit', way })),
  fc.constantFrom(...outcomes).map((outcome): Step => ({ kind: 'find', outcome })),
  fc.constantFrom(...authorities).map((to): Step => ({ kind: 'report', to, receipt: '回执一' })),
  fc
    .tuple(fc.constantFrom(...disposals), fc.constantFrom('', '  ', '已上门核实'))
    .map(([disposal, reason]): Step => ({ kind: 'dispose', disposal, reason })),
  fc.constant<Step>({ kind: 'feed-back' }),
  fc.constant<Step>({ kind: 'close' }),
)
const beginning = fc.record({
  severity: fc.constantFrom(...severities),
  mustReport: fc.boolean(),
})

/** Every state that a row of steps leads through, refused ones passed over. */
function walk(from: Partial<Handling>, steps: readonly Step[]): readonly Handling[] {
  const seen: Handling[] = [{ ...raised, ...from }]
  for (const one of steps) {
    const taken = afterStep(seen.at(-1) ?? raised, one)
    if ('handling' in taken) seen.push(taken.handling)
  }
  return seen
}

/** From where each state is come to (domain §1.5). */
const before: Readonly<Record<State, readonly State[]>> = {
  raised: [],
  dispatched: ['raised', 'dispatched', 'acknowledged'],
  acknowledged: ['raised', 'dispatched'],
  visited: ['acknowledged'],
  confirmed: ['visited'],
  false_positive: ['visited'],
  already_covered: ['visited'],
  moved_or_deceased: ['visited'],
  disposed: [...outcomes],
  fed_back: ['disposed'],
  closed: ['fed_back'],
}

describe('a warning', () => {
  test('never goes from one state to another that does not follow it, whatever is tried', () => {
    fc.assert(
      fc.property(beginning, fc.array(step, { maxLength: 40 }), (from, steps) => {
        const seen = walk(from, steps)
        for (const [i, now] of seen.entries()) {
          const last = seen[i - 1]
          if (last && last.state !== now.state) expect(before[now.state]).toContain(last.state)
        }
      }),
    )
  })

  test('is taken only by the steps that are offered', () => {
    fc.assert(
      fc.property(beginning, fc.array(step, { maxLength: 20 }), step, (from, steps, next) => {
        const last = walk(from, steps).at(-1) ?? raised
        if ('handling' in afterStep(last, next)) expect(stepsOf(last)).toContain(next.kind)
      }),
    )
  })

  test('comes to its end by a way that is open from wherever it stands', () => {
    fc.assert(
      fc.property(beginning, fc.array(step, { maxLength: 20 }), (from, steps) => {
        let now = walk(from, steps).at(-1) ?? raised
        const onwards: Step[] = [
          { kind: 'acknowledge', by: someone },
          { kind: 'visit', way: 'home' },
          { kind: 'find', outcome: 'confirmed' },
          { kind: 'report', to: 'police', receipt: '回执一' },
          { kind: 'dispose', disposal: 'case', reason: '已上门核实' },
          { kind: 'dispose', disposal: now.mustReport ? 'referral' : 'none', reason: '已上门核实' },
          { kind: 'feed-back' },
          { kind: 'close' },
        ]
        for (const one of onwards) {
          const taken = afterStep(now, one)
          if ('handling' in taken) now = taken.handling
        }
        expect(now.state).toBe('closed')
      }),
    )
  })

  test('is not disposed of without a reason, nor in a way that does not fit what was found', () => {
    fc.assert(
      fc.property(beginning, fc.array(step, { maxLength: 40 }), (from, steps) => {
        const seen = walk(from, steps)
        for (const { disposal, outcome, mustReport } of seen)
          if (disposal !== null && outcome !== null)
            expect(disposalsFor(outcome, { mustReport })).toContain(disposal)
      }),
    )
    const found = { ...raised, state: 'confirmed', outcome: 'confirmed' } as const
    expect(afterStep(found, { kind: 'dispose', disposal: 'aid', reason: ' ' })).toEqual({
      refused: 'warning-reason-missing',
    })
  })

  test('of harm is reported before anything else is done with it, and never merely watched', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        for (const { disposal, reported } of walk({ mustReport: true, severity: 'red' }, steps))
          if (disposal !== null) {
            expect(reported).not.toBeNull()
            expect(['monitor', 'none']).not.toContain(disposal)
          }
      }),
    )
  })

  test('keeps the severity that a rule gave it; what people said is weighed anew once somebody has spoken with them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...topics), fc.array(step, { maxLength: 40 }), (topic, steps) => {
        const seen = walk({ topic }, steps)
        for (const [i, { severity, contacted }] of seen.entries())
          if (severity !== (seen[i - 1]?.severity ?? severity)) {
            expect(topic).toBe('word')
            expect(contacted).toBe(true)
          }
      }),
    )
  })

  test('that is red is seen at home', () => {
    const taken = { ...raised, state: 'acknowledged', severity: 'red' } as const
    expect(afterStep(taken, { kind: 'visit', way: 'phone' })).toEqual({
      refused: 'warning-seen-at-home',
    })
    expect(afterStep(taken, { kind: 'visit', way: 'home' })).toHaveProperty('handling')
  })

  test('has as many states as the domain names', () => {
    expect(states).toHaveLength(11)
    expect(Object.keys(before)).toEqual([...states])
  })
})

const evidence: fc.Arbitrary<Evidence> = fc.record({
  householdId: fc.constant(1),
  personId: fc.option(fc.integer({ min: 1, max: 3 })),
  signal: fc.constantFrom('A01', 'A02', 'A04'),
  topic: fc.constant(topics[0]),
  severity: fc.constantFrom(...severities),
  content: fc.constantFrom('a', 'b', 'c'),
})

describe('evidence', () => {
  test('only grows: thirty runs that find the same add it once', () => {
    fc.assert(
      fc.property(fc.array(evidence), (found) => {
        const seen = new Set<string>()
        let added = 0
        for (let run = 0; run < 30; run++)
          for (const one of news(found, { live: 'yellow', seen, coolsUntil: null }, '2025-06-01')) {
            seen.add(keyOf(one))
            added += 1
          }
        expect(added).toBe(new Set(found.map(keyOf)).size)
      }),
    )
  })

  test('rests after a warning was closed, unless it is red', () => {
    fc.assert(
      fc.property(fc.array(evidence), (found) => {
        const standing = { live: null, seen: new Set<string>(), coolsUntil: '2025-07-01' }
        for (const one of news(found, standing, '2025-06-30')) expect(one.severity).toBe('red')
        expect(news(found, standing, '2025-07-01')).toHaveLength(new Set(found.map(keyOf)).size)
      }),
    )
  })

  test('makes a warning graver and never less grave', () => {
    const pair = fc.tuple(fc.constantFrom(...severities), fc.constantFrom(...severities))
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const both = graver(one, other)
        expect(severities.indexOf(both)).toBe(
          Math.min(severities.indexOf(one), severities.indexOf(other)),
        )
        expect(graver(other, one)).toBe(both)
      }),
    )
  })
})

describe('a rule', () => {
  const counts = { confirmed: 1, false_positive: 15, already_covered: 4, moved_or_deceased: 9 }

  test('was right as often as K03 says: whoever moved away counts for nothing', () => {
    expect(precisionOf(counts)).toBe(0.05)
    const none = { confirmed: 0, false_positive: 0, already_covered: 0, moved_or_deceased: 3 }
    expect(precisionOf(none)).toBeNull()
  })

  test('asks to be looked at once it was found out often enough and was seldom right', () => {
    expect(needsReview(counts, { percent: 6, least: 20 })).toBe(true)
    expect(needsReview(counts, { percent: 6, least: 21 })).toBe(false)
    expect(needsReview(counts, { percent: 5, least: 20 })).toBe(false)
  })
})
