import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Duty } from './duty.ts'

/** Who is responsible for a committee, the longest in office first. */
export async function advisorsFor(
  tx: Tx,
  areaId: string,
  on: string,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select staff.id, staff.name
    from app.duty join app.staff on staff.id = duty.staff_id
    where duty.area_id = ${areaId} and duty.kind = 'advisor-of-area' and staff.active
      and duty.valid_from <= ${on}::date and (duty.valid_to is null or duty.valid_to >= ${on}::date)
    order by duty.valid_from, staff.name, staff.id`.execute(tx)
  return rows
}

/** Whether the holder of the session is today responsible for the committee. */
export async function holdsDuty(tx: Tx, areaId: string): Promise<boolean> {
  const { rows } = await sql<{ holds: boolean }>`
    select ${areaId} = any(auth.duty_areas()) as holds`.execute(tx)
  return rows[0]?.holds ?? false
}

/**
 * Appoints somebody; the same duty twice changes nothing.
 *
 * @param tx a transaction of role owner
 */
export async function giveDuty(tx: Tx, { staffId, areaId, kind, from, to }: Duty): Promise<void> {
  await sql`insert into app.duty (staff_id, area_id, kind, valid_from, valid_to, recorded_by)
    values (${staffId}, ${areaId}, ${kind}, ${from}, ${to}, auth.actor())
    on conflict on constraint duty_once_at_a_time do nothing`.execute(tx)
}
