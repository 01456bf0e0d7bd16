import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { addStaff } from './accounts.ts'
import { hashPassword } from './passwords.ts'

const password = 'a bridge over the Dianpu'
let running: RunningQiao
let hash: string
let security: { token: string; staffId: string }
let wang: string
let audit: string
let made = 0

beforeAll(async () => {
  running = await runQiao('production', { QIAO_SECOND_FACTOR: 'none' })
  hash = await hashPassword(password)
  const person = { role: 'security-admin', areaId: '310118', name: '安全员' } as const
  security = await running.db.sessionFor(person)
})
afterAll(() => running.close())
beforeEach(async () => {
  made += 1
  wang = await person(`wang${made}`, `王顾问${made}`, 'advisor')
  audit = await person(`shenji${made}`, `审计员${made}`, 'audit-admin')
})

const owner = (text: string, values: unknown[] = []) => running.db.owner.pool.query(text, values)

async function person(username: string, name: string, role: 'advisor' | 'audit-admin') {
  const areaId = role === 'advisor' ? '310118001001' : '310118'
  const id = await addStaff(running.db.owner.pool, { name, role, areaId, username })
  await owner('update auth.account set password_hash = $2 where staff_id = $1', [id, hash])
  return id
}
const post = (rest: string, body: object, token = security.token) =>
  ask(running.http, `POST /api/accounts${rest}`, { token, body, address: '10.0.0.1' })
const step = (id: string, name: string, reason?: string) =>
  post(`/${id}/steps`, { step: name, ...(reason ? { reason } : {}) })
const reset = (id: string, secondFactor = false) =>
  post(`/${id}/link`, { reason: '手机遗失', secondFactor })
const list = async (q = '') =>
  (
    await ask(running.http, q ? 'POST /api/accounts/find' : 'GET /api/accounts', {
      token: security.token,
      ...(q ? { body: { q } } : {}),
    })
  ).body.accounts
const row = async (id: string) => (await list()).find((one: { id: string }) => one.id === id)
const signIn = (username: string, given = password) =>
  ask(running.http, 'POST /api/session', {
    body: { username, password: given },
    address: '10.0.0.1',
  })
const tokenIn = ({ cookie }: Answer) => /qiao_session=([^;]+)/.exec(cookie)?.[1] ?? ''

describe('the list of accounts', () => {
  test('says who signs in how, by name or account, and nothing of anybody’s work or secrets', async () => {
    await owner(
      `update auth.account set totp_secret = '\\x01', totp_on_at = now() where staff_id = $1`,
      [wang],
    )
    await signIn(`wang${made}`, 'not it')
    const found = await list(`王顾问${made}`)
    expect(found).toEqual([
      {
        id: wang,
        name: `王顾问${made}`,
        role: 'advisor',
        roleName: '居村救助顾问',
        areaId: '310118001001',
        areaName: expect.stringMatching(/[一-龥]/),
        username: `wang${made}`,
        state: 'active',
        secondFactor: true,
        signedInAt: null,
        sessions: 0,
        lockedUntil: null,
        invitedUntil: null,
        own: false,
      },
    ])
    expect(await list(`WANG${made}`)).toHaveLength(1)
    expect(await list('%')).toEqual([])
  })

  test('tells the four states apart, live sessions and the last sign-in', async () => {
    await signIn(`wang${made}`)
    expect(await row(wang)).toMatchObject({ state: 'active', sessions: 1 })
    expect((await row(wang)).signedInAt).toMatch(/^20\d\d-/)
    for (let i = 0; i < 5; i++) await signIn(`wang${made}`, 'not it')
    expect((await row(wang)).state).toBe('locked')
    expect((await reset(wang)).status).toBe(200)
    expect(await row(wang)).toMatchObject({ state: 'invited', invitedUntil: expect.any(String) })
    await step(wang, 'disable', '离职')
    expect(await row(wang)).toMatchObject({ state: 'disabled', sessions: 0, invitedUntil: null })
  })
})

describe('an invitation from the console', () => {
  const asked = () => ({
    name: `李专干${made}`,
    role: 'township',
    areaId: '310118001',
    username: `li${made}`,
  })

  test('lets somebody new choose a password and sign in, by a link that is stored hashed', async () => {
    const { status, body } = await post('', asked())
    expect(status).toBe(200)
    const { rows } = await owner('select invitation::text as text from auth.invitation')
    expect(JSON.stringify(rows)).not.toContain(body.token)
    const chosen = { body: { password: 'over the water to the mill' } }
    expect((await ask(running.http, `POST /api/invitations/${body.token}`, chosen)).status).toBe(
      204,
    )
    expect((await signIn(`li${made}`, 'over the water to the mill')).body.staff).toMatchObject({
      id: body.id,
      role: 'township',
      area: { id: '310118001' },
    })
  })

  test.each([
    ['an account that there is', { username: 'wang' }, 409, 'username-taken'],
    ['an advisor for a township', { role: 'advisor' }, 422, 'area-unfit'],
    ['an administrator of a township', { role: 'audit-admin' }, 422, 'area-unfit'],
    ['an area that there is not', { areaId: '999999999' }, 422, 'area-unfit'],
    ['an account in capitals', { username: 'Li' }, 400, 'invalid-request'],
    ['a blank name', { name: '  ' }, 400, 'invalid-request'],
    ['a role of the program', { role: 'job' }, 400, 'invalid-request'],
  ])('is not made for %s', async (_what, wrong, status, code) => {
    const username =
      'username' in wrong && wrong.username === 'wang' ? { username: `wang${made}` } : {}
    const answer = await post('', { ...asked(), ...wrong, ...username })
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(await list(`li${made}`)).toEqual([])
  })

  test('gives an administrator no second account, and nobody at work an administrator’s', async () => {
    const township = { role: 'township', areaId: '310118001', username: `second${made}` }
    for (const name of ['安全员', ' 安全员 ', `审计员${made}`])
      expect((await post('', { ...township, name })).body.code).toBe('administrator-namesake')
    const administrator = { role: 'system-admin', areaId: '310118', username: `second${made}` }
    for (const name of ['安全员', `王顾问${made}`])
      expect((await post('', { ...administrator, name })).body.code).toBe('administrator-namesake')
  })
})

describe('an administrator keeps the role', () => {
  test.each([
    ['becomes another', `update app.staff set role = 'system-admin' where id = $1`, () => audit],
    [
      'begins to work on cases',
      `update app.staff set role = 'district' where id = $1`,
      () => audit,
    ],
    [
      'is made of a colleague',
      `update app.staff set role = 'audit-admin' where id = $1`,
      () => wang,
    ],
  ] as const)(
    'even where the owner of the database says otherwise: none %s',
    async (_what, text, who) => {
      await expect(owner(text, [who()])).rejects.toMatchObject({
        constraint: 'administrator_is_one_person',
      })
    },
  )

  test('and one account: a second for the same person is refused by the database', async () => {
    await expect(
      owner(`insert into auth.account (staff_id, username) values ($1, 'another')`, [audit]),
    ).rejects.toMatchObject({ code: '23505' })
  })
})

describe('a reset', () => {
  test('ends password and sessions at once, and gives a link that serves once', async () => {
    const token = tokenIn(await signIn(`wang${made}`))
    const first = (await reset(wang)).body.token
    expect((await ask(running.http, 'GET /api/session', { token })).status).toBe(401)
    expect((await signIn(`wang${made}`)).body.code).toBe('wrong-password')
    const link = (await reset(wang)).body.token
    expect((await ask(running.http, `GET /api/invitations/${first}`)).status).toBe(410)
    const chosen = { body: { password: 'over the water to the mill' } }
    expect((await ask(running.http, `POST /api/invitations/${link}`, chosen)).status).toBe(204)
    expect((await ask(running.http, `POST /api/invitations/${link}`, chosen)).status).toBe(410)
    expect((await signIn(`wang${made}`, 'over the water to the mill')).status).toBe(200)
  })

  const secondFactorOf = async (id: string) =>
    (
      await owner('select totp_secret is not null as "on" from auth.account where staff_id = $1', [
        id,
      ])
    ).rows[0]?.on
  const enrolled = (id: string) =>
    owner(`update auth.account set totp_secret = '\\x01', totp_on_at = now() where staff_id = $1`, [
      id,
    ])

  test('takes the authenticator only where asked, and never that of an administrator', async () => {
    await enrolled(wang)
    await enrolled(audit)
    await reset(wang)
    expect(await secondFactorOf(wang)).toBe(true)
    await reset(wang, true)
    expect(await secondFactorOf(wang)).toBe(false)
    expect((await reset(audit, true)).body.code).toBe('administrator-factor')
    expect(await secondFactorOf(audit)).toBe(true)
    expect((await reset(audit)).status).toBe(200)
  })
})

describe('a step', () => {
  test('unlocks, and says where there was nothing to unlock', async () => {
    expect((await step(wang, 'unlock')).body.code).toBe('nothing-to-do')
    for (let i = 0; i < 5; i++) await signIn(`wang${made}`, 'not it')
    expect((await step(wang, 'unlock')).status).toBe(204)
    expect((await signIn(`wang${made}`)).status).toBe(200)
  })

  test('disables and enables with a reason only, and what was open is shut', async () => {
    const token = tokenIn(await signIn(`wang${made}`))
    expect((await step(wang, 'disable')).body.code).toBe('reason-needed')
    expect((await step(wang, 'disable', ' ')).status).toBe(400)
    expect((await step(wang, 'disable', '离职')).status).toBe(204)
    expect((await ask(running.http, 'GET /api/session', { token })).status).toBe(401)
    expect((await signIn(`wang${made}`)).body.code).toBe('wrong-password')
    expect((await step(wang, 'disable', '离职')).body.code).toBe('nothing-to-do')
    expect((await reset(wang)).body.code).toBe('nothing-to-do')
    expect((await step(wang, 'enable', '返岗')).status).toBe(204)
    expect((await signIn(`wang${made}`)).status).toBe(200)
  })

  test('ends every session of somebody', async () => {
    const tokens = [tokenIn(await signIn(`wang${made}`)), tokenIn(await signIn(`wang${made}`))]
    expect((await step(wang, 'end-sessions')).status).toBe(204)
    for (const token of tokens)
      expect((await ask(running.http, 'GET /api/session', { token })).status).toBe(401)
  })

  test('does not disable the last administrator of a kind', async () => {
    await owner(`update app.staff set active = false where role = 'audit-admin' and id <> $1`, [
      audit,
    ])
    expect((await step(audit, 'disable', '离职')).body.code).toBe('last-administrator')
    await person(`other${made}`, `另一审计员${made}`, 'audit-admin')
    expect((await step(audit, 'disable', '离职')).status).toBe(204)
  })

  test('is taken of no account that there is not', async () => {
    expect((await step('00000000-0000-4000-8000-000000000099', 'unlock')).status).toBe(404)
  })
})

describe('who may not', () => {
  test('the administrator with the own account', async () => {
    const { staffId } = security
    for (const answer of [
      await reset(staffId),
      await step(staffId, 'end-sessions'),
      await step(staffId, 'disable', '试试'),
      await step(staffId, 'unlock'),
    ])
      expect(answer.body).toMatchObject({ status: 409, code: 'own-account' })
  })

  const calls = () => [
    `auth.accounts(null)`,
    `auth.invite_staff('某人', 'district', '310118', 'x', '', '1 day')`,
    `auth.reset_account('${wang}', '', '1 day', true)`,
    `auth.unlock_account('${wang}')`,
    `auth.set_account_active('${wang}', false)`,
    `auth.end_sessions_of('${wang}')`,
  ]
  /** Past the program, straight at the database. */
  async function said(token: string, call: string, reason = '试试') {
    const client = await running.db.signin.pool.connect()
    try {
      await client.query('begin')
      await client.query(
        `select set_config('app.token', $1, true), set_config('app.reason', $2, true)`,
        [token, reason],
      )
      return await client.query(`select ${call}`)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }

  test.each(['advisor', 'township', 'district', 'system-admin', 'audit-admin'] as const)(
    'somebody of role %s, at the database either',
    async (role) => {
      const areaId = { advisor: '310118001001', township: '310118001' }[role as string] ?? '310118'
      const { token } = await running.db.sessionFor({ role, areaId })
      for (const call of calls())
        await expect(said(token, call), call).rejects.toThrow('for the security administrator')
    },
  )

  test('nobody, the program or a forged token, at the database', async () => {
    for (const token of ['', 'forged', await running.db.jobToken('match')])
      for (const call of calls())
        await expect(said(token, call), call).rejects.toThrow('for the security administrator')
  })

  test('the administrator with the own account, or the authenticator of another administrator, or without a reason', async () => {
    const { token, staffId } = security
    for (const call of calls().slice(2))
      await expect(said(token, call.replace(wang, staffId)), call).rejects.toThrow(
        'their own account',
      )
    await expect(said(token, `auth.reset_account('${audit}', '', '1 day', true)`)).rejects.toThrow(
      'not reset by another',
    )
    for (const call of [calls()[2], calls()[4]])
      await expect(said(token, call ?? '', ' ')).rejects.toThrow('wants a reason')
  })
})

test('every deed is in the log: who, whose account, why and from where', async () => {
  const { rows: before } = await owner('select max(id) as id from app.audit')
  const { body } = await post('', {
    name: `赵专干${made}`,
    role: 'township',
    areaId: '310118001',
    username: `zhao${made}`,
  })
  await signIn(`wang${made}`)
  await step(wang, 'end-sessions')
  for (let i = 0; i < 5; i++) await signIn(`wang${made}`, 'not it')
  await step(wang, 'unlock')
  await reset(wang, true)
  await step(wang, 'disable', '离职')
  await step(wang, 'enable', '返岗')
  const actor = `staff:${security.staffId}`
  const { rows } = await owner('select * from app.audit where id > $1 and actor = $2 order by id', [
    before[0].id,
    actor,
  ])
  expect(
    rows.map(({ action, subject, reason, detail }) => [action, subject, reason, detail]),
  ).toEqual([
    [
      'account.invited',
      `staff:${body.id}`,
      'office:security-admin',
      { role: 'township', area: '310118001' },
    ],
    ['account.sessions-ended', `staff:${wang}`, 'office:security-admin', { sessions: 1 }],
    ['account.unlocked', `staff:${wang}`, 'office:security-admin', null],
    ['account.reset', `staff:${wang}`, 'stated:手机遗失', { secondFactor: true, sessionsEnded: 0 }],
    ['account.disabled', `staff:${wang}`, 'stated:离职', null],
    ['account.enabled', `staff:${wang}`, 'stated:返岗', null],
  ])
  for (const { address, request_id } of rows) {
    expect(address).toBe('10.0.0.1')
    expect(request_id).toMatch(/^[0-9a-f-]{36}$/)
  }
  expect(JSON.stringify(rows)).not.toMatch(/赵专干|王顾问/)
})
