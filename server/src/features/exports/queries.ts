import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { ExportState, ShownColumn } from './export.ts'

/** What is asked for; `filters` as the list has them, `scope` the same in words. */
export type Asked = Readonly<{
  list: string
  filters: Readonly<Record<string, unknown>>
  scope: readonly string[]
  purpose: string
  note: string | null
  columns: readonly ShownColumn[]
  counted: number
  limitRows: number
  hours: number
}>

export type ExportRow = Omit<Asked, 'scope' | 'columns'> &
  Readonly<{
    id: number
    scope: string[]
    columns: ShownColumn[]
    mostRows: number
    state: ExportState
    until: string
    areaId: string
    areaName: string | null
    askedBy: string
    askedAt: string
    mine: boolean
    decidedBy: string | null
    decidedAt: string | null
    because: string | null
    files: { at: string; rows: number; hash: string }[]
    rowsThatDay: number
  }>

export type ListAsked = Readonly<{
  whose?: 'mine' | 'to-decide'
  list?: string
  state?: ExportState
  page: number
  size: number
}>

const toDecide = sql`export.asked_by <> auth.staff_id() and auth.role() in ('township', 'district')
  and app.export_state(export) = 'waiting'`

const columns = sql`export.id, list, filters, scope, purpose, purpose_note as note, columns, counted,
  limit_rows as "limitRows", app.export_most_rows(export) as "mostRows", hours, app.export_state(export) as state,
  app.export_until(export) as until, export.area_id as "areaId", area.name as "areaName",
  coalesce(asker.name, '其他同事') as "askedBy", asked_at as "askedAt",
  asked_by is not distinct from auth.staff_id() as mine,
  case when decided_by is not null then coalesce(decider.name, '其他同事') end as "decidedBy",
  decided_at as "decidedAt", decided_because as because,
  coalesce((select jsonb_agg(jsonb_build_object('at', made_at, 'rows', rows, 'hash', encode(content_hash, 'hex')) order by file.id)
    from app.export_file file where file.export_id = export.id), '[]') as files,
  (select coalesce(sum(rows), 0)::int from app.export_file file join app.export other on other.id = file.export_id
    where other.asked_by = export.asked_by
      and made_at >= date_trunc('day', now(), 'Asia/Shanghai')) as "rowsThatDay"`

const from = sql`app.export left join app.area on area.id = export.area_id
  left join app.staff asker on asker.id = asked_by left join app.staff decider on decider.id = decided_by`

/** Those that wait for the reader first, then the latest; and how many wait for them at all. */
export async function listExports(
  tx: Tx,
  { whose, list, state, page, size }: ListAsked,
): Promise<{ items: ExportRow[]; total: number; toDecide: number }> {
  const wanted = sql.join(
    [
      sql`true`,
      ...(whose === 'mine' ? [sql`asked_by = auth.staff_id()`] : []),
      ...(whose === 'to-decide' ? [toDecide] : []),
      ...(list === undefined ? [] : [sql`list = ${list}`]),
      ...(state === undefined ? [] : [sql`app.export_state(export) = ${state}`]),
    ],
    sql` and `,
  )
  const { rows: items } = await sql<ExportRow>`select ${columns} from ${from} where ${wanted}
    order by (${toDecide}) desc, export.id desc limit ${size} offset ${(page - 1) * size}`.execute(
    tx,
  )
  const { rows } = await sql<{ total: number; toDecide: number }>`
    select count(*) filter (where ${wanted})::int as total,
      count(*) filter (where ${toDecide})::int as "toDecide" from app.export`.execute(tx)
  return { items, total: rows[0]?.total ?? 0, toDecide: rows[0]?.toDecide ?? 0 }
}

export async function readExport(tx: Tx, id: number): Promise<ExportRow | undefined> {
  const { rows } = await sql<ExportRow>`select ${columns} from ${from}
    where export.id = ${id}`.execute(tx)
  return rows[0]
}

/**
 * Rows that whoever asks took along today, or may: those asked for, or more where a file held more. What waits and what was
 * refused takes none.
 */
export async function takenToday(tx: Tx): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    select coalesce(sum(greatest(counted, (select max(rows) from app.export_file where export_id = export.id))), 0)::int as taken
    from app.export where asked_by = auth.staff_id() and asked_at >= date_trunc('day', now(), 'Asia/Shanghai')
      and app.export_state(export) in ('ready', 'expired')`.execute(tx)
  return rows[0]?.taken ?? 0
}

/** What somebody asks for twice at once is counted one after the other. */
export async function oneAtATime(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('exports of ' || auth.staff_id()::text))`.execute(
    tx,
  )
}

export async function askExport(tx: Tx, asked: Asked): Promise<number> {
  const { list, filters, scope, purpose, note, counted, limitRows, hours } = asked
  const { rows } = await sql<{ id: number }>`
    insert into app.export (list, filters, scope, purpose, purpose_note, columns, counted, limit_rows, hours)
    values (${list}, ${JSON.stringify(filters)}::jsonb, ${[...scope]}::text[], ${purpose}, ${note},
      ${JSON.stringify(asked.columns)}::jsonb, ${counted}, ${limitRows}, ${hours}) returning id`.execute(
    tx,
  )
  return rows[0]?.id ?? 0
}

export async function decideExport(
  tx: Tx,
  id: number,
  { allow, because }: Readonly<{ allow: boolean; because: string | null }>,
): Promise<void> {
  await sql`select app.decide_export(${id}, ${allow}, ${because})`.execute(tx)
}

export async function noteFile(
  tx: Tx,
  id: number,
  {
    rows,
    columns: shown,
    hash,
  }: Readonly<{ rows: number; columns: readonly ShownColumn[]; hash: Buffer }>,
): Promise<void> {
  await sql`select app.note_export_file(${id}, ${rows}, ${JSON.stringify(shown)}::jsonb, ${hash})`.execute(
    tx,
  )
}

/** The instant of the transaction in Shanghai, as it stands in a file. */
export async function instantOf(tx: Tx): Promise<string> {
  const { rows } = await sql<{ at: string }>`
    select to_char(now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as at`.execute(tx)
  return rows[0]?.at ?? ''
}
