import { asOwner } from '../../platform/db/actor.ts'
import {
  type Answer as Answered,
  ask,
  type RunningQiao,
  runQiao,
} from '../../../test/running-qiao.ts'
import { giveDuty } from '../duties/queries.ts'
import { putHousehold } from '../leads/test-households.ts'
import { type Answer, indicatorIds, type IndicatorId } from './assessment.ts'

export const here = '310118001001'
const elsewhere = '310118002001'

/** People of a township and the next, by what they are called in tests. */
const people = {
  advisor: { role: 'advisor', areaId: here },
  colleague: { role: 'advisor', areaId: here },
  /** In the committee without a duty there. */
  guest: { role: 'advisor', areaId: here },
  /** Trained to use scales, without a duty. */
  socialWorker: { role: 'advisor', areaId: here },
  clerk: { role: 'township', areaId: '310118001' },
  otherClerk: { role: 'township', areaId: '310118002' },
  district: { role: 'district', areaId: '310118' },
  district2: { role: 'district', areaId: '310118' },
  seconded: { role: 'district', areaId: '310118001' },
} as const
type Person = keyof typeof people

export type World = Readonly<{
  running: RunningQiao
  idOf: (who: Person) => string
  /** District staff state a reason unless `bare`. */
  call: (
    who: Person,
    line: `${'GET' | 'POST' | 'PUT'} ${string}`,
    body?: unknown,
    bare?: 'bare',
    key?: string,
  ) => Promise<Answered>
  close: () => Promise<void>
}>

/** Household 1 here and 3 in another township, with everybody who may ask. */
export async function openWorld(): Promise<World> {
  const running = await runQiao()
  const { db, http } = running
  const sessions = new Map<Person, { token: string; staffId: string }>()
  for (const [name, who] of Object.entries(people))
    sessions.set(name as Person, await db.sessionFor({ ...who, name }))
  const of = (who: Person) => {
    const session = sessions.get(who)
    if (!session) throw new Error(who)
    return session
  }
  for (const who of ['advisor', 'colleague'] as const)
    await asOwner(db.owner, (tx) =>
      giveDuty(tx, {
        staffId: of(who).staffId,
        areaId: here,
        kind: 'advisor-of-area',
        from: '2024-01-01',
        to: null,
      }),
    )
  await putHousehold(db.owner, 1, here)
  await putHousehold(db.owner, 3, elsewhere)
  return {
    running,
    idOf: (who) => of(who).staffId,
    call: (who, line, body, bare, key) => {
      const states = people[who].role === 'district' && !bare
      const headers = {
        ...(states ? { 'x-qiao-reason': encodeURIComponent('复核') } : {}),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      }
      return ask(http, line, {
        token: of(who).token,
        headers,
        ...(body === undefined ? {} : { body }),
      })
    },
    close: running.close,
  }
}

type Form = Readonly<{
  seen?: number
  yes?: readonly IndicatorId[]
  unknown?: readonly IndicatorId[]
  redLines?: readonly string[]
  needs?: readonly object[]
  evidence?: object
  changedTo?: string | null
  changedBecause?: string | null
}>

/** What an assessor sends: what is not named is no lack. */
export function form({ seen = 0, yes = [], unknown = [], ...rest }: Form = {}) {
  const answerOf = (id: IndicatorId): Answer => {
    if (yes.includes(id)) return 'yes'
    return unknown.includes(id) ? 'unknown' : 'no'
  }
  return {
    seen,
    answers: Object.fromEntries(indicatorIds.map((id) => [id, answerOf(id)])),
    evidence: {},
    redLines: [],
    needs: [],
    changedTo: null,
    changedBecause: null,
    ...rest,
  }
}

/** A district's statement that somebody may use a scale, for all days that tests run on. */
export const trained = (staffId: string) => ({
  staffId,
  stands: { credential: '社会工作者职业资格', from: '2024-01-01', to: '2099-12-31' },
})
