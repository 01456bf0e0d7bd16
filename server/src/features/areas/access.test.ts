import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase, type TestRole } from '../../../test/database.ts'
import { asActor } from '../../platform/db/actor.ts'
import { districtAreas } from './load.ts'

/** The map as shipped: 青浦区, its townships, their committees. */

const district = '310118'
const township = '310118001'
const committee = '310118001001'
let db: TestDatabase
let every: readonly string[]

beforeAll(async () => {
  db = await createTestDatabase()
  every = (await districtAreas()).map(({ id }) => id).sort()
})
afterAll(() => db.close())

const tokenOf = async (role: TestRole, areaId: string) =>
  (await db.sessionFor({ role, areaId })).token

/** The areas a token shows, straight from the database. */
async function seenBy(token: string): Promise<string[]> {
  const { rows } = await asActor(db.app, token, (tx) =>
    sql<{ id: string }>`select id from app.area order by id`.execute(tx),
  )
  return rows.map(({ id }) => id)
}

const inside = (area: string) => every.filter((id) => id.startsWith(area))

test('an advisor sees the own committee and what it lies in, nothing beside it', async () => {
  expect(await seenBy(await tokenOf('advisor', committee))).toEqual([district, township, committee])
})

test('a township sees what lies in it and the district, nothing of another township', async () => {
  const seen = await seenBy(await tokenOf('township', township))
  expect(seen).toEqual([district, ...inside(township)])
  expect(seen.length).toBeLessThan(every.length / 2)
})

test.each(['district', 'system-admin', 'security-admin', 'audit-admin'] as const)(
  'the whole map is seen with role %s of the district',
  async (role) => {
    expect(await seenBy(await tokenOf(role, district))).toEqual(every)
  },
)

test('the program sees the whole map', async () => {
  expect(await seenBy(await db.jobToken())).toEqual(every)
})

test('a forged token shows no area', async () => {
  expect(await seenBy('forged')).toEqual([])
})

test('somebody who has left sees no area', async () => {
  const { token, staffId } = await db.sessionFor({ role: 'district', areaId: district })
  await db.owner.pool.query('update app.staff set active = false where id = $1', [staffId])
  expect(await seenBy(token)).toEqual([])
})

test('nobody draws, renames or removes an area, not even the program', async () => {
  for (const token of [await tokenOf('district', district), await db.jobToken()]) {
    for (const statement of [
      sql`insert into app.area (id, level, name, parent_id) values ('310118999', 'township', '无', '310118')`,
      sql`update app.area set name = '无' where id = ${committee}`,
      sql`delete from app.area where id = ${committee}`,
    ]) {
      const written = asActor(db.app, token, (tx) => statement.execute(tx))
      await expect(written).rejects.toThrow('permission denied for table area')
    }
  }
})
