import { expect } from 'vitest'
import type { TestRole, TestSession } from '../../../test/database.ts'
import { type Answer, ask, type RunningQiao } from '../../../test/running-qiao.ts'
import { checkCharacter } from '../households/id-number.ts'

/** For the tests of requests: households 1 and 2 in one committee, 3 in another township; the person has the same number. */
const areas = ['310118001001', '310118001001', '310118002001'] as const

const people = {
  advisor: ['advisor', areas[0]],
  colleague: ['advisor', areas[0]],
  township: ['township', '310118001'],
  otherOfficial: ['township', '310118001'],
  otherTownship: ['township', '310118002'],
  district: ['district', '310118'],
} as const satisfies Record<string, readonly [TestRole, string]>

export type Who = keyof typeof people
const numbered = (first17: string): string => first17 + checkCharacter(first17)

/** The ID number of person 1 to 3, all born on one day. */
export const numberOf = (one: number): string =>
  numbered(`31019919490510${String(tests * 4 + one).padStart(3, '0')}`)

/** One that nobody bears, of somebody born on another day of that month. */
export const freeNumber = (day: string): string =>
  numbered(`310199194905${day}${String(tests * 4).padStart(3, '0')}`)

export async function staffFor({ db }: RunningQiao): Promise<Record<Who, TestSession>> {
  const who = {} as Record<Who, TestSession>
  for (const [name, [role, areaId]] of Object.entries(people))
    who[name as Who] = await db.sessionFor({ role, areaId, name })
  await db.owner.pool.query(
    `insert into app.duty (staff_id, area_id, kind, valid_from, recorded_by)
     values ($1, $2, 'advisor-of-area', '2020-01-01', 'test')`,
    [who.advisor.staffId, areas[0]],
  )
  return who
}

/** How many tests have had households of their own: jobs of the last ones may still be at work on theirs. */
let tests = 0

/** The real number of household, and person, 1 to 3 of this test. */
export const idOf = (one: number): number => tests * 10 + one

/** Three households anew: each of one person with a number, a phone, a birth, and what the household owns. */
export async function putHouseholds({ db, cipher }: RunningQiao): Promise<void> {
  tests += 1
  const owner = (text: string, values?: unknown[]) => db.owner.pool.query(text, values)
  for (const [at, area] of areas.entries()) {
    const id = idOf(at + 1)
    await owner(
      `insert into app.household (id, area_id, register_no, address) values ($1, $2, $3, $4)`,
      [id, area, `Q-${id}`, `${at + 1}号`],
    )
    const number = cipher.seal('id-number', numberOf(at + 1))
    const phone = cipher.seal('phone', `1390000000${at + 1}`)
    await owner(
      `insert into app.person (id, household_id, area_id, name, id_number_enc, id_number_index, phone_enc, phone_index)
        values ($1, $1, $2, $3, $4, $5, $6, $7)`,
      [id, area, `钱${'一二三'[at]}`, number.sealed, number.index, phone.sealed, phone.index],
    )
    await owner(
      `insert into app.member (household_id, area_id, person_id, relation, valid_from)
        values ($1, $2, $1, '02', '2020-01-01')`,
      [id, area],
    )
    await owner(
      `insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source, verified_on, sensitivity, recorded_by)
        select $1::bigint, $2, person, fact, value::jsonb, '2025-01-01', '入户走访', '2025-01-01', class, 'owner' from (values
          ($1::bigint, 'birth_date', '"1949-05-10"', 'plain'), ($1, 'disability_level', '"1"', 'need-signal'),
          (null, 'assets', '100000', 'plain')) one (person, fact, value, class)`,
      [id, area],
    )
  }
}

type Item = Readonly<{ personId: number | null; field: string; after?: unknown }>

export const rename: Item = { personId: 1, field: 'name', after: '钱大' }
export const evidence = {
  reason: '与户口簿不一致',
  evidenceKind: 'household-register',
  evidence: '户口簿第 3 页，复印件存居委会',
} as const

/** What somebody sends, and what comes of it. */
export function asking({ http, db }: RunningQiao, who: Record<Who, TestSession>) {
  const versionOf = async (table: 'household' | 'change_request', id: number) =>
    Number(
      (await db.owner.pool.query(`select version from app.${table} where id = ${id}`)).rows[0]
        ?.version,
    )
  const real = (items: readonly Item[]) =>
    items.map((item) => ({ ...item, personId: item.personId && idOf(item.personId) }))
  const why = (reason: string) =>
    reason ? { headers: { 'x-qiao-reason': encodeURIComponent(reason) } } : {}
  const send = (by: Who, path: string, body: object, reason = ''): Promise<Answer> =>
    ask(http, `POST /api${path}`, { token: who[by].token, body, ...why(reason) })
  const step = async (
    by: Who,
    id: number,
    path: string,
    body: object = {},
    reason = '审核更正申请',
  ) => {
    const version = await versionOf('change_request', id)
    return send(by, `/change-requests/${id}/${path}`, { version, ...body }, reason)
  }
  const request = async (by: Who, items: readonly Item[], household = 1) =>
    send(by, `/households/${idOf(household)}/change-requests`, {
      ...evidence,
      items: real(items),
      version: await versionOf('household', idOf(household)),
    })
  return {
    send,
    step,
    real,
    request,
    /** One that was taken; its number. */
    asked: async (by: Who, items: readonly Item[], household = 1): Promise<number> => {
      const { status, body } = await request(by, items, household)
      expect(status, JSON.stringify(body)).toBe(200)
      return body.id
    },
    read: (by: Who, path: string, reason = '') =>
      ask(http, `GET /api${path}`, { token: who[by].token, ...why(reason) }),
  }
}
