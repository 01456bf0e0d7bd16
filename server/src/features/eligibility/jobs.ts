import type { JobHandlers, Schedule } from '../../platform/jobs.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Matching } from './matching.ts'
import { isAnythingDue } from './queries.ts'

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
export const eligibilitySchedules: readonly Schedule[] = [
  { name: 'eligibility.daily', cron: '30 4 * * *' },
]
