import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/**
 * The wide current rows: what is known today, one row per person and per household, which matching
 * reads. They are always rewritten from the facts, awards and rolls, never edited.
 *
 * A fact counts if it is the current record, its days cover `today`, its shelf life has not passed,
 * and matching may use it: its basis covers discovery, an authorisation holds where one is needed, and
 * the person does not object. A household that objects has no row. A status is true with a receiving award, false if the complete roll of that programme for
 * the area lacks it, else unknown (SQL NULL).
 *
 * The database's own functions write them (migration 0087), because a member of staff who records a
 * plain fact cannot see the clinical ones that stand in the same row.
 */

/** A roll older than this many days says nothing of today any more. */
export const rollDays = 35

/** Rewrites the wide rows of these households in the caller's transaction. */
export async function refreshCurrent(
  tx: Tx,
  householdIds: readonly number[],
  today: string,
): Promise<void> {
  await sql`select app.refresh_current(${householdIds}::bigint[], ${today}::date, ${rollDays})`.execute(
    tx,
  )
}

/**
 * Writes the wide rows of all households at once, after a load into an empty database.
 *
 * @param tx a transaction of role owner
 */
export async function writeAllCurrent(tx: Tx, today: string): Promise<void> {
  await sql`select app.insert_current(null, ${today}::date, ${rollDays})`.execute(tx)
}

/**
 * Rewrites the wide rows of every household in which something has begun or passed its life by
 * `today`: a fact, an award, or a roll of its area. Where a fact has run out, what another source says of it that has
 * not comes into force.
 *
 * @returns how many households that were
 */
export async function expireFacts(tx: Tx, today: string): Promise<number> {
  const due = await sql<{ household_id: number }>`
    select household_id from app.household_current
    where next_expiry <= ${today}::date or next_roll_change <= ${today}::date`.execute(tx)
  const ids = due.rows.map((row) => row.household_id)
  if (ids.length === 0) return 0
  await sql`update app.household set version = version + 1 where id = any(${ids}::bigint[])`.execute(
    tx,
  )
  await sql`select app.promote_due(${ids}::bigint[], ${today}::date)`.execute(tx)
  await refreshCurrent(tx, ids, today)
  return ids.length
}
