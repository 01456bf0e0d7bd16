import type { Clock } from '../../platform/clock.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import type { JobHandlers, Schedule } from '../../platform/jobs.ts'
import { householdsToKeep, keepDue } from './due-queries.ts'

export type VisitParts = Readonly<{
  db: Database
  clock: Clock
  /** A session of the program named `visits`. */
  programToken: () => Promise<string>
}>

/** So many households are worked out in one transaction. */
const atOnce = 500

/** Works out what is due of every household of which something may be. */
export async function keepAllDue({ db, clock, programToken }: VisitParts): Promise<void> {
  const today = clock.today()
  for (let after = 0; ; ) {
    const from = after
    const ids = await asActor(db, await programToken(), async (tx) => {
      const some = await householdsToKeep(tx, { after: from, most: atOnce, today })
      await keepDue(tx, some, today)
      return some
    })
    const last = ids.at(-1)
    if (last === undefined) return
    after = last
  }
}

/** What is due changes with what is known of a household, with what was done, with the rules, and by the day. */
export function visitJobs(parts: VisitParts): JobHandlers {
  const { db, clock, programToken } = parts
  const one = async ({ householdId }: { householdId: number }) => {
    await asActor(db, await programToken(), (tx) => keepDue(tx, [householdId], clock.today()))
  }
  const all = () => keepAllDue(parts)
  return {
    'household.changed': one,
    'service.recorded': one,
    'households.changed': all,
    'visit-rules.stated': all,
    'visits.daily': all,
  }
}

/** Before offices open, once the facts of the day are in force. */
export const visitSchedules: readonly Schedule[] = [{ name: 'visits.daily', cron: '0 5 * * *' }]
