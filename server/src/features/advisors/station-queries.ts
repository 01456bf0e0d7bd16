import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { StationContent } from './station.ts'

export type Station = StationContent &
  Readonly<{
    id: number
    version: number
    level: 'district' | 'township' | 'committee'
    areaName: string
    /** On record there on the day, as far as the reader may see. */
    advisors: number
    /** The reader looks after its area. */
    own: boolean
  }>

/** Stations of an area and what lies inside it, by area and name. @param on 'YYYY-MM-DD' */
export async function readStations(
  tx: Tx,
  { area = '', id = null }: Readonly<{ area?: string | undefined; id?: number | null }>,
  on: string,
): Promise<Station[]> {
  const { rows } = await sql<Station>`
    select station.number as id, station.id as version, area_id as "areaId", station.name, address, hours, phone,
      from_day as "from", to_day as "to", closed_because as "closedBecause", area.level, area.name as "areaName",
      area_id >= auth.scope_from() and area_id < auth.scope_to() as own,
      (select count(*)::int from app.advisor where advisor.station = station.number and superseded_at is null
        and ${on}::date between advisor.from_day and coalesce(advisor.to_day, 'infinity')) as advisors
    from app.station join app.area on area.id = area_id
    where superseded_at is null and starts_with(area_id, ${area}) and (${id}::bigint is null or number = ${id}::bigint)
    order by area_id, name, number`.execute(tx)
  return rows
}

/** @param seen the version that the writer read; null for a new one. @returns its number; null where somebody stated something since */
export async function stateStation(
  tx: Tx,
  id: number | null,
  content: StationContent,
  seen: number | null,
): Promise<number | null> {
  const { rows } = await sql<{ id: number | null }>`
    select app.state_station(${id}, ${JSON.stringify(content)}::jsonb, ${seen}) as id`.execute(tx)
  return rows[0]?.id ?? null
}
