import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { TrainingContent } from './training.ts'

export type Training = TrainingContent &
  Readonly<{
    id: number
    version: number
    areaName: string
    /** The reader looks after its area. */
    own: boolean
  }>

/** Sessions that stand, the latest first. @param filter by number, by area, or by who attended */
export async function readTrainings(
  tx: Tx,
  filter: Readonly<{ id?: number; area?: string | undefined; staffId?: string }>,
): Promise<Training[]> {
  const { id = null, area = '', staffId = null } = filter
  const { rows } = await sql<Training>`
    select number as id, training.id as version, area_id as "areaId", area.name as "areaName", course, training.kind, on_day as "onDay",
      minutes, place, attendees, area_id >= auth.scope_from() and area_id < auth.scope_to() as own
    from app.training join app.area on area.id = area_id
    where superseded_at is null and (${id}::bigint is null or number = ${id}::bigint) and starts_with(area_id, ${area})
      and (${staffId}::uuid is null or attendees @> array[${staffId}::uuid])
    order by on_day desc, number desc limit 500`.execute(tx)
  return rows
}

/** @param seen the version that the writer read; null for a new one. @returns its number; null where somebody stated something since */
export async function stateTraining(
  tx: Tx,
  id: number | null,
  content: TrainingContent,
  seen: number | null,
): Promise<number | null> {
  const { rows } = await sql<{ id: number | null }>`
    select app.state_training(${id}, ${JSON.stringify(content)}::jsonb, ${seen}) as id`.execute(tx)
  return rows[0]?.id ?? null
}
