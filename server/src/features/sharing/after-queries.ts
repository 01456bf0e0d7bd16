import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/** What comes after data was shared: how it was used, and what was wrong with it. */

type Recorded = Readonly<{ id: number; onDay: string; recordedAt: string; recordedBy: string }>

/** How data was used. 使用记录 */
export type Use = Readonly<{
  onDay: string
  scene: string
  process: string
  effect: string | null
  storage: string | null
  destruction: string | null
}>

export async function readUses(tx: Tx, id: number): Promise<(Use & Recorded)[]> {
  const { rows } = await sql<Use & Recorded>`
    select sharing_use.id, on_day as "onDay", scene, process, effect, storage, destruction,
      recorded_at as "recordedAt", coalesce(staff.name, '其他同事') as "recordedBy"
    from app.sharing_use left join app.staff on staff.id = recorded_by
    where request_id = ${id} order by on_day desc, sharing_use.id desc`.execute(tx)
  return rows
}

export async function noteUse(
  tx: Tx,
  id: number,
  { onDay, scene, process, effect, storage, destruction }: Use,
): Promise<void> {
  await sql`insert into app.sharing_use (request_id, on_day, scene, process, effect, storage, destruction)
    values (${id}, ${onDay}::date, ${scene}, ${process}, ${effect}, ${storage}, ${destruction})`.execute(
    tx,
  )
}

/** Something the source was asked to correct. 数据纠错 */
export type Correction = Recorded &
  Readonly<{
    text: string
    answer: Readonly<{
      onDay: string
      text: string
      corrected: boolean
      recordedBy: string
    }> | null
  }>

export async function readCorrections(tx: Tx, id: number): Promise<Correction[]> {
  const { rows } = await sql<Correction>`
    select asked.id, asked.on_day as "onDay", asked.text, asked.recorded_at as "recordedAt",
      coalesce(asker.name, '其他同事') as "recordedBy",
      case when answer.id is not null then jsonb_build_object('onDay', answer.on_day, 'text', answer.text,
        'corrected', answer.corrected, 'recordedBy', coalesce(answerer.name, '其他同事')) end as answer
    from app.sharing_correction asked
    left join app.sharing_correction answer on answer.answers = asked.id
    left join app.staff asker on asker.id = asked.recorded_by
    left join app.staff answerer on answerer.id = answer.recorded_by
    where asked.request_id = ${id} and asked.answers is null order by asked.id desc`.execute(tx)
  return rows
}

export async function askCorrection(
  tx: Tx,
  id: number,
  { onDay, text }: Readonly<{ onDay: string; text: string }>,
): Promise<void> {
  await sql`insert into app.sharing_correction (request_id, on_day, text)
    values (${id}, ${onDay}::date, ${text})`.execute(tx)
}

type Answered = Readonly<{ onDay: string; text: string; corrected: boolean }>

/** @returns false where it was answered before */
export async function answerCorrection(
  tx: Tx,
  { id, correction }: Readonly<{ id: number; correction: number }>,
  { onDay, text, corrected }: Answered,
): Promise<boolean> {
  const { rows } = await sql`
    insert into app.sharing_correction (request_id, answers, on_day, text, corrected)
    values (${id}, ${correction}, ${onDay}::date, ${text}, ${corrected})
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}
