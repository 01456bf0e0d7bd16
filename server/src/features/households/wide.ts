import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/**
 * The wide current rows: what is known today, one row per person and per household, which matching
 * reads. They are always rewritten from the facts, awards and rolls, never edited.
 *
 * A fact counts if it is the current record, its days cover `today` and its shelf life has not
 * passed. A status is true with a receiving award, false if the complete roll of that programme for
 * the area lacks it, else unknown (SQL NULL).
 */

/** A roll older than this many days says nothing of today any more. */
export const rollDays = 35

/** Rewrites the wide rows of these households in the caller's transaction. */
export async function refreshCurrent(
  tx: Tx,
  householdIds: readonly number[],
  today: string,
): Promise<void> {
  const chosen = sql`household_id = any(${householdIds}::bigint[])`
  await sql`delete from app.person_current where ${chosen}`.execute(tx)
  await sql`delete from app.household_current where ${chosen}`.execute(tx)
  await insertCurrent(tx, today, chosen)
}

/** Writes the wide rows of all households at once, after a load into an empty database. */
export async function writeAllCurrent(tx: Tx, today: string): Promise<void> {
  await insertCurrent(tx, today, sql`true`)
}

async function insertCurrent(
  tx: Tx,
  today: string,
  chosen: ReturnType<typeof sql>,
): Promise<void> {
  await sql`create temporary table if not exists known_now (
    household_id bigint, person_id bigint, known jsonb, expiry date) on commit drop`.execute(tx)
  await sql`truncate known_now`.execute(tx)
  await sql`insert into known_now
    select household_id, person_id,
      jsonb_object_agg('f_' || fact, value) || jsonb_object_agg('f_' || fact || '_known', true),
      min(least(shelf_until, valid_to)) + 1
    from app.fact
    where superseded_at is null and ${coversToday(today)}
      and (shelf_until is null or shelf_until >= ${today}::date) and ${chosen}
    group by household_id, person_id`.execute(tx)
  await sql`insert into known_now
    select household_id, person_id,
      jsonb_object_agg('f_status_' || replace(programme, '-', '_'), true), min(valid_to) + 1
    from app.award
    where superseded_at is null and state = 'receiving' and ${coversToday(today)} and ${chosen}
    group by household_id, person_id`.execute(tx)
  await sql`with ${lackedByArea(today)}, merged as (
      select household_id, app.merge_known(known) as known
      from known_now where person_id is null group by household_id
    ), expiry as (
      select household_id, min(expiry) as day from known_now group by household_id
    ), size as (
      select household_id, count(*)::int as members from app.member
      where superseded_at is null and ${coversToday(today)} and ${chosen} group by household_id
    )
    insert into app.household_current
    select row.* from (
      select household.*, merged.known, expiry.day, size.members, lacked.known as lacked
      from app.household
      join size on size.household_id = household.id
      left join merged on merged.household_id = household.id
      left join expiry on expiry.household_id = household.id
      left join lacked on lacked.area_id = household.area_id
    ) source
    cross join lateral jsonb_populate_record(null::app.household_current,
      coalesce(source.lacked, '{}') || coalesce(source.known, '{}') || jsonb_build_object(
        'household_id', source.id, 'area_id', source.area_id, 'version', source.version,
        'size', source.members, 'next_expiry', source.day)) row`.execute(tx)
  await sql`with ${lackedByArea(today)}, merged as (
      select person_id, app.merge_known(known) as known
      from known_now where person_id is not null group by person_id
    )
    insert into app.person_current
    select row.* from (
      select member.person_id, member.household_id, member.area_id, merged.known,
        lacked.known as lacked
      from app.member
      left join merged on merged.person_id = member.person_id
      left join lacked on lacked.area_id = member.area_id
      where member.superseded_at is null and ${coversToday(today)} and ${chosen}
    ) source
    cross join lateral jsonb_populate_record(null::app.person_current,
      coalesce(source.lacked, '{}') || coalesce(source.known, '{}') || jsonb_build_object(
        'household_id', source.household_id, 'area_id', source.area_id,
        'person_id', source.person_id)) row`.execute(tx)
}

function coversToday(today: string) {
  return sql`valid_from <= ${today}::date and (valid_to is null or valid_to >= ${today}::date)`
}

/** Per committee: the statuses that a complete roll denies to everybody without an award. */
function lackedByArea(today: string) {
  return sql`lacked as (
    select area.id as area_id,
      jsonb_object_agg('f_status_' || replace(roll.programme, '-', '_'), false) as known
    from app.area
    join app.roll on starts_with(area.id, roll.area_id)
      and roll.complete and roll.on_day <= ${today}::date and roll.on_day > ${today}::date - ${rollDays}::int
    where area.level = 'committee'
    group by area.id
  )`
}

/**
 * Rewrites the wide rows of every household in which something has passed its life by `today`.
 *
 * @returns how many households that were
 */
export async function expireFacts(tx: Tx, today: string): Promise<number> {
  const due = await sql<{ household_id: number }>`
    select household_id from app.household_current where next_expiry <= ${today}::date`.execute(tx)
  const ids = due.rows.map((row) => row.household_id)
  if (ids.length === 0) return 0
  await sql`update app.household set version = version + 1 where id = any(${ids}::bigint[])`.execute(tx)
  await refreshCurrent(tx, ids, today)
  return ids.length
}
