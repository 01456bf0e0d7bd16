import { type Kysely, PostgresDialect, Kysely as KyselyInstance, type Transaction } from 'kysely'
import pg from 'pg'

/**
 * Qiao writes its SQL by hand with Kysely's `sql` template and types each result; the query
 * builder, which would need every table here, stays empty.
 */
export type Tables = Record<never, never>

/** A pool of connections as one database role. */
export type Database = Readonly<{
  queries: Kysely<Tables>
  pool: pg.Pool
  close: () => Promise<void>
}>

/** A transaction that knows who is asking. Only `asActor` (and for loads `asOwner`) makes one. */
export type Tx = Transaction<Tables> & { readonly [actorBrand]: true }
declare const actorBrand: unique symbol

/** Opens a pool for `url` of at most `max` connections. Nothing connects before the first query. */
export function openDatabase(url: string, max = 10): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: 'qiao',
    types: { getTypeParser },
  })
  // An idle connection that the server closes is replaced by the pool; it is no reason to die.
  pool.on('error', () => {})
  // Nor is one at work: its query fails, and says so itself.
  pool.on('connect', (client) => void client.on('error', () => {}))
  const queries = new KyselyInstance<Tables>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    // Kysely ends the pool only where it has been asked something itself.
    await queries.destroy()
    if (!pool.ending) await pool.end()
  }
  return { queries, pool, close }
}

const int8 = 20
const date = 1082
const timestamptz = 1184

/**
 * Days stay 'YYYY-MM-DD', instants become ISO text in UTC, and bigint becomes a number: ids and
 * fen stay far below 2^53, and a value beyond it is a bug worth stopping for.
 */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (format === 'binary') return pg.types.getTypeParser(oid, 'binary')
  if (oid === int8) return safeInteger
  if (oid === date) return (text: string) => text
  if (oid === timestamptz) return (text: string) => new Date(text).toISOString()
  return pg.types.getTypeParser(oid, 'text')
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`)
  return value
}
