import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gapOf, type Measured, povertyOf, weightedSum } from './alkire-foster.ts'
import {
  type Answer,
  type Answered,
  answers,
  gradeOf,
  indicatorIds,
  type IndicatorId,
  monthsValid,
  redLines,
  shippedWeights,
  weigh,
  weightsProblem,
} from './assessment.ts'
import { basisPoints, criticWeights } from './critic.ts'
import { kappaOf } from './kappa.ts'
import { monthsAfter } from './write.ts'

/** The worked example of domain.md §3.2. */
const example: readonly Readonly<{ persons: number; lacks: readonly IndicatorId[] }>[] = [
  { persons: 3, lacks: ['income', 'housing', 'illness', 'employment'] },
  { persons: 2, lacks: ['income', 'disability'] },
  {
    persons: 4,
    lacks: ['income', 'illness', 'education', 'employment', 'participation', 'child-burden'],
  },
  { persons: 1, lacks: ['income'] },
  {
    persons: 2,
    lacks: ['housing', 'education', 'participation', 'insurance', 'child-environment'],
  },
]
const measured: readonly Measured[] = example.map(({ persons, lacks }) => ({
  persons,
  deprived: indicatorIds.map((id) => lacks.includes(id)),
}))
/** A sixth for each dimension, parted equally, in twelfths. */
const twelfths = [1, 1, 1, 1, 2, 2, 1, 1, 1, 1]

describe.each([
  ['in twelfths', twelfths, 4, 6],
  ['in the basis points that are shipped', shippedWeights.weights, 3333, 5000],
] as const)('the worked example %s', (_, weights, third, half) => {
  const all = weights.reduce((sum, one) => sum + one, 0)
  test('gives the scores of the five households', () => {
    const scores = measured.map(({ deprived }) => (weightedSum(deprived, weights) / all).toFixed(4))
    expect(scores).toEqual(['0.4167', '0.1667', '0.6667', '0.0833', '0.5000'])
  })

  test('from a third on: three households, nine of twelve people', () => {
    const { poor, persons, h, a, m0 } = povertyOf(measured, weights, third)
    expect([poor, persons]).toEqual([9, 12])
    expect([h, a, m0].map((one) => one.toFixed(4))).toEqual(['0.7500', '0.5463', '0.4097'])
  })

  test('from a half on, the household exactly there included; contributions add up to 1', () => {
    const { poor, h, a, m0, contributions } = povertyOf(measured, weights, half)
    expect(poor).toBe(6)
    expect([h, a, m0].map((one) => one.toFixed(4))).toEqual(['0.5000', '0.6111', '0.3056'])
    expect(contributions.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12)
  })
})

test('where nobody is poor or nobody is measured nothing is divided by none', () => {
  const none = { h: 0, a: 0, m0: 0, contributions: twelfths.map(() => 0) }
  expect(povertyOf([], twelfths, 4)).toMatchObject(none)
  expect(povertyOf([{ persons: 2, deprived: [] }], twelfths, 4)).toMatchObject(none)
})

test('M0 is H times A, and grows with no line that is lower', () => {
  const household = fc.record({
    persons: fc.integer({ min: 1, max: 9 }),
    deprived: fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
  })
  fc.assert(
    fc.property(
      fc.array(household, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 12 }),
      (all, line) => {
        const { h, a, m0 } = povertyOf(all, twelfths, line)
        expect(m0).toBeCloseTo(h * a, 12)
        expect(m0).toBeGreaterThanOrEqual(povertyOf(all, twelfths, line + 1).m0 - 1e-12)
      },
    ),
  )
})

test('the depth of a lack is none at its line and all of it at nothing', () => {
  expect([
    gapOf(100, 100, 1),
    gapOf(120, 100, 1),
    gapOf(75, 100, 1),
    gapOf(75, 100, 2),
    gapOf(0, 100, 2),
  ]).toEqual([0, 0, 0.25, 0.0625, 1])
})

describe('CRITIC', () => {
  const rows = [
    [0.9, 0.2, 0.5],
    [0.4, 0.8, 0.1],
    [0.6, 0.6, 0.9],
    [0.1, 0.3, 0.4],
    [0.8, 0.9, 0.2],
  ]
  test('gives the weights of the worked example', () => {
    const weights = criticWeights(rows)
    expect(weights.map((one) => one.toFixed(4))).toEqual(['0.2718', '0.3868', '0.3415'])
    expect(basisPoints(weights)).toEqual([2718, 3868, 3414])
  })

  test('an indicator that is the same for all weighs nothing', () => {
    const weights = criticWeights(rows.map((row) => [...row, 1]))
    expect(weights[3]).toBe(0)
    expect(
      criticWeights([
        [1, 0],
        [1, 0],
      ]),
    ).toEqual([0, 0])
  })

  test('works a district out', () => {
    const many = Array.from({ length: 150_000 }, (_, place) => [place % 2, place % 3 === 0 ? 1 : 0])
    expect(criticWeights(many).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
  })

  test('weights are none below zero and add up, whatever the data; as basis points to 10,000', () => {
    const row = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (data) => {
        const weights = criticWeights(data)
        expect(weights.every((one) => one > -1e-9)).toBe(true)
        const sum = weights.reduce((all, one) => all + one, 0)
        if (sum === 0) return
        expect(sum).toBeCloseTo(1, 9)
        expect(basisPoints(weights).reduce((all, one) => all + one, 0)).toBe(10_000)
      }),
    )
  })
})

const answered = (given: Partial<Answered>, rest: Answer = 'no'): Answered =>
  Object.fromEntries(indicatorIds.map((id) => [id, given[id] ?? rest])) as Answered

describe('a grade', () => {
  test('begins on its cut-off', () => {
    const { cuts } = shippedWeights
    expect([1999, 2000, 3299, 3300, 4999, 5000].map((score) => gradeOf(score, cuts))).toEqual([
      'none',
      'low',
      'low',
      'middle',
      'middle',
      'high',
    ])
  })

  test('is given where it holds whatever the unknown turns out to be', () => {
    const sure = weigh(answered({ income: 'unknown' }), [], shippedWeights)
    expect(sure).toMatchObject({
      least: 0,
      most: 833,
      grade: 'none',
      proposed: 'support',
      missing: ['income'],
    })
    const open = weigh(answered({ education: 'yes', income: 'unknown' }), [], shippedWeights)
    expect(open).toMatchObject({
      least: 1667,
      most: 2500,
      grade: null,
      proposed: null,
      missing: ['income'],
    })
  })

  test('every way the unknown turns out gives the grade that is given, and two grades where none is', () => {
    const each = fc.record(
      Object.fromEntries(indicatorIds.map((id) => [id, fc.constantFrom(...answers)])),
    ) as fc.Arbitrary<Answered>
    fc.assert(
      fc.property(each, (one) => {
        const { grade } = weigh(one, [], shippedWeights)
        const unknown = indicatorIds.filter((id) => one[id] === 'unknown')
        const found = new Set<string | null>()
        for (let way = 0; way < 2 ** unknown.length; way++) {
          const turned = Object.fromEntries(
            unknown.map((id, place) => [id, way & (1 << place) ? 'yes' : 'no'] as const),
          )
          found.add(weigh({ ...one, ...turned }, [], shippedWeights).grade)
        }
        expect(found.size === 1 ? [...found] : [null]).toEqual([grade])
      }),
    )
  })
})

test('a red line makes it urgent whatever the score, and whatever is unknown', () => {
  for (const red of redLines)
    expect(weigh(answered({}, 'unknown'), [red], shippedWeights).proposed).toBe('urgent')
  const class1 = (lacks: readonly IndicatorId[]) =>
    weigh(answered(Object.fromEntries(lacks.map((id) => [id, 'yes']))), [], shippedWeights).proposed
  expect(class1([])).toBe('support')
  expect(class1(['education', 'income'])).toBe('support')
  expect(class1(['education', 'employment'])).toBe('development')
  expect(class1(['education', 'employment', 'income', 'housing'])).toBe('guarantee')
})

test('what is shipped can be used; what does not add up, or whose cut-offs do not rise, cannot', () => {
  expect(weightsProblem(shippedWeights)).toBeUndefined()
  const { weights, cuts } = shippedWeights
  expect(weightsProblem({ ...shippedWeights, weights: weights.with(0, 834) })).toContain('10001')
  expect(weightsProblem({ ...shippedWeights, weights: weights.slice(1) })).toBeDefined()
  expect(
    weightsProblem({ ...shippedWeights, weights: weights.with(0, -1).with(1, 1668) }),
  ).toBeDefined()
  expect(weightsProblem({ ...shippedWeights, cuts: { ...cuts, middle: cuts.low } })).toBeDefined()
  expect(weightsProblem({ ...shippedWeights, line: 0 })).toBeDefined()
})

test('an assessment holds six, twelve or twenty-four months, what is urgent six', () => {
  expect([
    monthsValid('high', []),
    monthsValid('middle', []),
    monthsValid('low', []),
    monthsValid('none', []),
  ]).toEqual([6, 12, 24, 24])
  expect([monthsValid('none', ['violence']), monthsValid(null, ['violence'])]).toEqual([6, 6])
  expect([
    monthsAfter('2025-08-31', 6),
    monthsAfter('2023-08-31', 6),
    monthsAfter('2025-06-01', 12),
    monthsAfter('2025-12-15', 24),
  ]).toEqual(['2026-02-28', '2024-02-29', '2026-06-01', '2027-12-15'])
})

test('months later it is the same day, or the last of a month that is shorter', () => {
  const from = Date.UTC(2000, 0, 1) / 86_400_000
  fc.assert(
    fc.property(
      fc.integer({ min: from, max: from + 20_000 }),
      fc.constantFrom(6, 12, 24),
      (day, months) => {
        const text = new Date(day * 86_400_000).toISOString().slice(0, 10)
        const [year = 0, month = 0, date = 0] = text.split('-').map(Number)
        const later = monthsAfter(text, months)
        const [toYear = 0, toMonth = 0, toDate = 0] = later.split('-').map(Number)
        expect((toYear - year) * 12 + toMonth - month).toBe(months)
        expect(toDate).toBe(Math.min(date, new Date(Date.UTC(toYear, toMonth, 0)).getUTCDate()))
      },
    ),
  )
})

describe('how far two assessors agree', () => {
  const pairs = (counts: readonly [a: string, b: string, times: number][]) =>
    counts.flatMap(([a, b, times]) => Array.from({ length: times }, () => [a, b] as const))

  test('is counted beyond what chance alone would give', () => {
    // 20 and 15 of 50 alike: 0.7 observed, 0.5 by chance.
    const seen = pairs([
      ['yes', 'yes', 20],
      ['yes', 'no', 5],
      ['no', 'yes', 10],
      ['no', 'no', 15],
    ])
    expect(kappaOf(seen)).toBeCloseTo(0.4, 12)
  })

  test('is whole where all are alike, none where it is as chance has it, below where they contradict', () => {
    expect(
      kappaOf(
        pairs([
          ['yes', 'yes', 3],
          ['no', 'no', 2],
        ]),
      ),
    ).toBe(1)
    expect(
      kappaOf(
        pairs([
          ['yes', 'yes', 1],
          ['yes', 'no', 1],
          ['no', 'yes', 1],
          ['no', 'no', 1],
        ]),
      ),
    ).toBe(0)
    expect(
      kappaOf(
        pairs([
          ['yes', 'no', 2],
          ['no', 'yes', 2],
        ]),
      ),
    ).toBe(-1)
  })

  test('cannot be said of nothing, or where both said one thing only', () => {
    expect(kappaOf([])).toBeNull()
    expect(kappaOf(pairs([['yes', 'yes', 5]]))).toBeNull()
  })
})
