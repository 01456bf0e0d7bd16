import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase, type TestRole } from '../../../test/database.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { type AwardDecision, recordAward } from './awards.ts'
import { settleStaged } from './load.ts'
import { expireFacts } from './wide.ts'

const today = '2025-06-01'
let db: TestDatabase
let official: string
let enqueued: object[] = []
const parts = {
  clock: { today: () => today, now: () => new Date() },
  jobs: {
    enqueue: async (_tx: unknown, name: string, data: object) =>
      void enqueued.push({ name, ...data }),
  },
  programmes: [{ id: 'dibao' }, { id: 'tekun' }],
}

/** Household 1 with persons 1 and 2, household 2 in another township with person 3. */
beforeAll(async () => {
  db = await createTestDatabase()
  await asOwner(db.owner, async (tx) => {
    await sql`insert into staging.household values
      (1, '310118001001', 'family', 'Q-1', '1号', null), (2, '310118002001', 'family', 'Q-2', '2号', null)`.execute(
      tx,
    )
    await sql`insert into staging.person (number, household_number, name, relation, joined_on) values
      (1, 1, '甲', '02', '2020-01-01'), (2, 1, '乙', '10', '2020-01-01'), (3, 2, '丙', '02', '2020-01-01')`.execute(
      tx,
    )
    await settleStaged(tx, { today, demo: true })
  })
  official = (await db.sessionFor({ role: 'township', areaId: '310118001' })).token
})
afterAll(() => db.close())
beforeEach(async () => {
  enqueued = []
  await db.owner.pool.query('truncate app.award')
})

const versionOf = async (id: number) => {
  const { rows } = await db.owner.pool.query<{ version: number }>(
    'select version from app.household where id = $1',
    [id],
  )
  return rows[0]?.version ?? 0
}

/** The allowance of household 1 from today on, with everything a test does not care about. */
async function record(given: Partial<AwardDecision> = {}, token = official): Promise<number> {
  const householdId = given.householdId ?? 1
  const version = given.version ?? (await versionOf(householdId))
  return asActor(db.app, token, (tx) =>
    recordAward(tx, parts, {
      householdId,
      programme: 'dibao',
      state: 'receiving',
      from: today,
      source: '街镇审核确认',
      version,
      ...given,
    }),
  )
}

const awards = async (which: 'is null' | 'is not null') => {
  const { rows } = await db.owner.pool.query<{ said: string }>(
    `select concat_ws(' ', programme, person_id, state, valid_from, valid_to) as said
     from app.award where superseded_at ${which} order by id`,
  )
  return rows.map(({ said }) => said)
}

async function wide(id = 1): Promise<Record<string, unknown>> {
  const { rows } = await db.owner.pool.query<Record<string, unknown>>(
    'select * from app.household_current where household_id = $1',
    [id],
  )
  return rows[0] ?? {}
}

test('an award is there at once: wide row, version, job, audit without a name', async () => {
  const before = await versionOf(1)
  expect(await record()).toBe(before + 1)
  expect(await awards('is null')).toEqual(['dibao receiving 2025-06-01'])
  expect(await wide()).toMatchObject({ f_status_dibao: true, version: before + 1 })
  expect(enqueued).toEqual([{ name: 'household.changed', householdId: 1 }])
  const { rows } = await db.owner.pool.query(
    `select household_id, detail from app.audit where action = 'household.award-recorded'`,
  )
  expect(rows).toEqual([{ household_id: 1, detail: { programme: 'dibao', state: 'receiving' } }])
})

describe('a later record', () => {
  test('closes the one it takes the place of, and leaves standing what was true before it', async () => {
    await record({ from: '2024-01-01' })
    await record({ state: 'ended', from: '2025-05-01', source: '复核' })
    expect(await awards('is not null')).toEqual(['dibao receiving 2024-01-01'])
    expect(await awards('is null')).toEqual([
      'dibao receiving 2024-01-01 2025-04-30',
      'dibao ended 2025-05-01',
    ])
    expect((await wide())['f_status_dibao']).toBeNull()
  })

  test('from the same day leaves one of them', async () => {
    await record()
    await record({ state: 'refused' })
    expect(await awards('is null')).toEqual(['dibao refused 2025-06-01'])
  })

  test('leaves alone another programme, another person and days it does not touch', async () => {
    await record({ from: '2020-01-01', to: '2020-12-31' })
    await record({ programme: 'tekun', personId: 1 })
    await record({ programme: 'tekun', personId: 2 })
    await record({ programme: 'tekun', personId: 2, state: 'ended' })
    expect(await awards('is null')).toEqual([
      'dibao receiving 2020-01-01 2020-12-31',
      'tekun 1 receiving 2025-06-01',
      'tekun 2 ended 2025-06-01',
    ])
  })
})

test('an award that begins later is no status before its day, and the run of that day sees it', async () => {
  await record({ from: '2025-07-01' })
  expect(await wide()).toMatchObject({ f_status_dibao: null, next_expiry: '2025-07-01' })
  const job = await db.jobToken()
  expect(await asActor(db.app, job, (tx) => expireFacts(tx, '2025-06-30'))).toBe(0)
  expect(await asActor(db.app, job, (tx) => expireFacts(tx, '2025-07-01'))).toBe(1)
  expect((await wide())['f_status_dibao']).toBe(true)
})

test('an award that ends is a status to its last day', async () => {
  await record({ from: '2024-07-01', to: '2025-06-30' })
  expect(await wide()).toMatchObject({ f_status_dibao: true, next_expiry: '2025-07-01' })
})

test('what cannot be recorded is refused, naming the field, and changes nothing', async () => {
  const refusal = (given: Partial<AwardDecision>) =>
    record(given).then(
      () => 'recorded',
      (error: { code: string; errors?: { path: string }[] }) =>
        [error.code, ...(error.errors ?? []).map(({ path }) => path)].join(' '),
    )
  expect(await refusal({ programme: 'nonsense' })).toBe('award-invalid /body/programme')
  expect(await refusal({ from: '2025-02-30' })).toBe('award-invalid /body/from')
  expect(await refusal({ to: '2025-13-01' })).toBe('award-invalid /body/to')
  expect(await refusal({ to: '2025-05-31' })).toBe('award-invalid /body/to')
  expect(await refusal({ personId: 3 })).toBe('award-invalid /body/personId')
  expect(await refusal({ version: 0 })).toBe('household-changed')
  expect(await refusal({ householdId: 2, version: 1 })).toBe('not-found')
  expect(await awards('is null')).toEqual([])
  expect(enqueued).toEqual([])
})

describe('past the program, on its own connection', () => {
  const recordPast = async (role: TestRole | 'forged', areaId: string) => {
    const token = role === 'forged' ? role : (await db.sessionFor({ role, areaId })).token
    return asActor(db.app, token, (tx) =>
      sql`select app.record_award(1, null, 'dibao', 'receiving', ${today}, null, 'x')`.execute(tx),
    )
  }

  test.each([
    ['an advisor', 'advisor', '310118001001'],
    ['an official of another township', 'township', '310118002'],
    ['the system administrator', 'system-admin', '310118'],
    ['the security administrator', 'security-admin', '310118'],
    ['the audit administrator', 'audit-admin', '310118'],
    ['a forged token', 'forged', ''],
  ] as const)('%s records no award', async (_who, role, areaId) => {
    await expect(recordPast(role, areaId)).rejects.toThrow('not for')
    expect(await awards('is null')).toEqual([])
  })

  test('the official of the township and the district do, in their own name', async () => {
    await recordPast('township', '310118001')
    const { rows } = await db.owner.pool.query<{ by: string }>(
      'select recorded_by as by from app.award',
    )
    expect(rows[0]?.by).toMatch(/^staff:/)
    await recordPast('district', '310118')
  })

  test('no award is edited, removed or written in another name', async () => {
    await record()
    const { token } = await db.sessionFor({ role: 'district', areaId: '310118' })
    for (const statement of [
      sql`update app.award set state = 'ended'`,
      sql`delete from app.award`,
      sql`insert into app.award (household_id, area_id, programme, state, valid_from, source)
        values (1, '310118001001', 'dibao', 'receiving', ${today}, 'x')`,
    ]) {
      await expect(asActor(db.app, token, (tx) => statement.execute(tx))).rejects.toThrow(
        'permission denied',
      )
    }
  })
})
