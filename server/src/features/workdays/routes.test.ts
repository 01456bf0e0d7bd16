import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'
import { loadWorkdays } from './load.ts'

let running: RunningQiao
const tokens = new Map<string, string>()
const as = (who: string) => tokens.get(who) ?? ''
const year = async (of: number, who = 'administrator') =>
  ask(running.http, `GET /api/workdays?year=${of}`, { token: as(who) })
const state = (of: number, body: object, who = 'administrator') =>
  ask(running.http, `PUT /api/workdays/${of}/days`, { token: as(who), body })
const known = (of: number, body: object, who = 'administrator') =>
  ask(running.http, `PUT /api/workdays/${of}`, { token: as(who), body })

beforeAll(async () => {
  running = await runQiao()
  for (const [who, role] of [
    ['administrator', 'system-admin'],
    ['district', 'district'],
    ['security', 'security-admin'],
    ['advisor', 'advisor'],
  ] as const) {
    const areaId = role === 'advisor' ? '310118001001' : '310118'
    tokens.set(who, (await running.db.sessionFor({ role, areaId, name: who })).token)
  }
}, 120_000)
afterAll(() => running.close())

describe('the administrator of the system', () => {
  test('sees this year’s holidays and make-up days with their names, as shipped', async () => {
    const { status, body } = await ask(running.http, 'GET /api/workdays', { token: as('district') })
    expect([status, body.year, body.known, body.changes]).toEqual([200, 2025, true, []])
    expect(body.days).toContainEqual({ day: '2025-01-26', kind: 'make-up', name: '春节' })
    expect(body.days).toHaveLength(28 + 5)
  })

  test('changes a day with a reason, and who changed it stays with what stood before', async () => {
    const { version } = (await year(2025)).body
    const made = {
      from: '2025-06-07',
      to: '2025-06-08',
      kind: 'make-up',
      name: '调休',
      because: '市里通知',
    }
    const first = await state(2025, { ...made, seen: version })
    expect(first.status).toBe(200)
    expect(first.body.days).toContainEqual({ day: '2025-06-07', kind: 'make-up', name: '调休' })
    const back = { ...made, kind: 'by-weekday', name: null, because: '通知撤回' }
    const second = await state(2025, { ...back, seen: first.body.version })
    expect(second.body.days.map(({ day }: { day: string }) => day)).not.toContain('2025-06-07')
    expect(second.body.changes).toMatchObject([
      { day: '2025-06-08', kind: 'by-weekday', because: '通知撤回', recordedBy: 'administrator' },
      { day: '2025-06-07', kind: 'by-weekday' },
      { day: '2025-06-08', kind: 'make-up', because: '市里通知' },
      { day: '2025-06-07', kind: 'make-up' },
    ])
  })

  test('is told when somebody else stated something meanwhile, and that days must lie in the year', async () => {
    const day = {
      from: '2025-07-01',
      to: '2025-07-01',
      kind: 'holiday',
      name: null,
      because: '通知',
    }
    expect((await state(2025, { ...day, seen: 0 })).body.code).toBe('workdays-changed')
    for (const [from, to] of [
      ['2025-07-02', '2025-07-01'],
      ['2025-12-31', '2026-01-01'],
      ['2025-07-01', '2025-08-15'],
    ])
      expect((await state(2025, { ...day, from, to, seen: 33 })).body.code).toBe('workdays-invalid')
    expect((await state(2025, { ...day, because: ' ', seen: 33 })).status).toBe(400)
  })

  test('states nothing of a year out of reach', async () => {
    const answer = await known(1999, { known: true, because: '通知', seen: 0 })
    expect(answer.body.code).toBe('workdays-invalid')
  })

  test('makes a year known that was not, and takes that back', async () => {
    const before = await year(2027)
    expect(before.body).toMatchObject({ known: false, version: 0, days: [] })
    const after = await known(2027, { known: true, because: '国务院办公厅通知', seen: 0 })
    expect(after.body).toMatchObject({ known: true, changes: [{ day: null, kind: 'known' }] })
    const back = await known(2027, { known: false, because: '登记错了', seen: 1 })
    expect(back.body).toMatchObject({
      known: false,
      changes: [{ kind: 'unknown' }, { kind: 'known' }],
    })
  })

  test('finds the changes again after a start, which brings back nothing of a year that is there', async () => {
    const { version } = (await year(2026)).body
    const off = {
      from: '2026-01-04',
      to: '2026-01-04',
      kind: 'by-weekday',
      name: null,
      because: '更正',
    }
    const changed = await state(2026, { ...off, seen: version })
    expect(changed.status).toBe(200)
    const client = await running.db.owner.pool.connect()
    await loadWorkdays(client)
    client.release()
    expect((await year(2026)).body).toEqual(changed.body)
  })
})

test('nobody else changes it, at the routes or at the database', async () => {
  const day = {
    from: '2025-07-01',
    to: '2025-07-01',
    kind: 'holiday',
    name: null,
    because: '通知',
    seen: 0,
  }
  for (const who of ['district', 'security', 'advisor']) {
    expect((await state(2025, day, who)).status).toBe(403)
    expect((await known(2025, { known: false, because: '通知', seen: 0 }, who)).status).toBe(403)
    for (const call of [
      `app.state_workdays('2025-07-01', '2025-07-01', 'holiday', null, '通知', 0)`,
      `app.state_workday_year(2025, false, '通知', 0)`,
    ])
      await expect(
        asActor(running.db.app, as(who), (tx) => sql.raw(`select ${call}`).execute(tx)),
      ).rejects.toThrow(/not for/)
  }
  expect((await year(2025, 'advisor')).status).toBe(403)
})
