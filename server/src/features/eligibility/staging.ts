import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Tx } from '../../platform/db/database.ts'
import type { Differences } from './compare.ts'

/**
 * Adds what a shard has found to differ to what its run stages, which the application can add to and
 * never read.
 *
 * @param connection of a session of the program
 */
export async function stage(connection: pg.PoolClient, differences: Differences): Promise<void> {
  const { newKinds, answerLines, lists, goneLines } = differences
  await insertKinds(connection, newKinds)
  await copyLines(connection, 'staging.match_answer', answerLines)
  if (lists.rows > 0)
    await copy(connection, 'copy staging.match_undecided from stdin (format binary)', [
      lists.done(),
    ])
  await copyLines(connection, 'staging.match_gone', goneLines)
}

async function copyLines(
  connection: pg.PoolClient,
  table: string,
  lines: readonly string[],
): Promise<void> {
  if (lines.length > 0) await copy(connection, `copy ${table} from stdin`, pieces(lines))
}

async function copy(
  connection: pg.PoolClient,
  statement: string,
  buffers: Iterable<Buffer>,
): Promise<void> {
  await pipeline(Readable.from(buffers), connection.query(copyFrom(statement)))
}

function* pieces(lines: readonly string[]): Generator<Buffer> {
  for (let at = 0; at < lines.length; at += 1000)
    yield Buffer.from(lines.slice(at, at + 1000).join(''))
}

/** In the order of their ids, so that two workers never wait for each other. */
async function insertKinds(
  connection: pg.PoolClient,
  kinds: Differences['newKinds'],
): Promise<void> {
  if (kinds.length === 0) return
  await connection.query(
    `insert into app.undecided_kind
     select * from jsonb_populate_recordset(null::app.undecided_kind, $1::jsonb) order by id
     on conflict (id) do nothing`,
    [`[${kinds.join(',')}]`],
  )
}

export type Changes = Readonly<{ written: number; closed: number; leftOut: number }>

/**
 * Closes what no longer holds and writes what is new of what a run staged, for households that are
 * still as they were read; the others are left out and counted (migration 0093).
 */
export async function publishStaged(tx: Tx, run: number): Promise<Changes> {
  const { rows } = await sql<Changes>`
    select written, closed, left_out as "leftOut" from app.publish_staged(${run})`.execute(tx)
  return rows[0] ?? { written: 0, closed: 0, leftOut: 0 }
}

/**
 * Takes away what a run over many households has published, and the room it took: a million rows that
 * are only deleted are read over again by whoever publishes next. Runs one after the other.
 */
export async function clearStaging(tx: Tx, run: number): Promise<void> {
  await sql`select app.clear_staging(${run})`.execute(tx)
}

/** Takes back what a run has staged, or has published. */
export async function discardStaged(tx: Tx, run: number): Promise<void> {
  await sql`select app.discard_staged(${run})`.execute(tx)
}
