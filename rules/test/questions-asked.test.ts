import { expect, test } from 'vitest'
import { batchOf } from '../src/columns/batch-of.ts'
import { dayFromText } from '../src/days.ts'
import { explain } from '../src/evaluate/explain.ts'
import { householdAt } from '../src/columns/household-at.ts'
import { questionFinder } from '../src/questions/next-questions.ts'
import { ageBands, sharesOf } from '../src/questions/shares.ts'
import type { HouseholdFacts } from '../src/results.ts'
import { packFrom, packOrProblems } from './pack-text.ts'
import { householdOf } from './small-packs.ts'

const on = '2025-06-01'

const facts = `
facts:
  - {id: birth_date, name: 出生日期, entity: person, type: date, owner: 公安, who: department}
  - {id: age, name: 年龄, entity: person, type: integer, range: [0, 120], derive: {ageOf: birth_date}, who: person}
  - {id: income, name: 收入, entity: person, type: money, range: [0, null], owner: 人社, who: person}
  - {id: pension, name: 养老金, entity: person, type: money, range: [0, null], owner: 人社, who: department}
  - {id: illness, name: 病种, entity: person, type: boolean, owner: 医保, who: person, sensitivity: clinical}
  - {id: agreed, name: 义务人同意, entity: person, type: boolean, owner: 街镇, who: visit}
  - {id: supporters_able, name: 义务人有能力, entity: person, type: boolean, who: visit, consent: agreed}
  - {id: supporters_rich, name: 义务人富裕, entity: person, type: boolean, who: visit, consent: agreed}
  - {id: points, name: 积分, entity: person, type: integer, range: [0, 100], who: person}
  - {id: works, name: 就业, entity: person, type: code, codes: [{code: "1", name: 全职}, {code: "2", name: 兼职}, {code: "3", name: 临时}, {code: "4", name: 没有}], who: person}
`

type Tier = { id: string; expr: string; amount?: string; target?: 'person' | 'household' }

/** A pack of one programme per tier. */
function textOf(tiers: readonly Tier[], asking = ''): string {
  const programmes = tiers.map(
    ({ id, expr, amount, target = 'person' }) => `
  - id: ${id}
    name: 政策${id}
    category: any
    computes: full
    tiers:
      - id: only
        target: ${target}
        conditions: [{id: line, text: 线, clause: {document: 条款待核}, expr: '${expr}'}]
        amount: ${amount === undefined ? '{kind: official}' : `{kind: computed, per: month, round: fen, expr: '${amount}'}`}`,
  )
  return `${facts}${asking}programmes:${programmes.join('')}\n`
}

function ask(tiers: readonly Tier[], household: HouseholdFacts, asking = '') {
  return questionFinder(packFrom(textOf(tiers, asking)), on)(household)
}

test('what a department shares is put to the department, never to the person', () => {
  const questions = ask(
    [{ id: 'aid', expr: '养老金 < 100 and 收入 < 100 and 年龄 > 60' }],
    householdOf({}),
  )
  expect(questions.map(({ fact, way, department }) => [fact, way, department])).toEqual([
    ['birth_date', 'department', '公安'],
    ['income', 'person', undefined],
    ['pension', 'department', '人社'],
  ])
})

test('what is clinical is never put to the person, whatever the pack says', () => {
  const [question] = ask([{ id: 'aid', expr: '病种' }], householdOf({}))
  expect(question).toMatchObject({ fact: 'illness', way: 'department', department: '医保' })
})

const supported = [{ id: 'aid', expr: 'not(义务人有能力)' }]

test('what only a legal supporter can tell waits for the supporter’s consent', () => {
  expect(ask(supported, householdOf({}))).toMatchObject([
    { fact: 'agreed', for: 'supporters_able', way: 'consent', decided: 1 },
  ])
  expect(ask(supported, householdOf({}, { agreed: true }))).toMatchObject([
    { fact: 'supporters_able', way: 'visit' },
  ])
})

test('a legal supporter who has said no is not asked again', () => {
  expect(ask(supported, householdOf({}, { agreed: false }))).toEqual([])
})

test('one consent is asked for once, for whatever it opens the way to', () => {
  const both = [...supported, { id: 'more', expr: '义务人富裕' }]
  const questions = ask(both, householdOf({}))
  expect(questions).toHaveLength(1)
  expect(questions[0]).toMatchObject({ fact: 'agreed', member: 'm0' })
})

test('consent stands in a pack only as a yes or no of the same person', () => {
  const text = textOf(supported).replace(
    'who: visit, consent: agreed',
    'who: visit, consent: income',
  )
  expect(packOrProblems(text)).toEqual([
    '9:93 consent 要指向同一对象(个人或家庭)的是否类事实,说明有关的人是否同意',
  ])
})

test('a question that settles more comes first', () => {
  const tiers = [
    { id: 'a', expr: '就业 = "没有" and 收入 < 100' },
    { id: 'b', expr: '收入 < 50' },
    { id: 'c', expr: '收入 < 500' },
  ]
  const [first, second] = ask(tiers, householdOf({}))
  expect(first?.fact).toBe('income')
  expect(first?.settles.map(({ programme }) => programme)).toEqual(['b', 'c', 'a'])
  expect(second?.fact).toBe('works')
})

test('what settles as much but costs more comes later', () => {
  const asking =
    'asking: {person: 2, visit: 45, department: 20, consent: 60, programme: 15, hundredYuan: 30}\n'
  const tiers = [
    { id: 'a', expr: '养老金 < 100' },
    { id: 'b', expr: '收入 < 100' },
  ]
  const questions = ask(tiers, householdOf({}), asking)
  expect(questions.map(({ fact, cost, worth }) => [fact, cost, worth])).toEqual([
    ['income', 2, 13],
    ['pension', 20, -5],
  ])
})

test('money that becomes certain counts, a month', () => {
  const tiers = [{ id: 'aid', expr: '就业 != "全职"', amount: '300' }]
  const [question] = ask(tiers, householdOf({}))
  expect(question).toMatchObject({ decided: 1, found: 0.75, certainFen: 22_500 })
})

test('a number is tried on either side of every line, weighted by how much lies there', () => {
  const pack = packFrom(
    textOf([
      { id: 'a', expr: 'sum(members.积分) <= 40', target: 'household' },
      { id: 'b', expr: '积分 > 90' },
    ]),
  )
  const household = householdOf({}, { points: 10 }, {})
  const question = questionFinder(pack, on)(household).find(({ fact }) => fact === 'points')
  const before = explain(pack, household, on)
  let decided = 0
  for (let points = 0; points <= 100; points++) {
    const after = explain(pack, householdOf({}, { points: 10 }, { points }), on)
    decided += before.filter(
      ({ verdict }, i) => verdict === 'unknown' && after[i]?.verdict !== verdict,
    ).length
  }
  expect(question?.decided).toBeCloseTo(decided / 101, 9)
  const found = question?.settles.find(({ programme }) => programme === 'a')?.eligible
  expect(found).toBeCloseTo(31 / 101, 9)
})

test('an age is tried on either side of the birthday that a line names', () => {
  const [question] = ask([{ id: 'aid', expr: '年龄 >= 60' }], householdOf({}))
  // without knowledge of ages, either side is as likely as the other
  expect(question).toMatchObject({ fact: 'birth_date', decided: 1, found: 0.5, basis: 'uniform' })
})

test('codes that nothing tells apart are one answer', () => {
  const [question] = ask([{ id: 'aid', expr: '就业 in ("兼职", "临时")' }], householdOf({}))
  expect(question).toMatchObject({ decided: 1, found: 0.5 })
})

/** So many people of a birth year, alone, with a way of working. */
function people(count: number, year: number, works: string): HouseholdFacts[] {
  return Array.from({ length: count }, () =>
    householdOf({}, { birth_date: `${year}-01-01`, works }),
  )
}

test('how likely an answer is follows people of like age, where enough are known', () => {
  const pack = packFrom(textOf([{ id: 'aid', expr: '就业 = "没有"' }]))
  const population = [...people(30, 1950, '4'), ...people(10, 1950, '1'), ...people(90, 1990, '1')]
  const shares = sharesOf(pack, batchOf(pack, population), dayFromText(on) ?? 0)
  const find = questionFinder(pack, on, { shares })
  const foundOf = (birth_date: string) => find(householdOf({}, { birth_date }))[0]
  expect(foundOf('1951-05-05')).toMatchObject({ basis: 'age-band', found: 0.75 })
  expect(foundOf('1989-05-05')).toMatchObject({ basis: 'age-band', found: 0 })
  // nobody of that age is known: everybody counts
  expect(foundOf('2020-05-05')).toMatchObject({ basis: 'population', found: 30 / 130 })
  expect(ageBands.length).toBe(shares.get('works')?.bands.length)
})

test('fewer than thirty people say nothing of others', () => {
  const pack = packFrom(textOf([{ id: 'aid', expr: '就业 = "没有"' }]))
  const shares = sharesOf(pack, batchOf(pack, people(29, 1950, '4')), dayFromText(on) ?? 0)
  expect(questionFinder(pack, on, { shares })(householdOf({}))[0]).toMatchObject({
    basis: 'uniform',
    found: 0.25,
  })
})

test('money of a chance that nobody can estimate does not make a question urgent', () => {
  const asking =
    'asking: {person: 2, visit: 45, department: 20, consent: 60, programme: 15, hundredYuan: 30}\n'
  const pack = packFrom(
    textOf(
      [
        { id: 'rare', expr: '病种', amount: '2000' },
        { id: 'b', expr: '收入 < 100' },
      ],
      asking,
    ),
  )
  const shares = sharesOf(pack, batchOf(pack, people(40, 1950, '4')), dayFromText(on) ?? 0)
  const questions = questionFinder(pack, on, { shares })(householdOf({}))
  expect(questions.map(({ fact, worth }) => [fact, worth])).toEqual([
    ['income', 13],
    ['illness', -5],
  ])
})

test('a household comes back from columns as it went in', () => {
  const pack = packFrom(textOf([{ id: 'aid', expr: '收入 < 100' }]))
  const first = { birth_date: '1950-03-01', income: 12_345, works: '3', agreed: false }
  const households = [householdOf({}, { points: 1 }), householdOf({}, first, { pension: 0 })]
  const back = householdAt(pack, batchOf(pack, households), 1)
  expect(back.household).toEqual({})
  expect(back.members.map(({ facts }) => facts)).toEqual(
    households[1]?.members.map(({ facts }) => facts),
  )
  expect(back.members.map(({ id }) => id)).toEqual(['1', '2'])
})
