import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { openDatabase } from './database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

test('a closed database leaves no connection behind, however it was used, and may be closed twice', async () => {
  const database = openDatabase(db.url('signin'), 2)
  await database.pool.query('select 1')
  expect(database.pool.totalCount).toBe(1)
  await database.close()
  expect(database.pool.totalCount).toBe(0)
  await database.close()
  await expect(database.pool.query('select 1')).rejects.toThrow('after calling end')
})

test('days stay days, instants are text in UTC, and a number too large to be right is refused', async () => {
  const { rows } = await db.app.pool.query(
    `select date '2025-06-01' as day, timestamptz '2025-06-01 08:00+08' as instant,
       9007199254740991::bigint as fen, null::bigint as nothing`,
  )
  expect(rows).toEqual([
    {
      day: '2025-06-01',
      instant: '2025-06-01T00:00:00.000Z',
      fen: 9_007_199_254_740_991,
      nothing: null,
    },
  ])
  await expect(db.app.pool.query('select 9007199254740992::bigint')).rejects.toThrow(
    'does not fit a number',
  )
})
