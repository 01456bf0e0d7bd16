import { parentPort, workerData } from 'node:worker_threads'
import { asActor } from '../../platform/db/actor.ts'
import { openDatabase } from '../../platform/db/database.ts'
import { publishedPack } from '../policies/load.ts'
import { makeMatcher } from './matcher.ts'
import { openShardQueue, type ShardOrder } from './shard-queue.ts'
import { claimAndStage, type ShardWorker } from './work-shard.ts'

/** One thread of a crew: told to look for shards, it works them off until there are none. */
const port = parentPort
if (!port) throw new Error('a thread of matching is started by a crew')

const db = openDatabase((workerData as { url: string }).url, 2)
const queue = openShardQueue(db)
let made: { packHash: string; on: string; worker: ShardWorker } | undefined
let last: Promise<unknown> = Promise.resolve()

port.on('message', ({ token }: { token: string }) => {
  last = last.then(() => workAll(token)).then((staged) => port.postMessage({ staged }))
})

/** @returns how many shards that were */
async function workAll(token: string): Promise<number> {
  const { workOne } = await queue
  let staged = 0
  const work = async (order: ShardOrder): Promise<void> => {
    try {
      if (await claimAndStage(db, token, await workerFor(token, order), order)) staged += 1
    } catch (error) {
      port?.postMessage({ failed: String((error as Error).stack ?? error) })
      throw error
    }
  }
  while (await workOne(work));
  return staged
}

/** Loops are made once for a pack and a day, and kinds are remembered while they are the same. */
async function workerFor(token: string, { packHash, on }: ShardOrder): Promise<ShardWorker> {
  if (made?.packHash === packHash && made.on === on) return made.worker
  const pack = await asActor(db, token, (tx) => publishedPack(tx, packHash))
  const worker = { matcher: makeMatcher(pack, on), kinds: new Set<number>() }
  made = { packHash, on, worker }
  return worker
}
