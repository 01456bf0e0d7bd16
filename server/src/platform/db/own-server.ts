import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { StartProblem } from '../start-problem.ts'
import { type EmbeddedOptions, startEmbedded } from './embedded.ts'
import { type Occupation, takePlace, type WorkPlace } from './work-place.ts'

/** Our own PostgreSQL, which several processes of one installation may use at once. */
export type OwnServer = Readonly<{
  adopted: boolean
  url: (database: string) => string
  /** Stops the server if nobody else is at work on it. */
  leave: () => Promise<void>
}>

/** @throws StartProblem when it does not start, or another Qiao serves from the same folder */
export async function openOwnServer(
  options: EmbeddedOptions,
  occupation: Occupation,
): Promise<OwnServer> {
  const data = dirname(options.folder)
  for (let attempt = 1; attempt <= 20; attempt++) {
    const server = await startEmbedded(options)
    const place = await takePlace(server.url('postgres'), occupation, data)
    if (place) {
      let left: Promise<void> | undefined
      const leave = () => (left ??= leaveServer(place, server.stop))
      return { adopted: server.adopted, url: server.url, leave }
    }
    await wait(500)
  }
  throw new StartProblem(
    `PostgreSQL in ${options.folder} keeps being stopped by another Qiao.`,
    'Wait until that one has ended, then start again.',
  )
}

async function leaveServer(place: WorkPlace, stop: () => Promise<void>): Promise<void> {
  if (await place.leave()) await stop()
  await place.close()
}
