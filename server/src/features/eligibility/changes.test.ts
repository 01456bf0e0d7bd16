import type { Pack } from '@qiao/rules'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { seal } from '../../../test/seal.ts'
import { loadDistrict } from '../../district/load.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { loadPackFolder } from '../policies/pack-files.ts'
import { publish } from '../policies/load.ts'
import { makeMatching } from './matching.ts'
import { markedHouseholds } from './markers.ts'
import { matchSome } from './match.ts'
import { matchInShards, type ShardsWish } from './match-in-shards.ts'

/** What becomes of households that change before, during and after a run over a district of a thousand. */

const today = '2025-06-01'
let database: TestDatabase
let token: string
let pack: Pack
let elder: { household: number; person: number }

beforeAll(async () => {
  database = await createTestDatabase()
  token = await database.jobToken('match')
  const { pack: read, files } = await loadPackFolder()
  pack = read
  await asOwner(database.owner, (tx) => publish(tx, pack, files, { from: null, cases: null }))
  await loadDistrict({ owner: database.owner, seal }, { residents: 1000, seed: 1, today })
  await district()
  const [found] = await rowsOf<typeof elder>(
    `select household_id as household, person_id as person from app.answer
     where superseded_at is null and programme = 'laonian-jintie' and verdict = 'eligible' order by id limit 1`,
  )
  if (!found) throw new Error('nobody is 65')
  elder = found
}, 120_000)
afterAll(() => database.close())

const rowsOf = async <R extends object>(text: string, values: unknown[] = []): Promise<R[]> =>
  (await database.owner.pool.query<R>(text, values)).rows
const asProgram = <T>(work: Parameters<typeof asActor<T>>[2]) => asActor(database.app, token, work)
const wish = {
  packInForce: async () => pack,
  today,
  cause: 'test',
  afterRun: async () => ({ raised: 0, closed: 0 }),
}
const programToken = async () => token
const district = (more: Partial<ShardsWish> = {}, tokenOf = programToken) =>
  matchInShards({ db: database.app, programToken: tokenOf }, { ...wish, ...more })
const some = (...households: number[]) => matchSome(database.app, token, { ...wish, households })
const matching = () =>
  makeMatching({
    db: database.app,
    clock: { today: () => today, now: () => new Date() },
    programToken,
    workers: 0,
    onError: () => {},
    ...wish,
  })
const marked = () => asProgram((tx) => markedHouseholds(tx, 100))
/** A change as the program records one: the version goes on, and the wide row with it. */
const change = (household: number) =>
  rowsOf(
    `with moved as (update app.household set version = version + 1 where id = $1 returning id, version)
     update app.household_current set version = moved.version from moved where household_id = moved.id`,
    [household],
  )
/** A change that nobody records: what a fault of the program would leave behind. */
const setBirth = (day: string) =>
  rowsOf('update app.person_current set f_birth_date = $2 where person_id = $1', [
    elder.person,
    day,
  ])
const allowance = async () => {
  const [row] = await rowsOf<{ fen: number }>(
    `select amount_min as fen from app.answer
     where programme = 'laonian-jintie' and person_id = $1 and superseded_at is null`,
    [elder.person],
  )
  return row?.fen
}

describe('a household that changes', () => {
  test('is marked in the transaction of the change, and taken back with it', async () => {
    const other = await database.owner.pool.connect()
    await other.query('begin')
    await other.query('update app.household set version = version + 1 where id = $1', [
      elder.household,
    ])
    await other.query('rollback')
    other.release()
    expect(await marked()).toEqual([])
    await change(elder.household)
    expect(await marked()).toEqual([elder.household])
  })

  test('is answered by the next job, and is marked no more', async () => {
    await setBirth('1930-01-01')
    await matching().runMarked()
    expect(await allowance()).toBeGreaterThan(0)
    expect(await marked()).toEqual([])
  })

  test('again while it is being answered stays marked', async () => {
    await change(elder.household)
    await district({
      afterRun: async () => {
        await change(elder.household)
        return { raised: 0, closed: 0 }
      },
    })
    expect(await marked()).toEqual([elder.household])
    await matching().runMarked()
    expect(await marked()).toEqual([])
  })

  test('is not waited for by anybody when the run that was to answer it died', async () => {
    await change(elder.household)
    await rowsOf(`insert into app.match_run (id, state, cause, on_day, pack_version, pack_hash, engine_version)
      values (900, 'running', 'test', '2025-06-01', '1', 'hash', '1')`)
    await rowsOf('update app.change_marker set run_id = 900')
    expect(await marked()).toEqual([])
    await district()
    expect(await rowsOf(`select state, problem from app.match_run where id = 900`)).toEqual([
      { state: 'failed', problem: 'interrupted' },
    ])
    expect(await marked()).toEqual([])
  })
})

test('what was answered while a run over the district was under way is left as it was answered', async () => {
  await setBirth('1930-01-01')
  await some(elder.household)
  const whenStaged = await timesAskedBeforePublishing()
  await setBirth('1936-01-01')
  let [asked, meanwhile] = [0, undefined as number | undefined]
  const summary = await district({}, async () => {
    asked += 1
    // What 1936 makes of it is staged; before it is published the household is read and answered anew.
    if (asked === whenStaged) {
      await setBirth('1955-01-01')
      await some(elder.household)
      meanwhile = await allowance()
    }
    return token
  })
  expect(meanwhile).toBeGreaterThan(0)
  expect(await allowance()).toBe(meanwhile)
  expect(summary).toMatchObject({ written: 0, closed: 0, leftOut: 1 })
})

/** How often a run asks for its token until it publishes. */
async function timesAskedBeforePublishing(): Promise<number> {
  let [asked, atPublishing] = [0, 0]
  const afterRun = async () => {
    atPublishing = asked
    return { raised: 0, closed: 0 }
  }
  await district({ afterRun }, async () => {
    asked += 1
    return token
  })
  return atPublishing
}

describe('the nightly comparison', () => {
  const compare = () => matching().compare()
  const stored = () => rowsOf('select id, superseded_at from app.answer order by id')
  beforeEach(async () => {
    await setBirth('1930-01-01')
    await district()
  })

  test('finds nothing where every change was answered', async () => {
    const found = await compare()
    expect(found?.households).toBeGreaterThan(400)
    expect(found?.differing).toEqual([])
  })

  test('names the household whose change was missed, and leaves its answer to the run of the day', async () => {
    await setBirth('1936-01-01')
    const before = await stored()
    expect((await compare())?.differing).toEqual([elder.household])
    expect(await stored()).toEqual(before)
    expect(await rowsOf('select 1 from staging.match_answer')).toEqual([])
    await district()
    expect((await compare())?.differing).toEqual([])
  })

  test('does not name one that is still to be answered, or was for a later day', async () => {
    await setBirth('1936-01-01')
    await change(elder.household)
    expect((await compare())?.differing).toEqual([])
    await matchSome(database.app, token, {
      ...wish,
      today: '2025-06-02',
      households: [elder.household],
    })
    await setBirth('1941-01-01')
    expect((await compare())?.differing).toEqual([])
  })

  test('does not compare with the answers of other policies', async () => {
    await rowsOf(
      `update app.match_run set pack_hash = 'another' where id = (select max(id) from app.match_run where scope = 'district' and state = 'done')`,
    )
    expect(await compare()).toBeUndefined()
  })
})
