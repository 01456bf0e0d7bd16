import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { here, otherTownship, putFamily } from './test-families.ts'

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
const said = { kind: 'of-parent', relation: '20', from: '2020-01-01', source: '居民户口簿' }
const record = (id: number, body: object, token = advisor) =>
  ask(running.http, `POST /api/households/${id}/supporters`, { token, body: { ...said, ...body } })
const end = (id: number, supporter: number, lastDay: string, token = advisor) =>
  ask(running.http, `POST /api/households/${id}/supporters/${supporter}/ending`, {
    token,
    body: { lastDay, because: '已故' },
  })
const list = async (id: number, token = advisor) =>
  (await ask(running.http, `GET /api/households/${id}/supporters`, { token })).body.items

describe('whoever owes a member support', () => {
  test('is kept beside the household and is no member of it', async () => {
    const { id, persons } = await family(['02'])
    const child = await family(['02'])
    expect((await record(id, { personId: persons[0], supporterId: child.persons[0] })).status).toBe(
      200,
    )
    expect((await record(id, { personId: persons[0], name: '钱三' })).status).toBe(200)
    expect(await list(id)).toMatchObject([
      { supporterId: child.persons[0], householdId: child.id, kind: 'of-parent', to: null },
      { supporterId: null, householdId: null, name: expect.any(String), to: null },
    ])
    const { body } = await ask(running.http, `GET /api/households/${id}/composition`, {
      token: advisor,
    })
    expect(body.members.map((one: { personId: number }) => one.personId)).toEqual(persons)
  })

  test('goes with the person who is to be supported', async () => {
    const [from, to] = [await family(['02', '50']), await family(['02'])]
    const [, parent] = from.persons
    await record(from.id, { personId: parent, name: '钱三' })
    const joined = await ask(running.http, `POST /api/households/${to.id}/members/joining`, {
      token: advisor,
      body: { personId: parent, relation: '50', from: '2025-03-01', source: '户口簿', version: 1 },
    })
    expect(joined.status, JSON.stringify(joined.body)).toBe(200)
    expect([(await list(from.id)).length, (await list(to.id)).length]).toEqual([0, 1])
  })

  test('owes it no longer after a day, with the reason, and that once', async () => {
    const { id, persons } = await family(['02'])
    const { body } = await record(id, { personId: persons[0], name: '钱三' })
    expect((await end(id, body.id, '2019-12-31')).body.code).toBe('composition-invalid')
    expect((await end(id, body.id, '2025-01-31')).status).toBe(200)
    expect((await end(id, body.id, '2025-02-28')).body.code).toBe('composition-invalid')
    expect(await list(id)).toMatchObject([{ to: '2025-01-31', endedBecause: '已故' }])
    const { rows } = await running.db.owner.pool.query(
      `select count(*)::int as n from app.supporter where person_id = ${persons[0]}`,
    )
    expect(rows[0].n).toBe(2)
  })

  test.each([
    ['nobody named', {}, 'name'],
    ['both a number and a name', { supporterId: 1, name: '钱三' }, 'name'],
    ['a day to come', { name: '钱三', from: '2025-06-02' }, 'from'],
    ['somebody who is not there', { supporterId: 999_999 }, 'supporterId'],
  ] as const)('with %s is refused at the field', async (_what, body, field) => {
    const { id, persons } = await family(['02'])
    const answer = await record(id, { personId: persons[0], ...body })
    expect(answer.body).toMatchObject({ errors: [{ path: `/body/${field}` }] })
  })

  test('is not oneself, nor the same person twice', async () => {
    const [{ id, persons }, child] = [await family(['02']), await family(['02'])]
    const own = await record(id, { personId: persons[0], supporterId: persons[0] })
    expect(own.body.errors).toMatchObject([{ path: '/body/supporterId' }])
    const twice = { personId: persons[0], supporterId: child.persons[0] }
    expect((await record(id, twice)).status).toBe(200)
    expect((await record(id, twice)).body.errors).toMatchObject([{ path: '/body/supporterId' }])
  })

  test('is named to whoever sees them only, and where the household is out of sight told of nothing', async () => {
    const [near, far] = [await family(['02']), await family(['02'], otherTownship)]
    const owed = { personId: near.persons[0], supporterId: far.persons[0] }
    expect((await record(near.id, owed)).body.errors).toMatchObject([{ path: '/body/supporterId' }])
    expect((await record(near.id, owed, district)).status).toBe(200)
    expect(await list(near.id)).toMatchObject([{ name: '', householdId: null }])
    expect(await list(near.id, district)).toMatchObject([{ householdId: far.id }])
    const answer = await ask(running.http, `GET /api/households/${far.id}/supporters`, {
      token: advisor,
    })
    expect(answer.status).toBe(404)
  })
})
