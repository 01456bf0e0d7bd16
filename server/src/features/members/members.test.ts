import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { householdFacts } from '../households/facts.ts'
import { here, nextDoor, otherTownship, pay, putFamily } from './test-families.ts'

let running: RunningQiao
let advisor: string
let district: string

beforeAll(async () => {
  running = await runQiao()
  advisor = (await running.db.sessionFor({ role: 'advisor', areaId: here })).token
  district = (await running.db.sessionFor({ role: 'district', areaId: '310118' })).token
})
afterAll(() => running.close())

const family = (relations: readonly string[], area?: string) =>
  putFamily(running.db.owner, relations, area)
const source = '居民户口簿'
const post = async (path: string, body: object, token = advisor) =>
  ask(running.http, `POST /api/households/${path}`, {
    token,
    body: { source, version: 1, ...body },
  })
const leave = async (id: number, person: number | undefined, body: object = {}, token = advisor) =>
  post(`${id}/members/${person}/leaving`, { day: '2025-03-01', because: 'died', ...body }, token)
async function composition(id: number, on: string = today, token = advisor) {
  const answer = await ask(running.http, `GET /api/households/${id}/composition?on=${on}`, {
    token,
  })
  expect(answer.status).toBe(200)
  return answer.body
}
const people = async (id: number, on?: string) =>
  (await composition(id, on)).members.map((one: { personId: number; relation: string }) => [
    one.personId,
    one.relation,
  ])
const knownOf = async (id: number, on: string, person: number | undefined) =>
  asActor(running.db.app, advisor, async (tx) => {
    const { members } = await householdFacts(tx, id, on)
    return members.find((one) => one.id === String(person))?.facts
  })

describe('a member leaves', () => {
  test('and is drawn until the day before, and no longer', async () => {
    const { id, persons } = await family(['02', '20'])
    const answer = await leave(id, persons[1], { because: 'enlisted' })
    expect(answer.body).toEqual({ version: 2 })
    expect(await people(id, '2025-02-28')).toEqual([
      [persons[0], '02'],
      [persons[1], '20'],
    ])
    expect(await people(id, '2025-03-01')).toEqual([[persons[0], '02']])
    expect((await composition(id, '2025-02-28')).members[1]).toMatchObject({
      endedBecause: 'enlisted',
      endedBecauseName: '参军',
      source,
      to: '2025-02-28',
    })
  })

  test.each([
    ['in the future', { day: '2026-01-01' }, '/body/day'],
    ['before they came', { day: '2020-01-01' }, '/body/day'],
    ['with a new head although the head stays', { following: { head: 1 } }, '/body/following/head'],
  ])('not %s', async (_what, body, path) => {
    const { id, persons } = await family(['02', '20'])
    const answer = await leave(id, persons[1], body)
    expect([answer.status, answer.body.code, answer.body.errors?.[0]?.path]).toEqual([
      422,
      'composition-invalid',
      path,
    ])
  })

  test('not seen by whoever has an older version', async () => {
    const { id, persons } = await family(['02', '20'])
    expect((await leave(id, persons[1], { version: 2 })).body.code).toBe('household-changed')
  })

  test('not from a household of another township', async () => {
    const { id, persons } = await family(['02', '20'], otherTownship)
    expect((await leave(id, persons[1])).status).toBe(404)
  })
})

describe('the head ends', () => {
  test.each(['died', 'moved-out', 'detained'])(
    '%s: refused without a successor',
    async (because) => {
      const { id, persons } = await family(['02', '10', '20'])
      const answer = await leave(id, persons[0], { because })
      expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([422, '/body/following/head'])
      expect(await people(id)).toHaveLength(3)
    },
  )

  test('refused until everybody who stays is related to the successor', async () => {
    const { id, persons } = await family(['02', '10', '20'])
    const answer = await leave(id, persons[0], { following: { head: persons[1] } })
    expect(answer.body.errors?.[0]?.path).toBe('/body/following/relations')
  })

  test('where something is paid, refused without a collector, and done with one at once', async () => {
    const { id, persons } = await family(['02', '10', '20'])
    await pay(running.db.owner, id)
    const following = { head: persons[1], relations: [{ personId: persons[2], relation: '20' }] }
    const refused = await leave(id, persons[0], { following })
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([
      422,
      '/body/following/collector',
    ])
    const done = await leave(id, persons[0], { following: { ...following, collector: persons[2] } })
    expect(done.status, JSON.stringify(done.body)).toBe(200)
    expect(await people(id)).toEqual([
      [persons[1], '02'],
      [persons[2], '20'],
    ])
    expect((await composition(id)).collectors).toMatchObject([{ personId: persons[2] }])
    expect((await people(id, '2025-02-28'))[0]).toEqual([persons[0], '02'])
    // Whoever collects does not leave without another one.
    const gone = await leave(id, persons[2], { version: 2, day: '2025-04-01' })
    expect(gone.body.errors?.[0]?.path).toBe('/body/following/collector')
  })

  test('the last one leaves an empty household', async () => {
    const { id, persons } = await family(['02'])
    expect((await leave(id, persons[0])).status).toBe(200)
    expect(await people(id)).toEqual([])
  })
})

describe('somebody on record joins', () => {
  const join = async (
    id: number,
    personId: number | undefined,
    body: object = {},
    token = advisor,
  ) =>
    post(`${id}/members/joining`, { personId, relation: '30', from: '2025-03-01', ...body }, token)

  test('they leave where they lived the day before, and what is said of them goes along', async () => {
    const [old, fresh] = [await family(['02', '20']), await family(['02'])]
    const who = old.persons[1]
    await pay(running.db.owner, old.id, who)
    const answer = await join(fresh.id, who)
    expect(answer.body).toEqual({ version: 2 })
    expect(await people(old.id, '2025-02-28')).toContainEqual([who, '20'])
    expect(await people(old.id, '2025-03-01')).toEqual([[old.persons[0], '02']])
    expect(await people(fresh.id, '2025-03-01')).toContainEqual([who, '30'])
    const income = { value: (who ?? 0) * 100, source: '入户', day: '2020-01-01' }
    const dibao = { status_dibao: { value: true } }
    // As of either day the rules read what was true of them where they lived.
    for (const [id, on] of [
      [old.id, '2025-02-28'],
      [fresh.id, '2025-03-01'],
    ] as const)
      expect(await knownOf(id, on, who)).toMatchObject({ labour_income: income, ...dibao })
    expect(await knownOf(old.id, '2025-03-01', who)).toBeUndefined()
    await asOwner(running.db.owner, async (tx) => {
      const { rows } = await sql`select household.version, household_current.size
        from app.household join app.household_current on household_current.household_id = household.id
        where id in (${old.id}, ${fresh.id}) order by id`.execute(tx)
      expect(rows).toEqual([
        { version: 2, size: 1 },
        { version: 2, size: 2 },
      ])
      const { rows: places } =
        await sql`select household_id as id from app.person where id = ${who}`.execute(tx)
      expect(places).toEqual([{ id: fresh.id }])
    })
  })

  test('an objection to matching goes along', async () => {
    const [old, fresh] = [await family(['02', '20']), await family(['02'])]
    const who = old.persons[1]
    await ask(running.http, `POST /api/households/${old.id}/objections`, {
      token: advisor,
      body: { kind: 'matching', personId: who, toldOn: '2025-02-01' },
    })
    const version = (await ask(running.http, `GET /api/households/${fresh.id}`, { token: advisor }))
      .body.version
    expect((await join(fresh.id, who, { version })).body).toEqual({ version: 2 })
    const kept = await ask(running.http, `GET /api/households/${fresh.id}/consents`, {
      token: advisor,
    })
    expect(kept.body.objections).toMatchObject([{ kind: 'matching', personId: who }])
  })

  test.each([
    ['as a second head', { relation: '02' }, '/body/relation'],
    ['before the head became it', { from: '2019-01-01' }, '/body/from'],
    ['from the day they came where they live', { from: '2020-01-01' }, '/body/from'],
  ])('not %s', async (_what, body, path) => {
    const [old, fresh] = [await family(['02', '20']), await family(['02'])]
    const answer = await join(fresh.id, old.persons[1], body)
    expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([422, path])
  })

  test('nobody is the last to leave before another of them has left', async () => {
    const { id, persons } = await family(['02', '20'])
    await leave(id, persons[1], { day: '2025-04-01' })
    const early = await leave(id, persons[0], { day: '2025-03-01', version: 2 })
    expect([early.status, early.body.errors?.[0]?.path]).toEqual([422, '/body/day'])
    expect((await leave(id, persons[0], { day: '2025-04-01', version: 2 })).status).toBe(200)
  })

  test('an empty household only after the last of those before, as its head', async () => {
    const [empty, other] = [await family(['02']), await family(['02', '20'])]
    await leave(empty.id, empty.persons[0], { day: '2025-04-01', because: 'died' })
    const come = { relation: '02', version: 2 }
    const early = await join(empty.id, other.persons[1], { ...come, from: '2025-03-01' })
    expect([early.status, early.body.errors?.[0]?.path]).toEqual([422, '/body/from'])
    const late = await join(empty.id, other.persons[1], { ...come, from: '2025-04-01' })
    expect(late.status, JSON.stringify(late.body)).toBe(200)
    expect(await people(empty.id, '2025-03-31')).toEqual([[empty.persons[0], '02']])
    expect(await people(empty.id)).toEqual([[other.persons[1], '02']])
  })

  test('not out of sight of whoever records it; the district sees both', async () => {
    const [old, fresh] = [await family(['02', '20'], otherTownship), await family(['02'])]
    expect((await join(fresh.id, old.persons[1])).status).toBe(404)
    expect((await join(fresh.id, old.persons[1], {}, district)).status).toBe(200)
    expect(await people(fresh.id)).toContainEqual([old.persons[1], '30'])
  })

  test('whoever left returns, but not into the days when they lived there already', async () => {
    const { id, persons } = await family(['02', '20'])
    await leave(id, persons[1], { because: 'detained' })
    const again = { relation: '20', version: 2 }
    const early = await join(id, persons[1], { ...again, from: '2025-02-01' })
    expect([early.status, early.body.errors?.[0]?.path]).toEqual([422, '/body/from'])
    expect((await join(id, persons[1], { ...again, from: '2025-05-01' })).status).toBe(200)
    expect(await people(id, '2025-04-30')).toEqual([[persons[0], '02']])
    expect(await people(id)).toContainEqual([persons[1], '20'])
  })

  test('a restricted household is not there, and nobody comes to light by joining another', async () => {
    const [hidden, fresh] = [await family(['02', '20']), await family(['02'])]
    const other = await running.db.sessionFor({ role: 'district', areaId: '310118' })
    await ask(running.http, `POST /api/households/${hidden.id}/restrictions`, {
      token: other.token,
      body: { kind: 'other', because: '住址须保密', responsible: other.staffId, viewers: [] },
    })
    expect((await leave(hidden.id, hidden.persons[1])).status).toBe(404)
    expect((await join(fresh.id, hidden.persons[1])).status).toBe(404)
    expect((await join(fresh.id, hidden.persons[1], {}, other.token)).body.code).toBe(
      'restriction-goes-along',
    )
  })
})

describe('a household splits', () => {
  const split = async (id: number, body: object) =>
    post(`${id}/split`, { day: '2025-03-01', address: '新路 2 号', ...body })

  test('those who leave found one of their own, with what is said of them', async () => {
    const { id, persons } = await family(['02', '20', '30'])
    const answer = await split(id, {
      members: [
        { personId: persons[1], relation: '02' },
        { personId: persons[2], relation: '70' },
      ],
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(answer.body.version).toBe(2)
    expect(await people(id)).toEqual([[persons[0], '02']])
    expect(await people(answer.body.id)).toEqual([
      [persons[1], '02'],
      [persons[2], '70'],
    ])
    expect(await people(answer.body.id, '2025-02-28')).toEqual([])
    expect(await knownOf(answer.body.id, today, persons[2])).toHaveProperty('labour_income')
  })

  test.each([
    ['all of it', [0, 1], ['02', '20']],
    ['under no head', [1], ['20']],
    ['with its head and no successor', [0], ['02']],
  ])('not %s', async (_what, places, relations) => {
    const { id, persons } = await family(['02', '20'])
    const members = places.map((place, at) => ({
      personId: persons[place],
      relation: relations[at],
    }))
    const answer = await split(id, { members })
    expect([answer.status, answer.body.code]).toEqual([422, 'composition-invalid'])
    expect(await people(id)).toHaveLength(2)
  })
})

describe('a household moves', () => {
  const move = async (id: number, area: string, token: string) =>
    post(`${id}/move`, { area, address: '新路 3 号' }, token)

  test('with all that is recorded of it; from then on it is the other committee’s', async () => {
    const { id, persons } = await family(['02', '20'])
    await pay(running.db.owner, id)
    const township = await running.db.sessionFor({ role: 'township', areaId: '310118001' })
    const answer = await move(id, nextDoor, township.token)
    expect(answer.body).toEqual({ version: 2 })
    const path = `GET /api/households/${id}` as const
    expect((await ask(running.http, path, { token: advisor })).status).toBe(404)
    const there = await running.db.sessionFor({ role: 'advisor', areaId: nextDoor })
    const page = await ask(running.http, path, { token: there.token })
    expect(page.body.members.map((one: { personId: number }) => one.personId)).toEqual(persons)
    expect(page.body.awards).toHaveLength(1)
    await asOwner(running.db.owner, async (tx) => {
      const { rows } = await sql<{ name: string }>`select columns.table_name as name
        from information_schema.columns join information_schema.tables using (table_schema, table_name)
        join information_schema.columns other using (table_schema, table_name)
        where table_schema = 'app' and columns.column_name = 'area_id' and other.column_name = 'household_id'
          and table_type = 'BASE TABLE' and table_name <> 'audit'`.execute(tx)
      expect(rows.length).toBeGreaterThan(15)
      for (const { name } of rows) {
        const left = await sql`select from app.${sql.ref(name)}
          where household_id = ${id} and area_id <> ${nextDoor}`.execute(tx)
        expect([name, left.rows.length]).toEqual([name, 0])
      }
    })
  })

  test('not by an advisor, and a township moves nobody out of itself', async () => {
    const { id } = await family(['02'])
    expect((await move(id, nextDoor, advisor)).status).toBe(403)
    const township = await running.db.sessionFor({ role: 'township', areaId: '310118001' })
    expect((await move(id, otherTownship, township.token)).body.errors[0].path).toBe('/body/area')
    expect((await move(id, otherTownship, district)).status).toBe(200)
  })
})

describe('a mistake is taken back', () => {
  const takeBack = async (id: number, version: number, token = advisor) =>
    ask(running.http, `POST /api/households/${id}/members/taking-back`, {
      token,
      body: { because: '登记错了', version },
    })

  test('a head who left is the head again, and nothing that was recorded is gone', async () => {
    const { id, persons } = await family(['02', '10'])
    await pay(running.db.owner, id)
    await leave(id, persons[0], { following: { head: persons[1], collector: persons[1] } })
    expect((await takeBack(id, 2)).body).toEqual({ version: 3 })
    expect(await people(id)).toEqual([
      [persons[0], '02'],
      [persons[1], '10'],
    ])
    expect((await composition(id)).collectors).toEqual([])
  })

  test('somebody who joined is back where they lived, with what is said of them', async () => {
    const [old, fresh] = [await family(['02', '20']), await family(['02'])]
    const who = old.persons[1]
    await pay(running.db.owner, old.id, who)
    const joining = { personId: who, relation: '30', from: '2025-03-01' }
    await post(`${fresh.id}/members/joining`, joining)
    expect((await takeBack(fresh.id, 2)).body).toEqual({ version: 3 })
    expect(await people(fresh.id)).toEqual([[fresh.persons[0], '02']])
    expect(await people(old.id)).toContainEqual([who, '20'])
    expect(await knownOf(old.id, today, who)).toMatchObject({
      labour_income: { value: (who ?? 0) * 100 },
      status_dibao: { value: true },
    })
  })

  test('not twice what was entered first, and not under what was recorded since', async () => {
    const [old, fresh] = [await family(['02', '20']), await family(['02'])]
    expect((await takeBack(old.id, 1)).body.code).toBe('nothing-to-take-back')
    const who = old.persons[1]
    await post(`${fresh.id}/members/joining`, { personId: who, relation: '30', from: '2025-03-01' })
    await ask(running.http, `PUT /api/households/${fresh.id}/facts`, {
      token: advisor,
      body: {
        fact: 'labour_income',
        personId: who,
        value: 1,
        verifiedOn: today,
        source: '入户',
        version: 2,
      },
    })
    expect((await takeBack(fresh.id, 3)).body.code).toBe('nothing-to-take-back')
  })
})
