import fc from 'fast-check'
import { expect, test } from 'vitest'
import { breaksBetween } from '../src/cliffs/breaks.ts'
import { incomeCurve } from '../src/cliffs/curve.ts'
import { distanceOf } from '../src/cliffs/distance.ts'
import { combine } from '../src/combination/combine.ts'
import type { HouseholdFacts, MeasureResult } from '../src/results.ts'
import { packFrom } from './pack-text.ts'
import { drawn } from './random/draw.ts'
import { runs, unhurried } from './runs.ts'
import { householdOf } from './small-packs.ts'

const on = '2025-06-01'
const condition = (expr: string) =>
  `[{id: when, text: 条件, clause: {document: 条款待核}, expr: '${expr}'}]`

/** Aid below 1000 yuan a head, earnings from 2000 on 300 less; grain hangs on the aid's status. */
const pack = packFrom(`
pack: {id: small, version: "1", income: {earned: labour, benefits: other}}
facts:
  - {id: labour, name: 劳动收入, entity: person, type: money}
  - {id: other, name: 其他收入, entity: person, type: money}
  - {id: holds_aid, name: 低保身份, entity: household, type: boolean, kind: status, programme: aid}
programmes:
  - id: aid
    name: 低保
    category: any
    computes: full
    income: {counted: false, confidence: high}
    terms:
      - {id: counted, name: 计入收入, entity: person, expr: (if 劳动收入 >= 2000 then 劳动收入 - 300 else 劳动收入) + 其他收入}
    tiers: [{id: only, target: household, conditions: ${condition('sum(members.计入收入) / count(members) < 1000')}, amount: {kind: computed, per: month, expr: '1000 * count(members) - sum(members.计入收入)'}}]
  - id: grain
    name: 粮油
    category: any
    computes: full
    income: {counted: false, confidence: high}
    tiers: [{id: only, target: person, conditions: ${condition('status("aid")')}, amount: {kind: computed, per: month, expr: '72'}}]
  - id: worker
    name: 在业
    category: any
    computes: full
    tiers: [{id: only, target: person, conditions: ${condition('劳动收入 >= 1000')}, amount: {kind: none}}]
`)
const couple = (received: boolean, labour = 0) =>
  householdOf({ holds_aid: received }, { labour, other: 0 }, { labour: 0, other: 0 })

function curveOf(household: HouseholdFacts, received: string[] = []) {
  const found = incomeCurve(pack, household, on, { isReceived: (id) => received.includes(id) })
  if (!found) throw new Error('no curve')
  return found
}

const fen = (yuan: number) => Math.round(yuan * 100)

test('every loss is named at the fen of income at which it comes', () => {
  expect(curveOf(couple(true), ['aid']).losses).toEqual([
    {
      programme: 'aid',
      kind: 'tapers',
      earned: 0,
      until: fen(1999.99),
      curves: ['confirmed', 'followed'],
      lost: { kind: 'exact', fen: fen(1999.99), per: 'month' },
    },
    {
      programme: 'aid',
      kind: 'tapers',
      earned: fen(2000),
      until: fen(2299.99),
      curves: ['confirmed', 'followed'],
      lost: { kind: 'exact', fen: fen(299.99), per: 'month' },
    },
    ...[
      { programme: 'aid', lost: 1 },
      { programme: 'grain', member: 'm0', lost: 7200 },
      { programme: 'grain', member: 'm1', lost: 7200 },
    ].map(({ lost, ...of }) => ({
      ...of,
      kind: 'ends',
      earned: fen(2300),
      curves: ['confirmed', 'followed'],
      lost: { kind: 'exact', fen: lost, per: 'month' },
    })),
  ])
})

test('without the status, what hangs on it is only on the curve of what follows', () => {
  const { points, losses } = curveOf(couple(false))
  expect(points[0]).toEqual({ earned: 0, confirmed: fen(2000), followed: fen(2144) })
  const grain = losses.filter(({ programme }) => programme === 'grain')
  expect(grain.map(({ curves }) => curves)).toEqual([['followed'], ['followed']])
})

test('who no longer is entitled loses the status and what hangs on it', () => {
  const points = curveOf(couple(true, fen(500)), ['aid']).points
  expect(points.find(({ earned }) => earned === fen(2299.99))?.confirmed).toBe(1 + 14_400)
  expect(points.find(({ earned }) => earned === fen(2300))?.confirmed).toBe(0)
})

test('today stands on the curve, and a pack that knows no earnings has none', () => {
  const curve = curveOf(couple(false, fen(512.34)))
  expect(curve.current).toBe(fen(512.34))
  expect(curve.points.some(({ earned }) => earned === fen(512.34))).toBe(true)
  const { income: _, ...silent } = pack
  expect(incomeCurve(silent, couple(false), on, { isReceived: () => false })).toBeNull()
})

test(
  'between its points the curve is straight, and on them it is what the combination says',
  unhurried,
  () => {
    const cases = drawn((draw) => ({
      received: draw.chance(1, 2),
      labour: draw.integer(0, 400_000),
      other: draw.integer(0, 200_000),
      at: draw.integer(0, 300_000),
    }))
    fc.assert(
      fc.property(cases, ({ received, labour, other, at }) => {
        const members = (earned: number) => [
          { labour: earned, other },
          { labour: 0, other: 0 },
        ]
        const held = received ? ['aid'] : []
        const household = householdOf({ holds_aid: received }, ...members(labour))
        const { points } = incomeCurve(pack, household, on, {
          isReceived: (id) => held.includes(id),
          member: 'm0',
        })!
        const next = points.findIndex(({ earned }) => earned >= at)
        const [a, b] = [points[next - 1] ?? points[0]!, points[next]!]
        const share = b.earned === a.earned ? 0 : (at - a.earned) / (b.earned - a.earned)
        // Entitlement that ended took the status along.
        const counted = (at >= 200_000 ? at - 30_000 : at) + other
        const keeps = received && counted < 200_000
        const there = combine(pack, householdOf({ holds_aid: keeps }, ...members(at)), on, {
          isReceived: (id) => keeps && id === 'aid',
        })
        const between = (curve: 'confirmed' | 'followed') =>
          a[curve] + share * (b[curve] - a[curve])
        expect(between('confirmed')).toBeCloseTo(there.totals.month, 3)
        expect(between('followed')).toBeCloseTo(there.totalsWithFollowing.month, 3)
      }),
      { numRuns: runs(1), endOnFailure: true },
    )
  },
)

test('every change of a signature is found to the fen, however near to the next', () => {
  const changes = [1, 2, 1777, 1778, 4999, 9876, 10_000]
  const at = (fen: number) => Uint8Array.from(changes.map((change) => (fen >= change ? 1 : 0)))
  for (const steps of [1, 3, 40]) expect(breaksBetween(0, 10_000, steps, at)).toEqual(changes)
})

const measure = (value: [number | null, number | null], line: [number | null, number | null]) =>
  ({
    left: { min: value[0], max: value[1] },
    op: '<',
    right: { min: line[0], max: line[1] },
    line: 'right',
    money: true,
    unit: '元/月',
    label: '人均收入',
  }) satisfies MeasureResult

test('a distance is what lies between value and line, in money and per thousand of the line', () => {
  expect(distanceOf(measure([168_000, 168_000], [159_500, 159_500]))).toEqual({
    gap: { min: 8500, max: 8500 },
    permille: { min: 53, max: 53 },
  })
  expect(distanceOf(measure([100_000, 100_000], [159_500, 159_500]))).toMatchObject({
    gap: { min: -59_500, max: -59_500 },
    permille: { min: -373, max: -373 },
  })
})

test('under ranges a distance is a range, open where a side is', () => {
  expect(distanceOf(measure([100_000, null], [80_000, 100_000]))).toEqual({
    gap: { min: 0, max: null },
    permille: { min: 0, max: null },
  })
  expect(distanceOf(measure([50_000, 200_000], [100_000, 100_000]))).toEqual({
    gap: { min: -50_000, max: 100_000 },
    permille: { min: -500, max: 1000 },
  })
  expect(distanceOf(measure([1, 1], [0, null]))?.permille).toEqual({ min: null, max: null })
  expect(distanceOf({ ...measure([1, 1], [1, 1]), op: '=' })).toBeNull()
  const turned = { ...measure([1, 1], [3, 3]), line: 'left' as const }
  expect(distanceOf(turned)?.gap).toEqual({ min: 2, max: 2 })
})
