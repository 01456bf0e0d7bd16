import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import { asActor } from '../../platform/db/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { leading } from './match-in-shards.ts'
import { lockPublishing } from './match.ts'
import { endInterrupted, noteFailure, openRun } from './run-record.ts'
import { dropShards, openShards, partsOfDistrict } from './shards.ts'
import { type OpenRun, type ShardsParts, stageAll } from './stage-all.ts'
import { discardStaged } from './staging.ts'

/** What a comparison found: whom it answered anew, and of whom the stored answers were wrong. */
export type Comparison = Readonly<{ households: number; differing: readonly number[] }>

/** So many households are named; more say no more. */
const named = 100

/**
 * Answers everybody anew, as of the day, the policies and the facts by which the stored answers were
 * given, and names the households of which they are not the same: an answer that a change of the
 * household or the calendar should have renewed. Writes no answer. Whoever changed and is not answered
 * yet, or has been answered for a later day, is left out.
 *
 * @returns undefined where there is nothing to compare with: no run yet, or policies changed since
 */
export async function compareNightly(
  parts: ShardsParts,
  packInForce: (tx: Tx, on: string) => Promise<Pack>,
): Promise<Comparison | undefined> {
  return leading(parts.db, async () => {
    const run = await openComparison(parts, packInForce)
    if (!run) return undefined
    const asProgram = async <T>(work: (tx: Tx) => Promise<T>) =>
      asActor(parts.db, await parts.programToken(), work)
    try {
      const { households } = await stageAll(parts, run)
      return await asProgram(async (tx) => {
        const differing = await differingHouseholds(tx, run.id)
        await closeComparison(tx, run.id, { households, differing })
        await discardStaged(tx, run.id)
        await dropShards(tx, run.id)
        return { households, differing }
      })
    } catch (error) {
      await asProgram((tx) => noteFailure(tx, run.id, error)).catch(() => {})
      throw error
    }
  })
}

async function openComparison(
  { db, programToken, crew }: ShardsParts,
  packInForce: (tx: Tx, on: string) => Promise<Pack>,
): Promise<OpenRun | undefined> {
  return asActor(db, await programToken(), async (tx) => {
    await lockPublishing(tx)
    await endInterrupted(tx, undefined)
    const { rows } = await sql<{ on: string; hash: string }>`
      select on_day as on, pack_hash as hash from app.match_run
      where state = 'done' and scope = 'district' order by id desc limit 1`.execute(tx)
    const [last] = rows
    if (!last) return undefined
    const pack = await packInForce(tx, last.on)
    if (pack.hash !== last.hash) return undefined
    const basis = { cause: 'nightly', today: last.on, pack, scope: 'comparison' } as const
    const id = await openRun(tx, basis)
    await openShards(tx, id, await partsOfDistrict(tx, crew?.size ?? 1))
    return { id, pack, today: last.on }
  })
}

async function differingHouseholds(tx: Tx, run: number): Promise<readonly number[]> {
  const { rows } = await sql<{ ids: readonly number[] }>`
    select app.differing_households(${run}) as ids`.execute(tx)
  return (rows[0]?.ids ?? []).map(Number)
}

async function closeComparison(
  tx: Tx,
  run: number,
  { households, differing }: Comparison,
): Promise<void> {
  await sql`update app.match_run set state = 'done', finished_at = clock_timestamp(),
      households = ${households}, differing = ${differing.slice(0, named)}::bigint[],
      problem = ${differing.length > 0 ? `${differing.length} differ` : null}
    where id = ${run}`.execute(tx)
}
