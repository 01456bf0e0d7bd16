import { sql } from 'kysely'
import type { JobHandlers, Schedule } from '../../platform/jobs.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Matching } from './matching.ts'

/** Answers change when a household does, when a policy does, and some by the calendar alone. */
export function eligibilityJobs(matching: Matching, clock: Clock): JobHandlers {
  return {
    'household.changed': async ({ householdId }: { householdId: number }) => {
      await matching.run('household.changed', [householdId])
    },
    'policies.published': async () => {
      await matching.run('policies.published')
    },
    'eligibility.daily': async () => {
      if (await isAnythingDue(matching, clock.today())) await matching.run('daily')
    },
  }
}

/** Before offices open; answers whose day has come are found again. */
export const eligibilitySchedules: readonly Schedule[] = [{ name: 'eligibility.daily', cron: '30 4 * * *' }]

/** Whether any stored answer may have changed by `today`, or a recorded fact has passed its life. */
export async function isAnythingDue(matching: Pick<Matching, 'asProgram'>, today: string): Promise<boolean> {
  return matching.asProgram(async (tx) => {
    const { rows } = await sql<{ due: boolean }>`
      select exists (select from app.answer where superseded_at is null and next_change <= ${today}::date)
        or exists (select from app.undecided where superseded_at is null and next_change <= ${today}::date)
        or exists (select from app.household_current where next_expiry <= ${today}::date)
        or not exists (select from app.match_run where state = 'done' and cause <> 'household.changed') as due
    `.execute(tx)
    return rows[0]?.due ?? true
  })
}
