import { asActor } from '../../platform/db/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import type { JobHandlers, Schedule } from '../../platform/jobs.ts'
import { findingsOf, type Pattern } from './pattern.ts'
import { raiseAlert, settledUpTo, watchedEntries } from './queries.ts'

export type WatchParts = Readonly<{
  db: Database
  patterns: readonly Pattern[]
  /** A session of the program named `watch`, the only one that may raise alerts. */
  programToken: () => Promise<string>
}>

/** Looks through the recent log for every pattern. @returns how many alerts were raised or added to */
export async function watchLog({ db, patterns, programToken }: WatchParts): Promise<number> {
  let told = 0
  for (const pattern of patterns) {
    told += await asActor(db, await programToken(), async (tx) => {
      const settled = await settledUpTo(tx, pattern.id)
      let raised = 0
      for (const finding of findingsOf(pattern, await watchedEntries(tx, pattern), settled))
        raised += Number(await raiseAlert(tx, pattern.id, finding))
      return raised
    })
  }
  return told
}

export function alertJobs(parts: WatchParts): JobHandlers {
  return {
    'log.watch': async () => {
      await watchLog(parts)
    },
  }
}

export const alertSchedules: readonly Schedule[] = [{ name: 'log.watch', cron: '*/5 * * * *' }]
