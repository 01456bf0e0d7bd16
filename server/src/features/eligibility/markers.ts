import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/**
 * Households that changed and are not answered yet (app.change_marker): the change itself sets the
 * marker, and the run that answers it takes it away.
 */

/**
 * Of the households that wait, those that no run is answering, the longest waiting first.
 *
 * @param most how many at a time
 */
export async function markedHouseholds(tx: Tx, most: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select household_id as id from app.change_marker
    where run_id is null
      or not exists (select from app.match_run where match_run.id = run_id and state = 'running')
    order by changed_at, household_id limit ${most}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** A run is going to answer these, or everybody; what changes from now on it may not see. */
export async function claimMarkers(
  tx: Tx,
  run: number,
  households?: readonly number[],
): Promise<void> {
  await sql`update app.change_marker set run_id = ${run}
    where ${households ? sql`household_id = any(${households}::bigint[])` : sql`true`}`.execute(tx)
}

/** Answered, but for whoever changed again since they were claimed. */
export async function clearMarkers(tx: Tx, run: number): Promise<void> {
  await sql`select app.clear_markers(${run})`.execute(tx)
}
