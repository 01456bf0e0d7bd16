import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { dayOf } from '../duties/clock.ts'
import { endClocks, startClocks } from '../duties/clock-queries.ts'
import { type DueKind, dueKinds } from './rhythm.ts'

type Missed = Readonly<{
  id: number
  kind: DueKind
  householdId: number
  sensitivity: 'plain' | 'need-signal'
  owner: string | null
}>

/**
 * Brings the clocks of missed contacts and visits in step with them: one runs from when the day has passed until somebody
 * was there, and goes up as every clock does. It is in the hands of whoever has been responsible for the committee longest.
 *
 * @param at the instant it is, in milliseconds since 1970
 */
export async function keepVisitClocks(tx: Tx, at: number): Promise<void> {
  const today = dayOf(at)
  const { rows } = await sql<Missed>`
    select due.id, due.kind, due.household_id as "householdId", due.sensitivity, (
      select duty.staff_id from app.duty join app.staff on staff.id = duty.staff_id and staff.active
      where duty.area_id = due.area_id and duty.valid_from <= ${today}::date
        and (duty.valid_to is null or duty.valid_to >= ${today}::date)
      order by duty.valid_from, staff.name, staff.id limit 1) as owner
    from app.visit_due due
    where due.ended_at is null and due.met_on is null and due.due_on < ${today}::date
      and not exists (select from app.clock
        where subject = 'visit-due' and subject_id = due.id and ended_at is null)
    order by due.id`.execute(tx)
  for (const kind of dueKinds)
    await startClocks(
      tx,
      { kind: `${kind}-missed`, subject: 'visit-due' },
      rows
        .filter((one) => one.kind === kind)
        .map(({ kind: _kind, ...one }) => ({ ...one, startedAt: at })),
    )
  const over = await sql<{ id: number; ended: boolean }>`
    select due.id, due.ended_at is not null as ended from app.clock join app.visit_due due on due.id = subject_id
    where subject = 'visit-due' and clock.ended_at is null
      and (due.ended_at is not null or due.met_on is not null or due.due_on >= ${today}::date)
    order by 1`.execute(tx)
  for (const [ended, how] of [
    [false, 'handled'],
    [true, 'withdrawn'],
  ] as const) {
    const ids = over.rows.filter((one) => one.ended === ended).map(({ id }) => id)
    if (ids.length > 0) await endClocks(tx, { subject: 'visit-due', ids, how, at })
  }
}
