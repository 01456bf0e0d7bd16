import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type pg from 'pg'
import { asActorOnConnection } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { expireFacts } from '../households/wide.ts'
import { answersOf } from './answers.ts'
import { makeMatcher, type Matcher } from './matcher.ts'
import { compareShard, type KnownKinds } from './compare.ts'
import { closeRun, countProgrammes, openRun, type RunSummary } from './run-record.ts'
import { type Choice, readShard } from './shard.ts'
import { createStaging, settleStaged, stage } from './staging.ts'
import { readStored } from './stored.ts'

/** What a later feature does with new answers, in the same transaction: leads. */
export type AfterRun = (
  tx: Tx,
  run: { id: number; today: string; households?: readonly number[]; pack: Pack },
) => Promise<{ raised: number; closed: number }>

export type MatchWish = Readonly<{
  /** Asked once no other run is under way: one that waited must not answer by a pack since replaced. */
  packInForce: (tx: Tx) => Promise<Pack>
  today: string
  /** Why: 'start', 'by hand', 'policies.published', 'daily', 'household.changed'. */
  cause: string
  /** Only these; without it the whole district. */
  households?: readonly number[]
  afterRun: AfterRun
  onProgress?: (done: { households: number; of: number }) => void
}>

type Counts = { households: number; persons: number; unchanged: number }

/** Households read and answered at a time: some 30,000 people, a few ten megabytes. */
const shardSize = 10_000

/**
 * Evaluates households against the pack and writes what changed, in one transaction.
 *
 * A run that dies leaves the stored answers as they were. A household that changed after it was
 * read is left out: its own job answers it. Runs wait for each other.
 *
 * @param token of a job session, which sees the whole district
 */
export async function match(db: Database, token: string, wish: MatchWish): Promise<RunSummary> {
  const started = performance.now()
  return asActorOnConnection(db, token, async (tx, connection) => {
    await sql`select pg_advisory_xact_lock(hashtext('qiao matching'))`.execute(tx)
    await sql`set local work_mem = '64MB'`.execute(tx)
    const pack = await wish.packInForce(tx)
    const matcher = makeMatcher(pack, wish.today)
    if (wish.households) await waitForWriters(tx, wish.households)
    else await expireFacts(tx, wish.today)
    const id = await openRun(tx, { ...wish, pack })
    await createStaging(connection)
    const counts = await stageChanges(tx, connection, matcher, wish)
    const changes = await settleStaged(tx, id, pack)
    const leads = await wish.afterRun(tx, {
      id,
      today: wish.today,
      pack,
      ...(wish.households ? { households: wish.households } : {}),
    })
    if (!wish.households) await countProgrammes(tx, id, wish.today)
    const summary: RunSummary = {
      id,
      households: counts.households,
      persons: counts.persons,
      ...changes,
      unchanged: counts.unchanged,
      leadsRaised: leads.raised,
      linesClosed: leads.closed,
      ms: Math.round(performance.now() - started),
    }
    await closeRun(tx, summary)
    return summary
  })
}

/**
 * A change enqueues its job unless one for the household waits already. Whoever is changing one of
 * these now may have relied on the very job that is running: their change is waited for and read.
 */
async function waitForWriters(tx: Tx, households: readonly number[]): Promise<void> {
  await sql`select id from app.household where id = any(${households}::bigint[])
    order by id for share`.execute(tx)
}

async function stageChanges(
  tx: Tx,
  connection: pg.PoolClient,
  matcher: Matcher,
  wish: MatchWish,
): Promise<Counts> {
  const counts: Counts = { households: 0, persons: 0, unchanged: 0 }
  const kinds: KnownKinds = new Set()
  const { of, choices } = await shardsOf(tx, wish.households)
  for (const choice of choices) {
    const shard = await readShard(connection, matcher.pack.facts, choice)
    const stored = await readStored(connection, matcher.pack, choice)
    const answers = answersOf(matcher, shard)
    const differences = compareShard({ shard, answers, stored, kinds })
    await stage(connection, differences)
    counts.unchanged += differences.unchanged
    counts.households += shard.batch.households
    counts.persons += shard.batch.persons
    wish.onProgress?.({ households: counts.households, of })
  }
  return counts
}

async function shardsOf(
  tx: Tx,
  households: readonly number[] | undefined,
): Promise<{ of: number; choices: Choice[] }> {
  if (households) return { of: households.length, choices: [{ ids: households }] }
  const { rows } = await sql<{ after: number; up_to: number; of: number }>`
    select coalesce(lag(max(id)) over (order by shard), 0) as after, max(id) as up_to,
      sum(count(*)) over ()::int as of
    from (select household_id as id, (row_number() over (order by household_id) - 1) / ${shardSize}::int as shard
      from app.household_current) numbered
    group by shard order by shard`.execute(tx)
  return {
    of: rows[0]?.of ?? 0,
    // The last one takes in who is matched no more, beyond the last household that is.
    choices: (rows.length > 0 ? rows : [{ after: 0, up_to: 0 }]).map((row, at) => ({
      after: row.after,
      upTo: at >= rows.length - 1 ? Number.MAX_SAFE_INTEGER : row.up_to,
    })),
  }
}
