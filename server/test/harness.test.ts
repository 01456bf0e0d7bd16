import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asActor } from '../src/platform/db/actor.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

test('a session sees the areas of its scope and the ones above', async () => {
  const seen = async (token: string) =>
    asActor(database.app, token, async (tx) => {
      const { rows } = await sql<{ n: number }>`select count(*) as n from app.area`.execute(tx)
      return rows[0]?.n
    })
  const advisor = await database.sessionFor({ role: 'advisor', areaId: '310118001001' })
  const township = await database.sessionFor({ role: 'township', areaId: '310118001' })
  const district = await database.sessionFor({ role: 'district', areaId: '310118' })
  expect(await seen(advisor.token)).toBe(3)
  expect(await seen(township.token)).toBeLessThan(100)
  expect(await seen(district.token)).toBe(367)
  expect(await seen(await database.jobToken())).toBe(367)
  expect(await seen('forged')).toBe(0)
})
