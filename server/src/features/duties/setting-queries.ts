import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import type { ClockLimitsView, DutyOfficersView } from './clock-views.ts'
import { type ClockKind, clockKinds, type StatedLimit } from './limit.ts'

type Limits = Static<typeof ClockLimitsView>
type Officers = Static<typeof DutyOfficersView>

/** Every limit with what stood before it, in the order of the kinds. */
export async function readLimits(tx: Tx): Promise<Limits['items']> {
  type Row = Limits['items'][number]['before'][number] & {
    id: number
    kind: ClockKind
    current: boolean
  }
  const { rows } = await sql<Row>`
    select clock_limit.id, kind, amount, unit, source, proposed, recorded_at as "recordedAt",
      superseded_at is null as current,
      case when recorded_by is not null then coalesce(staff.name, '其他同事') end as "recordedBy"
    from app.clock_limit left join app.staff on staff.id = recorded_by order by clock_limit.id desc`.execute(
    tx,
  )
  return clockKinds.flatMap((of) => {
    const all = rows.filter(({ kind }) => kind === of)
    return all.flatMap(({ id, current, ...now }) =>
      current
        ? [{ ...now, version: id, before: all.filter((one) => !one.current).map(withoutKey) }]
        : [],
    )
  })
}

function withoutKey<T extends { id: number; kind: string; current: boolean }>(
  row: T,
): Omit<T, 'id' | 'kind' | 'current'> {
  const { id: _id, kind: _kind, current: _current, ...rest } = row
  return rest
}

/** @returns false where somebody stated another since `version` */
export async function stateLimit(
  tx: Tx,
  kind: ClockKind,
  { amount, unit, source, proposed }: StatedLimit,
  version: number,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.state_clock_limit(${kind}, ${amount}, ${unit}, ${source}, ${proposed}, ${version}) as done`.execute(
    tx,
  )
  return rows[0]?.done ?? false
}

/** An area of the caller's own and those right inside it, with who answers for each on a day. */
export async function readOfficers(tx: Tx, area: string, day: string): Promise<Officers['items']> {
  const { rows } = await sql<Officers['items'][number]>`
    select area.id as "areaId", area.name as "areaName", area.level, now.name as officer, now.valid_from as from,
      now.valid_to as to, next.name as next, next.valid_from as "nextFrom"
    from app.area
    left join lateral (
      select coalesce(staff.name, '其他同事') as name, valid_from, valid_to from app.duty_officer officer
      left join app.staff on staff.id = staff_id
      where officer.area_id = area.id and superseded_at is null
        and valid_from <= ${day}::date and (valid_to is null or valid_to >= ${day}::date)) now on true
    left join lateral (
      select coalesce(staff.name, '其他同事') as name, valid_from from app.duty_officer officer
      left join app.staff on staff.id = staff_id
      where officer.area_id = area.id and superseded_at is null and valid_from > ${day}::date
      order by valid_from limit 1) next on true
    where (area.id = ${area} or area.parent_id = ${area})
      and area.id >= (select auth.scope_from()) and area.id < (select auth.scope_to())
    order by area.id`.execute(tx)
  return rows
}

/** @returns false where they do not work with the cases of the area */
export async function nameOfficer(
  tx: Tx,
  areaId: string,
  { staffId, from }: Readonly<{ staffId: string | null; from: string }>,
): Promise<boolean> {
  const { rows } = await sql<{ fits: boolean }>`
    select ${staffId}::uuid is null or exists (select from app.staff where id = ${staffId}::uuid and active
      and role in ('advisor', 'township', 'district') and starts_with(${areaId}, area_id)) as fits`.execute(
    tx,
  )
  if (!rows[0]?.fits) return false
  await sql`select app.name_duty_officer(${areaId}, ${staffId}::uuid, ${from}::date)`.execute(tx)
  return true
}

/** Whether an area is one's own or lies inside it. */
export async function isInScope(tx: Tx, areaId: string): Promise<boolean> {
  const { rows } = await sql<{ inside: boolean }>`
    select exists (select from app.area where id = ${areaId}
      and id >= auth.scope_from() and id < auth.scope_to()) as inside`.execute(tx)
  return rows[0]?.inside ?? false
}
