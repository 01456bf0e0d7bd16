import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { here, nextDoor, otherTownship, putFamily } from './test-families.ts'

let running: RunningQiao
let advisor: string
let district: string
/** Of the township where nobody of these families lives, and of the one where they do. */
let registering: string
let residence: string

beforeAll(async () => {
  running = await runQiao()
  const { db } = running
  advisor = (await db.sessionFor({ role: 'advisor', areaId: here })).token
  district = (await db.sessionFor({ role: 'district', areaId: '310118' })).token
  registering = (await db.sessionFor({ role: 'township', areaId: '310118002' })).token
  residence = (await db.sessionFor({ role: 'township', areaId: '310118001' })).token
})
afterAll(() => running.close())

const family = async (relations: readonly string[] = ['02'], area?: string) => {
  const { id, persons } = await putFamily(running.db.owner, relations, area)
  return { id, person: persons[0] ?? 0 }
}
const owner = (statement: string) =>
  asOwner(
    running.db.owner,
    async (tx) => (await sql.raw<Record<string, unknown>>(statement).execute(tx)).rows,
  )
const page = async (id: number, token = advisor) =>
  (await ask(running.http, `GET /api/households/${id}`, { token })).body
const registrationOf = async (id: number, token = advisor) =>
  (await page(id, token)).members[0].registration
const seenOn = { from: '2025-01-01', verifiedOn: '2025-01-10', source: '居民户口簿' }
async function record(id: number, personId: number, place: object, token = advisor) {
  const { version } = await page(id, token)
  return ask(running.http, `POST /api/households/${id}/registered-places`, {
    token,
    body: { personId, ...seenOn, version, ...place },
  })
}
const places = async (id: number, token = advisor) =>
  (await ask(running.http, `GET /api/households/${id}/registered-places`, { token })).body
const hukouOf = async (person: number) =>
  (
    await owner(`select value, source, verified_on::text as day from app.fact
    where person_id = ${person} and fact = 'hukou' and superseded_at is null`)
  )[0]
const deliver = (id: number, person: number, code: string, shelf: string) =>
  owner(`with one as (insert into app.delivery (source, file_name, bytes, on_day, received_by)
      select 'gongan', 'a.csv', 1, '2025-01-01', id from app.staff limit 1 returning id)
    insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, recorded_at, recorded_by, source,
      verified_on, shelf_until, sensitivity, delivery_id)
    select ${id}, '${here}', ${person}, 'hukou', '"${code}"', '2025-01-01', '2025-01-01', 'owner', '公安',
      '2025-01-01', '${shelf}', 'plain', one.id from one`)
const restrict = (id: number) =>
  owner(`insert into app.restriction (household_id, area_id, kind, because, valid_from, responsible, recorded_by)
    select ${id}, '${here}', 'violence', '住址须保密', '2025-01-01', id, id from app.staff limit 1`)
const move = async (id: number, area: string) =>
  ask(running.http, `POST /api/households/${id}/move`, {
    token: district,
    body: {
      area,
      address: '新址1号',
      source: '户口簿',
      version: (await page(id, district)).version,
    },
  })

describe('where a member is registered', () => {
  test('is recorded with its day and source, and the fact says what it means for where they live', async () => {
    const { id, person } = await family()
    expect((await registrationOf(id)).standing).toBe('unknown')
    expect((await record(id, person, { area: '310118002' })).status).toBe(200)
    const { standing, place, accepts, assists, differs } = await registrationOf(id)
    const names = await owner(
      `select name from app.area where id in ('310118001', '310118002') order by id`,
    )
    const [home, there] = names.map(({ name }) => name)
    expect({ standing, place, accepts, assists, differs }).toEqual({
      standing: 'other-township',
      place: there,
      accepts: there,
      assists: home,
      differs: null,
    })
    expect(await hukouOf(person)).toEqual({ value: '2', source: '居民户口簿', day: '2025-01-10' })
  })

  test.each([
    ['the township where they live', { area: '310118001' }, '1', 'same'],
    ['a committee of another township', { area: otherTownship }, '2', 'other-township'],
    ['another district', { outside: 'shanghai', words: '黄浦区' }, '3', 'other-district'],
    ['another province', { outside: 'elsewhere', words: '安徽省六安市' }, '4', 'other-province'],
  ] as const)('may be %s', async (_what, place, code, standing) => {
    const { id, person } = await family()
    expect((await record(id, person, place)).status).toBe(200)
    expect(await registrationOf(id)).toMatchObject({ standing })
    expect((await hukouOf(person))?.['value']).toBe(code)
  })

  test('ends the day before the next begins; put right for the same day, both stay on record', async () => {
    const { id, person } = await family()
    await record(id, person, { area: '310118002' })
    await record(id, person, { area: '310118001', from: '2025-03-01', verifiedOn: '2025-03-02' })
    await record(id, person, { area: '310118003', from: '2025-03-01', verifiedOn: '2025-03-05' })
    const { items, townships } = await places(id)
    expect(
      items.map((one: Record<string, unknown>) => [
        one['from'],
        one['to'],
        one['supersededAt'] !== null,
      ]),
    ).toEqual([
      ['2025-03-01', null, false],
      ['2025-03-01', null, true],
      ['2025-01-01', '2025-02-28', false],
    ])
    expect(townships).toHaveLength(11)
  })

  test.each([
    ['no place', {}, 'area'],
    ['two places', { area: '310118002', outside: 'shanghai', words: '黄浦区' }, 'area'],
    ['a place outside without words', { outside: 'shanghai' }, 'words'],
    ['a township that is none', { area: '310118999' }, 'area'],
    ['a day to come', { area: '310118002', verifiedOn: '2025-06-02' }, 'verifiedOn'],
    ['a basis that is none', { area: '310118002', basis: 'none' }, 'basis'],
    ['a beginning after it was seen', { area: '310118002', from: '2025-02-01' }, 'from'],
  ] as const)('with %s is refused at the field', async (_what, place, field) => {
    const { id, person } = await family()
    expect((await record(id, person, place)).body).toMatchObject({
      code: 'composition-invalid',
      errors: [{ path: `/body/${field}` }],
    })
    expect(await hukouOf(person)).toBeUndefined()
  })

  test('is nobody’s to record who is no member there, or has not seen the last change', async () => {
    const [one, other] = [await family(), await family()]
    expect((await record(one.id, other.person, { area: '310118002' })).status).toBe(422)
    const stale = await record(one.id, one.person, { area: '310118002', version: 9 })
    expect(stale.body.code).toBe('household-changed')
    const far = await family(['02'], otherTownship)
    const body = { personId: far.person, ...seenOn, area: '310118001', version: 1 }
    const hidden = await ask(running.http, `POST /api/households/${far.id}/registered-places`, {
      token: advisor,
      body,
    })
    expect([hidden.status, (await places(far.id)).status]).toEqual([404, 404])
  })
})

describe('past the program, in the database itself', () => {
  const say = (token: string, person: number) =>
    asActor(running.db.app, token, (tx) =>
      sql`select app.record_registered_place(${person}, ${JSON.stringify({ ...seenOn, area: '310118002' })}::jsonb)`.execute(
        tx,
      ),
    )

  test('nobody says where somebody out of sight, or restricted to others, is registered', async () => {
    const [{ person }, hidden] = [await family(), await family()]
    await restrict(hidden.id)
    for (const token of [registering, await running.db.jobToken(), 'forged'])
      await expect(say(token, person)).rejects.toThrow('to record')
    for (const token of [advisor, residence, district])
      await expect(say(token, hidden.person)).rejects.toThrow('to record')
    expect(
      await owner(
        `select from app.registered_place where person_id in (${person}, ${hidden.person})`,
      ),
    ).toEqual([])
    await say(advisor, person)
  })
})

describe('the fact and the place', () => {
  test('agree after a move: whoever moves to where they are registered is 人户一致', async () => {
    const { id, person } = await family()
    await record(id, person, { area: '310118002' })
    expect((await move(id, otherTownship)).status).toBe(200)
    expect(await hukouOf(person)).toEqual({ value: '1', source: '居民户口簿', day: '2025-01-10' })
    expect(await registrationOf(id, district)).toMatchObject({ standing: 'same', differs: null })
  })

  test('rest on the same basis, so that matching goes on reading it, after a move as well', async () => {
    const { id, person } = await family()
    await record(id, person, { area: '310118002', basis: 'sharing' })
    await move(id, otherTownship)
    expect(
      await owner(
        `select value, basis from app.fact where person_id = ${person} and fact = 'hukou' order by id`,
      ),
    ).toEqual([
      { value: '2', basis: 'sharing' },
      { value: '1', basis: 'sharing' },
    ])
  })

  test('a move within the township records no fact anew', async () => {
    const { id, person } = await family()
    await record(id, person, { area: '310118002' })
    await move(id, nextDoor)
    const [{ n } = { n: 0 }] = await owner(
      `select count(*)::int as n from app.fact where person_id = ${person} and fact = 'hukou'`,
    )
    expect(n).toBe(1)
  })

  test('agree for whoever joins a household in another township', async () => {
    const [from, to] = [await family(), await family(['02'], otherTownship)]
    await record(from.id, from.person, { area: '310118002' })
    const joined = await ask(running.http, `POST /api/households/${to.id}/members/joining`, {
      token: district,
      body: {
        personId: from.person,
        relation: '99',
        from: '2025-03-01',
        source: '户口簿',
        version: 1,
      },
    })
    expect(joined.status, JSON.stringify(joined.body)).toBe(200)
    expect((await hukouOf(from.person))?.['value']).toBe('1')
    expect((await page(to.id, district)).version).toBe(joined.body.version)
  })

  test('differ where a department says otherwise: its word stands, and the page says so', async () => {
    const { id, person } = await family()
    await deliver(id, person, '4', '2026-01-01')
    for (const token of [advisor, residence]) {
      expect((await record(id, person, { area: '310118002' }, token)).status).toBe(200)
      expect(await hukouOf(person)).toMatchObject({ value: '4', source: '公安' })
    }
    expect(await registrationOf(id)).toMatchObject({
      standing: 'other-township',
      differs: '外省市户籍（公安）',
    })
  })

  test('agree again once the department’s word is past its life', async () => {
    const { id, person } = await family()
    await deliver(id, person, '4', '2025-05-31')
    expect((await record(id, person, { area: '310118002' }, residence)).status).toBe(200)
    expect((await hukouOf(person))?.['value']).toBe('2')
  })
})

describe('the search for 人户分离', () => {
  test('finds those whose place or, without one, whose fact says so, in the own area alone', async () => {
    const search = async (token: string) => {
      const { body } = await ask(running.http, 'GET /api/households?hukou=off&size=100', { token })
      return body.items.map((one: { id: number }) => one.id)
    }
    const [off, same, byFact, contradicted, far] = [
      await family(),
      await family(),
      await family(),
      await family(),
      await family(['02'], otherTownship),
    ]
    await record(off.id, off.person, { outside: 'elsewhere', words: '安徽省' })
    await record(same.id, same.person, { area: '310118001' })
    await deliver(byFact.id, byFact.person, '2', '2026-01-01')
    await deliver(contradicted.id, contradicted.person, '2', '2026-01-01')
    await record(contradicted.id, contradicted.person, { area: here })
    await record(far.id, far.person, { area: '310118001' }, district)
    const found = await search(advisor)
    expect(found).toEqual(expect.arrayContaining([off.id, byFact.id]))
    for (const id of [same.id, contradicted.id, far.id]) expect(found).not.toContain(id)
    expect(await search(district)).toContain(far.id)
  })
})

describe('a township of registration', () => {
  const asked = (token: string) =>
    asActor(running.db.app, token, async (tx) => {
      const { rows } = await sql<{ householdId: number }>`
        select household_id as "householdId" from app.registered_here()`.execute(tx)
      return rows.map(({ householdId }) => householdId)
    })

  test('is told by the database, and no other township, no committee and nobody else', async () => {
    const { db } = running
    const one = await family()
    await record(one.id, one.person, { area: otherTownship })
    await owner(
      `insert into app.lead (household_id, area_id, raised_on) values (${one.id}, '${here}', '2025-05-01')`,
    )
    expect(await asked(registering)).toContain(one.id)
    for (const [role, areaId] of [
      ['township', '310118003'],
      ['township', otherTownship],
      ['advisor', otherTownship],
      ['district', '310118002'],
      ['district', '310118'],
      ['security-admin', '310118'],
    ] as const)
      expect(await asked((await db.sessionFor({ role, areaId })).token), role).toEqual([])
    for (const token of [await db.jobToken(), 'forged']) expect(await asked(token)).toEqual([])
    await owner(
      `update app.lead set state = 'closed', closed_on = '2025-05-02' where household_id = ${one.id}`,
    )
  })

  const list = async (token: string) => {
    const answer = await ask(running.http, 'GET /api/registered-here', { token })
    return answer.status === 200 ? answer.body.items : answer.status
  }
  const raiseLead = (id: number, clinical = false) =>
    owner(`insert into app.lead (household_id, area_id, raised_on, clinical)
      select id, area_id, '2025-05-01', ${clinical} from app.household where id = ${id}`)
  const away = async (lead: 'none' | 'plain' | 'clinical', name: string) => {
    const one = await family()
    await record(one.id, one.person, { area: '310118002' })
    await owner(`update app.person set name = '${name}' where id = ${one.person}`)
    if (lead !== 'none') await raiseLead(one.id, lead === 'clinical')
    return one
  }

  test('learns who lives elsewhere and may be in need: a masked name and the township, nothing else', async () => {
    const found = await away('plain', '欧阳小宝')
    await away('none', '钱一')
    await away('clinical', '孙二')
    const restricted = await away('plain', '李三')
    await restrict(restricted.id)
    const [{ name: home } = { name: '' }] = await owner(
      `select name from app.area where id = '310118001'`,
    )
    expect(await list(registering)).toEqual([{ name: '欧○○', township: home }])
    const [entry] = await owner(`select fields, detail, household_id from app.audit
      where action = 'household.registered-here-listed' order by id desc limit 1`)
    expect(entry).toMatchObject({ detail: { shown: [found.id] } })
    expect(await list(residence)).toEqual([])
    expect([await list(advisor), await list(district)]).toEqual([403, 403])
    await move(found.id, otherTownship)
    expect(await list(registering)).toEqual([])
  })
})
