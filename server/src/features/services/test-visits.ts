import { ask, type Answer, type RunningQiao } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'
import { makeClock } from '../../platform/clock.ts'
import { keepDue } from './due-queries.ts'
import { noWords } from './service.ts'

/** A plain visit on the day of the tests, as a form sends it. */
export const visit = {
  personIds: [],
  day: '2025-06-01',
  begins: null,
  ends: null,
  method: 'visit',
  outcome: 'met',
  services: [],
  programmes: [],
  materials: [],
  flags: [],
  nextDay: null,
  words: noWords,
}

/** Records a visit as somebody; `more` in place of what a plain one says. */
export function recordVisit(
  { http }: RunningQiao,
  token: string,
  householdId: number,
  more: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return ask(http, `POST /api/households/${householdId}/services`, {
    token,
    headers,
    body: { ...visit, ...more },
  })
}

/** Works out what is due of these households now, as the jobs do. */
export async function workOutDue(
  { db }: RunningQiao,
  householdIds: readonly number[],
  today = '2025-06-01',
): Promise<void> {
  const day = makeClock(today).today()
  await asActor(db.app, await db.jobToken('visits'), (tx) => keepDue(tx, householdIds, day))
}
