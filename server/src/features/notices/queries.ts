import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { NoticeContent, Purpose } from './notice.ts'

export type Notice = Readonly<{
  id: number
  purpose: string
  version: number
  content: NoticeContent
  edit: number
  /** Names of everybody who wrote in it; none for what is shipped with Qiao. */
  writtenBy: readonly string[]
  /** The reader wrote in it, and so does not publish it. */
  own: boolean
  from: string | null
  publishedAt: string | null
  publishedBy: string | null
}>

/** Every purpose, in the order in which it is shown. */
export async function readPurposes(tx: Tx): Promise<Purpose[]> {
  const { rows } = await sql<Purpose>`
    select id, name, rests_on as "restsOn", law, law_confirmed as "lawConfirmed", basis, sensitive,
      to_others as "toOthers"
    from app.purpose order by place`.execute(tx)
  return rows
}

/** Every version that the reader may see, the latest first. */
export async function readNotices(tx: Tx): Promise<Notice[]> {
  const { rows } = await sql<Notice>`
    select notice.id, purpose, version, content, edit, from_day as "from", published_at as "publishedAt",
      auth.staff_id() = any (written_by) as own,
      case when published_by is not null then coalesce(publisher.name, '其他同事') end as "publishedBy",
      array(select coalesce(staff.name, '其他同事') from unnest(written_by) one
        left join app.staff on staff.id = one) as "writtenBy"
    from app.notice left join app.staff publisher on publisher.id = published_by
    order by version desc`.execute(tx)
  return rows
}

/** @param seen how often it had been written in when the writer read it; 0 for a new version. @returns false where it was since */
export async function writeNotice(
  tx: Tx,
  purpose: string,
  { content, seen }: Readonly<{ content: NoticeContent; seen: number }>,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.write_notice(${purpose}, ${JSON.stringify(content)}::jsonb, ${seen}) as done`.execute(
    tx,
  )
  return rows[0]?.done ?? false
}

/** @returns its number; null where it was written in since `seen`, or there is no draft */
export async function publishNotice(
  tx: Tx,
  purpose: string,
  { from, seen }: Readonly<{ from: string; seen: number }>,
): Promise<number | null> {
  const { rows } = await sql<{ id: number | null }>`
    select app.publish_notice(${purpose}, ${seen}, ${from}::date) as id`.execute(tx)
  return rows[0]?.id ?? null
}
