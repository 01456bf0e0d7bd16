import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Tx } from '../../platform/db/database.ts'
import type { Differences } from './compare.ts'

/** What a run has found to differ, until all shards are read: temporary tables of its transaction. */
export async function createStaging(connection: pg.PoolClient): Promise<void> {
  await connection.query(`
    create temp table if not exists staged_answer (
      household_id bigint not null, version int not null, area_id text collate "C" not null, person_id bigint,
      programme text not null, target text not null, tier text, verdict text not null,
      amount_kind text not null, amount_min bigint, amount_max bigint, per text,
      missing text[] not null, reasons text[] not null, via text[] not null,
      near_miss boolean not null, need_signal boolean not null, clinical boolean not null, next_change date, content_hash bigint not null
    ) on commit delete rows;
    create temp table if not exists staged_undecided (
      household_id bigint not null, version int not null, area_id text collate "C" not null,
      clinical boolean not null, kinds bigint[] not null, person_ids bigint[] not null, next_changes date[] not null,
      next_change date, content_hash bigint not null
    ) on commit delete rows;
    create temp table if not exists staged_gone (
      household_id bigint not null, version int not null, answer_id bigint, undecided_id bigint
    ) on commit delete rows;
    truncate staged_answer, staged_undecided, staged_gone`)
}

export async function stage(connection: pg.PoolClient, differences: Differences): Promise<void> {
  const { newKinds, answerLines, lists, goneLines } = differences
  await insertKinds(connection, newKinds)
  await copyLines(connection, 'staged_answer', answerLines)
  await copy(connection, 'copy staged_undecided from stdin (format binary)', [lists.done()])
  await copyLines(connection, 'staged_gone', goneLines)
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

async function insertKinds(connection: pg.PoolClient, kinds: readonly string[]): Promise<void> {
  if (kinds.length === 0) return
  await connection.query(
    `insert into app.undecided_kind
     select * from jsonb_populate_recordset(null::app.undecided_kind, $1::jsonb) on conflict (id) do nothing`,
    [`[${kinds.join(',')}]`],
  )
}

export type Changes = Readonly<{ written: number; closed: number; leftOut: number }>

/**
 * Closes what no longer holds and writes what is new, for households that are still as they were
 * read; the others are left out and counted. A household without a wide row is not matched, and what
 * is stored of it goes. The wide row of the version that was read is there
 * still, so its stamp says what the answer was given on.
 */
export async function settleStaged(tx: Tx, run: number, pack: Pack): Promise<Changes> {
  const left = await sql<{ n: number }>`
    select count(distinct staged.household_id)::int as n
    from (
      select household_id, version from staged_answer
      union all select household_id, version from staged_undecided
      union all select household_id, version from staged_gone
    ) staged
    left join app.household on household.id = staged.household_id
    where household.version is distinct from staged.version and not ${unmatched}`.execute(tx)
  let closed = 0
  let written = 0
  for (const table of ['answer', 'undecided'] as const) {
    const { numAffectedRows = 0n } = await sql`
      update ${sql.ref(`app.${table}`)} as stored set superseded_at = now()
      from staged_gone staged
      join app.household on household.id = staged.household_id
        and (household.version = staged.version or ${unmatched})
      where stored.id = ${sql.ref(`staged.${table}_id`)}`.execute(tx)
    closed += Number(numAffectedRows)
    const columns = sql.raw(columnsOf[table])
    const inserted = await sql`
      insert into ${sql.ref(`app.${table}`)} (${columns}, household_id, area_id, next_change, content_hash,
        pack_version, pack_hash, run_id, known_at, known_on)
      select ${columns}, staged.household_id, staged.area_id, next_change, content_hash,
        ${pack.version}, ${pack.hash}, ${run}, wide.known_at, wide.known_on
      from ${sql.ref(`staged_${table}`)} staged
      join app.household on household.id = staged.household_id and household.version = staged.version
      join app.household_current wide
        on wide.household_id = staged.household_id and wide.version = staged.version`.execute(tx)
    written += Number(inserted.numAffectedRows ?? 0n)
  }
  return { written, closed, leftOut: left.rows[0]?.n ?? 0 }
}

/** Read without a wide row, and still without one: nobody lives there, or they object to matching. */
const unmatched = sql`(staged.version = 0 and not exists (
  select from app.household_current wide where wide.household_id = staged.household_id))`

const columnsOf = {
  answer: `person_id, programme, target, tier, verdict, amount_kind, amount_min, amount_max, per,
    missing, reasons, via, near_miss, need_signal, clinical`,
  undecided: 'clinical, kinds, person_ids, next_changes',
}
