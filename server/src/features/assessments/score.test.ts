import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Instrument, instrumentCalled, instrumentIds, instruments } from './instrument.ts'
import { alarmsOf, type Score, scoreOf, scoreOfTotal } from './score.ts'

const called = (id: string): Instrument => {
  const found = instrumentCalled(id)
  if (!found) throw new Error(id)
  return found
}
/** Options by what they score: what the vectors of domain.md name. */
const byPoints = (instrument: Instrument, points: readonly number[]) =>
  instrument.items.map((item, place) => item.points.indexOf(points[place] ?? 0))
const score = (id: string, points: readonly number[]): Score => {
  const result = scoreOf(called(id), byPoints(called(id), points))
  if ('wrong' in result) throw new Error(result.wrong)
  return result.score
}
const all = (id: string, points: number) =>
  score(
    id,
    called(id).items.map(() => points),
  )

describe('the vectors of domain.md §3.3', () => {
  test('SSRS: the least answers give 12 in parts 1, 8 and 3, the most with nine sources 66 in 22, 32 and 12', () => {
    const least = score('ssrs', [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1])
    expect(least.total).toBe(12)
    expect(least.parts).toEqual({ objective: 1, subjective: 8, use: 3 })
    const most = score('ssrs', [4, 4, 4, 4, 4, 4, 4, 4, 4, 9, 9, 4, 4, 4])
    expect(most.total).toBe(66)
    expect(most.parts).toEqual({ objective: 22, subjective: 32, use: 12 })
    expect([least.band?.id, most.band?.id]).toEqual(['low', 'high'])
  })

  test('PHQ-9: all 1 gives 9, mild, and begins the safety flow by its ninth item', () => {
    const { total, band, lines } = all('phq-9', 1)
    expect([total, band?.id, lines]).toEqual([9, 'mild', []])
    expect(alarmsOf(called('phq-9'), Array<number>(9).fill(1), total)).toEqual(['self-harm-item'])
  })
})

test.each([
  ['barthel', 100],
  ['lawton', 8],
  ['phq-9', 27],
  ['gad-7', 21],
  ['who-5', 100],
  ['lsns-6', 30],
  ['ucla-3', 9],
  ['ssrs', 66],
  ['gses', 40],
  ['gds-15', 15],
])('%s goes up to %i', (id, most) => {
  const instrument = called(id)
  expect(
    score(
      id,
      instrument.items.map(({ points }) => Math.max(...points)),
    ).total,
  ).toBe(most)
})

test.each([
  [
    'phq-9',
    [
      [4, 'minimal'],
      [5, 'mild'],
      [9, 'mild'],
      [10, 'moderate'],
      [14, 'moderate'],
      [15, 'fairly-severe'],
      [19, 'fairly-severe'],
      [20, 'severe'],
    ],
  ],
  [
    'gad-7',
    [
      [4, 'minimal'],
      [5, 'mild'],
      [9, 'mild'],
      [10, 'moderate'],
      [14, 'moderate'],
      [15, 'severe'],
    ],
  ],
  [
    'barthel',
    [
      [40, 'severe'],
      [45, 'moderate'],
      [60, 'moderate'],
      [65, 'mild'],
      [95, 'mild'],
      [100, 'none'],
    ],
  ],
  [
    'gbt-42195',
    [
      [0, 'total'],
      [29, 'total'],
      [30, 'severe'],
      [45, 'severe'],
      [46, 'moderate'],
      [65, 'moderate'],
      [66, 'mild'],
      [89, 'mild'],
      [90, 'intact'],
    ],
  ],
] as const)('%s: each band begins and ends where it is said to', (id, cases) => {
  for (const [total, band] of cases)
    expect(called(id).bands.find(({ from, to }) => total >= from && total <= to)?.id).toBe(band)
})

test('bands of an instrument follow one another without a gap', () => {
  for (const { bands } of instruments) {
    const sorted = bands.toSorted((a, b) => a.from - b.from)
    for (const [place, { from }] of sorted.entries())
      if (place > 0) expect(from).toBe((sorted[place - 1]?.to ?? 0) + 1)
  }
})

test('WHO-5 counts four times, and is low at 50 and below', () => {
  expect(score('who-5', [3, 3, 2, 2, 2]).total).toBe(48)
  const lines = (points: readonly number[]) => score('who-5', points).lines.map(({ id }) => id)
  expect(lines([3, 3, 3, 2, 2])).toEqual([])
  expect(lines([3, 3, 2, 2, 2])).toEqual(['low'])
  expect(lines([2, 2, 1, 1, 1])).toEqual(['low', 'depression'])
})

test('LSNS-6 tells of isolation below 12, and of each half below 6', () => {
  const lines = (points: readonly number[]) => score('lsns-6', points).lines.map(({ id }) => id)
  expect(lines([2, 2, 2, 2, 2, 2])).toEqual([])
  expect(lines([2, 2, 2, 2, 2, 1])).toEqual(['isolated', 'friends'])
})

test('Lawton scores the best-fitting option, of which several may count alike', () => {
  const { items } = called('lawton')
  expect(items.map(({ points }) => points.join(''))).toEqual([
    '1110',
    '1000',
    '1000',
    '11110',
    '110',
    '11100',
    '100',
    '110',
  ])
})

test('GDS-15 counts five items when they are denied', () => {
  expect(
    called('gds-15').items.flatMap(({ points }, place) => (points[0] === 0 ? [place + 1] : [])),
  ).toEqual([1, 5, 7, 11, 13])
  expect(score('gds-15', [0, 1, 1, 1, 1, 1]).lines.map(({ id }) => id)).toEqual(['depression'])
})

describe('what is missing', () => {
  const phq9 = called('phq-9')
  test('is refused unless the instrument allows it and the assessor chose it', () => {
    const seven = [1, 1, 1, 1, 1, 1, 1, null, null]
    expect(scoreOf(phq9, seven)).toEqual({ wrong: '还有 2 项没有答' })
    expect(scoreOf(phq9, seven, true)).toMatchObject({ score: { total: 9, prorated: true } })
    expect(scoreOf(phq9, [1, 1, 1, 1, 1, 1, null, null, null], true)).toHaveProperty('wrong')
    expect(scoreOf(called('gad-7'), [1, 1, 1, 1, 1, 1, null], true)).toHaveProperty('wrong')
  })

  test('a ninth item that was answered begins the safety flow all the same', () => {
    expect(alarmsOf(phq9, [0, 0, 0, 0, 0, 0, 0, null, 1], 1)).toEqual(['self-harm-item'])
  })

  test('an option that is not there, and items too few or many, are refused', () => {
    expect(scoreOf(phq9, [4, 0, 0, 0, 0, 0, 0, 0, 0])).toHaveProperty('wrong')
    expect(scoreOf(phq9, [0])).toHaveProperty('wrong')
    expect(scoreOf(called('gbt-42195'), [])).toHaveProperty('wrong')
    expect(scoreOfTotal(called('gbt-42195'), 91)).toHaveProperty('wrong')
    expect(scoreOfTotal(phq9, 5)).toHaveProperty('wrong')
    expect(scoreOfTotal(called('gbt-42195'), 66)).toMatchObject({ score: { band: { id: 'mild' } } })
  })
})

test('a total of 20 begins the safety flow, 19 does not', () => {
  const phq9 = called('phq-9')
  expect(alarmsOf(phq9, [3, 3, 3, 3, 3, 3, 2, 0, 0], 20)).toEqual(['severe-total'])
  expect(alarmsOf(phq9, [3, 3, 3, 3, 3, 3, 1, 0, 0], 19)).toEqual([])
  expect(alarmsOf(called('gad-7'), Array<number>(7).fill(3), 21)).toEqual([])
})

test('whatever is answered, the total lies within the least and the most of the items, in one band at most', () => {
  const scored = instruments.filter(({ totalOnly }) => !totalOnly)
  expect(scored.map(({ id }) => id)).toHaveLength(instrumentIds.length - 1)
  fc.assert(
    fc.property(
      fc
        .constantFrom(...scored)
        .chain((instrument) =>
          fc.tuple(
            fc.constant(instrument),
            fc.tuple(...instrument.items.map(({ points }) => fc.nat(points.length - 1))),
          ),
        ),
      ([instrument, answers]) => {
        const result = scoreOf(instrument, answers)
        if ('wrong' in result) throw new Error(result.wrong)
        const sum = (pick: (points: readonly number[]) => number) =>
          instrument.items.reduce((all, { points }) => all + pick(points), 0) * instrument.times
        expect(result.score.total).toBeGreaterThanOrEqual(sum((points) => Math.min(...points)))
        expect(result.score.total).toBeLessThanOrEqual(sum((points) => Math.max(...points)))
        const { bands } = instrument
        const within = bands.filter(
          ({ from, to }) => result.score.total >= from && result.score.total <= to,
        )
        expect(within).toHaveLength(bands.length === 0 ? 0 : 1)
      },
    ),
  )
})
