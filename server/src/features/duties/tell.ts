import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { dayOf, type Mark, markAt, marks } from './clock.ts'
import { countingBy, dueAfter, instant, readClocks } from './clock-queries.ts'
import { type Level, type Officer, type Officers, whomToTell } from './escalation.ts'

/**
 * Tells of what has come due, and counts anew what was counted by another calendar; the same once more tells nobody.
 *
 * @param tx a transaction of the program: nobody else may say that somebody was told
 * @param at the instant it is, in milliseconds since 1970
 * @returns how many clocks were looked at, of at most so many, and how many marks were told of
 */
export async function tellDue(
  tx: Tx,
  at: number,
  most = 500,
): Promise<{ looked: number; told: number }> {
  const { calendar, version } = await countingBy(tx)
  const { rows } = await sql<{ id: number }>`select id from app.clock
    where ended_at is null and paused_at is null and (counted_by is distinct from ${version} or next_at <= ${instant(at)})
    order by id limit ${most} for update skip locked`.execute(tx)
  if (rows.length === 0) return { looked: 0, told: 0 }
  const ids = rows.map(({ id }) => id)
  const officers = await officersFor(tx, ids, dayOf(at))
  const counted = []
  const told = []
  for (const clock of await readClocks(tx, ids)) {
    const passed = marks.filter(
      (mark) => mark > clock.reached && (markAt(clock, mark, calendar)?.at ?? Infinity) <= at,
    )
    const reached = passed.at(-1) ?? clock.reached
    counted.push({ id: clock.id, reached, ...dueAfter(clock, reached, calendar) })
    for (const mark of passed) told.push(eventOf(clock.id, mark, officers.get(clock.id) ?? {}))
  }
  await sql`update app.clock set reached = row.reached, due_at = row.due_at, next_at = row.next_at, counted_by = ${version}
    from json_to_recordset(${JSON.stringify(counted)}::json) as
      row (id bigint, reached int, due_at timestamptz, next_at timestamptz)
    where clock.id = row.id`.execute(tx)
  await sql`insert into app.clock_event (clock_id, household_id, sensitivity, kind, at, mark, level, skipped, to_staff, to_name)
    select clock.id, household_id, sensitivity, row.kind, ${instant(at)}, mark, level,
      array(select json_array_elements_text(skipped)), to_staff, to_name
    from json_to_recordset(${JSON.stringify(told)}::json) as row (clock_id bigint, kind text, mark int, level text,
      skipped json, to_staff uuid, to_name text)
    join app.clock on clock.id = row.clock_id
    order by clock.id, mark`.execute(tx)
  return { looked: ids.length, told: told.length }
}

function eventOf(clockId: number, mark: Mark, officers: Officers) {
  const { to, skipped } = whomToTell(mark, officers)
  return {
    clock_id: clockId,
    kind: mark === 50 ? 'reminded' : 'escalated',
    mark,
    level: to?.level ?? null,
    skipped,
    to_staff: to?.staffId ?? null,
    to_name: to?.name ?? null,
  }
}

/**
 * Who answers for each of these clocks at each level on a day: whoever has it in hand, else the person named for the
 * committee, else its advisor; above, the person named. Nobody who may not see the household is told of it.
 */
async function officersFor(
  tx: Tx,
  ids: readonly number[],
  day: string,
): Promise<ReadonlyMap<number, Officers>> {
  const { rows } = await sql<Officer & { id: number; level: Level }>`
    select distinct on (clock.id, answers.level) clock.id, answers.level, staff.id as "staffId", staff.name
    from app.clock
    join app.household on household.id = clock.household_id
    cross join lateral (
      select 'committee' as level, 0 as place, clock.owner as staff_id, null::date as since
      union all
      select area.level, 1, staff_id, valid_from from app.duty_officer named join app.area on area.id = named.area_id
      where named.area_id in (household.area_id, left(household.area_id, 9), left(household.area_id, 6))
        and superseded_at is null and valid_from <= ${day}::date and (valid_to is null or valid_to >= ${day}::date)
      union all
      select 'committee', 2, staff_id, valid_from from app.duty
      where duty.area_id = household.area_id and duty.kind = 'advisor-of-area'
        and valid_from <= ${day}::date and (valid_to is null or valid_to >= ${day}::date)
    ) answers
    join app.staff on staff.id = answers.staff_id and staff.active
      and role in ('advisor', 'township', 'district') and starts_with(household.area_id, staff.area_id)
    where (clock.sensitivity <> 'clinical' or role = 'district' or clock.subject = 'safety' and staff.id = clock.owner)
      and (clock.sensitivity <> 'need-signal' or role <> 'advisor' or exists (
        select from app.duty where duty.staff_id = staff.id and duty.area_id = household.area_id
          and valid_from <= ${day}::date and (valid_to is null or valid_to >= ${day}::date)))
      and not exists (
        select from app.restriction where restriction.household_id = household.id and lifted_at is null
          and (restriction.valid_to is null or restriction.valid_to >= ${day}::date)
          and not exists (select from app.restriction_viewer viewer
            where viewer.restriction_id = restriction.id and viewer.staff_id = staff.id))
      and clock.id = any(${ids}::bigint[])
    order by clock.id, answers.level, place, since, staff.id`.execute(tx)
  const officers = new Map<number, Partial<Record<Level, Officer>>>()
  for (const { id, level, staffId, name } of rows)
    officers.set(id, { ...officers.get(id), [level]: { staffId, name } })
  return officers
}
