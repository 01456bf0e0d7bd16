import { generate } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { openDatabase } from '../../platform/db/database.ts'
import { sessionCookie } from '../../platform/http/caller.ts'
import { addStaff, appoint } from './accounts.ts'
import { hashPassword } from './passwords.ts'
import { secondStepCookie } from './session-view.ts'

const password = 'a bridge over the Dianpu'
let running: RunningQiao
const ids = new Map<string, string>()
beforeAll(async () => {
  running = await runQiao()
  const hash = await hashPassword(password)
  for (const [username, role] of [
    ['wang', 'advisor'],
    ['anquan', 'security-admin'],
    ['shenpi', 'district'],
    ['qu', 'district'],
  ] as const) {
    const areaId = role === 'advisor' ? '310118001001' : '310118'
    const id = await addStaff(running.db.owner.pool, { name: username, role, areaId, username })
    await owner('update auth.account set password_hash = $2 where staff_id = $1', [id, hash])
    ids.set(username, id)
  }
  const staffId = ids.get('shenpi') ?? ''
  const appointment = {
    staffId,
    capability: 'policy-approver',
    from: '2020-01-01',
    to: null,
  } as const
  await appoint(running.db.owner.pool, appointment)
})
afterAll(() => running.close())
beforeEach(async () => {
  await owner(`update auth.account set failures = 0, first_failure_at = null, locked_until = null,
    totp_secret = null, totp_on_at = null, totp_offered = null, totp_step = null`)
  await owner('delete from auth.session')
  await owner('delete from auth.recovery_code')
})

const owner = (text: string, values: unknown[] = []) => running.db.owner.pool.query(text, values)

function cookieIn({ cookie }: Answer, name: string): string {
  return new RegExp(`${name}=([^;]*)`).exec(cookie)?.[1] ?? ''
}
const first = (username = 'wang', given = password) =>
  ask(running.http, 'POST /api/session', { body: { username, password: given } })

/** Something at the door, with the cookie of the first step. */
async function atTheDoor(pending: string, rest: string, body: object): Promise<Answer> {
  const answer = await running.http.inject({
    method: 'POST',
    url: `/api/session/${rest}`,
    cookies: { [secondStepCookie]: pending },
    payload: body,
  })
  return {
    status: answer.statusCode,
    type: String(answer.headers['content-type']),
    body: answer.body === '' ? undefined : JSON.parse(answer.body),
    headers: answer.headers,
    cookie: [answer.headers['set-cookie'] ?? ''].flat().join('\n'),
  }
}
const halfway = async (username = 'wang') => cookieIn(await first(username), secondStepCookie)
const account = async (token: string) =>
  (await ask(running.http, 'GET /api/account', { token })).body
const post = (token: string, rest: string, body: object) =>
  ask(running.http, `POST /api/account/${rest}`, { token, body })

/** The code that an authenticator shows so many steps from now. */
const codeOf = (secret: string, steps = 0) =>
  generate({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 })

type Enrolled = { secret: string; recoveryCodes: string[]; token: string }

/** Waits for the next step where this one is about to end, so that a test does not straddle two. */
async function inOneStep(): Promise<void> {
  const left = 30_000 - (Date.now() % 30_000)
  if (left < 2000) await new Promise((resolve) => setTimeout(resolve, left + 10))
}

/** Turns the authenticator on with the code of the step before this one. */
async function enrol(): Promise<Enrolled> {
  await inOneStep()
  const token = cookieIn(await first(), sessionCookie)
  const { secret } = (await post(token, 'second-factor', { password })).body
  const answer = await post(token, 'second-factor/confirmation', { code: await codeOf(secret, -1) })
  expect(answer.status).toBe(200)
  return { secret, recoveryCodes: answer.body.recoveryCodes, token }
}

describe('with an authenticator', () => {
  test('the password opens nothing yet; a code of it does, in a session with another token', async () => {
    const { secret } = await enrol()
    const answer = await first()
    expect([answer.status, answer.body]).toEqual([202, { awaits: 'code' }])
    expect(answer.cookie).toMatch(
      /qiao_second_step=.*; Path=\/api\/session; HttpOnly; SameSite=Strict/,
    )
    expect(cookieIn(answer, sessionCookie)).toBe('')
    const pending = cookieIn(answer, secondStepCookie)
    const opened = await atTheDoor(pending, 'code', { code: await codeOf(secret) })
    expect([opened.status, opened.body.staff.id]).toEqual([200, ids.get('wang')])
    const token = cookieIn(opened, sessionCookie)
    expect(token).not.toBe(pending)
    expect((await ask(running.http, 'GET /api/session', { token })).status).toBe(200)
    expect((await ask(running.http, 'GET /api/session', { token: pending })).status).toBe(401)
    expect((await atTheDoor(pending, 'code', { code: await codeOf(secret, 1) })).body.code).toBe(
      'sign-in-anew',
    )
  })

  test('a code is taken once, wherever it was used', async () => {
    const { secret } = await enrol()
    const spent = await codeOf(secret, -1)
    expect((await atTheDoor(await halfway(), 'code', { code: spent })).body.code).toBe('wrong-code')
    const code = await codeOf(secret)
    const pendings = [await halfway(), await halfway()]
    // The first step of a later sign-in ends that of an earlier one.
    expect((await atTheDoor(pendings[0] ?? '', 'code', { code })).body.code).toBe('sign-in-anew')
    const both = await Promise.all([1, 2].map(() => atTheDoor(pendings[1] ?? '', 'code', { code })))
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await atTheDoor(await halfway(), 'code', { code })).body.code).toBe('wrong-code')
  })

  test('a step is used up in the database too, whatever the program has checked', async () => {
    await enrol()
    const { rows } = await owner('select max(totp_step) as step from auth.account')
    const pass = async (step: number) => {
      const client = await running.db.signin.pool.connect()
      await client.query('begin')
      await client.query(`select set_config('app.token', $1, true)`, [await halfway()])
      const passed = await client.query(
        `select auth.pass_second_factor($1, null, '\\x01', '1 hour', '1 hour') as passed`,
        [step],
      )
      await client.query('rollback')
      client.release()
      return passed.rows[0]?.passed
    }
    const step: number = rows[0]?.step
    expect([await pass(step - 1), await pass(step), await pass(step + 1)]).toEqual([
      false,
      false,
      true,
    ])
  })

  test('wrong codes count like wrong passwords, and a right password in between forgives none', async () => {
    const { secret } = await enrol()
    for (let i = 0; i < 4; i++) {
      const answer = await atTheDoor(await halfway(), 'code', { code: '000000' })
      expect(answer.body).toMatchObject({ status: 422, code: 'wrong-code' })
    }
    const pending = await halfway()
    expect((await atTheDoor(pending, 'code', { code: '000000' })).body.code).toBe('account-locked')
    const code = await codeOf(secret)
    expect((await atTheDoor(pending, 'code', { code })).body.code).toBe('account-locked')
    expect((await first()).status).toBe(423)
  })

  test('each code to recover with opens once, and the account says how many are left', async () => {
    const { recoveryCodes } = await enrol()
    const [one = '', two = ''] = recoveryCodes
    const opened = await atTheDoor(await halfway(), 'code', { code: one.toLowerCase() })
    expect(opened.status).toBe(200)
    const token = cookieIn(opened, sessionCookie)
    expect((await account(token)).secondFactor.recoveryCodesLeft).toBe(9)
    expect((await atTheDoor(await halfway(), 'code', { code: one })).body.code).toBe('wrong-code')
    const renewed = (await post(token, 'recovery-codes', { password })).body.recoveryCodes
    expect(new Set(renewed).size).toBe(10)
    expect((await atTheDoor(await halfway(), 'code', { code: two })).body.code).toBe('wrong-code')
    expect((await atTheDoor(await halfway(), 'code', { code: renewed[0] })).status).toBe(200)
  })

  test('secret and codes to recover with lie nowhere in clear', async () => {
    const { secret, recoveryCodes } = await enrol()
    const { rows } = await owner(
      `select account::text as text from auth.account union all select recovery_code::text from auth.recovery_code`,
    )
    expect(rows.length).toBeGreaterThan(10)
    const text = JSON.stringify(rows)
    for (const hidden of [secret, Buffer.from(secret).toString('hex'), ...recoveryCodes])
      expect(text).not.toContain(hidden)
  })

  test('it is changed or turned off with the password only, and then asks no more', async () => {
    const { token, secret } = await enrol()
    for (const rest of ['second-factor', 'second-factor/removal', 'recovery-codes'])
      expect((await post(token, rest, { password: 'not it' })).body.code).toBe('old-password-wrong')
    expect((await post(token, 'second-factor', { password })).status).toBe(200)
    // The new one is not confirmed: the old one holds.
    const opened = await atTheDoor(await halfway(), 'code', { code: await codeOf(secret) })
    expect(opened.status).toBe(200)
    expect((await post(token, 'second-factor/removal', { password })).status).toBe(204)
    expect((await post(token, 'second-factor/removal', { password })).body.code).toBe(
      'no-second-factor',
    )
    expect((await first()).status).toBe(200)
    expect((await account(token)).secondFactor).toEqual({
      since: null,
      needed: false,
      recoveryCodesLeft: 0,
    })
  })

  test('the log has it turned on, used to recover, renewed and turned off', async () => {
    const { rows: before } = await owner('select coalesce(max(id), 0) as id from app.audit')
    const { token, recoveryCodes } = await enrol()
    await atTheDoor(await halfway(), 'code', { code: '000000' })
    await atTheDoor(await halfway(), 'code', { code: recoveryCodes[0] })
    await post(token, 'recovery-codes', { password })
    await post(token, 'second-factor/removal', { password })
    const { rows } = await owner('select * from app.audit where id > $1 order by id', [
      before[0].id,
    ])
    const self = `staff:${ids.get('wang')}`
    expect(rows.map(({ actor, action, detail }) => [actor, action, detail])).toEqual([
      [self, 'session.opened', { by: 'password' }],
      [self, 'account.second-factor-on', null],
      ['visitor', 'session.refused', { because: 'code' }],
      [self, 'account.recovery-code-used', { left: 9 }],
      [self, 'session.opened', { by: 'recovery-code' }],
      [self, 'account.recovery-codes-renewed', null],
      [self, 'account.second-factor-off', null],
    ])
    for (const row of rows) {
      expect([row.subject, row.address]).toEqual([self, '127.0.0.1'])
      expect(row.request_id).toMatch(/^[0-9a-f-]{36}$/)
    }
  })
})

describe('a session before its second factor', () => {
  test('is nobody to the database: role app with its token is told and shown nothing', async () => {
    await enrol()
    const pending = await halfway()
    const app = await running.db.app.pool.connect()
    const asked = async (token: string) => {
      await app.query('begin')
      await app.query(`select set_config('app.token', $1, true)`, [token])
      const { rows } = await app.query(`select auth.actor() as actor, auth.staff_id() as staff,
        auth.role() as role, auth.scope_from() as scope, (select count(*) from auth.caller()) as callers,
        (select count(*) from app.area) as areas, (select count(*) from app.staff) as staff_seen`)
      await app.query('rollback')
      return rows[0]
    }
    const nothing = {
      actor: null,
      staff: null,
      role: null,
      scope: null,
      callers: 0,
      areas: 0,
      staff_seen: 0,
    }
    expect(await asked(pending)).toEqual(nothing)
    const { token } = await running.db.sessionFor({ role: 'advisor', areaId: '310118001001' })
    expect((await asked(token)).callers).toBe(1)
    app.release()
  })

  test('opens no address, in neither cookie', async () => {
    await enrol()
    const pending = await halfway()
    for (const line of ['GET /api/session', 'GET /api/account', 'GET /api/areas'] as const)
      expect((await ask(running.http, line, { token: pending })).status, line).toBe(401)
  })

  test('is over after ten minutes', async () => {
    const { secret } = await enrol()
    const pending = await halfway()
    await owner(`update auth.session set expires_at = expires_at - interval '10 minutes'`)
    const answer = await atTheDoor(pending, 'code', { code: await codeOf(secret) })
    expect(answer.body).toMatchObject({ status: 401, code: 'sign-in-anew' })
  })

  test('that awaits a code sets up no other authenticator', async () => {
    await enrol()
    const answer = await atTheDoor(await halfway(), 'enrolment', {})
    expect(answer.body.code).toBe('sign-in-anew')
  })

  test('is not carried on by a page of another site', async () => {
    await enrol()
    const answer = await running.http.inject({
      method: 'POST',
      url: '/api/session/code',
      cookies: { [secondStepCookie]: await halfway() },
      headers: { 'sec-fetch-site': 'cross-site' },
      payload: { code: '000000' },
    })
    expect(answer.json().code).toBe('csrf-missing')
  })

  test('reaches no table of accounts as role signin, whose functions are its only doors', async () => {
    const signin = openDatabase(running.db.url('signin'), 1)
    for (const table of ['account', 'recovery_code', 'session'])
      await expect(signin.pool.query(`select * from auth.${table}`)).rejects.toThrow(
        'permission denied',
      )
    for (const call of [
      `auth.let_in('${ids.get('wang')}', '', null, 'code', '1 hour', '1 hour')`,
      `auth.keep_recovery_codes('${ids.get('wang')}', '{}')`,
    ])
      await expect(signin.pool.query(`select ${call}`), call).rejects.toThrow('permission denied')
    await signin.close()
  })
})

describe('whoever has the widest rights', () => {
  test.each(['anquan', 'shenpi'])(
    '%s sets up an authenticator before anything opens',
    async (name) => {
      const answer = await first(name)
      expect([answer.status, answer.body]).toEqual([202, { awaits: 'enrolment' }])
      const pending = cookieIn(answer, secondStepCookie)
      expect((await atTheDoor(pending, 'code', { code: '000000' })).body.code).toBe('sign-in-anew')
      expect(
        (await atTheDoor(pending, 'enrolment/confirmation', { code: '000000' })).body.code,
      ).toBe('no-second-factor')
      const { secret, svg } = (await atTheDoor(pending, 'enrolment', {})).body
      expect(svg).toContain('<svg')
      const wrong = await atTheDoor(pending, 'enrolment/confirmation', { code: '000000' })
      expect(wrong.body.code).toBe('wrong-code')
      const on = await atTheDoor(pending, 'enrolment/confirmation', { code: await codeOf(secret) })
      expect(on.body.session.staff.name).toBe(name)
      expect(on.body.recoveryCodes).toHaveLength(10)
      const token = cookieIn(on, sessionCookie)
      expect((await account(token)).secondFactor).toMatchObject({
        needed: true,
        recoveryCodesLeft: 10,
      })
      expect((await post(token, 'second-factor/removal', { password })).body.code).toBe(
        'second-factor-needed',
      )
      expect((await first(name)).body).toEqual({ awaits: 'code' })
    },
  )

  test('is not everybody, unless the settings say so', async () => {
    expect((await first('qu')).status).toBe(200)
    expect((await first('wang')).status).toBe(200)
  })
})
