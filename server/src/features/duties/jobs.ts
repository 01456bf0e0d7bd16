import { type Clock, instantOn } from '../../platform/clock.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import type { JobHandlers, Schedule } from '../../platform/jobs.ts'
import { tellDue } from './tell.ts'

export type ClockParts = Readonly<{
  db: Database
  clock: Clock
  /** A session of the program named `clocks`. */
  programToken: () => Promise<string>
  /** What later features have clocks for: starts those of what came to wait meanwhile, ends those of what no longer does. */
  keepers: readonly ((tx: Tx, at: number) => Promise<void>)[]
}>

/** @returns of how many marks somebody was told */
export async function watchClocks({
  db,
  clock,
  programToken,
  keepers,
}: ClockParts): Promise<number> {
  const at = instantOn(clock.today())
  const token = await programToken()
  for (const keep of keepers) await asActor(db, token, (tx) => keep(tx, at))
  let all = 0
  for (;;) {
    const { looked, told } = await asActor(db, token, (tx) => tellDue(tx, at))
    if (looked === 0) return all
    all += told
  }
}

export function clockJobs(parts: ClockParts): JobHandlers {
  return {
    'clocks.watch': async () => {
      await watchClocks(parts)
    },
  }
}

export const clockSchedules: readonly Schedule[] = [{ name: 'clocks.watch', cron: '*/5 * * * *' }]
