import { fromKysely, type JobWithMetadata, type PgBoss } from 'pg-boss'
import type { Database, Tx } from '../../platform/db/database.ts'
import { openBoss } from '../../platform/jobs.ts'
import type { ShardName } from './shards.ts'

const queue = 'match.shard'

/** What the shards of a run are answered by: which policies, on which day. */
export type ShardOrder = ShardName & Readonly<{ packHash: string; on: string }>

/** The shards that wait for a worker, of this machine or another. */
export type ShardQueue = Readonly<{
  /** In the transaction that opens the run. */
  send: (tx: Tx, orders: readonly ShardOrder[]) => Promise<void>
  /** Works off one shard; false when there is none. One that fails waits to be tried again. */
  workOne: (work: (order: ShardOrder) => Promise<void>) => Promise<boolean>
  close: () => Promise<void>
}>

/** Opens the list of shards in schema `jobs` (pg-boss). */
export async function openShardQueue(db: Database): Promise<ShardQueue> {
  const boss = await openBoss(db)
  if (!(await boss.getQueue(queue)))
    await boss.createQueue(queue, { policy: 'standard', retryLimit: 2, expireInSeconds: 300 })
  return {
    send: async (tx, orders) => {
      await boss.insert(
        queue,
        orders.map((data) => ({ data })),
        { db: fromKysely(tx) },
      )
    },
    workOne: async (work) => {
      const [job] = await boss.fetch<ShardOrder>(queue)
      if (!job) return false
      await workOff(boss, job, work)
      return true
    },
    close: () => boss.stop({ graceful: false, close: false }),
  }
}

async function workOff(
  boss: PgBoss,
  job: Pick<JobWithMetadata<ShardOrder>, 'id' | 'data'>,
  work: (order: ShardOrder) => Promise<void>,
): Promise<void> {
  try {
    await work(job.data)
    await boss.complete(queue, job.id)
  } catch (error) {
    await boss.fail(queue, job.id, { message: String(error) })
  }
}
