import type { JobHandlers, Schedule } from '../../platform/jobs.ts'
import type { Matching } from './matching.ts'

/** Answers change when a household does, when a policy does, and some by the calendar alone. */
export function eligibilityJobs(matching: Matching): JobHandlers {
  return {
    'household.changed': async ({ householdId }: { householdId: number }) => {
      await matching.run('household.changed', [householdId])
    },
    'policies.published': async () => {
      await matching.run('policies.published')
    },
    'eligibility.daily': async () => {
      await matching.run('daily')
    },
  }
}

/** Before offices open: the answers whose day has come, and the lines that have rested long enough. */
export const eligibilitySchedules: readonly Schedule[] = [
  { name: 'eligibility.daily', cron: '30 4 * * *' },
]
