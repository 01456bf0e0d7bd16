import { fromKysely, PgBoss } from 'pg-boss'
import type { Database, Tx } from './db/database.ts'

/** Puts work on the list in the transaction that causes it: both happen or neither does. */
export type Jobs = Readonly<{
  enqueue: (
    tx: Tx,
    name: string,
    data: object,
    options?: { singletonKey?: string },
  ) => Promise<void>
}>

export type JobHandlers = Readonly<Record<string, (data: never) => Promise<void>>>

export type RunningJobs = Jobs &
  Readonly<{
    /** Finishes what is under way, up to 20 s. */
    stop: () => Promise<void>
  }>

/** A job by name at a time of day in Shanghai, as cron writes it. */
export type Schedule = Readonly<{ name: string; cron: string }>

/**
 * Starts the list of jobs kept in schema `jobs` of the database (pg-boss).
 *
 * @param onError what to do with a failure of the list itself; failed jobs are retried
 */
export async function startJobs(
  db: Database,
  handlers: JobHandlers,
  schedules: readonly Schedule[],
  onError: (error: Error) => void,
): Promise<RunningJobs> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.pool.query(text, values) },
    schema: 'jobs',
    migrate: false,
    schedule: schedules.length > 0,
  })
  boss.on('error', onError)
  await boss.start()
  for (const [name, handle] of Object.entries(handlers)) {
    if (!(await boss.getQueue(name))) {
      await boss.createQueue(name, {
        policy: 'short',
        retryLimit: 5,
        retryBackoff: true,
        expireInSeconds: 900,
      })
    }
    await boss.work(name, { batchSize: 20, pollingIntervalSeconds: 1 }, async (jobs) => {
      for (const job of jobs) await handle(job.data as never)
    })
  }
  for (const { name, cron } of schedules)
    await boss.schedule(name, cron, {}, { tz: 'Asia/Shanghai' })
  return {
    enqueue: async (tx, name, data, options = {}) => {
      await boss.send(name, data, { ...options, db: fromKysely(tx) })
    },
    stop: () => boss.stop({ graceful: true, timeout: 20_000 }),
  }
}
