import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'
import { makeDemoAdvisors } from './demo.ts'

const here = '310118001001'
let running: RunningQiao
const people = new Map<string, { token: string; staffId: string }>()
const as = (who: string) => people.get(who) ?? { token: '', staffId: '' }

beforeAll(async () => {
  running = await runQiao()
  for (const [who, role, areaId] of [
    ['advisor', 'advisor', here],
    ['neighbour', 'advisor', here],
    ['elsewhere', 'advisor', '310118002001'],
    ['township', 'township', '310118001'],
    ['colleague', 'township', '310118001'],
    ['otherTownship', 'township', '310118002'],
    ['district', 'district', '310118'],
  ] as const)
    people.set(who, await running.db.sessionFor({ role, areaId, name: who }))
}, 120_000)
afterAll(() => running.close())

const get = (who: string, path: string) =>
  ask(running.http, `GET /api${path}`, { token: as(who).token })
const station = {
  areaId: '310118001',
  name: '夏阳街道救助顾问站',
  address: '外青松公路 6189 号',
  hours: '周一至周五 9:00–17:00',
  phone: null,
  from: '2025-01-01',
  to: null,
  closedBecause: null,
}
const openStation = (who: string, more: object = {}) =>
  ask(running.http, 'POST /api/stations', {
    token: as(who).token,
    body: { ...station, seen: null, ...more },
  })
const record = {
  kind: 'community-cadre',
  level: 'committee',
  areas: [here],
  station: null,
  organisation: null,
  grades: [],
  from: '2025-01-01',
  to: null,
}
const state = (who: string, whom: string, more: object = {}) =>
  ask(running.http, `PUT /api/advisors/${as(whom).staffId}`, {
    token: as(who).token,
    body: { ...record, seen: null, ...more },
  })
const certify = (who: string, whom: string, more: object = {}) =>
  ask(running.http, `POST /api/advisors/${as(whom).staffId}/certificates`, {
    token: as(who).token,
    body: { number: 'QP-001', from: '2025-01-01', to: '2026-12-31', because: '岗前培训', ...more },
  })

describe('a station', () => {
  test('is recorded by officials of its area, and read by whoever works in it, inside it or above', async () => {
    expect((await openStation('otherTownship')).status).toBe(403)
    expect((await openStation('advisor')).status).toBe(403)
    const { status, body } = await openStation('township')
    expect([status, body.level, body.state, body.may.write]).toEqual([
      200,
      'township',
      'open',
      true,
    ])
    for (const [who, write] of [
      ['advisor', false],
      ['district', true],
    ] as const)
      expect((await get(who, '/stations')).body.items).toMatchObject([
        { name: station.name, may: { write } },
      ])
    expect((await get('otherTownship', '/stations')).body.items).toEqual([])
    expect((await get('district', '/stations?area=310118002')).body.items).toEqual([])
  })

  test('is stated otherwise only as it was read; what stood is kept', async () => {
    const [{ id, version }] = (await get('township', '/stations')).body.items
    const put = (who: string, body: object) =>
      ask(running.http, `PUT /api/stations/${id}`, { token: as(who).token, body })
    expect(
      (await put('otherTownship', { ...station, areaId: '310118002', seen: version })).status,
    ).toBe(404)
    const changed = { ...station, hours: '周一至周六', seen: version }
    expect((await put('district', changed)).status).toBe(200)
    expect((await put('township', changed)).body.code).toBe('station-changed')
    const { rows } = await running.db.owner.pool.query(
      'select hours from app.station where number = $1 order by id',
      [id],
    )
    expect(rows.map(({ hours }) => hours)).toEqual([station.hours, '周一至周六'])
  })

  test('is closed from a day for a reason', async () => {
    const [{ id, version }] = (await get('township', '/stations')).body.items
    const close = (more: object) =>
      ask(running.http, `PUT /api/stations/${id}`, {
        token: as('township').token,
        body: { ...station, seen: version, ...more },
      })
    expect((await close({ to: '2025-05-31' })).body.errors).toEqual([
      { path: '/body/closedBecause', message: '请写明为什么关闭' },
    ])
    expect((await close({ to: '2024-05-31', closedBecause: '搬迁' })).body.errors[0].path).toBe(
      '/body/to',
    )
    const { body } = await close({ to: '2025-05-31', closedBecause: '搬迁' })
    expect(body.state).toBe('closed')
    const posted = await ask(running.http, `GET /api/station-signs/${id}`)
    expect(posted.body).toEqual({
      name: station.name,
      address: station.address,
      hours: station.hours,
      phone: null,
      open: false,
    })
  })
})

describe('an advisor', () => {
  test('is put on record by an official of the area, not by oneself, for areas within reach', async () => {
    expect((await state('otherTownship', 'advisor')).status).toBe(403)
    expect((await state('otherTownship', 'advisor', { areas: ['310118002001'] })).status).toBe(404)
    expect((await state('township', 'advisor', { areas: ['310118002001'] })).status).toBe(403)
    expect((await state('township', 'township')).body.code).toBe('advisor-own')
    const past = asActor(running.db.app, as('township').token, (tx) =>
      sql`select app.state_advisor(${as('township').staffId}::uuid, ${JSON.stringify(record)}::jsonb, null)`.execute(
        tx,
      ),
    )
    await expect(past).rejects.toThrow(/advisor_not_by_oneself/)
    expect((await state('township', 'advisor', { station: 99 })).body.code).toBe('no-such-station')
    const { status, body } = await state('township', 'advisor')
    expect([status, body.standing, body.records[0].kind]).toEqual([200, 'none', 'community-cadre'])
  })

  test('stays on record as they were when something changes', async () => {
    expect((await state('district', 'advisor')).body.code).toBe('advisor-changed')
    const { records } = (await get('district', `/advisors/${as('advisor').staffId}`)).body
    const { body } = await state('district', 'advisor', {
      grades: ['policy'],
      seen: records[0].version,
    })
    expect(body.records.map(({ grades }: { grades: string[] }) => grades)).toEqual([['policy'], []])
    expect(body.records[1].supersededAt).not.toBeNull()
  })

  test('sees their own card and nobody else’s', async () => {
    const own = await get('advisor', '/advisors')
    expect(own.body.items.map(({ name }: { name: string }) => name)).toEqual(['advisor'])
    expect((await get('advisor', `/advisors/${as('neighbour').staffId}`)).status).toBe(404)
    expect((await get('advisor', `/advisors/${as('advisor').staffId}`)).body.may.write).toBe(false)
    expect((await get('otherTownship', `/advisors/${as('advisor').staffId}`)).status).toBe(404)
  })
})

describe('a certificate', () => {
  test('is issued to who is on record, by an official of the area and never by oneself', async () => {
    expect((await certify('township', 'neighbour')).body.code).toBe('not-an-advisor')
    expect((await certify('otherTownship', 'advisor')).status).toBe(404)
    expect((await certify('advisor', 'advisor')).status).toBe(403)
    expect((await certify('township', 'township')).body.code).toBe('advisor-own')
    expect((await certify('township', 'advisor', { to: '2024-01-01' })).body.code).toBe(
      'certificate-days',
    )
    expect((await certify('township', 'advisor', { to: '2035-01-02' })).body.code).toBe(
      'certificate-days',
    )
    expect((await certify('township', 'advisor')).body.standing).toBe('valid')
    expect((await certify('township', 'advisor')).body.code).toBe('certificate-number-taken')
  })

  test('cannot be changed, only ended, and once', async () => {
    for (const change of [
      `update app.certificate set to_day = '2099-01-01'`,
      'delete from app.certificate',
    ])
      await expect(running.db.owner.pool.query(change)).rejects.toThrow()
  })
})

describe('a badge', () => {
  const tokenOf = async () =>
    (
      await running.db.owner.pool.query('select badge from app.certificate where number = $1', [
        'QP-001',
      ])
    ).rows[0].badge

  test('is printed for its holder and officials of the area', async () => {
    const path = `/api/advisors/${as('advisor').staffId}/badge.pdf`
    for (const who of ['advisor', 'township', 'district']) {
      const { statusCode, headers, rawPayload } = await running.http.inject({
        url: path,
        cookies: { qiao_session: as(who).token },
      })
      expect([statusCode, headers['content-type']]).toEqual([200, 'application/pdf'])
      expect(rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
      expect(rawPayload.length).toBeLessThan(60_000)
    }
    expect(
      (await get('otherTownship', `/advisors/${as('advisor').staffId}/badge.pdf`)).status,
    ).toBe(404)
    expect(
      (await get('township', `/advisors/${as('neighbour').staffId}/badge.pdf`)).body.code,
    ).toBe('no-badge')
  })

  test('tells whoever has its code name, station, level and validity, and not one thing more', async () => {
    const { body, headers } = await ask(running.http, `GET /api/badges/${await tokenOf()}`)
    expect(body).toEqual({ name: 'advisor', station: null, level: 'committee', valid: true })
    expect(Object.keys(body).toSorted()).toEqual(['level', 'name', 'station', 'valid'])
    expect(headers['x-robots-tag']).toMatch(/noindex/)
    expect(headers['cache-control']).toBe('no-store')
  })

  test('that nobody was given is unknown, and a short code no code', async () => {
    const unknown = await ask(running.http, `GET /api/badges/${'x'.repeat(43)}`)
    expect([unknown.status, unknown.body.code]).toEqual([404, 'badge-unknown'])
    expect((await ask(running.http, 'GET /api/badges/1')).status).toBe(400)
  })

  test('cannot be guessed at: after thirty tries in a minute an address waits', async () => {
    const statuses = []
    for (let tries = 0; tries < 31; tries++)
      statuses.push(
        (await ask(running.http, `GET /api/badges/${'y'.repeat(43)}`, { address: '203.0.113.9' }))
          .status,
      )
    expect(statuses.at(-2)).toBe(404)
    expect(statuses.at(-1)).toBe(429)
  })

  test('is no longer valid once its certificate is ended, or its holder has left', async () => {
    const code = await tokenOf()
    const valid = async () => (await ask(running.http, `GET /api/badges/${code}`)).body.valid
    const active = (is: boolean) =>
      running.db.owner.pool.query('update app.staff set active = $2 where id = $1', [
        as('advisor').staffId,
        is,
      ])
    await active(false)
    expect(await valid()).toBe(false)
    await active(true)
    expect(await valid()).toBe(true)
    const [{ id }] = (await get('township', `/advisors/${as('advisor').staffId}`)).body.certificates
    const end = (who: string, whom = 'advisor') =>
      ask(running.http, `POST /api/advisors/${as(whom).staffId}/certificates/${id}/ending`, {
        token: as(who).token,
        body: { because: '调离岗位' },
      })
    expect((await end('otherTownship')).status).toBe(404)
    expect((await end('township', 'neighbour')).status).toBe(404)
    const { body } = await end('township')
    expect([body.standing, body.certificates[0].endedOn]).toEqual(['ended', today])
    expect((await end('township')).status).toBe(404)
    expect(await valid()).toBe(false)
  })
})

test('in a demonstration the invented advisors are certified, once, and the certificates say that they are none', async () => {
  const demo = await createTestDatabase()
  try {
    const { staffId } = await demo.sessionFor({ role: 'advisor', areaId: here })
    for (let start = 0; start < 2; start++) await makeDemoAdvisors(demo.owner.pool)
    const { rows } = await demo.owner.pool.query(
      `select staff_id, demonstration, because, app.certificate_standing(staff_id, '2025-06-01') as standing from app.certificate`,
    )
    expect(rows).toEqual([
      {
        staff_id: staffId,
        demonstration: true,
        because: '演示用，不是真实的上岗证',
        standing: 'valid',
      },
    ])
  } finally {
    await demo.close()
  }
})
