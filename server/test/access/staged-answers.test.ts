import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { asActor } from '../../src/platform/db/actor.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'

/** What a run stages lies beyond row-level security, which COPY is refused under: other walls stand there. */

let database: TestDatabase
let staff: string
let program: string
beforeAll(async () => {
  database = await createTestDatabase()
  staff = (await database.sessionFor({ role: 'district', areaId: '310118' })).token
  program = await database.jobToken('match')
})
afterAll(() => database.close())

const as = (token: string, statement: string) =>
  asActor(database.app, token, (tx) => sql.raw(statement).execute(tx))

const gone = 'insert into staging.match_gone values (1, 0, 1, 1, 1, null)'
const answer = `insert into staging.match_answer values (1, 0, 1, 1, '310118001001', null, 'dibao', 'household',
  null, 'eligible', 'none', null, null, null, '{}', '{}', '{}', false, false, false, null, 1)`
const list = `insert into staging.match_undecided values (1, 0, 1, 1, '310118001001', false, '{1}', '{0}',
  array[null::date], null, 1)`

describe.each([
  ['an answer', answer],
  ['a list of what cannot be said', list],
  ['what no longer holds', gone],
])('%s', (_what, statement) => {
  test('is staged by the program', async () => {
    expect((await as(program, statement)).numAffectedRows).toBe(1n)
  })

  test.each([
    ['staff of the district', () => staff],
    ['a forged token', () => 'forged'],
  ])('is staged by %s never', async (_who, token) => {
    await expect(as(token(), statement)).rejects.toThrow(/only a run of the program stages/)
  })

  test('would be staged by anybody, were the trigger gone', async () => {
    const table = /into (\S+)/.exec(statement)?.[1] ?? ''
    await database.owner.pool.query(`alter table ${table} disable trigger program_only`)
    expect((await as(staff, statement)).numAffectedRows).toBe(1n)
    await database.owner.pool.query(`alter table ${table} enable trigger program_only`)
  })
})

test.each(['match_answer', 'match_undecided', 'match_gone'])(
  'nobody reads, changes or removes what is staged in %s, the program neither',
  async (table) => {
    for (const statement of [
      `select * from staging.${table}`,
      `update staging.${table} set version = 0`,
      `delete from staging.${table}`,
      `truncate staging.${table}`,
    ])
      await expect(as(program, statement), statement).rejects.toThrow(/permission denied/)
  },
)

test.each([
  'select * from app.publish_staged(1)',
  'select app.discard_staged(1)',
  'select app.clear_staging(1)',
  'select app.drop_shards(1)',
  'select app.clear_markers(1)',
  'select app.differing_households(1)',
])('%s is refused to staff and to a forged token', async (statement) => {
  for (const token of [staff, 'forged'])
    await expect(as(token, statement)).rejects.toThrow(/only the program/)
})

test('a run that is over publishes nothing any more', async () => {
  await expect(as(program, 'select * from app.publish_staged(1)')).rejects.toThrow(/no rows/)
})
