import { readFileSync } from 'node:fs'
import type { Fact, Reading } from '@qiao/rules'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { type Jobs, startJobs } from '../../platform/jobs.ts'
import { type FactRecord, factHistory, householdFacts, recordFact } from './facts.ts'
import { settleStaged } from './load.ts'

const today = '2025-06-01'
const { facts } = parse(
  readFileSync(new URL('../../../../policy/facts.yaml', import.meta.url), 'utf8'),
  { merge: true },
) as { facts: Fact[] }

let db: TestDatabase
let district: string
let enqueued: { name: string; data: object }[] = []
const jobs: Jobs = {
  enqueue: async (_tx, name, data) => {
    enqueued.push({ name, data })
  },
}
const parts = (day = today) => ({ clock: { today: () => day, now: () => new Date() }, jobs, facts })

beforeAll(async () => {
  db = await createTestDatabase()
  await asOwner(db.owner, async (tx) => {
    await sql`insert into staging.household values
      (1, '310118001001', 'family', 'Q-1', '1号101室', null), (2, '310118001001', 'family', 'Q-2', '2号', null)`.execute(
      tx,
    )
    await sql`insert into staging.person (number, household_number, name, relation, joined_on) values
      (1, 1, '甲', '02', '2020-01-01'), (2, 1, '乙', '10', '2020-01-01'), (3, 2, '丙', '02', '2020-01-01')`.execute(
      tx,
    )
    await sql`insert into staging.fact values
      (2, 3, 'major_disease', '"3"', '医保', null, null, '2025-05-01', null, 'clinical'),
      (2, 3, 'birth_date', '"1950-02-03"', '公安', null, null, '2025-05-01', null, 'plain'),
      (2, null, 'assets', '100', '入户', null, null, '2025-05-01', '2026-04-30', 'plain')`.execute(
      tx,
    )
    await sql`insert into staging.award values
      (2, null, 'dibao', 'receiving', '2024-01-01', null, '民政'), (2, 3, 'canji-shenghuo', 'receiving', '2025-01-01', null, '残联')`.execute(
      tx,
    )
    await sql`insert into staging.roll values ('tekun', '310118', '2025-05-20', true, '特困名册')`.execute(
      tx,
    )
    await settleStaged(tx, { today, demo: true })
  })
  district = (await db.sessionFor({ role: 'district', areaId: '310118' })).token
})
afterAll(() => db.close())

async function versionOf(id: number): Promise<number> {
  const { rows } = await db.owner.pool.query<{ version: number }>(
    'select version from app.household where id = $1',
    [id],
  )
  return rows[0]?.version ?? 0
}

/** The district reads and records what tells of health once it has said why. */
const stated = { requestId: 'test', address: '127.0.0.1', reason: '核实' }

/** One fact of the district's, with everything that a test does not care about. */
async function record(
  given: Partial<FactRecord> & Pick<FactRecord, 'fact' | 'value'>,
  token = district,
  day = today,
): Promise<number> {
  const householdId = given.householdId ?? 1
  const version = given.version ?? (await versionOf(householdId))
  const { version: next } = await asActor(
    db.app,
    token,
    (tx) =>
      recordFact(tx, parts(day), {
        householdId,
        money: 'fen',
        verifiedOn: today,
        source: '入户',
        version,
        ...given,
      }),
    stated,
  )
  return next
}

async function wide(table: 'household' | 'person', id: number): Promise<Record<string, unknown>> {
  const { rows } = await db.owner.pool.query<Record<string, unknown>>(
    `select * from app.${table}_current where ${table}_id = $1`,
    [id],
  )
  return rows[0] ?? {}
}

test('a recorded fact is there at once: wide row, version, job, audit', async () => {
  enqueued = []
  const version = await record({ fact: 'labour_income', personId: 2, value: 250_050 })
  expect(version).toBe(2)
  expect((await wide('person', 2))['f_labour_income']).toBe(250_050)
  expect((await wide('household', 1))['version']).toBe(2)
  expect((await wide('household', 1))['next_expiry']).toBe('2025-12-02')
  expect(enqueued).toEqual([{ name: 'household.changed', data: { householdId: 1 } }])
  const { rows } = await db.owner.pool.query(
    `select action, household_id, detail from app.audit where action = 'household.fact-recorded'`,
  )
  expect(rows).toEqual([
    {
      action: 'household.fact-recorded',
      household_id: 1,
      detail: { fact: 'labour_income', personId: 2 },
    },
  ])
})

test('the job is on the list exactly when the fact is recorded', async () => {
  const heard: object[] = []
  const running = await startJobs(
    db.app,
    { 'household.changed': async (data: object) => void heard.push(data) },
    [],
    () => {},
  )
  const withJobs = { ...parts(), jobs: running }
  const income = { money: 'fen', verifiedOn: today, source: '入户', fact: 'assets' } as const
  const version = await versionOf(1)
  await expect(
    asActor(db.app, district, async (tx) => {
      await recordFact(tx, withJobs, { ...income, householdId: 1, value: 1, version })
      throw new Error('the rest of the request fails')
    }),
  ).rejects.toThrow('the rest')
  expect((await wide('household', 1))['f_assets']).toBeNull()
  await asActor(db.app, district, (tx) =>
    recordFact(tx, withJobs, { ...income, householdId: 1, value: 2, version }),
  )
  await expect.poll(() => heard, { timeout: 15_000 }).toEqual([{ householdId: 1 }])
  await running.stop()
})

test('whoever has not seen the latest change is refused, and changes nothing', async () => {
  const version = await versionOf(1)
  const both = await Promise.allSettled([
    record({ fact: 'homes', value: 1, version }),
    record({ fact: 'homes', value: 2, version }),
  ])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const refused = both.find((one) => one.status === 'rejected')
  expect(refused?.reason).toMatchObject({ code: 'household-changed' })
  expect(await versionOf(1)).toBe(version + 1)
})

test('what cannot be recorded is refused, naming the field', async () => {
  const refusal = (given: Parameters<typeof record>[0]) =>
    record(given).then(
      () => 'recorded',
      (error: { code: string; errors?: { path: string }[] }) =>
        [error.code, ...(error.errors ?? []).map(({ path }) => path)].join(' '),
    )
  expect(await refusal({ fact: 'labour_income', personId: 1, value: 12.5 })).toBe(
    'fact-invalid /body/value',
  )
  expect(await refusal({ fact: 'nonsense', value: 1 })).toBe('fact-invalid /body/fact')
  expect(await refusal({ fact: 'assets', personId: 1, value: 1 })).toBe(
    'fact-invalid /body/personId',
  )
  expect(await refusal({ fact: 'labour_income', value: 1 })).toBe('fact-invalid /body/personId')
  expect(await refusal({ fact: 'labour_income', personId: 3, value: 1 })).toBe(
    'fact-invalid /body/personId',
  )
  expect(await refusal({ fact: 'assets', value: 1, verifiedOn: '2025-06-02' })).toBe(
    'fact-invalid /body/verifiedOn',
  )
  expect(await refusal({ fact: 'age', personId: 1, value: 70 })).toBe('fact-not-recordable')
  expect(await refusal({ fact: 'status_dibao', value: true })).toBe('fact-not-recordable')
  expect(await refusal({ fact: 'assets', value: 1, householdId: 99 })).toBe('not-found')
})

test('the history of a fact tells every record, the latest first', async () => {
  await record({ fact: 'rigid_12m', value: 100_000, verifiedOn: '2025-04-01', source: '电话' })
  await record({ fact: 'rigid_12m', value: 120_000, verifiedOn: '2025-05-01' })
  const { items } = await asActor(db.app, district, (tx) =>
    factHistory(tx, facts, { householdId: 1, fact: 'rigid_12m', personId: null }),
  )
  expect(items.map(({ valueText, source, validFrom }) => [valueText, source, validFrom])).toEqual([
    ['1,200 元', '入户', '2025-05-01'],
    ['1,000 元', '电话', '2025-04-01'],
  ])
  expect(items[0]?.supersededAt).toBeNull()
  expect(items[1]?.supersededAt).toBe(items[0]?.recordedAt)
})

test('a fact keeps what it rests on: source, evidence, legal basis, and who recorded it', async () => {
  await record({
    fact: 'medical_12m',
    value: 100,
    source: '医保结算',
    evidence: '结算单',
    legalBasis: '政务数据共享',
  })
  const { rows } = await db.owner.pool.query(
    `select source, evidence, legal_basis, recorded_by ~ '^staff:' as by_staff from app.fact
     where household_id = 1 and fact = 'medical_12m' and superseded_at is null`,
  )
  expect(rows).toEqual([
    { source: '医保结算', evidence: '结算单', legal_basis: '政务数据共享', by_staff: true },
  ])
  const { items } = await asActor(
    db.app,
    district,
    (tx) => factHistory(tx, facts, { householdId: 1, fact: 'medical_12m', personId: null }),
    stated,
  )
  expect(items[0]).toMatchObject({ evidence: '结算单', legalBasis: '政务数据共享' })
})

test('the facts for the engine carry source and day, statuses from awards and complete rolls', async () => {
  const known = await asActor(db.app, district, (tx) => householdFacts(tx, 2, today))
  expect(known.household['status_dibao']).toEqual({
    value: true,
    source: '民政',
    day: '2024-01-01',
  })
  expect(known.household['assets']).toEqual({ value: 100, source: '入户', day: '2025-05-01' })
  const [member] = known.members
  expect(member?.id).toBe('3')
  expect(member?.facts['status_canji_shenghuo']?.value).toBe(true)
  expect(member?.facts['status_tekun']).toEqual({
    value: false,
    source: '特困名册',
    day: '2025-05-20',
  })
  expect(member?.facts['status_guer']).toBeUndefined()
})

test('for an earlier day the engine gets what held then; a birth always held', async () => {
  await record({ householdId: 2, fact: 'assets', value: 200, verifiedOn: '2025-05-20' })
  const assets = async (on: string) =>
    (await asActor(db.app, district, (tx) => householdFacts(tx, 2, on))).household['assets']?.value
  expect(await assets('2025-04-30')).toBeUndefined()
  expect(await assets('2025-05-19')).toBe(100)
  expect(await assets('2025-05-20')).toBe(200)
  expect(await assets('2026-06-01')).toBeUndefined()
  const then = await asActor(db.app, district, (tx) => householdFacts(tx, 2, '2024-12-01'))
  expect(then.members[0]?.facts['birth_date']?.value).toBe('1950-02-03')
})

test('recording a plain fact keeps the clinical one that the writer cannot see', async () => {
  const advisor = await db.sessionFor({ role: 'advisor', areaId: '310118001001' })
  await record({ householdId: 2, fact: 'pension', personId: 3, value: 1 }, advisor.token)
  const row = await wide('person', 3)
  expect([row['f_pension'], row['f_major_disease']]).toEqual([1, '3'])
})

const longRun = Number(process.env['QIAO_PROPERTY_RUNS'] ?? 0)
const recorded = fc.oneof(
  fc.record({
    fact: fc.constantFrom('assets', 'income_12m'),
    value: fc.integer({ min: 0, max: 1_000 }),
  }),
  fc.record({
    fact: fc.constantFrom('labour_income', 'pension'),
    personId: fc.constantFrom(1, 2),
    value: fc.integer({ min: 0, max: 1_000 }),
  }),
  fc.record({
    fact: fc.constant('disability_level'),
    personId: fc.constantFrom(1, 2),
    value: fc.constantFrom('1', '2', null),
  }),
)
const day = fc.constantFrom('2024-03-01', '2024-12-15', '2025-03-01', '2025-05-31', today)
const change = fc.tuple(recorded, day).map(([one, verifiedOn]) => ({ ...one, verifiedOn }))

test('after any records and corrections: one current row per fact, a history that replays, a true wide row', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const seen: { at: string; state: string }[] = []
      for (const one of changes) {
        await record(one)
        seen.push(await currentState())
      }
      const { rows } = await db.owner.pool.query<{ n: number }>(
        `select count(*) as n from app.fact where household_id = 1 and superseded_at is null
           group by person_id, fact having count(*) > 1`,
      )
      expect(rows).toEqual([])
      for (const { at, state } of seen) expect(await replay(at)).toBe(state)
      await expectWideAgrees()
    }),
    { numRuns: longRun > 0 ? Math.min(longRun, 500) : 25 },
  )
})

const stateOf = `select coalesce(string_agg(concat_ws('|', person_id, fact, value, verified_on), ';'
  order by person_id nulls first, fact), '') as state, clock_timestamp()::text as at
  from app.fact where household_id = 1`

async function currentState(): Promise<{ at: string; state: string }> {
  const { rows } = await db.owner.pool.query<{ at: string; state: string }>(
    `${stateOf} and superseded_at is null`,
  )
  return rows[0] ?? { at: '', state: '' }
}

/** What the history says was current at an instant. */
async function replay(at: string): Promise<string | undefined> {
  const { rows } = await db.owner.pool.query<{ state: string }>(
    `${stateOf} and recorded_at <= $1::timestamptz
     and (superseded_at is null or superseded_at > $1::timestamptz)`,
    [at],
  )
  return rows[0]?.state
}

async function expectWideAgrees(): Promise<void> {
  const known = await asActor(db.app, district, (tx) => householdFacts(tx, 1, today))
  expectRow(await wide('household', 1), known.household, 'household')
  for (const member of known.members) {
    expectRow(await wide('person', Number(member.id)), member.facts, 'person')
  }
}

function expectRow(
  row: Record<string, unknown>,
  known: Readonly<Record<string, Reading>>,
  entity: Fact['entity'],
): void {
  for (const fact of facts.filter((one) => one.entity === entity && !one.derive)) {
    expect([fact.id, row[`f_${fact.id}`]]).toEqual([fact.id, known[fact.id]?.value ?? null])
    if (!fact.nullable) continue
    expect([fact.id, row[`f_${fact.id}_known`]]).toEqual([fact.id, known[fact.id] ? true : null])
  }
}
