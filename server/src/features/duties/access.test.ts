import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase, type TestRole } from '../../../test/database.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { advisorsFor, giveDuty, holdsDuty } from './queries.ts'

const here = '310118001001'
const elsewhere = '310118002001'
let db: TestDatabase
let advisor: { token: string; staffId: string }

const give = (staffId: string, areaId: string, from = '2024-01-01', to: string | null = null) =>
  asOwner(db.owner, (tx) => giveDuty(tx, { staffId, areaId, kind: 'advisor-of-area', from, to }))

beforeAll(async () => {
  db = await createTestDatabase()
  advisor = await db.sessionFor({ role: 'advisor', areaId: here, name: '顾问甲' })
  const other = await db.sessionFor({ role: 'advisor', areaId: elsewhere, name: '顾问乙' })
  await give(advisor.staffId, here)
  await give(other.staffId, elsewhere)
})
afterAll(() => db.close())

async function areasSeen(token: string): Promise<string[]> {
  const { rows } = await asActor(db.app, token, (tx) =>
    sql<{ area_id: string }>`select area_id from app.duty order by area_id`.execute(tx),
  )
  return rows.map((row) => row.area_id)
}
const tokenOf = async (role: TestRole, areaId: string) =>
  (await db.sessionFor({ role, areaId })).token

test('an advisor sees the duties of their own committee only', async () => {
  expect(await areasSeen(advisor.token)).toEqual([here])
})

test('a township clerk sees the duties of their own township only, the district all', async () => {
  expect(await areasSeen(await tokenOf('township', '310118002'))).toEqual([elsewhere])
  expect(await areasSeen(await tokenOf('district', '310118'))).toEqual([here, elsewhere])
})

test('of the three administrators only the one for access sees who is responsible', async () => {
  expect(await areasSeen(await tokenOf('security-admin', '310118'))).toEqual([here, elsewhere])
  expect(await areasSeen(await tokenOf('system-admin', '310118'))).toEqual([])
  expect(await areasSeen(await tokenOf('audit-admin', '310118'))).toEqual([])
})

test('a forged token shows no duty and holds none', async () => {
  expect(await areasSeen('forged')).toEqual([])
  expect(await asActor(db.app, 'forged', (tx) => holdsDuty(tx, here))).toBe(false)
})

test('nobody appoints themselves', async () => {
  const statement = sql`insert into app.duty (staff_id, area_id, kind, valid_from)
    values (${advisor.staffId}, ${elsewhere}, 'advisor-of-area', '2024-01-01')`
  await expect(asActor(db.app, advisor.token, (tx) => statement.execute(tx))).rejects.toThrow(
    'permission denied',
  )
})

test('a duty is held for its committee, from its first day to its last', async () => {
  const holds = async (token: string, areaId = here) =>
    asActor(db.app, token, (tx) => holdsDuty(tx, areaId))
  expect(await holds(advisor.token)).toBe(true)
  expect(await holds(advisor.token, elsewhere)).toBe(false)
  const former = await db.sessionFor({ role: 'advisor', areaId: here, name: '前任' })
  await give(former.staffId, here, '2020-01-01', '2020-12-31')
  expect(await holds(former.token)).toBe(false)
  const coming = await db.sessionFor({ role: 'advisor', areaId: here, name: '继任' })
  await give(coming.staffId, here, '2999-01-01')
  expect(await holds(coming.token)).toBe(false)
})

test('the advisors for a committee are those in office on the day', async () => {
  const names = async (on: string) =>
    (await asActor(db.app, advisor.token, (tx) => advisorsFor(tx, here, on))).map(
      ({ name }) => name,
    )
  expect(await names('2025-06-01')).toEqual(['顾问甲'])
  expect(await names('2020-06-01')).toEqual(['前任'])
})

test('the same appointment twice is one', async () => {
  await give(advisor.staffId, here, '2024-06-01')
  expect((await areasSeen(advisor.token)).filter((area) => area === here)).toHaveLength(3)
})
