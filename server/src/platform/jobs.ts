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

const queueOptions = {
  policy: 'short',
  retryLimit: 5,
  retryBackoff: true,
  expireInSeconds: 900,
  // A new job wakes whoever works off its list; asking is for what was to wait, and for a lost word.
  notify: true,
} as const

/** While new jobs wake their worker, and while the connection that brings them word is lost (s). */
const asking = { notifyPollingIntervalSeconds: 5, pollingIntervalSeconds: 0.5 }

/** The list of jobs without anybody who works it off or keeps house in it: to send, or to take one by one. */
export async function openBoss(db: Database): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.pool.query(text, values) },
    schema: 'jobs',
    migrate: false,
    schedule: false,
    supervise: false,
  })
  // Each statement fails to whoever made it.
  boss.on('error', () => {})
  await boss.start()
  return boss
}

/** A command that sends jobs to the server, whether or not one is running. */
export async function openJobList(
  db: Database,
): Promise<Jobs & Readonly<{ close: () => Promise<void> }>> {
  const boss = await openBoss(db)
  return {
    enqueue: async (tx, name, data, options = {}) => {
      await makeQueue(boss, name)
      await boss.send(name, data, { ...options, db: fromKysely(tx) })
    },
    close: () => boss.stop({ graceful: false, close: false }),
  }
}

async function makeQueue(boss: PgBoss, name: string): Promise<void> {
  const met = await boss.getQueue(name)
  if (!met) await boss.createQueue(name, queueOptions)
  else if (!met.notify) await boss.updateQueue(name, { notify: true })
}

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
  const { connectionString } = db.pool.options
  if (connectionString === undefined) throw new Error('the pool was opened by an address')
  const boss = new PgBoss({
    connectionString,
    application_name: 'qiao jobs',
    max: 2,
    useListenNotify: true,
    schema: 'jobs',
    migrate: false,
    schedule: schedules.length > 0,
  })
  boss.on('error', onError)
  await boss.start()
  for (const [name, handle] of Object.entries(handlers)) {
    await makeQueue(boss, name)
    await boss.work(name, { batchSize: 20, burstWhenBatchFull: true, ...asking }, async (jobs) => {
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
