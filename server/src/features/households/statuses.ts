import type { Reading } from '@qiao/rules'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { rollDays } from './wide.ts'

type Statuses = Readonly<{
  /** From receiving awards. */
  held: readonly { personId: number | null; status: string; reading: Reading }[]
  /** From complete rolls: true of nobody without an award, household or person alike. */
  denied: Readonly<Record<string, Reading>>
}>

/** Confirmed statuses on a day, by the same rules as the wide rows. 已确认的身份 */
export async function householdStatuses(
  tx: Tx,
  householdId: number,
  on: string,
): Promise<Statuses> {
  const awards = await sql<{
    personId: number | null
    programme: string
    source: string
    day: string
  }>`
    select person_id as "personId", programme, source, valid_from as day from app.award
    where household_id = ${householdId} and superseded_at is null and state = 'receiving'
      and valid_from <= ${on}::date and (valid_to is null or valid_to >= ${on}::date)`.execute(tx)
  const rolls = await sql<{ programme: string; source: string; day: string }>`
    select roll.programme, roll.source, roll.on_day as day
    from app.household join app.roll on starts_with(household.area_id, roll.area_id)
    where household.id = ${householdId} and roll.complete
      and roll.on_day <= ${on}::date and roll.on_day > ${on}::date - ${rollDays}::int
    order by roll.on_day`.execute(tx)
  return {
    held: awards.rows.map(({ personId, programme, source, day }) => ({
      personId,
      status: statusFact(programme),
      reading: { value: true, source, day },
    })),
    denied: Object.fromEntries(
      rolls.rows.map(({ programme, source, day }) => [
        statusFact(programme),
        { value: false, source, day },
      ]),
    ),
  }
}

/** The fact that says whether a programme is received. */
export function statusFact(programme: string): string {
  return `status_${programme.replaceAll('-', '_')}`
}
