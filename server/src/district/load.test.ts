import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { loadDistrict } from './load.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const wish = { residents: 20_000, seed: 1, today: '2025-06-01' }
const digest = (text: string) => createHash('sha256').update(text).digest()
const seal = (_field: string, text: string) => ({
  sealed: digest(`sealed ${text}`),
  index: digest(text),
})
const parts = () => ({ owner: database.owner, seal })

async function count(text: string): Promise<number> {
  const { rows } = await database.owner.pool.query<{ n: number }>(
    `select count(*) as n from ${text}`,
  )
  return rows[0]?.n ?? -1
}

test('the demonstration district loads whole, marked as invented', async () => {
  const started = performance.now()
  const loaded = await loadDistrict(parts(), wish)
  console.log(`20,000 residents loaded in ${Math.round(performance.now() - started)} ms`)
  expect(loaded.persons).toBe(20_000)
  expect(await count('app.household')).toBe(loaded.households)
  expect(await count('app.household where not demo')).toBe(0)
  expect(await count('app.household where story is not null')).toBe(7)
  expect(await count('app.person_current')).toBe(20_000)
  expect(await count('(select distinct left(area_id, 9) from app.household) townships')).toBe(11)
  expect(await count('staging.fact')).toBe(0)
})

test('every row is held again against the rows it names, as before the load', async () => {
  const empty = await createTestDatabase()
  const keys = async (of: TestDatabase) => {
    const { rows } = await of.owner.pool.query<{ line: string }>(
      `select concat_ws(' ', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid)) as line
       from pg_constraint where contype = 'f' and connamespace = 'app'::regnamespace order by 1`,
    )
    return rows.map(({ line }) => line)
  }
  expect(await keys(database)).toEqual(await keys(empty))
  await empty.close()
  await expect(
    database.owner.pool.query(
      `insert into app.person (household_id, area_id, name) values (99999999, '310118001001', '无户')`,
    ),
  ).rejects.toThrow('foreign key')
})

test('money arrives in fen and unknown stays unknown', async () => {
  expect(await count('app.person_current where f_pension = 155500 + 4000')).toBeGreaterThan(0)
  expect(await count('app.person_current where f_labour_income is null')).toBeGreaterThan(15_000)
  expect(await count('app.household_current where f_status_dibao')).toBeGreaterThan(20)
})

test('a database with households is refused', async () => {
  await expect(loadDistrict(parts(), wish)).rejects.toThrow('already holds households')
})

test('a production database is refused', async () => {
  const other = await createTestDatabase()
  await other.owner.pool.query(`insert into meta.installation (mode) values ('production')`)
  await expect(loadDistrict({ owner: other.owner, seal }, wish)).rejects.toThrow(
    'belongs to production',
  )
  await other.close()
})
