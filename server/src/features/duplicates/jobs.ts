import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import type { JobHandlers, Schedule } from '../../platform/jobs.ts'
import { refreshNext, refreshPairs } from './find.ts'

export type DuplicateJobParts = Readonly<{
  db: Database
  cipher: FieldCipher
  programToken: () => Promise<string>
}>

/** Pairs are found when a household changes, and once a night for all that was loaded or delivered. */
export function duplicateJobs({ db, cipher, programToken }: DuplicateJobParts): JobHandlers {
  return {
    'household.changed': async ({ householdId }: { householdId: number }) => {
      await asActor(db, await programToken(), (tx) => refreshPairs(tx, cipher, householdId))
    },
    'duplicates.daily': async () => {
      let after: number | null = 0
      while (after !== null) {
        const from: number = after
        after = await asActor(db, await programToken(), (tx) => refreshNext(tx, cipher, from))
      }
    },
  }
}

/** In the quiet before the day's matching. */
export const duplicateSchedules: readonly Schedule[] = [
  { name: 'duplicates.daily', cron: '30 1 * * *' },
]
