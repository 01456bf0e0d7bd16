import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { cases } from '../../../../rules/test/random/case.ts'
import { runs, unhurried } from '../../../../rules/test/runs.ts'
import { loadWideRows, saidByExplain, saidBySql } from './test-wide-rows.ts'

let database: TestDatabase
let connection: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  connection = new pg.Client({ connectionString: database.url('owner') })
  await connection.connect()
})
afterAll(async () => {
  await connection.end()
  await database.close()
})

test(
  'whatever the pack, SQL says of every household what explain says of it',
  unhurried,
  async () => {
    await fc.assert(
      fc.asyncProperty(
        cases({ households: 20, members: 4, strange: true }),
        async ({ pack, households, on }) => {
          await loadWideRows(connection, pack, households)
          expect(await saidBySql(connection, pack, on)).toEqual(saidByExplain(pack, households, on))
        },
      ),
      { numRuns: runs(), endOnFailure: true },
    )
  },
)
