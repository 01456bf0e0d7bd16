import { Kysely, PostgresDialect, sql } from 'kysely'
import type pg from 'pg'
import type { Database, Tables, Tx } from './database.ts'

/** Whence a request came, for what it notes in the audit log. */
export type Origin = Readonly<{
  requestId: string
  address: string
  /** Why, where the person said so. */
  reason?: string | undefined
  /** What the browser says it is. */
  agent?: string | undefined
}>

/**
 * Runs `work` in one transaction in which the database shows only what the holder of `token` may
 * see.
 *
 * The token is all the application says; who that is and what they may see the database looks up
 * itself, in tables the application's role cannot read. A wrong or expired token shows nothing.
 * Rolled back when `work` throws.
 */
export function asActor<T>(
  db: Database,
  token: string,
  work: (tx: Tx) => Promise<T>,
  origin?: Origin,
): Promise<T> {
  return db.queries.transaction().execute(async (trx) => {
    await present(trx as Tx, token, origin)
    return work(trx as Tx)
  })
}

/**
 * Like {@link asActor}, with the connection itself beside the transaction, for COPY, which Kysely
 * does not speak. Both are the same transaction.
 */
export async function asActorOnConnection<T>(
  db: Database,
  token: string,
  work: (tx: Tx, connection: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const connection = await db.pool.connect()
  try {
    return await onConnection(connection, async (tx) => {
      await present(tx, token)
      return work(tx, connection)
    })
  } finally {
    connection.release()
  }
}

/**
 * Runs `work` as the owner of the tables, whom row-level security does not hold: for loading a
 * district and for commands of the person who runs the server, never for a request.
 *
 * @param owner a database opened as role `owner`
 */
export async function asOwner<T>(
  owner: Database,
  work: (tx: Tx, connection: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const connection = await owner.pool.connect()
  try {
    return await onConnection(connection, (tx) => work(tx, connection))
  } finally {
    connection.release()
  }
}

function present(tx: Tx, token: string, origin?: Origin): Promise<unknown> {
  if (!origin) return sql`select set_config('app.token', ${token}, true)`.execute(tx)
  const { requestId, address, reason = '' } = origin
  return sql`select set_config('app.token', ${token}, true), set_config('app.request', ${requestId}, true),
    set_config('app.address', ${address}, true), set_config('app.reason', ${reason}, true)`.execute(
    tx,
  )
}

/** One Kysely transaction on a connection that stays ours. */
function onConnection<T>(connection: pg.PoolClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  const pool = {
    connect: async () => ({
      query: connection.query.bind(connection) as pg.PoolClient['query'],
      release: () => {},
    }),
    end: async () => {},
    options: {},
  }
  const queries = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return queries.transaction().execute((trx) => work(trx as Tx))
}
