import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestRole } from '../../../test/database.ts'
import { type Answer, ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'
import { csrfToken, sessionCookie } from '../../platform/http/caller.ts'
import { putHousehold, putRun } from '../leads/test-households.ts'
import { looksAt } from './entries.ts'

/** Household 1 with a lead, looked at by its advisor on its page and in the worklist. */

const here = '310118001001'
const name = '钱奶奶独一份'
let running: RunningQiao
let advisor: string
let auditor: string
const session = (role: TestRole, areaId: string, called: string) =>
  running.db.sessionFor({ role, areaId, name: called })
const get = (address: string, token: string, reason = ''): Promise<Answer> =>
  ask(running.http, `GET /api${address}`, {
    token,
    headers: reason ? { 'x-qiao-reason': encodeURIComponent(reason) } : {},
  })
const listed = async (query = '') => (await get(`/audit${query}`, auditor)).body

beforeAll(async () => {
  running = await runQiao()
  const { owner } = running.db
  const run = await putRun(owner)
  await putHousehold(owner, 1, here, name)
  await putHousehold(owner, 2, here, '别的人')
  await owner.pool.query(
    `insert into app.lead (id, household_id, area_id, raised_on) values (7, 1, '${here}', '${today}');
     insert into app.lead_line (lead_id, household_id, area_id, programme, verdict, amount_kind, answer_hash, roll_on,
       why, run_id, raised_on)
     values (7, 1, '${here}', 'dibao', 'eligible', 'none', 1, '2025-05-01', '名册上没有', ${run.id}, '${today}')`,
  )
  advisor = (await session('advisor', here, '顾问甲')).token
  auditor = (await session('audit-admin', '310118', '审计甲')).token
  await get('/households/1', advisor, '信访核查')
  await get('/households', advisor)
  await get('/leads', advisor)
  await get('/households/2', advisor)
})
afterAll(() => running.close())

const actions = ({ items }: { items: { action: string }[] }) => items.map(({ action }) => action)

describe('the auditor', () => {
  test('reads who did what, when, why, from where and at which fields, newest first', async () => {
    const { items } = await listed('?household=1')
    expect(actions({ items })).toEqual(['household.listed', 'household.read'])
    expect(items[1]).toMatchObject({
      name: '顾问甲',
      roleName: '居村救助顾问',
      householdId: 1,
      areaId: here,
      reason: 'stated:信访核查',
      address: '127.0.0.1',
    })
    expect(items[1].fields).toContain('members')
    expect(JSON.stringify(items)).not.toContain(name)
  })

  test.each([
    ['?who=顾问甲&action=household.read', ['household.read', 'household.read']],
    ['?lead=7', ['lead.list']],
    ['?action=lead.&who=别人', []],
    ['?action=household.&to=2020-01-01', []],
    ['?household=99', []],
    ['?address=192.0.2.1', []],
  ] as const)('finds %s', async (query, found) => {
    expect(actions(await listed(encodeURI(query)))).toEqual(found)
  })

  test('pages by the last entry read, without gap or twice', async () => {
    const whole = (await listed(`?who=${encodeURIComponent('顾问甲')}`)).items
    const first = await listed(`?who=${encodeURIComponent('顾问甲')}&size=3`)
    const second = await listed(`?who=${encodeURIComponent('顾问甲')}&size=3&before=${first.next}`)
    expect([...first.items, ...second.items]).toEqual(whole)
    expect(second.next).toBeNull()
  })

  test('leaves an entry by reading, too', async () => {
    await listed('?household=2')
    const { items } = await listed('?action=audit.read')
    expect(items[0]).toMatchObject({
      action: 'audit.read',
      name: '审计甲',
      reason: 'office:audit-admin',
    })
  })

  test('takes a sheet along for a stated reason only, which is noted with its rows', async () => {
    expect((await get('/audit.csv', auditor)).body).toMatchObject({ code: 'reason-missing' })
    const sheet = await running.http.inject({
      url: '/api/audit.csv?household=1',
      cookies: { [sessionCookie]: auditor },
      headers: {
        'x-qiao-csrf': csrfToken(auditor),
        'x-qiao-reason': encodeURIComponent('季度检查'),
      },
    })
    expect(sheet.statusCode).toBe(200)
    expect(sheet.body).toContain('顾问甲,居村救助顾问')
    expect(sheet.body).not.toContain(name)
    const { items } = await listed('?action=audit.exported')
    expect(items[0]).toMatchObject({ rows: 2, reason: 'stated:季度检查' })
  })

  test('sees how far the log is sealed, and verifies it', async () => {
    const chain = async () => (await get('/audit/chain', auditor)).body
    await expect
      .poll(async () => (await chain()).seal?.number ?? 0, { timeout: 5000 })
      .toBeGreaterThan(0)
    const { body } = await ask(running.http, 'POST /api/audit/verification', {
      token: auditor,
      body: {},
    })
    expect(body).toMatchObject({ findings: 0, told: [] })
    expect(body.entries).toBeGreaterThan(4)
    expect(body.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('is the only one: nobody else reads, exports or verifies', async () => {
    for (const role of [
      'advisor',
      'township',
      'district',
      'system-admin',
      'security-admin',
    ] as const) {
      const { token } = await session(role, '310118', role)
      for (const address of ['/audit', '/audit.csv', '/audit/chain'])
        expect((await get(address, token, '想看')).body, role).toMatchObject({ code: 'forbidden' })
    }
  })
})

describe('who looked at a household', () => {
  const looks = async (token: string, id = 1) => get(`/households/${id}/looks`, token)

  test('is told to officials of its area, lists that showed it among it', async () => {
    const { token } = await session('township', here.slice(0, 9), '街镇甲')
    const { body } = await looks(token)
    expect(body.items.map(({ actionName }: { actionName: string }) => actionName)).toEqual([
      '翻阅线索',
      '翻阅家庭名单',
      '查看家庭',
    ])
    expect(body.items[2]).toMatchObject({
      name: '顾问甲',
      roleName: '居村救助顾问',
      reason: 'stated:信访核查',
    })
    expect(body.items[2].fieldNames).toContain('家庭成员')
    expect((await looks(token)).body.items[0].actionName).toBe('查看查阅记录')
  })

  test('is told to nobody else', async () => {
    expect((await looks(advisor)).body).toMatchObject({ code: 'forbidden' })
    expect((await looks(auditor)).body).toMatchObject({ code: 'forbidden' })
    const { token } = await session('township', '310118002', '街镇乙')
    const { requestId: _, ...told } = (await looks(token)).body
    const { requestId: __, ...nothing } = (await looks(token, 999)).body
    expect(told).toEqual(nothing)
    expect(told).toMatchObject({ status: 404 })
    for (const held of [token, advisor, auditor, 'forged']) {
      expect(await asActor(running.db.app, held, (tx) => looksAt(tx, 1, 10))).toEqual([])
    }
  })
})
