import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Entry } from './entry.ts'
import type { Seal } from './seal.ts'

/** Instants in microseconds, which a double holds; JSON as text, so that no number of it is rounded. */
const entryColumns = sql.raw(`audit.id, (extract(epoch from audit.at) * 1000000)::bigint as at,
  audit.actor, audit.action, audit.subject, audit.household_id as "householdId", audit.area_id as "areaId",
  audit.reason, audit.request_id as "requestId", audit.address, audit.fields,
  audit.detail::text as detail, audit.xid::text as xid`)

/** What the next seal begins from. */
export type Standing = Readonly<{
  /** Microseconds. */
  now: number
  snapshot: string
  last: Pick<Seal, 'number' | 'hash' | 'snapshot' | 'afterId'> | undefined
  /**
   * Where transactions are counted anew since the last seal, as after a restore on another server: the
   * highest id whose transaction this server does not know, though its entry is there to read.
   */
  moved: number | undefined
}>

export async function readStanding(tx: Tx): Promise<Standing> {
  const { rows } = await sql<{
    now: number
    snapshot: string
    number: number | null
    hash: Buffer
    sealedUpTo: string
    afterId: number
    behind: boolean | null
    unknown: number | null
  }>`
    with now as (select pg_current_snapshot() as snapshot),
      last as (select * from app.audit_seal order by number desc limit 1)
    select (extract(epoch from clock_timestamp()) * 1000000)::bigint as now,
      now.snapshot::text, number, hash, last.snapshot as "sealedUpTo", after_id as "afterId",
      pg_snapshot_xmax(now.snapshot) < pg_snapshot_xmax(last.snapshot::pg_snapshot) as behind,
      (select max(id) from app.audit where id > coalesce(last.after_id, 0)
        and (xid >= pg_snapshot_xmax(now.snapshot)
          or xid = any (array(select pg_snapshot_xip(now.snapshot))))) as unknown
    from now left join last on true`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('one row was asked for')
  const { now, snapshot, number, hash, sealedUpTo, afterId, behind, unknown } = row
  const last = number === null ? undefined : { number, hash, snapshot: sealedUpTo, afterId }
  const moved = unknown ?? (behind ? afterId : undefined)
  return { now, snapshot, moved, last }
}

/** From where the next page of entries goes on: transaction and id. */
export type Place = readonly [xid: string, id: number]

/** Committed by the snapshot of `now` and not by that of the last seal, oldest transaction first. */
export async function committedSince(
  tx: Tx,
  { snapshot, last }: Standing,
  [xid, id]: Place,
  most: number,
): Promise<Entry[]> {
  const before = last?.snapshot ?? '1:1:'
  const { rows } = await sql<Entry>`select ${entryColumns} from app.audit
    where id > ${last?.afterId ?? 0}
      and (xid >= pg_snapshot_xmax(${before}::pg_snapshot)
        or xid = any (array(select pg_snapshot_xip(${before}::pg_snapshot))))
      and pg_visible_in_snapshot(xid, ${snapshot}::pg_snapshot)
      and (xid, id) > (${xid}::xid8, ${id})
    order by audit.xid, audit.id limit ${most}`.execute(tx)
  return rows
}

/**
 * Entries that no seal holds and that are committed by a snapshot, or of another server; reads every seal.
 */
export async function neverSealed(
  tx: Tx,
  { snapshot, moved = 0 }: Pick<Standing, 'snapshot' | 'moved'>,
  [xid, id]: Place,
  most: number,
): Promise<Entry[]> {
  const { rows } = await sql<Entry>`select ${entryColumns} from app.audit
    left join (select unnest(entries) as sealed from app.audit_seal) seal on sealed = audit.id
    where sealed is null and (xid, id) > (${xid}::xid8, ${id})
      and (id <= ${moved} or pg_visible_in_snapshot(xid, ${snapshot}::pg_snapshot))
    order by audit.xid, audit.id limit ${most}`.execute(tx)
  return rows
}

export async function keepSeal(tx: Tx, seal: Seal): Promise<void> {
  await sql`insert into app.audit_seal
      (number, at, snapshot, after_id, entries, digests, previous, hash)
    values (${seal.number}, timestamptz 'epoch' + ${seal.at} * interval '1 microsecond', ${seal.snapshot},
      ${seal.afterId}, ${[...seal.entries]}::bigint[], ${Buffer.concat(seal.digests)}, ${seal.previous},
      ${seal.hash})`.execute(tx)
}

type StoredSeal = Omit<Seal, 'entries' | 'digests'> &
  Readonly<{ entries: number[]; digests: Buffer }>

/** The seals after `number`, at most `most`. */
export async function readSeals(tx: Tx, number: number, most: number): Promise<Seal[]> {
  const { rows } = await sql<StoredSeal>`
    select number, (extract(epoch from at) * 1000000)::bigint as at, snapshot, after_id as "afterId",
      to_json(entries) as entries, digests, previous, hash
    from app.audit_seal where number > ${number} order by number limit ${most}`.execute(tx)
  return rows.map(({ digests, ...seal }) => ({ ...seal, digests: inPieces(digests) }))
}

function inPieces(digests: Buffer): Buffer[] {
  const count = Math.ceil(digests.length / 32)
  return Array.from({ length: count }, (_, at) => digests.subarray(32 * at, 32 * at + 32))
}

/** The entries of some seals that are still there, by the number of their seal. */
export async function readSealed(
  tx: Tx,
  seals: readonly Seal[],
): Promise<ReadonlyMap<number, readonly Entry[]>> {
  const numbers = seals.map(({ number }) => number)
  const { rows } = await sql<Entry & { seal: number }>`select seal.number as seal, ${entryColumns}
    from app.audit_seal seal, unnest(seal.entries) with ordinality held (entry, place)
    join app.audit on audit.id = held.entry
    where seal.number = any (${numbers}::bigint[]) order by seal.number, held.place`.execute(tx)
  const bySeal = new Map<number, Entry[]>(numbers.map((number) => [number, []]))
  for (const { seal, ...entry } of rows) bySeal.get(seal)?.push(entry)
  return bySeal
}

/** Entries that none of the seals up to a number holds, a page of them; reads every seal. */
export async function readUnsealed(
  tx: Tx,
  sealsUpTo: number,
  [xid, id]: Place,
  most: number,
): Promise<Entry[]> {
  const { rows } = await sql<Entry>`select ${entryColumns} from app.audit
    left join (select unnest(entries) as sealed from app.audit_seal where number <= ${sealsUpTo}) seal
      on sealed = audit.id
    where sealed is null and (xid, id) > (${xid}::xid8, ${id})
    order by audit.xid, audit.id limit ${most}`.execute(tx)
  return rows
}

/**
 * Notes what a command did, which has no session.
 *
 * @param tx a transaction of role owner
 */
export async function noteAs(
  tx: Tx,
  actor: `job:${string}`,
  action: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  await sql`insert into app.audit (actor, action, detail)
    values (${actor}, ${action}, ${JSON.stringify(detail)}::jsonb)`.execute(tx)
}

/** The last seal with the highest entry it holds, or null before the first. */
export async function readLastSeal(
  tx: Tx,
): Promise<{ number: number; hash: string; at: string; lastEntry: number } | null> {
  const { rows } = await sql<{ number: number; hash: string; at: string; lastEntry: number }>`
    select number, encode(hash, 'hex') as hash, at,
      coalesce((select max(entry) from unnest(entries) entry), after_id) as "lastEntry"
    from app.audit_seal order by number desc limit 1`.execute(tx)
  return rows[0] ?? null
}

/** Number and hash of the last seal, or null before the first. */
export async function readHead(tx: Tx): Promise<{ number: number; hash: string } | null> {
  const last = await readLastSeal(tx)
  return last && { number: last.number, hash: last.hash }
}

/** How many entries were not committed when the last seal was made. */
export async function countUnsealed(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with last as (select snapshot::pg_snapshot as snapshot, after_id from app.audit_seal
      order by number desc limit 1)
    select count(*) as n from app.audit left join last on true
    where last.snapshot is null or (audit.id > last.after_id
      and (audit.xid >= pg_snapshot_xmax(last.snapshot)
        or audit.xid = any (array(select pg_snapshot_xip(last.snapshot)))))`.execute(tx)
  return rows[0]?.n ?? 0
}
