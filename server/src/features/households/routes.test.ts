import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Fact } from '@qiao/rules'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { loadDistrict } from '../../district/load.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { App } from '../../platform/http/app.ts'
import { makeHttp } from '../../platform/http/make-http.ts'
import { csrfToken, sessionCookie } from '../../platform/http/caller.ts'
import { access } from '../staff/access.ts'
import { householdFacts } from './facts.ts'
import { householdRoutes } from './routes.ts'

const today = '2025-06-01'
const { facts } = parse(
  readFileSync(new URL('../../../../policy/facts.yaml', import.meta.url), 'utf8'),
  { merge: true },
) as { facts: Fact[] }

/** Sealed is readable here, so that a test can say whose number it is. */
const cipher: FieldCipher = {
  seal: (field, text) => ({ sealed: Buffer.from(text), index: cipher.index(field, text) }),
  open: (_field, sealed) => Buffer.from(sealed).toString(),
  index: (field, text) => createHmac('sha256', field).update(text).digest(),
}

let db: TestDatabase
let app: App
let district: string

beforeAll(async () => {
  db = await createTestDatabase()
  await loadDistrict({ owner: db.owner, seal: cipher.seal }, { residents: 1_500, seed: 3, today })
  app = await makeHttp({
    db: db.app,
    access,
    log: 'silent',
    requestsPerAccount: 600,
    checkAnswers: true,
  })
  await app.register(
    async (api) =>
      householdRoutes(api as App, {
        clock: { today: () => today, now: () => new Date() },
        cipher,
        jobs: { enqueue: async () => {} },
        pack: async () => ({ facts, programmes: [] }),
        leadOf: async (_tx, id) => id * 10,
        leadsOf: async (_tx, ids) => new Map(ids.slice(0, 1).map((id) => [id, id * 10])),
      }),
    { prefix: '/api' },
  )
  district = (await db.sessionFor({ role: 'district', areaId: '310118' })).token
})
afterAll(async () => {
  await app.close()
  await db.close()
})

async function get(url: string, token = district, reason = '') {
  const answer = await app.inject({
    url: `/api${url}`,
    cookies: { [sessionCookie]: token },
    headers: { 'x-qiao-reason': encodeURIComponent(reason) },
  })
  return { status: answer.statusCode, body: answer.json() }
}

function put(url: string, payload: object, key?: string) {
  return send('PUT', url, payload, key)
}

const find = (q: string) => send('POST', '/households/find', { q, size: 100 })

function send(method: 'PUT' | 'POST', url: string, payload: object, key?: string) {
  return app
    .inject({
      method,
      url: `/api${url}`,
      cookies: { [sessionCookie]: district },
      headers: {
        'x-qiao-csrf': csrfToken(district),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      payload,
    })
    .then((answer) => ({ status: answer.statusCode, body: answer.json() }))
}

async function somebody(): Promise<{ household: number; name: string; id: string; phone: string }> {
  const { rows } = await db.owner.pool.query<{
    household: number
    name: string
    id: Buffer
    phone: Buffer
  }>(`select household_id as household, name, id_number_enc as id, phone_enc as phone
      from app.person where id_number_enc is not null and phone_enc is not null order by id limit 1`)
  const found = rows[0]
  if (!found) throw new Error('the district has somebody with a phone')
  return { ...found, id: found.id.toString(), phone: found.phone.toString() }
}

test('households are found by name, register number, end of the address, ID number and phone', async () => {
  const person = await somebody()
  const page = (await get(`/households/${person.household}`)).body
  for (const q of [
    person.name,
    page.registerNo,
    page.address,
    person.id,
    person.id.toLowerCase(),
    person.phone,
  ]) {
    const { status, body } = await find(q)
    expect(status).toBe(200)
    expect(body.items.map(({ id }: { id: number }) => id)).toContain(person.household)
  }
  const exact = await find(person.id)
  expect(exact.body).toMatchObject({ total: 1, page: 1, size: 100 })
  // The list says whose household it is only to whoever is responsible for it.
  expect(exact.body.items[0].head).toMatch(/^.○{1,2}$/u)
  expect((await find('%')).body.total).toBe(0)
})

test('households are listed by place, page by page, within an area', async () => {
  const all = (await get('/households?size=100&area=310118001')).body
  expect(
    all.items.every(({ area }: { area: { id: string } }) => area.id.startsWith('310118001')),
  ).toBe(true)
  expect(all.items[0].area).toMatchObject({ level: 'committee', township: '夏阳街道' })
  expect(all.items[0].leadId).toBe(all.items[0].id * 10)
  const second = (await get('/households?size=10&page=2&area=310118001')).body
  expect(second.items).toEqual(
    all.items
      .slice(10, 20)
      .map((item: object, i: number) =>
        i === 0 ? { ...item, leadId: second.items[0].leadId } : item,
      ),
  )
  expect(second.total).toBe(all.total)
  expect((await get('/households?page=9999')).body.items).toEqual([])
})

test('a search by somebody’s number leaves no number in the audit log', async () => {
  const person = await somebody()
  await find(person.id)
  expect((await get(`/households?q=${person.id}`)).status).toBe(400)
  const { rows } = await db.owner.pool.query<{ text: string }>(
    `select audit::text as text from app.audit where action = 'household.searched'`,
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.some(({ text }) => text.includes(person.id.slice(-8)))).toBe(false)
})

test('numbers are clear for a stated reason, and a phone to the advisor with the duty', async () => {
  const person = await somebody()
  const memberFor = async (token: string, reason = '') =>
    (await get(`/households/${person.household}`, token, reason)).body.members.find(
      ({ name }: { name: string }) => name === person.name,
    )
  const cut = `*******${person.phone.slice(-4)}`
  expect(await memberFor(district, '信访核查')).toMatchObject({
    idNumber: person.id,
    phone: person.phone,
  })
  const { rows } = await db.owner.pool.query<{ areaId: string }>(
    'select area_id as "areaId" from app.household where id = $1',
    [person.household],
  )
  const areaId = rows[0]?.areaId ?? ''
  const advisor = await db.sessionFor({ role: 'advisor', areaId })
  expect((await memberFor(advisor.token, '想看')).phone).toBe(cut)
  await db.owner.pool.query(
    `insert into app.duty (staff_id, area_id, kind, valid_from, recorded_by)
     values ($1, $2, 'advisor-of-area', '2020-01-01', 'test')`,
    [advisor.staffId, areaId],
  )
  const shown = await memberFor(advisor.token)
  expect(shown.phone).toBe(person.phone)
  expect(shown.idNumber).not.toBe(person.id)
})

test('the page shows everybody, numbers by their last four, facts in words', async () => {
  const person = await somebody()
  const { status, body } = await get(`/households/${person.household}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    leadId: person.household * 10,
    may: ['read', 'record-fact', 'settle-words'],
  })
  const member = body.members.find(({ name }: { name: string }) => name === person.name)
  expect(member.idNumber).toBe(`${person.id.slice(0, 4)}**********${person.id.slice(-4)}`)
  expect(member.phone).toBe(`*******${person.phone.slice(-4)}`)
  expect(JSON.stringify(body)).not.toContain(person.id)
  expect(JSON.stringify(body)).not.toContain(person.phone)
  const lines = body.facts.filter(
    ({ personId }: { personId: number }) => personId === member.personId,
  )
  const sex = lines.find(({ fact }: { fact: string }) => fact === 'sex')
  expect(sex).toMatchObject({ state: 'known', source: '公安人口信息', valueText: member.sex })
  const unknown = lines.filter(({ state }: { state: string }) => state === 'unknown')
  expect(unknown.length).toBeGreaterThan(0)
  expect(unknown.every(({ ask }: { ask?: string }) => ask !== undefined)).toBe(true)
})

test('a fact is recorded once for one key, and refused with a title an official understands', async () => {
  const { household } = await somebody()
  const version = (await get(`/households/${household}`)).body.version
  const form = {
    fact: 'assets',
    value: 123_450,
    verifiedOn: '2025-05-30',
    source: '当面了解',
    version,
  }
  const first = await put(`/households/${household}/facts`, form, 'one-key')
  expect(first).toEqual({ status: 200, body: { version: version + 1, inForce: true } })
  expect(await put(`/households/${household}/facts`, form, 'one-key')).toEqual(first)
  const stale = await put(`/households/${household}/facts`, form)
  expect(stale.status).toBe(409)
  expect(stale.body).toMatchObject({ code: 'household-changed', title: '家庭信息已被他人更新' })
  const page = (await get(`/households/${household}`)).body
  expect(page.facts.find(({ fact }: { fact: string }) => fact === 'assets')).toMatchObject({
    value: 123_450,
    valueText: '1,234.50 元',
    source: '当面了解',
    verifiedOn: '2025-05-30',
    shelfUntil: '2026-05-30',
  })
  const wrong = await put(`/households/${household}/facts`, {
    ...form,
    value: 1.5,
    version: version + 1,
  })
  expect(wrong).toMatchObject({
    status: 422,
    body: { code: 'fact-invalid', errors: [{ path: '/body/value' }] },
  })
  const history = (await get(`/households/${household}/facts/history?fact=assets`)).body
  expect(history.items[0]).toMatchObject({ value: 123_450, supersededAt: null })
})

test('on a past day stands what was known by then, and not what came later or had run out', async () => {
  const { household } = await somebody()
  const assets = async (on: string) =>
    (await get(`/households/${household}/facts?on=${on}`)).body.facts.find(
      ({ fact }: { fact: string }) => fact === 'assets',
    )?.valueText
  const record = async (value: number, verifiedOn: string) => {
    const { version } = (await get(`/households/${household}`)).body
    const form = { fact: 'assets', value, verifiedOn, source: '当面了解', version }
    expect((await put(`/households/${household}/facts`, form)).status).toBe(200)
  }
  await record(100_000, '2023-02-01')
  await record(200_000, '2025-05-31')
  expect(await assets('2023-06-01')).toBe('1,000 元')
  expect(await assets('2024-06-01')).toBeUndefined()
  expect(await assets(today)).toBe('2,000 元')
  const then = (await get(`/households/${household}/facts?on=1931-01-01`)).body
  expect([then.members, then.facts]).toEqual([[], []])
  const { rows } = await db.owner.pool.query<{ area: string }>(
    'select area_id as area from app.household where id = $1',
    [household],
  )
  const elsewhere = rows[0]?.area.startsWith('310118001') ? '310118002' : '310118001'
  const other = await db.sessionFor({ role: 'township', areaId: elsewhere })
  expect((await get(`/households/${household}/facts?on=${today}`, other.token)).status).toBe(404)
})

test('what is asked wrongly is refused', async () => {
  expect((await get('/households/999999999')).status).toBe(404)
  expect((await get('/households/abc')).status).toBe(400)
  expect((await get('/households?area=12')).status).toBe(400)
  expect((await get('/households?size=101')).status).toBe(400)
  expect((await get('/households', 'forged')).status).toBe(401)
  const admin = await db.sessionFor({ role: 'system-admin', areaId: '310118' })
  expect((await get('/households', admin.token)).status).toBe(403)
})

test('for every household of a district the engine’s facts are what the wide rows say', async () => {
  const job = await db.jobToken()
  const cells = (table: string) =>
    db.owner.pool.query<Record<string, unknown>>(
      `select * from app.${table}_current order by ${table}_id`,
    )
  const [households, persons] = [await cells('household'), await cells('person')]
  const found: unknown[] = []
  const wanted: unknown[] = []
  await asActor(db.app, job, async (tx) => {
    for (const row of households.rows) {
      const known = await householdFacts(tx, Number(row['household_id']), today)
      const rows = persons.rows.filter((one) => one['household_id'] === row['household_id'])
      found.push(cellsOf(known.household, 'household'))
      found.push(known.members.map(({ id, facts }) => [Number(id), cellsOf(facts, 'person')]))
      wanted.push(valuesOf(row, 'household'))
      wanted.push(rows.map((one) => [one['person_id'], valuesOf(one, 'person')]))
    }
  })
  expect(found.length).toBeGreaterThan(500)
  expect(found).toEqual(wanted)
})

const storedFacts = (entity: string) =>
  facts.filter((fact) => fact.entity === entity && !fact.derive)

function cellsOf(known: Readonly<Record<string, { value: unknown }>>, entity: string) {
  return storedFacts(entity).map(({ id, nullable }) => [
    id,
    known[id]?.value ?? null,
    ...(nullable ? [known[id] ? true : null] : []),
  ])
}

function valuesOf(row: Record<string, unknown>, entity: string) {
  return storedFacts(entity).map(({ id, nullable }) => [
    id,
    row[`f_${id}`],
    ...(nullable ? [row[`f_${id}_known`]] : []),
  ])
}
