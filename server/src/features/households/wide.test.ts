import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { settleStaged } from './load.ts'
import { expireFacts } from './wide.ts'

let db: TestDatabase
const today = '2025-06-01'

beforeAll(async () => {
  db = await createTestDatabase()
  await asOwner(db.owner, async (tx) => {
    await sql`insert into staging.household values
      (1, '310118001001', 'family', 'Q-1', '某路 1 号', null), (2, '310118002001', 'family', 'Q-2', '某路 2 号', null)`.execute(
      tx,
    )
    await sql`insert into staging.person (number, household_number, name, relation, joined_on) values
      (1, 1, '甲', '02', '2020-01-01'), (2, 1, '乙', '10', '2020-01-01'), (3, 2, '丙', '02', '2020-01-01')`.execute(
      tx,
    )
    await sql`insert into staging.fact values
      (1, 1, 'labour_income', '123456', '入户', null, null, '2025-05-01', '2025-06-30', 'plain'),
      (1, 1, 'disability_level', 'null', '残联', null, null, '2025-05-01', null, 'need-signal'),
      (1, 2, 'labour_income', '100', '入户', null, null, '2024-05-01', '2025-05-31', 'plain'),
      (1, 2, 'birth_date', '"1960-02-03"', '公安', null, null, '2025-05-01', null, 'plain'),
      (1, 2, 'major_disease', '"3"', '医保', null, null, '2025-05-01', null, 'clinical'),
      (1, null, 'assets', '5000000', '入户', null, null, '2025-05-01', null, 'plain')`.execute(tx)
    await sql`insert into staging.award values
      (1, null, 'dibao', 'receiving', '2024-01-01', null, '民政'), (1, 2, 'tekun', 'ended', '2023-01-01', '2024-01-01', '民政')`.execute(
      tx,
    )
    await sql`insert into staging.roll values
      ('dibao', '310118', '2025-06-01', true, '民政'), ('tekun', '310118001', '2025-06-01', true, '民政'),
      ('guer', '310118', '2025-06-01', false, '民政'), ('liangyou', '310118', '2025-04-01', true, '民政')`.execute(
      tx,
    )
    await settleStaged(tx, { today, demo: true })
  })
})
afterAll(() => db.close())

const person = async (id: number): Promise<Record<string, unknown>> => {
  const { rows } = await db.owner.pool.query<Record<string, unknown>>(
    'select * from app.person_current where person_id = $1',
    [id],
  )
  return rows[0] ?? {}
}

test('the wide row holds what is known today; known to have none differs from unknown', async () => {
  const row = await person(1)
  expect(row['f_labour_income']).toBe(123456)
  expect(row['f_disability_level']).toBeNull()
  expect(row['f_disability_level_known']).toBe(true)
  expect(row['f_disability_kind_known']).toBeNull()
})

test('a fact past its shelf life is unknown', async () => {
  expect((await person(2))['f_labour_income']).toBeNull()
})

test('status: an award says yes, a complete roll of the area says no, else it is unknown', async () => {
  const { rows } = await db.owner.pool.query<Record<string, unknown>>(
    'select * from app.household_current order by household_id',
  )
  expect(rows.map((row) => row['f_status_dibao'])).toEqual([true, false])
  expect((await person(1))['f_status_tekun']).toBe(false)
  expect((await person(3))['f_status_tekun']).toBeNull()
  expect((await person(3))['f_status_guer']).toBeNull()
  expect((await person(3))['f_status_liangyou']).toBeNull()
})

test('a household whose facts run out is rewritten on that day', async () => {
  const token = await db.jobToken()
  const count = await asActor(db.app, token, (tx) => expireFacts(tx, '2025-07-01'))
  expect(count).toBe(1)
  expect((await person(1))['f_labour_income']).toBeNull()
})

test('a roll that has grown old denies nothing, from the day on that the wide row names', async () => {
  const wide = async () => {
    const { rows } = await db.owner.pool.query<{ day: string; denied: boolean | null }>(
      `select next_roll_change as day, f_status_dibao as denied
       from app.household_current where household_id = 2`,
    )
    return rows[0]
  }
  const token = await db.jobToken()
  const runOn = (day: string) => asActor(db.app, token, (tx) => expireFacts(tx, day))
  const before = await wide()
  expect(before).toEqual({ day: '2025-07-06', denied: false })
  await runOn('2025-07-05')
  expect(await wide()).toEqual(before)
  await runOn('2025-07-06')
  expect(await wide()).toEqual({ day: null, denied: null })
})

test('a roll on record for a coming day speaks on that day', async () => {
  await db.owner.pool.query(
    `insert into app.roll (programme, area_id, on_day, complete, source)
     values ('dibao', '310118002', '2025-07-20', true, '民政')`,
  )
  const token = await db.jobToken()
  await asActor(db.app, token, (tx) =>
    sql`select app.refresh_current('{2}', '2025-07-10', 35)`.execute(tx),
  )
  const { rows } = await db.owner.pool.query(
    'select next_roll_change as day, f_status_dibao as denied from app.household_current where household_id = 2',
  )
  expect(rows).toEqual([{ day: '2025-07-20', denied: null }])
  expect(await asActor(db.app, token, (tx) => expireFacts(tx, '2025-07-20'))).toBe(1)
})

test('an advisor sees no household of another township', async () => {
  const { token } = await db.sessionFor({ role: 'advisor', areaId: '310118002001' })
  const seen = await asActor(db.app, token, (tx) =>
    sql<{ id: number }>`select id from app.household`.execute(tx),
  )
  expect(seen.rows.map((row) => row.id)).toEqual([2])
})

test('an advisor sees no clinical fact, the district does', async () => {
  const clinical = async (role: 'advisor' | 'district', areaId: string) => {
    const { token } = await db.sessionFor({ role, areaId })
    const found = await asActor(db.app, token, (tx) =>
      sql<{ n: number }>`select count(*) as n from app.fact where fact = 'major_disease'`.execute(
        tx,
      ),
    )
    return found.rows[0]?.n
  }
  expect(await clinical('advisor', '310118001001')).toBe(0)
  expect(await clinical('district', '310118')).toBe(1)
})

test('a session nobody opened sees nothing', async () => {
  const seen = await asActor(db.app, 'forged', (tx) =>
    sql`select id from app.household`.execute(tx),
  )
  expect(seen.rows).toEqual([])
})
