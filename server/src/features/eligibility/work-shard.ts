import type { Pack } from '@qiao/rules'
import type pg from 'pg'
import { asActorOnConnection } from '../../platform/db/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import { answersOf } from './answers.ts'
import { compareShard, type KnownKinds } from './compare.ts'
import type { Matcher } from './matcher.ts'
import { type Choice, readShard } from './shard.ts'
import { claimShard, noteAttempt, noteStaged, type ShardCounts, type ShardName } from './shards.ts'
import { stage } from './staging.ts'
import { readStored } from './stored.ts'

/** What answers a shard, and what it has made sure of so far. */
export type ShardWorker = Readonly<{ matcher: Matcher; kinds: KnownKinds }>

/** Reads the chosen households, answers them, and stages what differs from what is stored. */
export async function stageShard(
  connection: pg.PoolClient,
  { matcher, kinds }: ShardWorker,
  name: ShardName,
  choice: Choice,
): Promise<ShardCounts> {
  const shard = await readShard(connection, matcher.pack.facts, choice)
  const stored = await readStored(connection, matcher.pack, choice)
  const answers = answersOf(matcher, shard)
  const differences = compareShard({ name, matcher, shard, answers, stored, kinds })
  await stage(connection, differences)
  const { households, persons } = shard.batch
  return {
    households,
    persons,
    unchanged: differences.unchanged,
    undecided: byProgramme(matcher.pack, answers.undecided),
  }
}

function byProgramme(pack: Pack, ofTargets: Int32Array): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [target, { programme }] of pack.program.targets.entries()) {
    const { id = '' } = pack.programmes[programme] ?? {}
    counts[id] = (counts[id] ?? 0) + (ofTargets[target] ?? 0)
  }
  return counts
}

/**
 * Claims a shard and stages it, in one transaction; nothing when it is somebody else's.
 *
 * @param token of a session of the program
 * @returns whether it was there to be staged
 * @throws whatever went wrong, noted with the shard
 */
export async function claimAndStage(
  db: Database,
  token: string,
  worker: ShardWorker,
  name: ShardName,
): Promise<boolean> {
  try {
    return await asActorOnConnection(db, token, async (tx, connection) => {
      const choice = await claimShard(tx, name)
      if (!choice) return false
      await noteStaged(tx, name, await stageShard(connection, worker, name, choice))
      return true
    })
  } catch (error) {
    // Kinds made sure of in a transaction that is taken back are not there.
    worker.kinds.clear()
    const problem = error instanceof Error ? error.message : String(error)
    await asActorOnConnection(db, token, (tx) => noteAttempt(tx, name, problem)).catch(() => {})
    throw error
  }
}
