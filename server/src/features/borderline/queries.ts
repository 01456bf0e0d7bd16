import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Borderline, Facet, NearLineRow } from './views.ts'

export const sorts = ['gap', 'since', 'programme'] as const

/** Which part of the list somebody looks at. */
export type Asked = Readonly<{
  /** An area and everything inside it. */
  area?: string
  programme?: string
  sort: (typeof sorts)[number]
  page: number
  size: number
}>

export type Reading = Readonly<{
  areaLevel: 'district' | 'township' | 'committee'
  programmeNames: ReadonlyMap<string, string>
}>

/** A page of the list with counts for every filter. 边缘名单 */
export async function listBorderline(tx: Tx, asked: Asked, reading: Reading): Promise<Borderline> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from app.near_line near where ${where(asked)}`.execute(tx)
  return {
    items: await readRows(tx, asked, reading),
    total: rows[0]?.total ?? 0,
    page: asked.page,
    size: asked.size,
    facets: {
      areas: await areaFacet(tx, asked, reading),
      programmes: await programmeFacet(tx, asked, reading),
    },
  }
}

/** A page of rows. */
export async function readRows(
  tx: Tx,
  asked: Asked,
  { programmeNames }: Pick<Reading, 'programmeNames'>,
): Promise<NearLineRow[]> {
  const { rows } = await sql<Omit<NearLineRow, 'programmeName'>>`
    select near.household_id as "householdId", household.register_no as "registerNo",
      coalesce(head.name, '') as head, person.name as member, near.programme, near.label, near.unit,
      near.value_fen as value, near.line_fen as line, near.gap_fen as gap, near.permille, near.exact,
      near.since, ${areaView} as area
    from (select * from app.near_line near where ${where(asked)}
      order by ${ordering(asked)} limit ${asked.size} offset ${(asked.page - 1) * asked.size}) near
    join app.household on household.id = near.household_id
    join app.area on area.id = near.area_id
    left join app.area township on township.id = area.parent_id and township.level = 'township'
    left join app.person on person.id = near.person_id
    left join lateral (
      select named.name from app.member join app.person named on named.id = member.person_id
      where member.household_id = near.household_id and superseded_at is null and valid_to is null
      order by relation <> '02', named.id limit 1) head on true
    order by ${ordering(asked)}`.execute(tx)
  return rows.map((row) => ({
    ...row,
    programmeName: programmeNames.get(row.programme) ?? row.programme,
  }))
}

const areaView = sql`json_strip_nulls(json_build_object('id', area.id, 'name', area.name,
  'level', area.level, 'township', township.name))`

function where({ area, programme }: Partial<Asked>): RawBuilder<unknown> {
  const parts = [
    sql`near.superseded_at is null`,
    ...(area ? [sql`near.area_id >= ${area} and near.area_id < ${`${area}:`}`] : []),
    ...(programme ? [sql`near.programme = ${programme}`] : []),
  ]
  return sql.join(parts, sql` and `)
}

/** Nearest first, longest first, or programmes together. */
function ordering({ sort }: Asked): RawBuilder<unknown> {
  if (sort === 'since') return sql`near.since, near.permille, near.id`
  if (sort === 'programme') return sql`near.programme, near.permille, near.id`
  return sql`near.permille, near.gap_fen, near.id`
}

async function areaFacet(tx: Tx, asked: Asked, { areaLevel }: Reading): Promise<Facet[]> {
  const { area: _, ...others } = asked
  const digits = areaLevel === 'district' ? 9 : 12
  const { rows } = await sql<Facet>`
    select area.id, area.name, counted.count from (
      select left(area_id, ${digits}::int) as id, count(*) as count
      from app.near_line near where ${where(others)} group by 1) counted
    join app.area on area.id = counted.id order by area.id`.execute(tx)
  return rows
}

async function programmeFacet(tx: Tx, asked: Asked, { programmeNames }: Reading): Promise<Facet[]> {
  const { programme: _, ...others } = asked
  const { rows } = await sql<{ id: string; count: number }>`
    select programme as id, count(*) as count from app.near_line near
    where ${where(others)} group by 1 order by 2 desc, 1`.execute(tx)
  return rows.map(({ id, count }) => ({ id, name: programmeNames.get(id) ?? id, count }))
}
