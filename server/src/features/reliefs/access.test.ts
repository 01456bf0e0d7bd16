import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'
import { instantOn } from '../../platform/clock.ts'
import type { Line } from './relief.ts'
import { takeStep } from './steps.ts'

const people = {
  advisor: ['advisor', '310118001001'],
  nextDoor: ['advisor', '310118001002'],
  clerk: ['township', '310118001'],
  colleague: ['township', '310118001'],
  neighbour: ['township', '310118002'],
  district: ['district', '310118'],
  administrator: ['system-admin', '310118'],
} as const
type Who = keyof typeof people

let running: RunningQiao
const sessions = {} as Record<Who, { token: string; staffId: string }>
/** Households in the advisor's committee, a new one for each test. */
let last = 0
beforeAll(async () => {
  running = await runQiao()
  for (const [name, [role, areaId]] of Object.entries(people))
    sessions[name as Who] = await running.db.sessionFor({ role, areaId, name })
  await running.db.owner.pool.query(`
    insert into app.household (id, area_id, register_no, address)
      select n, '310118001001', 'QP-' || n, '某路 ' || n || ' 号' from generate_series(1, 40) n;
    insert into app.person (id, household_id, area_id, name)
      select n, n, '310118001001', '户主' || n from generate_series(1, 40) n;
    insert into app.member (household_id, area_id, person_id, relation, valid_from)
      select n, '310118001001', n, '02', '2020-01-01' from generate_series(1, 40) n`)
}, 120_000)
afterAll(() => running.close())

const call = (who: Who, line: Parameters<typeof ask>[1], body?: object, headers = {}) =>
  ask(running.http, line, { token: sessions[who].token, headers, ...(body ? { body } : {}) })
const fire = { cause: 'accident', people: 2, happened: '灶台失火，厨房烧毁' }
const report = (household: number, who: Who = 'advisor') =>
  call(who, `POST /api/households/${household}/reliefs`, fire)
const step = (who: Who, id: number, path: string, body: object) =>
  call(who, `POST /api/reliefs/${id}/${path}`, body)
const look = async (id: number, who: Who = 'clerk') =>
  (await call(who, `GET /api/reliefs/${id}`)).body

/** A quick relief of a household of its own, so far as it was taken. */
async function reliefTo(state: 'reported' | 'visited' | 'granted' | 'explained'): Promise<number> {
  last += 1
  const { body } = await report(last)
  const steps = [
    ['advisor', 'visit', { seen: '厨房已烧毁，暂住邻居家' }],
    ['clerk', 'grant', { fen: 200_000, way: 'transfer' }],
    ['advisor', 'explanation', { explanation: '现场照片三张，消防证明一份' }],
  ] as const
  const count = ['reported', 'visited', 'granted', 'explained'].indexOf(state)
  for (const [at, [who, path, said]] of steps.slice(0, count).entries()) {
    const taken = await step(who, body.id, path, { ...said, version: at + 1 })
    expect(taken.status).toBe(200)
  }
  return body.id
}

const clocksOf = async (id: number) =>
  (
    await running.db.owner.pool.query<{ kind: string; amount: number; unit: string; how: string }>(
      `select kind, amount, unit, ended_how as how from app.clock
       where subject = 'relief' and subject_id = $1 order by id`,
      [id],
    )
  ).rows

describe('an emergency', () => {
  test('is reported by an advisor, and three days begin in which it is decided', async () => {
    const id = await reliefTo('reported')
    expect(await look(id)).toMatchObject({
      state: 'reported',
      head: `户主${last}`,
      people: 2,
      reportedOn: today,
      clock: { state: 'running', unit: 'day', left: 3, dueDay: '2025-06-04' },
      line: { state: 'known', fen: 159_500 },
    })
    expect(await clocksOf(id)).toMatchObject([{ kind: 'application-urgent', amount: 3 }])
  })

  test('that is reported twice is one, and of one sending as well', async () => {
    last += 1
    const key = { 'idempotency-key': 'relief-once-0001' }
    const line = `POST /api/households/${last}/reliefs` as const
    const first = await call('advisor', line, fire, key)
    expect((await call('advisor', line, fire, key)).body.id).toBe(first.body.id)
    expect((await report(last)).body.code).toBe('relief-open')
    const { items, mayReport } = (await call('advisor', `GET /api/households/${last}/reliefs`)).body
    expect([items.length, mayReport]).toEqual([1, false])
  })

  test('has three days that nobody lets stand still', async () => {
    const id = await reliefTo('reported')
    const { clock } = await look(id)
    const paused = await call('clerk', `POST /api/clocks/${clock.id}/pause`, { because: '等家属' })
    expect(paused.status).toBe(409)
  })

  test('is shown and stepped into by nobody of another committee, township or trade', async () => {
    const id = await reliefTo('reported')
    for (const who of ['nextDoor', 'neighbour'] as const) {
      expect((await call(who, `GET /api/reliefs/${id}`)).status).toBe(404)
      expect((await step(who, id, 'visit', { seen: '看过了', version: 1 })).status).toBe(404)
      expect((await report(last, who)).status).toBe(404)
      expect((await call(who, 'GET /api/reliefs?state=reported')).body.items).toEqual([])
    }
    expect((await call('administrator', `GET /api/reliefs/${id}`)).status).toBe(403)
  })

  test('of a restricted household is there for the people named alone', async () => {
    const id = await reliefTo('reported')
    const restricted = await call('clerk', `POST /api/households/${last}/restrictions`, {
      kind: 'violence',
      because: '住址须保密',
      responsible: sessions.clerk.staffId,
      viewers: [],
    })
    expect(restricted.status).toBe(200)
    expect((await call('advisor', `GET /api/reliefs/${id}`)).status).toBe(404)
    expect((await call('clerk', `GET /api/reliefs/${id}`)).status).toBe(200)
  })
})

describe('a quick relief', () => {
  test('is decided by an official, never by an advisor', async () => {
    const id = await reliefTo('visited')
    const grant = { fen: 100_000, way: 'cash', version: 2 }
    expect((await step('advisor', id, 'grant', grant)).status).toBe(403)
    // The database says so as well, whatever the application would let through.
    const past = asActor(running.db.app, sessions.advisor.token, (tx) =>
      sql`update app.quick_relief set state = 'refused', because = '不给', decided_on = ${today} where id = ${id}`.execute(
        tx,
      ),
    )
    await expect(past).rejects.toMatchObject({ code: '42501' })
    expect(await look(id, 'advisor')).toMatchObject({ may: ['withdraw'] })
    expect((await step('clerk', id, 'grant', grant)).body).toMatchObject({
      state: 'granted',
      grantedFen: 100_000,
      lineFen: 159_500,
      lineStated: false,
    })
  })

  test('is at most a month’s standard for each person', async () => {
    const id = await reliefTo('visited')
    const over = await step('clerk', id, 'grant', { fen: 319_001, way: 'cash', version: 2 })
    expect([over.status, over.body.code]).toEqual([422, 'relief-over-cap'])
    expect(over.body.errors).toEqual([{ path: '/body/fen', message: '2 人最多 3190 元' }])
    expect(
      (await step('clerk', id, 'grant', { fen: 319_000, way: 'cash', version: 2 })).status,
    ).toBe(200)
  })

  test('is not held up by a standard that ran out: the official states the one in force and where it stands', async () => {
    const id = await reliefTo('visited')
    const line: Line = {
      state: 'expired',
      fen: 159_500,
      from: null,
      knownUntil: today,
      document: null,
    }
    const { token, staffId } = sessions.clerk
    const acting = { staffId, today, at: instantOn(today), line }
    const grant = (stated?: { fen: number; source: string }) =>
      asActor(running.db.app, token, (tx) =>
        takeStep(
          tx,
          id,
          { step: 'grant', fen: 330_000, way: 'cash', line: stated, version: 2 },
          acting,
        ),
      )
    await expect(grant()).rejects.toMatchObject({ code: 'relief-line-needed' })
    await grant({ fen: 170_000, source: '区民政局通知' })
    expect(await look(id)).toMatchObject({
      lineFen: 170_000,
      lineSource: '区民政局通知',
      lineStated: true,
    })
  })

  test('ends the three days when it is granted, and waits for its explanation instead', async () => {
    const id = await reliefTo('granted')
    expect(await clocksOf(id)).toMatchObject([
      { kind: 'application-urgent', how: 'handled' },
      { kind: 'relief-explanation', amount: 5, unit: 'workday', how: null },
    ])
    const said = { explanation: '消防证明一份', version: 3 }
    expect((await step('advisor', id, 'explanation', said)).body.state).toBe('explained')
    expect((await clocksOf(id)).map(({ how }) => how)).toEqual(['handled', 'handled'])
  })

  test('that is sent back waits for its explanation again, and what was said first stays on record', async () => {
    const id = await reliefTo('explained')
    const back = await step('clerk', id, 'return', { because: '缺少收据', version: 4 })
    expect(back.body.state).toBe('granted')
    expect((await clocksOf(id)).map(({ how }) => how)).toEqual(['handled', 'handled', null])
    const again = { explanation: '收据一张，消防证明一份', version: 5 }
    const { events } = (await step('advisor', id, 'explanation', again)).body
    expect(events.map(({ text }: { text: string }) => text).slice(-3)).toEqual([
      '现场照片三张，消防证明一份',
      '缺少收据',
      '收据一张，消防证明一份',
    ])
  })

  test('is closed by another official than who granted it', async () => {
    const id = await reliefTo('explained')
    const own = await step('clerk', id, 'closure', { version: 4 })
    expect([own.status, own.body.code]).toEqual([409, 'relief-closed-by-another'])
    const past = asActor(running.db.app, sessions.clerk.token, (tx) =>
      sql`update app.quick_relief set state = 'closed', closed_on = ${today} where id = ${id}`.execute(
        tx,
      ),
    )
    await expect(past).rejects.toMatchObject({ constraint: 'quick_relief_closed_by_another' })
    const closed = await step('colleague', id, 'closure', { version: 4 })
    expect(closed.body).toMatchObject({ state: 'closed', closedOn: today, may: [] })
  })

  test('is decided by nobody who was not shown what it says', async () => {
    const id = await reliefTo('explained')
    const unread = await step('district', id, 'closure', { version: 4 })
    expect([unread.status, unread.body.code]).toEqual([409, 'relief-unread'])
    expect((await look(id, 'district')).may).toEqual([])
    const reason = { 'x-qiao-reason': encodeURIComponent('办结小额快救') }
    const line = `POST /api/reliefs/${id}/closure` as const
    expect((await call('district', line, { version: 4 }, reason)).body.state).toBe('closed')
  })

  test('goes by its steps: none is left out, and none is taken on what a colleague has changed', async () => {
    const id = await reliefTo('reported')
    const grant = { fen: 100, way: 'cash', version: 1 }
    expect((await step('clerk', id, 'grant', grant)).body.code).toBe('relief-step-wrong')
    const visit = { seen: '厨房已烧毁', version: 1 }
    expect((await step('advisor', id, 'visit', visit)).status).toBe(200)
    expect((await step('advisor', id, 'visit', visit)).body.code).toBe('relief-changed')
  })

  test('that is refused says why, and leaves room for another', async () => {
    const id = await reliefTo('visited')
    const { body } = await step('clerk', id, 'refusal', { because: '已由保险先行赔付', version: 2 })
    expect(body).toMatchObject({ state: 'refused', because: '已由保险先行赔付', grantedFen: null })
    expect((await step('clerk', id, 'refusal', { because: ' ', version: 3 })).status).toBe(400)
    expect((await report(last)).status).toBe(200)
  })

  test('shows what the household was granted within a year before', async () => {
    const id = await reliefTo('explained')
    await step('colleague', id, 'closure', { version: 4 })
    const { body } = await report(last)
    expect(body.earlier).toEqual([{ id, on: today, fen: 200_000 }])
  })

  test('is listed with what is due first first, and what has ended apart', async () => {
    const { body } = await call('clerk', 'GET /api/reliefs?size=100')
    expect(body.items).toHaveLength(body.open)
    const due = body.items.map(
      ({ clock }: { clock: { dueDay: string | null } | null }) => clock?.dueDay ?? '9',
    )
    expect(due).toEqual(due.toSorted())
    const ended = (await call('clerk', 'GET /api/reliefs?state=ended')).body.items
    expect(ended.length).toBeGreaterThan(1)
    expect((await call('clerk', 'GET /api/reliefs?area=310118002')).body.items).toEqual([])
  })
})
