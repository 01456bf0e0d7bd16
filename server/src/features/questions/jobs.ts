import type { JobHandlers, Schedule } from '../../platform/jobs.ts'
import type { Search } from './search.ts'

/** What is worth asking changes with a household's facts, with the policies, and by the calendar. */
export function questionJobs(search: Search): JobHandlers {
  return {
    'household.changed': async ({ householdId }: { householdId: number }) => {
      await search.refresh([householdId])
    },
    'policies.published': async () => {
      await (await search.startIfDue('policies.published')).done
    },
    'questions.daily': async () => {
      await (await search.startIfDue('daily')).done
    },
  }
}

/** After the day's matching, before offices open. */
export const questionSchedules: readonly Schedule[] = [
  { name: 'questions.daily', cron: '0 5 * * *' },
]
