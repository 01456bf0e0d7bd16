import type { Clock } from '../../platform/clock.ts'
import type { JobHandlers, Schedule } from '../../platform/jobs.ts'
import type { Matching } from '../eligibility/matching.ts'
import { packsFrom } from '../policies/load.ts'

/** On the first day of a pack that was published before, everybody is matched again. */
export function draftJobs(matching: Matching, clock: Clock): JobHandlers {
  return {
    'drafts.day-begins': async () => {
      const today = clock.today()
      const [current] = await matching.asProgram((tx) => packsFrom(tx, today))
      if (current?.from === today) await matching.run('policies.published')
    },
  }
}

export const draftSchedules: readonly Schedule[] = [
  { name: 'drafts.day-begins', cron: '5 0 * * *' },
]
