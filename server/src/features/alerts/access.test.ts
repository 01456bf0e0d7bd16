import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'
import { openJobSession } from '../staff/sign-in.ts'
import { watchLog } from './jobs.ts'
import { patternIds, withLimits } from './pattern.ts'

let running: RunningQiao
let watchToken: string
const staff = new Map<string, { token: string; staffId: string }>()
const as = (who: string) => staff.get(who)?.token ?? ''
const idOf = (who: string) => staff.get(who)?.staffId ?? ''

beforeAll(async () => {
  // The program's own watch sees nothing here: the tests say when it looks.
  const never = patternIds.map((id) => `${id}=100000`).join(',')
  running = await runQiao('production', { QIAO_ALERTS: never })
  watchToken = await openJobSession(running.db.signin, 'watch')
  for (const [who, role, areaId] of [
    ['curious', 'advisor', '310118001001'],
    ['diligent', 'advisor', '310118001001'],
    ['township', 'township', '310118001'],
    ['district', 'district', '310118'],
    ['system', 'system-admin', '310118'],
    ['security', 'security-admin', '310118'],
    ['second', 'security-admin', '310118'],
    ['auditor', 'audit-admin', '310118'],
  ] as const)
    staff.set(who, await running.db.sessionFor({ role, areaId, name: who }))
}, 120_000)
afterAll(() => running.close())

const watch = () =>
  watchLog({
    db: running.db.app,
    patterns: withLimits(new Map()),
    programToken: async () => watchToken,
  })
const alerts = async (who = 'security') =>
  (await ask(running.http, 'GET /api/alerts', { token: as(who) })).body.items
const settle = (who: string, id: number, note = '已电话核实，是本人换岗') =>
  ask(running.http, `POST /api/alerts/${id}/settlement`, { token: as(who), body: { note } })
const look = (who: string, household: number) =>
  ask(running.http, `GET /api/households/${household}`, { token: as(who) })
const times = async (n: number, work: (at: number) => Promise<unknown>) => {
  for (let at = 0; at < n; at++) await work(at)
}
const call = (token: string, statement: string) =>
  asActor(running.db.app, token, (tx) => sql.raw(statement).execute(tx))
const noted = async () =>
  (
    await running.db.owner.pool.query<{ actor: string; subject: string; detail: object }>(
      `select actor, subject, detail from app.audit where action = 'request.refused' order by id`,
    )
  ).rows

describe('a refused request of somebody signed in', () => {
  test('is noted with the route and the code, and nothing that was sent', async () => {
    expect((await look('diligent', 4711)).status).toBe(404)
    await ask(running.http, 'GET /api/audit?who=王小明', { token: as('diligent') })
    const [household, forbidden] = await noted()
    expect(household).toEqual({
      actor: `staff:${idOf('diligent')}`,
      subject: 'household:4711',
      detail: { code: 'not-found', status: 404, method: 'GET', route: '/api/households/:id' },
    })
    expect(forbidden?.detail).toEqual({
      code: 'forbidden',
      status: 403,
      method: 'GET',
      route: '/api/audit',
    })
    expect(JSON.stringify(forbidden)).not.toContain('王小明')
  })

  test('without end is noted sixty times a minute', async () => {
    await times(70, () => look('township', 4711))
    const own = (await noted()).filter(({ actor }) => actor === `staff:${idOf('township')}`)
    expect(own).toHaveLength(60)
  })

  test('is of somebody: what nobody signed in sends is not', async () => {
    const before = (await noted()).length
    await ask(running.http, 'GET /api/households/1')
    expect(await noted()).toHaveLength(before)
  })
})

describe('the watch', () => {
  test('raises one alert of an account and pattern, and adds what is seen later', async () => {
    await times(20, (at) => look('curious', 5000 + at))
    expect(await watch()).toBe(2)
    expect(await watch()).toBe(0)
    await look('curious', 6000)
    expect(await watch()).toBe(1)
    const own = (await alerts()).filter((one: { name: string }) => one.name === 'curious')
    expect(own).toMatchObject([{ pattern: 'requests-refused', settledAt: null }])
    expect(own[0].evidence.map(({ count }: { count: number }) => count)).toEqual([20, 21])
    for (const seen of own[0].evidence)
      expect(Object.keys(seen).toSorted()).toEqual(['count', 'entries', 'from', 'to'])
    expect(JSON.stringify(own)).not.toContain('household')
  })

  test('sees failures at one account, over many, emergency looks, and many households opened', async () => {
    const failed = (subject: string | null) =>
      running.db.owner.pool.query(
        `insert into app.audit (actor, action, subject) values ('visitor', 'session.refused', $1)`,
        [subject],
      )
    await times(10, () => failed(`staff:${idOf('district')}`))
    await times(9, () => failed(null))
    const did = (action: string, household: number) =>
      running.db.owner.pool.query(
        `insert into app.audit (actor, action, household_id) values ('staff:' || $1, $2, $3)`,
        [idOf('diligent'), action, household],
      )
    await times(3, (at) => did('glass.broken', at))
    await times(100, (at) => did('household.read', at))
    await watch()
    const seen = (await alerts()).map(
      ({ pattern, name }: { pattern: string; name: string | null }) => [pattern, name],
    )
    for (const one of [
      ['sign-ins-refused', 'district'],
      ['accounts-refused', null],
      ['glass-broken', 'diligent'],
      ['households-read', 'diligent'],
    ])
      expect(seen).toContainEqual(one)
  })

  test('tells anew after an alert is settled, of what came since alone', async () => {
    const of = async () =>
      (await alerts()).filter((one: { name: string }) => one.name === 'curious')
    const [{ id }] = await of()
    expect((await settle('security', id)).status).toBe(200)
    await look('curious', 7000)
    await watch()
    expect(await of()).toMatchObject([
      { id, settledBy: 'security', note: '已电话核实，是本人换岗' },
    ])
    await times(19, () => look('curious', 7001))
    await watch()
    const [open, settled] = await of()
    expect([open.settledAt, open.evidence[0].count, settled.id]).toEqual([null, 20, id])
    expect((await settle('security', id)).body.code).toBe('alert-settled')
  })

  test('reads what may be a pattern, and nothing else of the log', async () => {
    const { rows } = await call(watchToken, 'select distinct action from app.audit')
    expect(rows.map((row) => (row as { action: string }).action).toSorted()).toEqual([
      'glass.broken',
      'household.read',
      'request.refused',
      'session.refused',
    ])
  })
})

describe('nobody else', () => {
  test('than the security and the audit administrator reads alerts', async () => {
    expect(await alerts('auditor')).toEqual(await alerts())
    for (const who of ['curious', 'township', 'district', 'system']) {
      expect((await ask(running.http, 'GET /api/alerts', { token: as(who) })).status).toBe(403)
      expect((await call(as(who), 'select from app.alert')).rows).toEqual([])
    }
  })

  test('than the security administrator settles one, and not one of their own account', async () => {
    const open = (await alerts()).find((one: { settledAt: null }) => one.settledAt === null)
    for (const who of ['auditor', 'system', 'district', 'curious']) {
      expect((await settle(who, open.id)).status).toBe(403)
      await expect(call(as(who), `select app.settle_alert(${open.id}, '是我')`)).rejects.toThrow(
        /not for/,
      )
    }
    await times(20, () => ask(running.http, 'GET /api/households', { token: as('security') }))
    await watch()
    const own = (await alerts()).find((one: { name: string }) => one.name === 'security')
    expect(own.own).toBe(true)
    expect((await settle('security', own.id)).body.code).toBe('alert-own')
    expect((await settle('second', own.id)).status).toBe(200)
  })

  test('than the watch raises one', async () => {
    for (const who of ['security', 'auditor', 'curious'])
      await expect(
        call(as(who), `select app.raise_alert('glass-broken', null, '{}', 9)`),
      ).rejects.toThrow(/not for/)
  })

  test('changes or forgets one', async () => {
    for (const statement of ['delete from app.alert', `update app.alert set note = '没事'`])
      await expect(call(as('security'), statement)).rejects.toThrow(/permission denied/)
    await expect(running.db.owner.pool.query('delete from app.alert')).rejects.toThrow()
  })
})
