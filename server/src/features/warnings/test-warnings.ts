import type { TestRole } from '../../../test/database.ts'
import { type Answer, ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { makeClock } from '../../platform/clock.ts'
import { asOwner } from '../../platform/db/actor.ts'
import { putCertificate } from '../advisors/test-certificates.ts'
import { giveDuty } from '../duties/queries.ts'
import { packInForce } from '../policies/load.ts'
import { otherCommittee, otherTownship, putHousehold, xiayang } from '../leads/test-households.ts'
import { watchHouseholds } from './watch.ts'

type Who = Readonly<{ token: string; staffId: string }>
type Line = Parameters<typeof ask>[1]

/** Households 1 and 4 in a committee, 2 next door, 3 in another township; somebody of each role, and a second advisor. */
export type TestWarnings = Readonly<{
  running: RunningQiao
  people: Readonly<
    Record<'advisor' | 'colleague' | 'outsider' | 'township' | 'otherTownship' | 'district', Who>
  >
  as: (who: Who, line: Line, body?: unknown) => Promise<Answer>
  /** The program asks its rules of everybody, on a day. */
  watch: (on?: string) => Promise<{ raised: number; added: number }>
  /** The district switches the rule of a signal on, as it is shipped unless said. */
  switchOn: (signal: string, wish?: Readonly<Record<string, unknown>>) => Promise<void>
  /** What is on record of everything, as the owner sees it. */
  rows: <T extends object>(query: string) => Promise<T[]>
  close: () => Promise<void>
}>

export async function openWarnings(): Promise<TestWarnings> {
  const running = await runQiao()
  const { db } = running
  for (const [id, area] of [
    [1, xiayang],
    [2, otherCommittee],
    [3, otherTownship],
    [4, xiayang],
  ] as const)
    await putHousehold(db.owner, id, area)
  const person = async (role: TestRole, areaId: string, name: string): Promise<Who> => {
    const one = await db.sessionFor({ role, areaId, name })
    if (role !== 'district') await putCertificate(db.owner, one.staffId)
    return one
  }
  const people = {
    advisor: await person('advisor', xiayang, '顾问甲'),
    colleague: await person('advisor', xiayang, '顾问乙'),
    outsider: await person('advisor', otherCommittee, '邻居委顾问'),
    township: await person('township', xiayang.slice(0, 9), '街镇专干'),
    otherTownship: await person('township', otherTownship.slice(0, 9), '邻镇专干'),
    district: await person('district', '310118', '区级专干'),
  }
  await asOwner(db.owner, (tx) =>
    giveDuty(tx, {
      staffId: people.advisor.staffId,
      areaId: xiayang,
      kind: 'advisor-of-area',
      from: '2024-01-01',
      to: null,
    }),
  )
  const as: TestWarnings['as'] = (who, line, body) =>
    ask(running.http, line, { token: who.token, ...(body === undefined ? {} : { body }) })
  const token = await db.jobToken('warnings')
  return {
    running,
    people,
    as,
    watch: (on = today) =>
      watchHouseholds({
        db: db.app,
        clock: makeClock(on),
        packInForce: (tx) => packInForce(tx, today),
        programToken: async () => token,
      }),
    switchOn: async (signal, wish = {}) => {
      const { body: list } = await as(people.district, 'GET /api/warning-signals')
      const one = list.items.find(({ id }: { id: string }) => id === signal)
      const { status, body } = await as(people.district, `PUT /api/warning-signals/${signal}`, {
        on: true,
        ...one.shipped,
        severity: one.severity,
        from: today,
        source: '区局会议纪要',
        proposed: true,
        version: one.stated?.version ?? null,
        ...wish,
      })
      if (status !== 200) throw new Error(JSON.stringify(body))
    },
    rows: async (query) => (await db.owner.pool.query(query)).rows,
    close: () => running.close(),
  }
}

/** A word as somebody sends it in. */
export const word = (more: Readonly<Record<string, unknown>> = {}) => ({
  householdId: 1,
  group: 'neighbours',
  channel: 'neighbour',
  severity: 'yellow',
  harm: false,
  words: '好几天没见他出门了',
  ...more,
})
