import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import { readSources } from '../exchange/source.ts'
import { readCalendar } from '../workdays/queries.ts'
import { readCorrections, readUses } from './after-queries.ts'
import { sharingProblems } from './problems.ts'
import { readContents, readRequests, readSteps, type SharingRow } from './queries.ts'
import { correctionDeadline, standingOf } from './sharing.ts'
import { sharingView } from './views.ts'

export type SharingParts = Readonly<{ clock: Clock }>

/** @throws Problem `no-such-sharing` */
export async function requestCalled(tx: Tx, id: number): Promise<SharingRow> {
  const [row] = await readRequests(tx, { id })
  if (!row) throw problem(sharingProblems, 'no-such-sharing')
  return row
}

/** The page of a request as it stands now. */
export async function pageOf(tx: Tx, clock: Clock, id: number) {
  const row = await requestCalled(tx, id)
  const at = { today: clock.today(), calendar: await readCalendar(tx) }
  const { next, mayChange } = standingOf(row.content, row.steps, at)
  const corrections = await readCorrections(tx, id)
  return {
    ...sharingView(row, await readSources(), at),
    next: [...next],
    mayChange,
    steps: await readSteps(tx, id),
    contents: await readContents(tx, id),
    uses: await readUses(tx, id),
    corrections: corrections.map((one) => ({
      ...one,
      deadline: one.answer ? null : correctionDeadline(one.onDay, at),
    })),
  }
}
