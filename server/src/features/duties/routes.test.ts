import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'

const committee = '310118001001'
const people = {
  advisor: ['advisor', committee],
  clerk: ['township', '310118001'],
  neighbour: ['township', '310118002'],
  district: ['district', '310118'],
  administrator: ['system-admin', '310118'],
} as const
type Who = keyof typeof people

let running: RunningQiao
const sessions = {} as Record<Who, { token: string; staffId: string }>
beforeAll(async () => {
  running = await runQiao()
  for (const [name, [role, areaId]] of Object.entries(people))
    sessions[name as Who] = await running.db.sessionFor({ role, areaId, name })
  await running.db.owner.pool.query(
    `insert into app.household (id, area_id, register_no, address) values (1, '${committee}', 'QP-1', '某路 1 号')`,
  )
}, 120_000)
afterAll(() => running.close())

const call = (who: Who, line: Parameters<typeof ask>[1], body?: object) =>
  ask(running.http, line, { token: sessions[who].token, ...(body ? { body } : {}) })
const limits = async () => (await call('advisor', 'GET /api/clock-limits')).body.items
const officers = async (who: Who, area = '') =>
  (await call(who, `GET /api/duty-officers${area && `?area=${area}`}`)).body

describe('how long matters may take', () => {
  test('is read by everybody with cases, each with what it rests on', async () => {
    const items = await limits()
    expect(items).toHaveLength(26)
    expect(items[0]).toMatchObject({ kind: 'lead', amount: 10, unit: 'workday', proposed: true })
    expect(items[1]).toMatchObject({ kind: 'correction', proposed: false, recordedBy: null })
    expect((await call('administrator', 'GET /api/clock-limits')).status).toBe(403)
  })

  test('is stated anew by the district, and what stood before stays with who changed it', async () => {
    const [{ version }] = await limits()
    const stated = { amount: 5, unit: 'workday', source: '区民政局〔2025〕1号', proposed: false }
    const { status, body } = await call('district', 'PUT /api/clock-limits/lead', {
      ...stated,
      version,
    })
    expect(status).toBe(200)
    expect(body.items[0]).toMatchObject({
      ...stated,
      recordedBy: 'district',
      before: [{ amount: 10, proposed: true, recordedBy: null }],
    })
    const again = await call('district', 'PUT /api/clock-limits/lead', { ...stated, version })
    expect(again.body.code).toBe('clock-limit-changed')
  })

  test('is refused where it is no limit, or of nothing', async () => {
    const stated = { amount: 5, unit: 'workday', source: '来函', proposed: false, version: 1 }
    for (const wrong of [{ amount: 0 }, { amount: 1.5 }, { unit: 'month' }, { source: ' 函 ' }])
      expect(
        (await call('district', 'PUT /api/clock-limits/lead', { ...stated, ...wrong })).status,
      ).toBe(400)
    expect((await call('district', 'PUT /api/clock-limits/nothing', stated)).status).toBe(404)
  })

  test('is not for a township or an advisor to state, at the routes or at the database', async () => {
    const stated = { amount: 5, unit: 'workday', source: '来函', proposed: false, version: 1 }
    for (const who of ['clerk', 'advisor', 'administrator'] as const) {
      expect((await call(who, 'PUT /api/clock-limits/lead', stated)).status).toBe(403)
      await expect(
        asActor(running.db.app, sessions[who].token, (tx) =>
          sql`select app.state_clock_limit('lead', 1, 'day', '来函', false, 1)`.execute(tx),
        ),
      ).rejects.toThrow(/limits are not for/)
    }
  })
})

describe('who answers for an area', () => {
  test('is named by its officials from a day on, and another takes over later', async () => {
    const name = (staffId: string | null, from: string) =>
      call('clerk', `PUT /api/duty-officers/${committee}`, { staffId, from })
    expect((await officers('clerk')).items[0]).toMatchObject({ areaId: '310118001', officer: null })
    expect((await name(sessions.advisor.staffId, '2025-06-01')).status).toBe(200)
    expect((await name(sessions.clerk.staffId, '2025-07-01')).body.items).toMatchObject([
      {
        officer: 'advisor',
        from: '2025-06-01',
        to: '2025-06-30',
        next: 'clerk',
        nextFrom: '2025-07-01',
      },
    ])
    expect((await name(null, '2025-06-01')).body.items).toMatchObject([
      { officer: null, next: null },
    ])
  })

  test('is somebody who works with its cases, from today on', async () => {
    const name = (staffId: string, from = '2025-06-01') =>
      call('clerk', 'PUT /api/duty-officers/310118001', { staffId, from })
    for (const who of ['advisor', 'neighbour', 'administrator'] as const)
      expect((await name(sessions[who].staffId)).body.code).toBe('officer-out-of-area')
    expect((await name(sessions.clerk.staffId, '2025-05-31')).body.code).toBe('officer-day-past')
  })

  test('is not for another township or an advisor to name or to see', async () => {
    const body = { staffId: null, from: '2025-06-01' }
    const line = `PUT /api/duty-officers/${committee}` as const
    expect((await call('neighbour', line, body)).status).toBe(404)
    expect((await call('advisor', line, body)).status).toBe(403)
    expect((await officers('neighbour', '310118001')).items).toEqual([])
    expect((await officers('advisor')).may).toBe(false)
  })
})

describe('a clock', () => {
  let id = 0
  beforeAll(async () => {
    const { rows } = await running.db.owner.pool.query<{ id: number }>(
      `insert into app.clock (kind, subject, subject_id, household_id, started_at, amount, unit)
       values ('lead', 'lead', 1, 1, '2025-06-01T08:00:00+08:00', 10, 'workday') returning id`,
    )
    id = rows[0]?.id ?? 0
  })

  test('stands still for a stated reason and goes on, which everybody with the household reads', async () => {
    const because = '等本人出院'
    expect((await call('advisor', `POST /api/clocks/${id}/pause`, { because: ' ' })).status).toBe(
      400,
    )
    const paused = await call('advisor', `POST /api/clocks/${id}/pause`, { because })
    expect(paused.body).toMatchObject({ state: 'paused', dueDay: null, may: ['resume'] })
    const twice = await call('clerk', `POST /api/clocks/${id}/pause`, { because })
    expect(twice.body.code).toBe('clock-not-running')
    const resumed = await call('clerk', `POST /api/clocks/${id}/resumption`, {})
    expect(resumed.body).toMatchObject({
      state: 'running',
      may: ['pause'],
      events: [
        { kind: 'resumed', by: 'clerk' },
        { kind: 'paused', by: 'advisor', because },
      ],
    })
    expect((await call('clerk', `POST /api/clocks/${id}/resumption`, {})).body.code).toBe(
      'clock-not-paused',
    )
  })

  test('of what a source owes stands still for nobody', async () => {
    const { rows } = await running.db.owner.pool.query<{ id: number }>(
      `insert into app.clock (kind, subject, subject_id, household_id, started_at, amount, unit)
       values ('correction', 'correction', 1, 1, '2025-06-01T08:00:00+08:00', 10, 'workday') returning id`,
    )
    const line = `POST /api/clocks/${rows[0]?.id}/pause` as const
    expect((await call('clerk', line, { because: '等来源' })).body.code).toBe('clock-not-running')
  })

  test('is nobody’s elsewhere, and none of the administrators’', async () => {
    expect((await call('neighbour', `GET /api/clocks/${id}`)).status).toBe(404)
    expect(
      (await call('neighbour', `POST /api/clocks/${id}/pause`, { because: '越权' })).status,
    ).toBe(404)
    expect((await call('administrator', `GET /api/clocks/${id}`)).status).toBe(403)
  })
})
