import type { JobHandlers, Schedule } from '../../platform/jobs.ts'
import type { Matching } from './matching.ts'

/** Answers change when a household does, when a policy does, and some by the calendar alone. */
export function eligibilityJobs(
  matching: Matching,
  onError: (error: unknown) => void,
): JobHandlers {
  return {
    'household.changed': async ({ householdId }: { householdId: number }) => {
      await matching.runMarked([householdId])
    },
    'households.changed': async () => {
      await matching.runMarked()
    },
    'policies.published': async () => {
      await matching.run('policies.published')
    },
    'eligibility.daily': async () => {
      await matching.runMarked()
      await compareAloud(matching, onError)
      await matching.run('daily')
    },
  }
}

/** A comparison that fails or finds something is no reason not to answer for the day. */
async function compareAloud(matching: Matching, onError: (error: unknown) => void): Promise<void> {
  try {
    const { differing = [] } = (await matching.compare()) ?? {}
    if (differing.length === 0) return
    const some = differing.slice(0, 20).join(', ')
    onError(
      new Error(
        `nightly comparison: the stored answers of ${differing.length} households were wrong: ${some}`,
      ),
    )
  } catch (error) {
    onError(error)
  }
}

/** Before offices open: the answers whose day has come, and the lines that have rested long enough. */
export const eligibilitySchedules: readonly Schedule[] = [
  { name: 'eligibility.daily', cron: '30 4 * * *' },
]
