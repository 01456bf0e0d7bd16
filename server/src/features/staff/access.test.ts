import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestRole } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'

/** Colleagues in two townships and the district, one administrator of each kind. */
const people = [
  ['顾问甲', 'advisor', '310118001001'],
  ['顾问乙', 'advisor', '310118001002'],
  ['顾问丙', 'advisor', '310118002001'],
  ['街镇甲', 'township', '310118001'],
  ['街镇乙', 'township', '310118002'],
  ['区级甲', 'district', '310118'],
  ['系统员', 'system-admin', '310118'],
  ['安全员', 'security-admin', '310118'],
  ['审计员', 'audit-admin', '310118'],
] as const satisfies readonly (readonly [string, TestRole, string])[]
type Name = (typeof people)[number][0]

let running: RunningQiao
const tokens = new Map<string, string>()
beforeAll(async () => {
  running = await runQiao()
  for (const [name, role, areaId] of people) {
    tokens.set(name, (await running.db.sessionFor({ name, role, areaId })).token)
  }
  const gone = await running.db.sessionFor({
    name: '前任',
    role: 'advisor',
    areaId: '310118001001',
  })
  await running.db.owner.pool.query('update app.staff set active = false where id = $1', [
    gone.staffId,
  ])
})
afterAll(() => running.close())

async function listed(name: Name, area = ''): Promise<string[]> {
  const query = area ? `?area=${area}` : ''
  const { body } = await ask(running.http, `GET /api/staff${query}`, {
    token: tokens.get(name) ?? '',
  })
  return body.staff.map((one: { name: string }) => one.name)
}

describe('who sees which colleagues', () => {
  test.each([
    ['an advisor those of the own committee', '顾问甲', ['顾问甲']],
    ['a township those of the own township', '街镇甲', ['顾问甲', '顾问乙', '街镇甲']],
    [
      'the district everybody in case work',
      '区级甲',
      ['区级甲', '街镇甲', '街镇乙', '顾问甲', '顾问乙', '顾问丙'],
    ],
    [
      'the security administrator everybody in case work',
      '安全员',
      ['区级甲', '街镇甲', '街镇乙', '顾问甲', '顾问乙', '顾问丙'],
    ],
  ] as const)('%s', async (_sentence, name, seen) => {
    expect((await listed(name)).sort()).toEqual([...seen].sort())
  })

  test('nobody is offered a colleague who has left', async () => {
    for (const [name] of people.slice(0, 6)) expect(await listed(name)).not.toContain('前任')
  })

  test('asked for an area, only who can see it is listed, nearest first', async () => {
    expect(await listed('区级甲', '310118001001')).toEqual(['顾问甲', '街镇甲', '区级甲'])
    expect(await listed('街镇甲', '310118002001')).toEqual([])
    expect(await listed('街镇乙', '310118001001')).toEqual([])
  })

  test('the audit administrator does not list staff', async () => {
    const answer = await ask(running.http, 'GET /api/staff', { token: tokens.get('审计员') ?? '' })
    expect(answer.body).toMatchObject({ status: 403, code: 'forbidden' })
  })

  test('what is told of a colleague is name, role, place and why they take no leads, nothing of the account', async () => {
    const { body } = await ask(running.http, 'GET /api/staff', {
      token: tokens.get('区级甲') ?? '',
    })
    for (const one of body.staff) {
      expect(Object.keys(one).sort()).toEqual(['areaId', 'id', 'name', 'roleName', 'unfit'])
    }
  })
})

test('the invented accounts and their passwords are offered in a demonstration only', async () => {
  expect((await ask(running.http, 'GET /api/demo')).status).toBe(404)
  const demo = await runQiao('demo')
  const { status, body } = await ask(demo.http, 'GET /api/demo')
  expect(status).toBe(200)
  expect(body.accounts.map(({ username }: { username: string }) => username)).toContain('guwen')
  await demo.close()
})
