import { asActor } from '../../platform/db/actor.ts'
import type { JobHandlers, Jobs, Schedule } from '../../platform/jobs.ts'
import { isDue } from './drop-point.ts'
import { listDropPoints } from './drop-points.ts'
import { fetchFrom, type FetchParts } from './fetch.ts'

/** Looks at the drop points whose time has come, or at one that somebody asks for. */
export function dropJobs(parts: FetchParts, jobs: () => Jobs): JobHandlers {
  const { db, programToken } = parts
  return {
    'drop-points.look': async ({ pointId }: { pointId?: string }) => {
      const points = await asActor(db, await programToken(), (tx) => listDropPoints(tx))
      const now = new Date()
      for (const point of points)
        if (pointId === undefined ? isDue(point, now) : point.id === pointId)
          await fetchFrom({ ...parts, jobs: jobs() }, point, now)
    },
  }
}

export const dropSchedules: readonly Schedule[] = [{ name: 'drop-points.look', cron: '10 * * * *' }]
