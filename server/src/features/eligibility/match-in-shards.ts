import { sql } from 'kysely'
import { asActor } from '../../platform/db/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import { expireFacts } from '../households/wide.ts'
import { claimMarkers, clearMarkers } from './markers.ts'
import { lockPublishing, type MatchWish } from './match.ts'
import {
  closeRun,
  countProgrammes,
  endInterrupted,
  interruptedRun,
  noteFailure,
  openRun,
  type RunSummary,
} from './run-record.ts'
import { dropShards, openShards, partsOfDistrict, partsOfList, type RunProgress } from './shards.ts'
import { type OpenRun, type ShardsParts, stageAll } from './stage-all.ts'
import { clearStaging, publishStaged } from './staging.ts'

export type ShardsWish = MatchWish &
  Readonly<{
    /** Only these; without it the whole district. */
    households?: readonly number[]
    /** Once the run is there for everybody to see. */
    onOpen?: () => void
    onProgress?: (done: { households: number; of: number }) => void
  }>

/**
 * Evaluates the district, or many households, in shards, and writes what changed in one transaction
 * at the end.
 *
 * A run that dies leaves the stored answers as they were; the next one of the same day and pack takes
 * it up where it was. Somebody leads at a time, others wait. A household that changed after it was
 * read, or has been answered meanwhile, is left out: its own run answers it.
 */
export async function matchInShards(parts: ShardsParts, wish: ShardsWish): Promise<RunSummary> {
  const started = performance.now()
  return leading(parts.db, async () => {
    const run = await openInShards(parts, wish)
    wish.onOpen?.()
    try {
      const progress = await stageAll(parts, run, wish.onProgress)
      const summary = await publish(parts, { run, progress, wish, started })
      await tidy(parts, run)
      return summary
    } catch (error) {
      // That it failed is worth less than why: a database that is gone keeps no note.
      await asActor(parts.db, await parts.programToken(), (tx) =>
        noteFailure(tx, run.id, error),
      ).catch(() => {})
      throw error
    }
  })
}

/** Holds, on a connection of its own, what only one process can: whoever dies lets go of it. */
export async function leading<T>(db: Database, work: () => Promise<T>): Promise<T> {
  const connection = await db.pool.connect()
  try {
    await connection.query(`select pg_advisory_lock(hashtext('qiao leading'))`)
    return await work()
  } finally {
    const letGo = connection.query(`select pg_advisory_unlock(hashtext('qiao leading'))`)
    await letGo.then(
      () => connection.release(),
      () => connection.release(true),
    )
  }
}

async function openInShards(
  { db, programToken, crew }: ShardsParts,
  { packInForce, today, cause, households }: ShardsWish,
): Promise<OpenRun> {
  return asActor(db, await programToken(), async (tx) => {
    // Whoever is answering a household now has done so before this run begins.
    await lockPublishing(tx)
    const pack = await packInForce(tx)
    const basis = { pack, today, cause, scope: households ? 'marked' : 'district' } as const
    if (!households) {
      const found = await interruptedRun(tx, basis)
      await endInterrupted(tx, found)
      if (found !== undefined) return { id: found, pack, today }
      await expireFacts(tx, today)
    }
    const id = await openRun(tx, basis)
    await claimMarkers(tx, id, households)
    const workers = crew?.size ?? 1
    const cut = households ? partsOfList(households, workers) : await partsOfDistrict(tx, workers)
    await openShards(tx, id, cut)
    return { id, pack, today }
  })
}

type Published = Readonly<{
  run: OpenRun
  progress: RunProgress
  wish: ShardsWish
  started: number
}>

async function publish(
  { db, programToken }: ShardsParts,
  { run, progress, wish, started }: Published,
): Promise<RunSummary> {
  return asActor(db, await programToken(), async (tx) => {
    await lockPublishing(tx)
    await sql`set local work_mem = '64MB'`.execute(tx)
    const changes = await publishStaged(tx, run.id)
    const { households, persons, unchanged } = progress
    const leads = await wish.afterRun(tx, {
      ...run,
      ...(wish.households ? { households: wish.households } : {}),
    })
    if (!wish.households) await countProgrammes(tx, run.id, wish.today)
    await clearMarkers(tx, run.id)
    const summary: RunSummary = {
      id: run.id,
      households,
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

/** An empty room for the next. */
async function tidy({ db, programToken }: ShardsParts, { id }: OpenRun): Promise<void> {
  await asActor(db, await programToken(), async (tx) => {
    await clearStaging(tx, id)
    await dropShards(tx, id)
  })
}
