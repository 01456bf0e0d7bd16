import { sql } from 'kysely'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { householdProblems } from './problems.ts'
import { refreshCurrent } from './wide.ts'

export type ChangeParts = Readonly<{ clock: Clock; jobs: Jobs }>

export type LockedHousehold = Readonly<{ id: number; areaId: string; version: number }>

/**
 * Writers of one household follow one another; whoever comes second sees the first's version.
 *
 * @throws Problem `not-found` for a household that is none of the caller's
 */
export async function lockHousehold(tx: Tx, id: number): Promise<LockedHousehold> {
  const { rows } = await sql<LockedHousehold>`
    select id, area_id as "areaId", version from app.household where id = ${id} for update`.execute(
    tx,
  )
  if (!rows[0]) throw problem(platformProblems, 'not-found')
  return rows[0]
}

/** @throws Problem `household-changed` when the writer has not seen the latest change */
export function refuseStale({ version }: LockedHousehold, seen: number): void {
  if (version !== seen) throw problem(householdProblems, 'household-changed')
}

/**
 * What follows every change of a household, in the same transaction: its version is counted up, its
 * wide rows are rewritten, and `household.changed` is enqueued.
 *
 * @returns the new version
 */
export async function finishChange(
  tx: Tx,
  { clock, jobs }: ChangeParts,
  household: LockedHousehold,
): Promise<number> {
  const { id, version } = household
  await sql`update app.household set version = ${version + 1} where id = ${id}`.execute(tx)
  await refreshCurrent(tx, [id], clock.today())
  await jobs.enqueue(tx, 'household.changed', { householdId: id }, { singletonKey: String(id) })
  return version + 1
}

/** A field of the request that cannot be recorded, said to the person who filled it in. */
export function wrongField(code: 'fact-invalid' | 'award-invalid', field: string, message: string) {
  return problem(householdProblems, code, message, [{ path: `/body/${field}`, message }])
}

/** @returns whether the person lives in the household now */
export async function isMember(tx: Tx, householdId: number, personId: number): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select exists (
      select from app.member where household_id = ${householdId} and person_id = ${personId}
        and superseded_at is null and valid_to is null) as there`.execute(tx)
  return rows[0]?.there ?? false
}
