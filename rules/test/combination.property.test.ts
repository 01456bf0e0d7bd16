import fc from 'fast-check'
import { expect, test } from 'vitest'
import { combine, type Share } from '../src/combination/combine.ts'
import { explain } from '../src/evaluate/explain.ts'
import type { Pack, Programme } from '../src/pack.ts'
import type { HouseholdFacts, Reading, Result } from '../src/results.ts'
import { packFrom } from './pack-text.ts'
import { type Draw, drawn } from './random/draw.ts'
import { runs, unhurried } from './runs.ts'

// A second opinion on combinations: every set of programmes, each tried by explaining the household
// as it would then be.

type Case = { text: string; pack: Pack; household: HouseholdFacts; received: string[] }

const on = '2025-06-01'
const income = 'sum(members.劳动收入) + sum(members.其他收入)'

function statusOf(programme: string, entity: string): string {
  return `  - {id: holds_${programme}, name: 身份${programme}, entity: ${entity}, type: boolean, kind: status, programme: ${programme}}`
}

/** Two to five programmes of which some exclude, open, pay into or are tested by one another. */
function randomCase(draw: Draw): Case {
  const ids = draw.list(2, 5, (i) => `p${i}`)
  const entities = ids.map(() => draw.pick(['household', 'person']))
  const facts = [
    '  - {id: labour, name: 劳动收入, entity: person, type: money}',
    '  - {id: other, name: 其他收入, entity: person, type: money}',
    ...ids.map((id, i) => statusOf(id, entities[i] ?? 'household')),
  ]
  const programmes = ids.map((id, i) =>
    randomProgramme(draw, id, entities[i] ?? '', { ids, entities }),
  )
  const text = [
    'pack: {id: small, version: "1", income: {earned: labour, benefits: other}}',
    'facts:',
    ...facts,
    'programmes:',
    ...programmes,
  ].join('\n')
  const received = ids.filter(() => draw.chance(1, 6))
  return {
    text,
    pack: packFrom(text),
    household: householdFor(draw, ids, entities, received),
    received,
  }
}

type Others = { ids: string[]; entities: string[] }

function randomProgramme(
  draw: Draw,
  id: string,
  entity: string,
  { ids, entities }: Others,
): string {
  const others = ids.filter(
    (one, i) => one !== id && (entity === 'person' || entities[i] === 'household'),
  )
  const line = draw.integer(0, 30) * 100
  const tests = [
    'true',
    ...(entity === 'household' ? [`${income} < ${line}`] : [`劳动收入 + 其他收入 < ${line}`]),
    ...(others.length > 0
      ? [`status("${draw.pick(others)}") or true`, `status("${draw.pick(others)}")`]
      : []),
  ]
  const amount = draw.pick([
    '{kind: none}',
    '{kind: official}',
    `{kind: computed, per: month, expr: '${draw.integer(1, 40) * 25}.37'}`,
    `{kind: computed, per: year, expr: '${draw.integer(1, 40) * 100}'}`,
    ...(entity === 'household'
      ? [`{kind: computed, per: month, expr: '${line} - (${income})'}`]
      : []),
  ])
  const treatment = draw.pick([
    'income: {counted: false, confidence: high}',
    'income: {counted: false, confidence: high}',
    'income: {counted: true, confidence: med}',
    'notes: 没有写明',
  ])
  const excluded = others.filter(() => draw.chance(1, 3))
  const excludes = excluded.map(
    (other) =>
      `{programme: ${other}, entity: ${entities[ids.indexOf(other)]}, confidence: ${draw.pick(['high', 'high', 'low'])}}`,
  )
  return `  - id: ${id}
    name: 政策${id}
    category: any
    computes: full
    ${treatment}
    excludes: [${excludes.join(', ')}]
    tiers: [{id: only, target: ${entity}, conditions: [{id: when, text: 条件, clause: {document: 条款待核}, expr: '${draw.pick(tests)}'}], amount: ${amount}}]`
}

function householdFor(
  draw: Draw,
  ids: string[],
  entities: string[],
  received: string[],
): HouseholdFacts {
  const money = (): Reading => ({ value: draw.integer(0, 20) * 10_000 })
  const held = (entity: string): [string, Reading][] =>
    ids
      .filter((_, i) => entities[i] === entity)
      .map((id) => [`holds_${id}`, { value: received.includes(id) }])
  const member = (i: number) => ({
    id: `m${i}`,
    facts: { labour: money(), other: money(), ...Object.fromEntries(held('person')) },
  })
  return { household: Object.fromEntries(held('household')), members: draw.list(1, 2, member) }
}

type Key = string
const keyOf = ({ programme, member }: { programme: string; member?: string }): Key =>
  `${programme} ${member ?? ''}`

/** The household with these confirmed and paid, and the others that it received ended. */
function asTaken(
  { pack, household }: Case,
  taken: ReadonlyMap<Key, Result>,
  ended: ReadonlySet<Key>,
  adds: ReadonlyMap<string, number>,
): HouseholdFacts {
  const status = (facts: Readonly<Record<string, Reading>>, entity: string, member?: string) => {
    const next = { ...facts }
    for (const { id, entity: of, programme = '' } of pack.facts.filter(
      (f) => f.kind === 'status',
    )) {
      if (of !== entity) continue
      const key = keyOf(member === undefined ? { programme } : { programme, member })
      if (taken.has(key)) next[id] = { value: true }
      else if (ended.has(key)) next[id] = { value: false }
    }
    return next
  }
  return {
    household: status(household.household, 'household'),
    members: household.members.map(({ id, facts }) => {
      const own = status(facts, 'person', id)
      const other = Number(own['other']?.value ?? 0) + (adds.get(id) ?? 0)
      const { other: _, ...unknown } = own
      // What pays nobody knows how much leaves the income unknown.
      return { id, facts: Number.isNaN(other) ? unknown : { ...own, other: { value: other } } }
    }),
  }
}

/** What a set pays in each way the law may turn out; undefined if it is not lawful in all of them. */
function tried(one: Case, results: readonly Result[]): number[][] | undefined {
  const { pack, household, received } = one
  const programmeOf = (id: string): Programme => pack.programmes.find((p) => p.id === id)!
  const taken = new Map(results.map((result) => [keyOf(result), result]))
  const base = explain(pack, household, on)
  const ended = new Set(
    base
      .filter((r) => received.includes(r.programme) && r.verdict === 'eligible')
      .map(keyOf)
      .filter((key) => !taken.has(key)),
  )
  const earning = results.filter(({ programme, amount }) => {
    const { income: treatment } = programmeOf(programme)
    if (received.includes(programme) || treatment?.counted === false) return false
    return amount.kind !== 'none' || programmeOf(programme).tiers[0]?.amount.kind !== 'none'
  })
  const open = [...new Set(earning.map((r) => r.programme))].filter((p) => !programmeOf(p).income)
  const worths: number[][] = []
  for (let way = 0; way < 2 ** open.length; way++) {
    const counts = earning.filter(
      ({ programme }) => !open.includes(programme) || ((way >> open.indexOf(programme)) & 1) === 1,
    )
    const settled = settle(one, taken, ended, counts)
    if (!settled) return undefined
    const found = settled.filter((r) => taken.has(keyOf(r)))
    if (found.some(({ verdict }) => verdict !== 'eligible')) return undefined
    worths.push(
      found.map(({ amount }) => ('per' in amount && amount.per === 'month' ? sure(amount) : 0)),
    )
  }
  return worths
}

const sure = (amount: Result['amount']): number =>
  amount.kind === 'exact' ? amount.fen : amount.kind === 'range' ? amount.min : 0

function settle(
  one: Case,
  taken: ReadonlyMap<Key, Result>,
  ended: ReadonlySet<Key>,
  counts: readonly Result[],
): Result[] | undefined {
  const { pack, household } = one
  const first = household.members[0]?.id ?? ''
  let results = explain(pack, asTaken(one, taken, ended, new Map()), on)
  for (let round = 0; round < 12; round++) {
    const adds = new Map<string, number>()
    for (const counted of counts) {
      const now = results.find((r) => keyOf(r) === keyOf(counted))?.amount
      const fen = now?.kind === 'exact' && now.per === 'month' ? now.fen : undefined
      const of = counted.member ?? first
      adds.set(of, (adds.get(of) ?? 0) + (fen ?? NaN))
    }
    const next = explain(pack, asTaken(one, taken, ended, adds), on)
    if (JSON.stringify(next) === JSON.stringify(results)) return results
    results = next
  }
  return undefined
}

const least = (worths: readonly number[][]): number =>
  (worths[0] ?? []).reduce((sum, _, i) => sum + Math.min(...worths.map((w) => w[i] ?? 0)), 0)

function subsets<T>(items: readonly T[]): T[][] {
  return items.reduce<T[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]])
}

const cases = drawn((draw) => {
  const one = randomCase(draw)
  return Object.assign(one, {
    [fc.toStringMethod]: () => `${one.text}\n${JSON.stringify(one.household)}`,
  })
})
const options = ({ received }: Case) => ({ isReceived: (p: string) => received.includes(p) })
const asResults = (one: Case, shares: readonly Share[]): Result[] => {
  const keys = new Set(shares.map(keyOf))
  return explain(one.pack, one.household, on).filter((result) => keys.has(keyOf(result)))
}

test(
  'whatever the pack, the combination is lawful and no lawful set pays more a month',
  unhurried,
  () => {
    fc.assert(
      fc.property(cases, (one) => {
        const found = combine(one.pack, one.household, on, options(one))
        const eligible = explain(one.pack, one.household, on).filter(
          (r) => r.verdict === 'eligible',
        )
        const lawful = subsets(eligible).flatMap((set) => tried(one, set) ?? [])
        const best = Math.max(0, ...subsets(eligible).map((set) => least(tried(one, set) ?? [])))
        expect(found.totals.month).toBe(best)
        expect(lawful.length).toBeGreaterThan(0)
        const worths = tried(one, asResults(one, found.shares))
        expect(worths && least(worths)).toBe(found.totals.month)
      }),
      { numRuns: runs(1), endOnFailure: true },
    )
  },
)

test('whatever the pack, no two that exclude each other are taken', unhurried, () => {
  fc.assert(
    fc.property(cases, (one) => {
      const { shares } = combine(one.pack, one.household, on, options(one))
      for (const { programme, member } of shares) {
        const { excludes } = one.pack.programmes.find(({ id }) => id === programme)!
        for (const { programme: other, entity } of excludes) {
          const same = shares.filter((s) => s.programme === other)
          const hit = same.filter(
            (s) => entity === 'household' || member === undefined || s.member === member,
          )
          const everybody = member === undefined && entity === 'person'
          expect(everybody ? hit.length < one.household.members.length : hit.length === 0).toBe(
            true,
          )
        }
      }
    }),
    { numRuns: runs(3), endOnFailure: true },
  )
})
