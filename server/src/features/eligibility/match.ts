import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import { asActorOnConnection } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { claimMarkers, clearMarkers } from './markers.ts'
import { makeMatcher } from './matcher.ts'
import { closeRun, openRun, type RunSummary } from './run-record.ts'
import { openShards } from './shards.ts'
import { discardStaged, publishStaged } from './staging.ts'
import { stageShard } from './work-shard.ts'

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
  afterRun: AfterRun
}>

/** So many households are answered in one transaction, without being cut into shards. */
export const fewHouseholds = 500

/** Runs publish one after the other, whoever leads them. */
export async function lockPublishing(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('qiao matching'))`.execute(tx)
}

/**
 * Evaluates some households against the pack and writes what changed, in one transaction, also while
 * a run over the district is under way: what is found here is newer, and that run leaves it alone.
 *
 * @param token of a job session, which sees the whole district
 */
export async function matchSome(
  db: Database,
  token: string,
  wish: MatchWish & Readonly<{ households: readonly number[] }>,
): Promise<RunSummary> {
  const started = performance.now()
  const { today, households, afterRun } = wish
  return asActorOnConnection(db, token, async (tx, connection) => {
    await lockPublishing(tx)
    const pack = await wish.packInForce(tx)
    await waitForWriters(tx, households)
    const id = await openRun(tx, { ...wish, pack, scope: 'marked' })
    await claimMarkers(tx, id, households)
    const choice = { ids: households }
    await openShards(tx, id, [{ choice, expected: households.length }])
    const worker = { matcher: makeMatcher(pack, today), kinds: new Set<number>() }
    const { persons, unchanged, ...counts } = await stageShard(
      connection,
      worker,
      { run: id, number: 0 },
      choice,
    )
    const changes = await publishStaged(tx, id)
    await discardStaged(tx, id)
    const leads = await afterRun(tx, { id, today, pack, households })
    await clearMarkers(tx, id)
    const summary: RunSummary = {
      id,
      households: counts.households,
      persons,
      unchanged,
      ...changes,
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
