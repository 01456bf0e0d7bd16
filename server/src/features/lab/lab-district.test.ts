import { explain, type ExplainOptions, type Pack, type Result } from '@qiao/rules'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { seal } from '../../../test/seal.ts'
import { loadDistrict } from '../../district/load.ts'
import { makeClock } from '../../platform/clock.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { writeAllCurrent } from '../households/wide.ts'
import { currentFacts } from '../households/current-facts.ts'
import { packFiles, packInForce, publishShippedPack } from '../policies/load.ts'
import { rulesOf } from './alternative.ts'
import { type Lab, makeLab, type Sample, valueOn } from './lab.ts'
import { stateOf } from './state.ts'
import { checkRules, curveOf, impactOf, tryChange } from './trial.ts'

const today = '2025-06-01'
const limit = 0.01
let db: TestDatabase
let lab: Lab
let sample: Sample
let facts: ReadonlyMap<number, Parameters<typeof explain>[1]>

beforeAll(async () => {
  db = await createTestDatabase()
  await publishShippedPack(db.owner)
  await loadDistrict({ owner: db.owner, seal }, { residents: 1500, seed: 3, today })
  await letSomeObject()
  const token = await db.jobToken('lab')
  lab = makeLab({
    url: db.url('app'),
    clock: makeClock(today),
    packInForce,
    packFiles,
    programToken: async () => token,
    asProgram: (work) => asActor(db.app, token, work),
    threads: 2,
    onError: (error) => {
      throw error
    },
  })
  await lab.refresh()
  const ready = await lab.sample()
  if (ready === 'reading') throw new Error('a district that was read is ready')
  sample = ready
  facts = await asOwner(db.owner, async (tx) => {
    const { rows } = await db.owner.pool.query<{ id: number }>('select id from app.household')
    return currentFacts(
      tx,
      sample.pack.facts,
      rows.map(({ id }) => id),
    )
  })
}, 180_000)
afterAll(async () => {
  await lab.close()
  await db.close()
})

/** Persons of whom nothing may be said. */
const objecting = new Set<string>()

/** Every fifteenth person objects to matching, and every fiftieth household. */
async function letSomeObject(): Promise<void> {
  const { rows } = await db.owner.pool.query<{ id: number | null }>(
    `insert into app.objection (household_id, area_id, person_id, kind, told_on, recorded_by)
     select household_id, area_id, id, 'matching', $1::date, 'owner' from app.person where id % 15 = 0
     union all select id, area_id, null, 'matching', $1, 'owner' from app.household where id % 50 = 0
     returning person_id as id`,
    [today],
  )
  for (const { id } of rows) objecting.add(String(id))
  await asOwner(db.owner, async (tx) => {
    await sql`delete from app.person_current`.execute(tx)
    await sql`delete from app.household_current`.execute(tx)
    await writeAllCurrent(tx, today)
  })
}

/** What explain says of those of whom something may be said. */
function saidOf(
  pack: Pack,
  household: Parameters<typeof explain>[1],
  options: ExplainOptions,
): readonly Result[] {
  return explain(pack, household, today, options).filter(
    ({ member }) => !objecting.has(member ?? ''),
  )
}

const everywhere = () => Array.from({ length: sample.townships.length + 1 }, (_, i) => i)
const looking = () => ({ scope: everywhere(), massLoss: limit })

/** What explain says of everybody: eligible, undecided and sure fen by month and year, a programme. */
function told(pack: Pack, values: Readonly<Record<string, number>>): Map<string, number[]> {
  const sums = new Map<string, number[]>()
  for (const household of facts.values())
    for (const { programme, target, verdict, amount } of saidOf(pack, household, {
      parameterValues: values,
    })) {
      const entity = target === 'household' ? 'household' : 'person'
      const sum = sums.get(`${programme}/${entity}`) ?? [0, 0, 0, 0]
      sums.set(`${programme}/${entity}`, sum)
      if (verdict === 'eligible') sum[0] = (sum[0] ?? 0) + 1
      if (verdict === 'unknown') sum[1] = (sum[1] ?? 0) + 1
      if (verdict !== 'eligible' || amount.kind !== 'exact') continue
      const place = amount.per === 'month' ? 2 : amount.per === 'year' ? 3 : -1
      if (place > 0) sum[place] = (sum[place] ?? 0) + amount.fen
    }
  return sums
}

function counted(tallies: ReadonlyMap<string, Float64Array>): Map<string, number[]> {
  return new Map(
    [...tallies].map(([key, tally]) => {
      const { eligible, unknown, month, year } = stateOf(tally, everywhere())
      return [key, [eligible, unknown, month, year]]
    }),
  )
}

/** Values worth trying: of one parameter, of several, of one that is not known on the day. */
const tries: Readonly<Record<string, number>>[] = [
  { dibao_standard: 1700 },
  { dibao_standard: 1400 },
  { old_age_65: 80 },
  { nursing_level1: 350, disability_living_dibao: 500 },
  { edge_income_line: 3400, dibao_standard: 1650 },
  { average_floor_area: 30 },
  { child_raising_year: 4000, child_raising_month: 350 },
  { refit_rate_edge: 0.6 },
]

describe('totals of the laboratory', () => {
  test('count nobody who objects to matching, and not their household’s rows where it does', async () => {
    const { rows } = await db.owner.pool.query<{ households: number; persons: number }>(
      `select (select count(*) from app.household where id % 50 <> 0)::int as households,
         (select count(*) from app.person where household_id % 50 <> 0 and id % 15 <> 0)::int as persons`,
    )
    const sum = (of: 'households' | 'persons') =>
      sample.sizes.reduce((total, size) => total + size[of], 0)
    expect({ households: sum('households'), persons: sum('persons') }).toEqual(rows[0])
    expect(objecting.size).toBeGreaterThan(90)
  })

  test('are to the fen what explain says of every household today', () => {
    const said = told(sample.pack, {})
    for (const [key, sums] of counted(sample.standing.before))
      expect([key, sums]).toEqual([key, said.get(key)])
  })

  test.each(tries)('are to the fen what explain says with %j', async (values) => {
    const said = told(sample.pack, values)
    const { after } = await lab.tryValues(sample, values)
    expect(after.size).toBeGreaterThan(0)
    const all = new Map([...sample.standing.before, ...after])
    for (const [key, sums] of counted(all)) expect([key, sums]).toEqual([key, said.get(key)])
  })

  test('say of every household whether it gains or loses, as explain does', async () => {
    const values = { dibao_standard: 1700, old_age_65: 90, old_age_70: 100, old_age_80: 150 }
    const { breakdown } = await lab.tryValues(sample, values)
    const worth = { gains: 0, loses: 0, won: 0, lost: 0 }
    for (const household of facts.values()) {
      const { fen, isOpen } = changeOf(sample.pack, household, values)
      if (isOpen || fen === 0) continue
      worth[fen > 0 ? 'gains' : 'loses']++
      worth[fen > 0 ? 'won' : 'lost'] += Math.abs(fen)
    }
    const sum = (field: number) =>
      everywhere().reduce((total, place) => total + (breakdown.township[place * 7 + field] ?? 0), 0)
    expect(worth.gains).toBeGreaterThan(10)
    expect([sum(0), sum(5), sum(1), sum(6)]).toEqual([
      worth.gains,
      worth.won,
      worth.loses,
      worth.lost,
    ])
  })
})

describe('households drawn from a figure', () => {
  const values = { dibao_standard: 1700, old_age_65: 90 }
  const from = async (most: number, townships = everywhere()) =>
    lab.pick(sample, { values, files: null }, { outcome: 'gains', townships }, most)

  test('are counted in it, and gain what explain says they gain', async () => {
    const { found, effect } = await from(1000)
    const gains = everywhere().map((place) => effect.breakdown.township[place * 7] ?? 0)
    expect(found).toHaveLength(gains.reduce((sum, n) => sum + n, 0))
    for (const { id, year, changes } of found) {
      const household = facts.get(id)
      const change = household && changeOf(sample.pack, household, values)
      expect(change).toEqual({ fen: year, isOpen: false })
      expect(changes.reduce((sum, { before, after }) => sum + after.year - before.year, 0)).toBe(
        year,
      )
    }
  })

  test('are at most as many as wanted, by chance, the same ones every time, of those townships', async () => {
    const ids = async (most: number) => (await from(most)).found.map(({ id }) => id)
    const few = await ids(20)
    expect(few).toHaveLength(20)
    expect(await ids(20)).toEqual(few)
    expect((await ids(1000)).slice(0, 20)).toEqual(few)
    expect(few).not.toEqual(few.toSorted((a, b) => a - b))
    const { found } = await from(1000, [2])
    expect(new Set(found.map(({ township }) => township))).toEqual(new Set([2]))
  })
})

/** Fen a year more that a household surely gets, and whether any change hangs on what is unknown. */
function changeOf(
  pack: Pack,
  household: Parameters<typeof explain>[1],
  parameterValues: Readonly<Record<string, number>>,
): { fen: number; isOpen: boolean } {
  const before = saidOf(pack, household, {})
  const after = saidOf(pack, household, { parameterValues })
  let [fen, isOpen] = [0, false]
  before.forEach((was, i) => {
    const is = after[i] ?? was
    const change = surely(is) - surely(was)
    const isSame = was.verdict === is.verdict && was.amount.kind === is.amount.kind
    if (isSame && was.verdict !== 'eligible') return
    if (isSame && JSON.stringify(was.amount) === JSON.stringify(is.amount)) return
    if (Number.isNaN(change)) isOpen = true
    else if (was.verdict === is.verdict && !isSame) isOpen = true
    else fen += change
  })
  return { fen, isOpen }
}

/** Fen a year; NaN for what is not sure. */
function surely({ verdict, amount }: ReturnType<typeof explain>[number]): number {
  if (verdict === 'ineligible') return 0
  if (verdict === 'unknown' || amount.kind === 'range' || amount.kind === 'unknown') return NaN
  if (amount.kind !== 'exact') return 0
  return amount.per === 'month' ? amount.fen * 12 : amount.per === 'year' ? amount.fen : 0
}

describe('a change that is none', () => {
  test('does nothing to anybody, whichever parameter is set to what it is today', async () => {
    const known = sample.pack.parameters.filter(
      ({ id }) => valueOn(sample.pack, id, today) !== null,
    )
    for (const { id } of known.filter((_, i) => i % 6 === 0)) {
      const value = Number(valueOn(sample.pack, id, today))
      const { breakdown, after, moves } = await lab.tryValues(sample, { [id]: value })
      expect(breakdown).toEqual(sample.standing.breakdown)
      expect(moves.size).toBe(0)
      for (const [key, tally] of after) expect(tally).toEqual(sample.standing.before.get(key))
    }
  })

  test('of the rules reaches nothing', async () => {
    const notes = sample.files['programmes/dibao.yaml']?.replace('notes: ', 'notes: 试算。') ?? ''
    const { reached } = await lab.tryPack(
      sample,
      { ...sample.files, 'programmes/dibao.yaml': notes },
      {},
    )
    expect(reached).toEqual([])
  })
})

describe('the impact of a draft', () => {
  const draft = (from: string, to: string, file = 'programmes/dibao.yaml') => {
    const text = sample.files[file] ?? ''
    expect(text).toContain(from)
    return { [file]: text.replace(from, to) }
  }

  test('is that of the same value on a slider, when it changes one figure', async () => {
    const row = 'from: 2024-07-01, value: 1595'
    const impact = await impactOf(
      lab,
      sample,
      draft(row, 'from: 2024-07-01, value: 1700'),
      looking(),
    )
    const tried = await tryChange(
      lab,
      sample,
      { parameters: [{ id: 'dibao_standard', value: 1700 }] },
      looking(),
    )
    expect(impact.programmes.length).toBeLessThanOrEqual(tried.programmes.length)
    for (const table of [
      'total',
      'townships',
      'ages',
      'kinds',
      'deciles',
      'moves',
      'cost',
      'gap',
    ] as const)
      expect(impact[table]).toEqual(tried[table])
  })

  test('asks for a second approver when many lose, and says who moves', async () => {
    const rule =
      'expr: if on < date("2014-04-01") then (人均收入 < 适用低保标准 or 人均收入 < 早年低保标准核实值) else 人均收入 < 适用低保标准'
    const { massLoss, total } = await impactOf(
      lab,
      sample,
      draft(rule, 'expr: 人均收入 < 100'),
      looking(),
    )
    expect(massLoss).toMatchObject({ exceeded: true, limit })
    expect(total.loses === null || total.loses >= 5).toBe(true)
  })

  test('that does not read is refused with file and line', async () => {
    const broken = impactOf(lab, sample, draft('else 人均收入 <', 'else 人均收人 <'), looking())
    await expect(broken).rejects.toMatchObject({
      code: 'rules-refused',
      errors: [
        expect.objectContaining({
          path: expect.stringMatching(/^programmes\/dibao.yaml:\d+:\d+$/),
        }),
      ],
    })
  })
})

describe('another rule beside today’s', () => {
  const income = (expr: string) => ({
    programme: 'dibao',
    id:
      rulesOf(sample.files, 'dibao').find(({ expr: own }) =>
        own.includes('人均收入 < 适用低保标准'),
      )?.id ?? '',
    expr,
  })
  const none = { parameters: [] }

  test('that says the same as today does nothing to anybody', async () => {
    const rules = rulesOf(sample.files, 'dibao').map(({ id, expr }) => ({
      programme: 'dibao',
      id,
      expr,
    }))
    expect(rules.length).toBeGreaterThan(8)
    const { total, programmes } = await tryChange(lab, sample, { ...none, rules }, looking())
    expect([total.gains, total.loses, programmes]).toEqual([0, 0, []])
  })

  test('has the effect of the same rule in a draft, and adds to other figures', async () => {
    const rule = income('人均收入 < 100')
    const parameters = [{ id: 'old_age_65', value: 90 }]
    const alone = await tryChange(lab, sample, { ...none, rules: [rule] }, looking())
    const text = sample.files['programmes/dibao.yaml'] ?? ''
    const today = rulesOf(sample.files, 'dibao').find(({ id }) => id === rule.id)?.expr ?? '?'
    const files = { 'programmes/dibao.yaml': text.replace(today, rule.expr) }
    const draft = await impactOf(lab, sample, files, looking())
    expect(alone.programmes.length).toBeGreaterThan(0)
    expect(alone.programmes).toEqual(draft.programmes)
    const both = await tryChange(lab, sample, { parameters, rules: [rule] }, looking())
    const ids = both.programmes.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(['dibao', 'laonian-jintie']))
    expect(both.rules).toEqual([
      expect.objectContaining({ programme: '最低生活保障', today, expr: '人均收入 < 100' }),
    ])
  })

  test.each([
    ['人均收入 <', /^第 1 行第 \d+ 个字：/],
    ['人均收入 <\n"甲"', /^第 \d 行第 \d+ 个字：/],
    ['人均收入 < 100 and\n  没有这个', /^第 2 行第 3 个字：/],
  ])('that does not read is refused with its own line and column: %j', async (expr, message) => {
    const tried = tryChange(lab, sample, { ...none, rules: [income(expr)] }, looking())
    await expect(tried).rejects.toMatchObject({
      code: 'rules-refused',
      errors: [{ path: '/body/rules/0/expr', message: expect.stringMatching(message) }],
    })
  })

  test.each([
    ['人均收入 < 没有这个', 7],
    ['人均收入 < 100 and\n  没有这个', 17],
    ['date("2025-01-01") < on and 没有这个', 28],
  ])('is checked while it is written, and told at the character: %j', async (expr, from) => {
    const problems = await checkRules(lab, sample, [income(expr)])
    expect(problems).toMatchObject([{ path: '/body/rules/0/expr', from }])
    expect(await checkRules(lab, sample, [income('人均收入 < 100')])).toEqual([])
  })

  test('is refused at its field where there is no such rule, or it is changed twice', async () => {
    const wrong = { programme: 'dibao', id: 'terms/none', expr: 'true' }
    const rules = [wrong, income('true'), income('false')]
    await expect(tryChange(lab, sample, { ...none, rules }, looking())).rejects.toMatchObject({
      errors: [{ path: '/body/rules/0/id' }, { path: '/body/rules/2/id' }],
    })
  })
})

describe('what is shown', () => {
  test('never has a cell of one to four, in any table of any change, of any township', async () => {
    for (const values of tries)
      for (const scope of [everywhere(), [0], [4], [9]]) {
        const parameters = Object.entries(values).map(([id, value]) => ({ id, value }))
        const trial = await tryChange(lab, sample, { parameters }, { scope, massLoss: limit })
        const rows = [
          trial.total,
          ...trial.townships,
          ...trial.ages,
          ...trial.kinds,
          ...trial.deciles,
        ]
        const counts = [
          ...rows.flatMap((row) => [
            row.total,
            row.gains,
            row.loses,
            row.moves,
            row.open,
            row.unchanged,
          ]),
          ...trial.programmes.flatMap(({ before, after, gained, lost }) => [
            gained,
            lost,
            ...[before, after].flatMap((state) => [
              state.eligible,
              state.unknown,
              state.endless,
              state.unpriced,
              state.receiving,
              state.notReceiving,
            ]),
          ]),
          ...trial.moves.map(({ households }) => households),
        ]
        expect(counts.filter((count) => count !== null && count > 0 && count < 5)).toEqual([])
      }
  })

  test('of a township are its own households, and all townships make the district', async () => {
    const change = { parameters: [{ id: 'old_age_65', value: 90 }] }
    const whole = await tryChange(lab, sample, change, looking())
    let sum = 0
    for (const place of everywhere()) {
      const part = await tryChange(lab, sample, change, { scope: [place], massLoss: limit })
      sum += part.cost.after.yearFen ?? 0
      expect(part.townships.length).toBeLessThanOrEqual(1)
    }
    expect(sum).toBeLessThanOrEqual(whole.cost.after.yearFen ?? 0)
    expect(whole.total.gains ?? 0).toBeGreaterThan(20)
  })

  test('as a curve goes through the value of today, and never falls as an allowance rises', async () => {
    const wish = { id: 'old_age_65', change: { parameters: [] } }
    const { points, today: now } = await curveOf(lab, sample, wish, everywhere())
    expect(points.length).toBeGreaterThan(15)
    const fen = points.map(({ yearFen }) => yearFen ?? 0)
    expect(fen).toEqual(fen.toSorted((a, b) => a - b))
    const same = points.find(({ value }) => value === now)
    const tally = sample.standing.before.get('laonian-jintie/person') ?? new Float64Array(0)
    const { month, year } = stateOf(tally, everywhere())
    if (same) expect(same.yearFen).toBe(month * 12 + year)
  })

  test.each([
    ['dibao_standard', -1, '不能是负数'],
    ['dibao_standard', 1600.005, '最多 2 位小数'],
    ['refit_rate_edge', 1.2, '不能大于 1'],
    ['no_such', 1, '没有这项标准'],
  ])('%s of %d is refused at its field', async (id, value, message) => {
    await expect(
      tryChange(lab, sample, { parameters: [{ id, value }] }, looking()),
    ).rejects.toMatchObject({
      code: 'value-refused',
      errors: [{ path: expect.stringMatching(/^\/body\/parameters\/0\/(id|value)$/), message }],
    })
  })
})

test('a district that does not fit into memory is not begun, and the figures are said', async () => {
  const token = await db.jobToken('lab')
  const small = makeLab({
    url: db.url('app'),
    clock: makeClock(today),
    packInForce,
    packFiles,
    programToken: async () => token,
    asProgram: (work) => asActor(db.app, token, work),
    memory: () => 50e6,
    onError: () => {},
  })
  await expect(small.refresh()).rejects.toMatchObject({
    code: 'lab-too-large',
    message: expect.stringMatching(/约需 \d+ MB 内存，目前可用 50 MB，没有开始/),
  })
  await small.close()
})
