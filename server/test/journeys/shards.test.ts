import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { seal } from '../seal.ts'
import { loadDistrict } from '../../src/district/load.ts'
import { makeCrew } from '../../src/features/eligibility/crew.ts'
import { matchInShards } from '../../src/features/eligibility/match-in-shards.ts'
import type { ShardsParts } from '../../src/features/eligibility/stage-all.ts'
import { packInForce, publishShippedPack } from '../../src/features/policies/load.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { commandEnvironment } from '../running-qiao.ts'
import { launch, type Program } from '../start/running-program.ts'

/** A district too large for one shard: threads and processes that take shards, and what if they die. */

const today = '2025-06-01'
let seed: TestDatabase
let database: TestDatabase
let environment: Awaited<ReturnType<typeof commandEnvironment>>
let token: string
beforeAll(async () => {
  seed = await createTestDatabase()
  await publishShippedPack(seed.owner)
  await loadDistrict({ owner: seed.owner, seal }, { residents: 4000, seed: 1, today })
  await seed.disconnect()
}, 120_000)
afterAll(() => seed.close())

beforeAll(anew)
afterEach(anew)
afterAll(async () => {
  await environment.remove()
  await database.close()
})

/** The same district, not matched. */
async function anew(): Promise<void> {
  await database?.close()
  await environment?.remove()
  database = await createTestDatabase(seed.name)
  token = await database.jobToken('match')
  environment = await commandEnvironment(database)
}

const rowsOf = async <R extends object>(text: string): Promise<R[]> =>
  (await database.owner.pool.query<R>(text)).rows
const partsWith = (more: Partial<ShardsParts>): ShardsParts => ({
  db: database.app,
  programToken: async () => token,
  ...more,
})
const wish = {
  packInForce: (tx: Parameters<typeof packInForce>[0]) => packInForce(tx, today),
  today,
  cause: 'test',
  afterRun: async () => ({ raised: 0, closed: 0 }),
}
/** One process and no thread: the answers that everything else is compared with. */
const runAlone = () => matchInShards(partsWith({}), wish)
const nothingNew = { written: 0, closed: 0, leftOut: 0, persons: 4000 }
const program = (...args: string[]): Program =>
  launch({ args, env: { ...environment.env, QIAO_MODE: 'demo', QIAO_WORKERS: '2' } })

/** Somebody else's transaction, in which a lock is held for as long as `work` takes. */
async function holding<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const other = await database.owner.pool.connect()
  try {
    await other.query('begin')
    await other.query(lock)
    return await work()
  } finally {
    await other.query('commit')
    other.release()
  }
}
const until = async (isSo: () => Promise<boolean>) => {
  while (!(await isSo())) await wait(20)
}

test('threads answer as one process does, and say how far they are', async () => {
  const crew = makeCrew({ url: database.url('app'), size: 2, onError: () => {} })
  const seen: number[] = []
  const summary = await matchInShards(partsWith({ crew }), {
    ...wish,
    onProgress: ({ households }) => void seen.push(households),
  })
  await crew.close()
  expect(summary.persons).toBe(4000)
  expect(summary.written).toBeGreaterThan(2000)
  expect(seen.at(-1)).toBe(summary.households)
  expect(await rowsOf('select 1 from app.match_shard')).toEqual([])
  expect(await runAlone()).toMatchObject(nothingNew)
}, 60_000)

test('the process that leads works off a few shards without a thread', async () => {
  const work = () => Promise.reject(new Error('a thread was asked'))
  const crew = { size: 2, work, close: async () => {} }
  const { persons } = await matchInShards(partsWith({ crew, aloneUpTo: 16 }), wish)
  expect(persons).toBe(4000)
  await expect(matchInShards(partsWith({ crew }), wish)).rejects.toThrow('a thread was asked')
}, 60_000)

test('workers of other processes take the shards; one that is killed is replaced by the next', async () => {
  // This process leads and lends no hand itself.
  const crew = { size: 2, work: async () => 0, close: async () => {} }
  const first = program('work')
  await first.saying(/等待匹配任务/)
  const nobodyStages = 'lock table staging.match_undecided in access exclusive mode'
  const run = matchInShards(partsWith({ crew, stalledMs: 500 }), wish)
  await holding(nobodyStages, async () => {
    await until(async () => (await rowsOf(waitingForStaging)).length > 0)
    first.kill('SIGKILL')
    await first.ended
  })
  expect(await rowsOf('select 1 from app.answer')).toEqual([])
  const second = program('work')
  expect((await run).persons).toBe(4000)
  await second.saying(/"shards"/)
  second.kill('SIGINT')
  expect((await second.ended).code).toBe(0)
  expect(await runAlone()).toMatchObject(nothingNew)
}, 90_000)

const waitingForStaging = `select 1 from pg_locks
  where relation = 'staging.match_undecided'::regclass and not granted`

test('a run whose leader is killed changes nothing, and the next one goes on with what it had', async () => {
  const leader = program('match')
  await holding(`select pg_advisory_xact_lock(hashtext('qiao matching'))`, async () => {})
  // It has been opened by then, or will be; from here on nobody publishes.
  await until(async () => (await rowsOf('select 1 from app.match_shard')).length > 0)
  await holding(`select pg_advisory_xact_lock(hashtext('qiao matching'))`, async () => {
    await until(
      async () =>
        (await rowsOf('select 1 from app.match_shard where staged_at is null')).length === 0,
    )
    leader.kill('SIGKILL')
    await leader.ended
    // PostgreSQL notices that it is gone.
    await until(async () => (await rowsOf(leading)).length === 0)
  })
  expect(await rowsOf('select 1 from app.answer')).toEqual([])
  expect(await rowsOf('select state from app.match_run')).toEqual([{ state: 'running' }])
  const summary = await runAlone()
  expect(summary.persons).toBe(4000)
  expect(await rowsOf('select id, state from app.match_run')).toEqual([
    { id: summary.id, state: 'done' },
  ])
  expect(await runAlone()).toMatchObject(nothingNew)
}, 90_000)

const leading = `select 1 from pg_locks join pg_database on pg_database.oid = database
  where locktype = 'advisory' and datname = current_database() and objid::bigint = hashtext('qiao leading')::bigint & 4294967295`

test('a shard that cannot be answered is tried three times, then its run fails and says why', async () => {
  await rowsOf('alter table staging.match_undecided add constraint never check (false) not valid')
  const said: string[] = []
  const crew = makeCrew({
    url: database.url('app'),
    size: 2,
    onError: ({ message }) => void said.push(message),
  })
  await expect(matchInShards(partsWith({ crew }), wish)).rejects.toThrow(
    /failed 3 times.*constraint "never"/,
  )
  await crew.close()
  expect(said.length).toBeGreaterThanOrEqual(3)
  expect(await rowsOf('select 1 from app.answer')).toEqual([])
  const [run] = await rowsOf<{ state: string; problem: string }>(
    'select state, problem from app.match_run',
  )
  expect(run?.state).toBe('failed')
  expect(run?.problem).toContain('never')
}, 60_000)
