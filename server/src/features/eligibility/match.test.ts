import { explain, type Pack, type Result } from '@qiao/rules'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { seal } from '../../../test/seal.ts'
import { loadDistrict } from '../../district/load.ts'
import { asOwner } from '../../platform/db/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { householdFacts } from '../households/facts.ts'
import { loadPackFolder } from '../policies/pack-files.ts'
import { matchSome } from './match.ts'
import { matchInShards, type ShardsWish } from './match-in-shards.ts'

const today = '2025-06-01'
let database: TestDatabase
let token: string
let pack: Pack

beforeAll(async () => {
  database = await createTestDatabase()
  token = await database.jobToken()
  pack = (await loadPackFolder()).pack
  await loadDistrict({ owner: database.owner, seal }, { residents: 1000, seed: 1, today })
}, 120_000)
afterAll(() => database.close())

const run = ({ households, ...more }: Partial<ShardsWish> = {}) => {
  const wish = {
    packInForce: async () => pack,
    today,
    cause: 'test',
    afterRun: async () => ({ raised: 0, closed: 0 }),
    ...more,
  }
  return households
    ? matchSome(database.app, token, { ...wish, households })
    : matchInShards({ db: database.app, programToken: async () => token }, wish)
}

async function rowsOf<R extends object>(text: string, values: unknown[] = []): Promise<R[]> {
  return (await database.owner.pool.query<R>(text, values)).rows
}

/** Everything stored, current and closed, in one text; that a run failed is kept beside it. */
async function stored(): Promise<string> {
  return JSON.stringify([
    await rowsOf('select * from app.answer order by id'),
    await rowsOf('select * from app.undecided order by id'),
    await rowsOf(`select * from app.match_run where state = 'done' order by id`),
  ])
}

/** Everybody in one list of answers, whichever way they are kept. */
const current = `
  select household_id, person_id, programme, verdict, amount_kind, amount_min, amount_max, missing, next_change
  from app.answer where superseded_at is null and not near_miss
  union all
  select household_id, nullif(entry.person_id, 0), programme, 'unknown', amount_kind, amount_min, amount_max, missing,
    entry.next_change
  from app.undecided cross join lateral unnest(kinds, person_ids, next_changes) entry (kind_id, person_id, next_change)
  join app.undecided_kind kind on kind.id = entry.kind_id
  where superseded_at is null`

/** Ends the connection on which a run works, as a crash of the server or of the program would. */
async function killBackend(tx: Tx): Promise<void> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
  const superuser = new pg.Client({ connectionString: database.server.superuserUrl })
  await superuser.connect()
  const killed = await superuser.query<{ done: boolean }>(
    'select pg_terminate_backend($1) as done',
    [rows[0]?.pid],
  )
  await superuser.end()
  if (killed.rows[0]?.done) kills += 1
}
let kills = 0

/** A run that ends because it was killed, and for no other reason. */
async function killedRun(wish: Partial<ShardsWish>): Promise<void> {
  const earlier = kills
  await expect(run(wish)).rejects.toThrow()
  expect(kills).toBe(earlier + 1)
}

/** At its beginning, and when everything is written but nothing committed. */
const stages: [string, Partial<ShardsWish>][] = [
  ['before it reads', { packInForce: async (tx) => killBackend(tx).then(() => pack) }],
  [
    'when it has written everything',
    { afterRun: async (tx) => killBackend(tx).then(() => ({ raised: 0, closed: 0 })) },
  ],
]

test.each(stages)('the first run, killed %s, leaves nothing behind', async (_when, wish) => {
  const before = await stored()
  await killedRun(wish)
  expect(await stored()).toBe(before)
})

test('the next run answers everybody', async () => {
  const summary = await run()
  expect(summary.persons).toBe(1000)
  expect(summary.written).toBeGreaterThan(500)
  expect(summary.leftOut).toBe(0)
})

test('a second run with nothing changed writes nothing', async () => {
  const before = await rowsOf('select id, superseded_at from app.answer order by id')
  const { written, closed } = await run()
  expect({ written, closed }).toEqual({ written: 0, closed: 0 })
  expect(await rowsOf('select id, superseded_at from app.answer order by id')).toEqual(before)
})

test('every stored answer is what explain says of the household, and nothing explain finds is missing', async () => {
  const households = await rowsOf<{ id: number }>('select id from app.household order by id')
  const kept = new Map<string, string>()
  for (const row of await rowsOf<StoredRow>(current)) kept.set(keyOf(row), said(row))
  const found = new Map<string, string>()
  await asOwner(database.owner, async (tx) => {
    for (const { id } of households)
      for (const result of explain(pack, await householdFacts(tx, id, today), today))
        if (result.verdict !== 'ineligible') found.set(resultKey(id, result), saidBy(result))
  })
  expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(found))
}, 120_000)

type StoredRow = Readonly<{
  household_id: number
  person_id: number | null
  programme: string
  verdict: string
  amount_kind: string
  amount_min: number | null
  amount_max: number | null
  missing: readonly string[]
}>

const keyOf = (row: StoredRow) => `${row.household_id} ${row.person_id ?? ''} ${row.programme}`
const said = (row: StoredRow) =>
  [row.verdict, row.amount_kind, row.amount_min, row.amount_max, row.missing.toSorted()].join(' ')
const resultKey = (id: number, { member, programme }: Result) =>
  `${id} ${member ?? ''} ${programme}`

function saidBy({ verdict, amount, missing }: Result): string {
  const [min, max] =
    amount.kind === 'exact'
      ? [amount.fen, amount.fen]
      : amount.kind === 'range'
        ? [amount.min, amount.max]
        : [null, null]
  const facts = [...new Set(missing.map(({ fact }) => fact))].sort()
  return [verdict, amount.kind, min, max, facts].join(' ')
}

test('who is not eligible is not kept, except a near miss', async () => {
  const rows = await rowsOf(`select from app.answer where verdict = 'ineligible' and not near_miss`)
  expect(rows).toEqual([])
})

test('an answer says by which pack and run, and when it may change', async () => {
  const [row] = await rowsOf<Record<string, unknown>>(
    `select count(*) as all, count(*) filter (where pack_hash = $1 and pack_version = $2
        and run_id in (select id from app.match_run where state = 'done')) as named,
      count(*) filter (where next_change <= $3) as past, count(next_change) as dated
     from app.answer where superseded_at is null`,
    [pack.hash, pack.version, today],
  )
  expect(row?.['named']).toBe(row?.['all'])
  expect(row?.['past']).toBe(0)
  expect(row?.['dated']).toBeGreaterThan(0)
})

/** Somebody entitled by age alone, whose birth date is all that has to change. */
async function anElder(): Promise<{ household: number; person: number }> {
  const [row] = await rowsOf<{ household: number; person: number }>(
    `select household_id as household, person_id as person from app.answer
     where superseded_at is null and programme = 'laonian-jintie' and verdict = 'eligible' order by id limit 1`,
  )
  if (!row) throw new Error('nobody is 65')
  return row
}

const setBirth = ({ person }: { person: number }, day: string) =>
  rowsOf('update app.person_current set f_birth_date = $2 where person_id = $1', [person, day])

const allowance = ({ person }: { person: number }) =>
  rowsOf<{ open: boolean; verdict: string; amount_min: number }>(
    `select superseded_at is null as open, verdict, amount_min from app.answer
     where programme = 'laonian-jintie' and person_id = $1 order by id`,
    [person],
  )

/** What holds now: closed answers stay in the record. */
const allowanceNow = async (elder: { person: number }) =>
  (await allowance(elder)).filter(({ open }) => open).map(({ verdict }) => verdict)

test('a household that changed after it was read is left out, and answered once it is read again', async () => {
  const elder = await anElder()
  const before = await allowance(elder)
  await setBirth(elder, '1930-01-01')
  // The run reads the wide row as it was before a change that has been recorded since.
  await rowsOf('update app.household set version = version + 1 where id = $1', [elder.household])
  expect((await run()).leftOut).toBe(1)
  expect(await allowance(elder)).toEqual(before)
  await rowsOf('update app.household_current set version = version + 1 where household_id = $1', [
    elder.household,
  ])
  expect((await run({ households: [elder.household] })).leftOut).toBe(0)
  const after = await allowance(elder)
  expect(after.map(({ open }) => open)).toEqual([...before.map(() => false), true])
  expect(after.at(-1)?.amount_min).toBeGreaterThan(before.at(-1)?.amount_min ?? 0)
})

test.each(stages)(
  'a later run, killed %s, leaves every answer open and as it was',
  async (_when, wish) => {
    const elder = await anElder()
    await setBirth(elder, '1935-01-01')
    const before = await stored()
    await killedRun(wish)
    expect(await stored()).toBe(before)
    expect((await run()).written).toBeGreaterThan(0)
    await setBirth(elder, '1930-01-01')
  },
)

/** Somebody else's transaction, for what happens while a run is under way. */
async function meanwhile<T>(work: (other: pg.PoolClient) => Promise<T>): Promise<T> {
  const other = await database.owner.pool.connect()
  try {
    await other.query('begin')
    return await work(other)
  } finally {
    other.release()
  }
}
const settled = (one: Promise<unknown>) =>
  Promise.race([one.then(() => true), new Promise((resolve) => setTimeout(resolve, 300, false))])

test('the job of a household waits for a change that is being recorded, and answers it', async () => {
  const elder = await anElder()
  await meanwhile(async (other) => {
    await other.query('select from app.household where id = $1 for update', [elder.household])
    await other.query(
      `update app.person_current set f_birth_date = '1934-01-01' where person_id = $1`,
      [elder.person],
    )
    const job = run({ households: [elder.household] })
    expect(await settled(job)).toBe(false)
    await other.query('commit')
    expect((await job).written).toBeGreaterThan(0)
  })
})

test('a run that waited for another asks for the pack in force only then', async () => {
  let asked = 0
  await meanwhile(async (other) => {
    await other.query(`select pg_advisory_xact_lock(hashtext('qiao matching'))`)
    const waiting = run({
      households: [1],
      packInForce: async () => {
        asked += 1
        return pack
      },
    })
    expect(await settled(waiting)).toBe(false)
    expect(asked).toBe(0)
    await other.query('commit')
    await waiting
    expect(asked).toBe(1)
  })
})

test('who was too young yesterday is found by the run of the day', async () => {
  const elder = await anElder()
  await setBirth(elder, '1960-06-02')
  await run()
  expect(await allowanceNow(elder)).toEqual(['ineligible'])
  await run({ today: '2025-06-02', cause: 'daily' })
  expect(await allowanceNow(elder)).toEqual(['eligible'])
})
