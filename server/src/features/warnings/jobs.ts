import { instantOn } from '../../platform/clock.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { JobHandlers, Schedule } from '../../platform/jobs.ts'
import { keepWarningClocks } from './clocks.ts'
import { watchHouseholds, type WatchParts } from './watch.ts'

/** Warnings change when a household does, when a rule does, and some by the calendar alone. */
export function warningJobs(parts: WatchParts): JobHandlers {
  return {
    'household.changed': async ({ householdId }: { householdId: number }) => {
      await watchHouseholds(parts, [householdId])
    },
    'households.changed': async () => {
      await watchHouseholds(parts)
    },
    'warnings.rules-changed': async () => {
      await watchHouseholds(parts)
    },
    'warnings.daily': async () => {
      await watchHouseholds(parts)
    },
    // What staff wrote of a warning that not all of them may know of: its clocks are the program's to run.
    'warning.changed': async ({ warningId }: { warningId: number }) => {
      const at = instantOn(parts.clock.today())
      await asActor(parts.db, await parts.programToken(), (tx) =>
        keepWarningClocks(tx, at, [warningId]),
      )
    },
  }
}

/** After the night's answers and leads, so that what is being helped with is known. */
export const warningSchedules: readonly Schedule[] = [
  { name: 'warnings.daily', cron: '15 5 * * *' },
]
