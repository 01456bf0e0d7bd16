import pg from 'pg'
import { StartProblem } from '../start-problem.ts'

/** A place among the processes at work on one PostgreSQL of our own. */
export type WorkPlace = Readonly<{
  /** Gives the place up and says whether nobody else has one; then nobody gets one any more. */
  leave: () => Promise<boolean>
  /** To be called once the server is stopped, or is left to the others. */
  close: () => Promise<void>
}>

/** The program that serves people, of which there is one, or a command beside it. */
export type Occupation = 'server' | 'command'

/**
 * Takes a place, held by an open connection, so that it is free again when the process dies in
 * whatever way.
 *
 * @param url the address of the superuser for database `postgres`
 * @param data how the data folder is called in the sentence
 * @returns `undefined` when the server is just being stopped: it can be started again
 * @throws StartProblem for a second server
 */
export async function takePlace(
  url: string,
  occupation: Occupation,
  data: string,
): Promise<WorkPlace | undefined> {
  const client = new pg.Client({ connectionString: url, application_name: 'qiao at work' })
  client.on('error', () => {})
  try {
    await client.connect()
    if (!(await locked(client, `pg_try_advisory_lock_shared(hashtext('qiao at work'))`)))
      return await away(client)
    if (
      occupation === 'server' &&
      !(await locked(client, `pg_try_advisory_lock(hashtext('qiao server'))`))
    )
      throw new StartProblem(
        `Another Qiao already runs on the data folder ${data}.`,
        'Use that one, or stop it first, or give this one another folder in QIAO_DATA.',
      )
  } catch (error) {
    await away(client)
    if (error instanceof StartProblem) throw error
    return undefined
  }
  return { leave: () => leave(client), close: () => client.end().catch(() => {}) }
}

async function away(client: pg.Client): Promise<undefined> {
  await client.end().catch(() => {})
}

async function leave(client: pg.Client): Promise<boolean> {
  try {
    await client.query(`select pg_advisory_unlock_shared(hashtext('qiao at work'))`)
    return await locked(client, `pg_try_advisory_lock(hashtext('qiao at work'))`)
  } catch {
    // The connection is gone, and the server with it.
    return true
  }
}

async function locked(client: pg.Client, attempt: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(`select ${attempt} as locked`)
  return rows[0]?.locked ?? false
}
