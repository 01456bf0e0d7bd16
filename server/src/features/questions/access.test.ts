import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestRole } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { settleStaged } from '../households/load.ts'

/** Households 1 and 2 in two committees of one township, 3 in another township; of each all is asked. */
const committee = '310118001001'
let running: RunningQiao

beforeAll(async () => {
  running = await runQiao()
  await asOwner(running.db.owner, async (tx) => {
    await sql`insert into staging.household values
      (1, ${committee}, 'family', 'Q-1', '1号', null), (2, '310118001002', 'family', 'Q-2', '2号', null),
      (3, '310118002001', 'family', 'Q-3', '3号', null)`.execute(tx)
    await sql`insert into staging.person (number, household_number, name, relation, joined_on) values
      (1, 1, '甲子', '02', '2020-01-01'), (2, 2, '乙丑', '02', '2020-01-01'),
      (3, 3, '丙寅', '02', '2020-01-01')`.execute(tx)
    await sql`insert into staging.fact
      select n, n, fact, value::jsonb, '入户', null, null, '2025-05-01', null, class
      from generate_series(1, 3) n, (values ('birth_date', '"1950-01-01"', 'plain'),
        ('hukou', '"1"', 'plain'), ('serious_illness', 'true', 'need-signal')) given (fact, value, class)`.execute(
      tx,
    )
    await settleStaged(tx, { today, demo: true })
  })
  await running.qiao.matching.run('by hand')
  await (await running.qiao.questions.start('test', 'all')).done
})
afterAll(() => running.close())

const areaOf: Readonly<Record<TestRole, string>> = {
  advisor: committee,
  township: '310118001',
  district: '310118',
  'system-admin': '310118',
  'security-admin': '310118',
  'audit-admin': '310118',
}
const tokenOf = async (role: TestRole) =>
  (await running.db.sessionFor({ role, areaId: areaOf[role] })).token
const get = async (role: TestRole, path: string) =>
  ask(running.http, `GET /api${path}`, { token: await tokenOf(role) })

/** The households whose questions a token shows. */
function seenBy(token: string): Promise<number[]> {
  return asActor(running.db.app, token, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      select distinct household_id as id from app.question order by 1`.execute(tx)
    return rows.map(({ id }) => id)
  })
}

test.each([
  ['an advisor sees no question of another committee or township', 'advisor', [1]],
  ['a township sees no question of another township', 'township', [1, 2]],
  ['the district sees every question', 'district', [1, 2, 3]],
  ['the system administrator sees none', 'system-admin', []],
  ['the security administrator sees none', 'security-admin', []],
  ['the audit administrator sees none', 'audit-admin', []],
] as const)('%s', async (_sentence, role, seen) => {
  expect(await seenBy(await tokenOf(role))).toEqual(seen)
})

test('a forged token shows none', async () => {
  expect(await seenBy('forged')).toEqual([])
})

test.each([
  ['an advisor', 'advisor', 1],
  ['a township', 'township', 2],
  ['the district', 'district', 3],
] as const)(
  'the list of %s counts the households of their area only',
  async (_who, role, count) => {
    const { status, body } = await get(role, '/questions')
    expect(status).toBe(200)
    expect(body.households).toBe(count)
    expect(Math.max(...body.items.map((item: { households: number }) => item.households))).toBe(
      count,
    )
    const areas = body.facets.areas.reduce(
      (sum: number, one: { count: number }) => sum + one.count,
      0,
    )
    expect(areas).toBe(count)
    const everyone = await get(role, `/questions/households?fact=${body.items[0].fact}`)
    expect(everyone.body.total).toBeLessThanOrEqual(count)
  },
)

test('an area outside one’s own is an empty list, not somebody else’s', async () => {
  const { body } = await get('advisor', '/questions?area=310118002')
  expect(body).toMatchObject({ items: [], households: 0 })
})

test('the questions of a household out of sight are not found', async () => {
  expect((await get('advisor', '/households/1/questions')).status).toBe(200)
  expect((await get('advisor', '/households/2/questions')).status).toBe(404)
  expect((await get('township', '/households/3/questions')).status).toBe(404)
})

test.each(['system-admin', 'security-admin', 'audit-admin'] as const)(
  '%s may ask for no questions at all',
  async (role) => {
    expect((await get(role, '/questions')).status).toBe(403)
    expect((await get(role, '/questions/households?fact=assets')).status).toBe(403)
    expect((await get(role, '/households/1/questions')).status).toBe(403)
  },
)

test.each(['advisor', 'township', 'system-admin'] as const)(
  '%s may not set the whole district to work',
  async (role) => {
    const token = await tokenOf(role)
    const answer = await ask(running.http, 'POST /api/questions/search', {
      token,
      body: { among: 'all' },
    })
    expect(answer.status).toBe(403)
  },
)

test('those above the committee see the names of its people masked', async () => {
  const find = async (role: TestRole) =>
    (await get(role, '/questions/households?fact=student_stage&size=100')).body.items
  const nameIn = async (role: TestRole) =>
    (await find(role)).find(({ householdId }: { householdId: number }) => householdId === 1)
  const { body } = await get('district', '/questions')
  const personal = body.items.find(({ fact }: { fact: string }) => fact === 'student_stage')
  expect(personal).toBeDefined()
  expect(await nameIn('advisor')).toMatchObject({ head: '甲子', member: '甲子' })
  expect(await nameIn('district')).toMatchObject({ head: '甲○', member: '甲○' })
})

/** What comes of a statement: how many rows, or why not. */
async function outcome(role: TestRole, statement: string): Promise<number | string> {
  return asActor(running.db.app, await tokenOf(role), async (tx) => {
    const { numAffectedRows } = await sql.raw(statement).execute(tx)
    return Number(numAffectedRows ?? 0)
  }).catch((error: unknown) => String(error))
}

test.each(['advisor', 'township', 'district', 'system-admin'] as const)(
  '%s neither makes nor removes a question',
  async (role) => {
    const made = `insert into app.question (household_id, area_id, place, fact, way, decided, worth, basis,
        programmes, because, version, run_id)
      values (1, '${committee}', 9, 'assets', 'person', 1, 1, 'uniform', '{}', 'lead', 1, 1)`
    const kept = `select app.keep_questions(1, '{1}', '[]')`
    for (const statement of [
      made,
      kept,
      'delete from app.question',
      'select app.drop_old_questions(9)',
    ])
      expect(await outcome(role, statement)).toMatch(/permission denied|not for/)
    expect(await seenBy(await tokenOf('district'))).toEqual([1, 2, 3])
  },
)
