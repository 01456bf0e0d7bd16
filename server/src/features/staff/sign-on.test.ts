import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { type SignOnProvider, startProvider } from '../../../test/sign-on-provider.ts'
import { readConfig } from '../../platform/config.ts'
import { addStaff, invite } from './accounts.ts'

const page = 'http://qiao.test/sign-on'
let provider: SignOnProvider
let running: RunningQiao
/** Without a claim that names the account: by invitation only. */
let strict: RunningQiao
let made = 0
beforeAll(async () => {
  provider = await startProvider(page)
  const settings = {
    QIAO_OIDC_ISSUER: provider.issuer,
    QIAO_OIDC_CLIENT_ID: 'qiao',
    QIAO_OIDC_CLIENT_SECRET: 'a secret of the test',
  }
  running = await runQiao('production', { ...settings, QIAO_OIDC_CLAIM: 'preferred_username' })
  strict = await runQiao('production', settings)
})
afterAll(async () => {
  await running.close()
  await strict.close()
  await provider.stop()
})

let username = ''
let staffId = ''
beforeEach(async () => {
  made += 1
  username = `wang${made}`
  for (const one of [running, strict])
    staffId = await addStaff(one.db.owner.pool, {
      name: `王顾问${made}`,
      role: 'advisor',
      areaId: '310118001001',
      username,
    })
})

type Jar = Map<string, string>
async function send(on: RunningQiao, url: string, body: object, jar: Jar): Promise<Answer['body']> {
  const answer = await on.http.inject({
    method: 'POST',
    url,
    headers: { host: 'qiao.test' },
    cookies: Object.fromEntries(jar),
    payload: body,
  })
  for (const { name, value } of answer.cookies) jar.set(name, value)
  return { status: answer.statusCode, ...answer.json() }
}
const begin = (jar: Jar, on = running, invitation?: string) =>
  send(on, '/api/sign-on', invitation ? { invitation } : {}, jar)

/** The whole way: out to the provider, and back with what it sends. */
async function signOn(login: string, on = running, invitation?: string) {
  const jar: Jar = new Map()
  const { address } = await begin(jar, on, invitation)
  const query = await provider.visit(address, login)
  const answer = await send(on, '/api/sign-on/answer', { query }, jar)
  return { answer, jar, query }
}
const whoIs = async (jar: Jar, on = running) =>
  (
    await on.http.inject({ method: 'GET', url: '/api/session', cookies: Object.fromEntries(jar) })
  ).json()
const logged = async (on = running) =>
  (
    await on.db.owner.pool.query(
      `select actor, action, subject, detail from app.audit where action like 'session.%' or action like 'account.%' order by id desc limit 2`,
    )
  ).rows.reverse()

describe('the sign-on of the district', () => {
  test('opens a session of the account that the configured claim names, and is bound from then on', async () => {
    const { answer, jar } = await signOn(username)
    expect(answer).toEqual({ status: 200, awaits: null })
    const { rows } = await running.db.owner.pool.query(
      'select staff_id from auth.sign_on where issuer = $1 and subject = $2',
      [provider.issuer, username],
    )
    expect((await whoIs(jar)).staff.id).toBe(rows[0]?.staff_id)
    const self = `staff:${rows[0]?.staff_id}`
    expect(await logged()).toEqual([
      { actor: self, action: 'account.sign-on-bound', subject: self, detail: null },
      { actor: self, action: 'session.opened', subject: self, detail: { by: 'sign-on' } },
    ])
    await running.db.owner.pool.query('update auth.account set username = $2 where username = $1', [
      username,
      `${username}-renamed`,
    ])
    expect((await signOn(username)).answer.status).toBe(200)
    await addStaff(running.db.owner.pool, {
      name: '另一人',
      role: 'advisor',
      areaId: '310118001001',
      username,
    })
    expect((await whoIs((await signOn(username)).jar)).staff.name).toBe(`王顾问${made}`)
  })

  test('asks with PKCE, a state and a nonce', async () => {
    const { address } = await begin(new Map())
    const { searchParams } = new URL(address)
    expect(searchParams.get('code_challenge_method')).toBe('S256')
    expect(searchParams.get('redirect_uri')).toBe(page)
    for (const name of ['code_challenge', 'state', 'nonce'])
      expect(searchParams.get(name)?.length, name).toBeGreaterThan(40)
  })

  test('opens nothing for a subject nobody knows, and says so without a name in the log', async () => {
    const { answer, jar } = await signOn('somebody')
    expect(answer).toMatchObject({ status: 403, code: 'sign-on-unknown' })
    expect(jar.get('qiao_session')).toBeUndefined()
    expect((await logged()).at(-1)).toEqual({
      actor: 'visitor',
      action: 'session.refused',
      subject: null,
      detail: { because: 'unknown' },
    })
  })

  test('without such a claim knows nobody by name, only who accepted an invitation through it', async () => {
    expect((await signOn(username, strict)).answer.code).toBe('sign-on-unknown')
    const token = await invite(strict.db.owner.pool, staffId)
    const accepted = await signOn(username, strict, token)
    expect(accepted.answer).toEqual({ status: 200, awaits: null })
    expect((await whoIs(accepted.jar, strict)).staff.id).toBe(staffId)
    const own = {
      method: 'GET',
      url: '/api/account',
      cookies: Object.fromEntries(accepted.jar),
    } as const
    expect((await strict.http.inject(own)).json()).toMatchObject({ username, hasPassword: false })
    expect((await signOn(username, strict)).answer.status).toBe(200)
    const again = await invite(strict.db.owner.pool, staffId)
    expect((await signOn(`another${made}`, strict, again)).answer.code).toBe('sign-on-unknown')
    expect((await signOn(`another${made}`, strict, token)).answer.code).toBe('sign-on-unknown')
  })

  test('gives one person one account: whoever is bound accepts no second invitation', async () => {
    const token = await invite(strict.db.owner.pool, staffId)
    await signOn(username, strict, token)
    const second = await addStaff(strict.db.owner.pool, {
      name: '第二岗',
      role: 'district',
      areaId: '310118',
      username: `second${made}`,
    })
    const other = await invite(strict.db.owner.pool, second)
    expect((await signOn(username, strict, other)).answer.code).toBe('sign-on-unknown')
    expect((await whoIs((await signOn(username, strict)).jar, strict)).staff.id).toBe(staffId)
  })

  test('opens nothing for somebody who has left, or whose account is locked', async () => {
    await signOn(username)
    const set = (text: string) =>
      running.db.owner.pool.query(
        `${text} where ${text.includes('app.staff') ? 'id' : 'staff_id'} = (select staff_id from auth.account where username = $1)`,
        [username],
      )
    await set(`update auth.account set locked_until = now() + interval '1 minute'`)
    expect((await signOn(username)).answer).toMatchObject({ status: 423, code: 'account-locked' })
    await set(`update auth.account set locked_until = null`)
    await set(`update app.staff set active = false`)
    expect((await signOn(username)).answer.code).toBe('sign-on-unknown')
  })

  test('does not stand in for the second factor of an account', async () => {
    const { rows } = await running.db.owner.pool.query(
      `insert into app.staff (name, role, area_id) values ('安全员', 'security-admin', '310118') returning id`,
    )
    await running.db.owner.pool.query(
      'insert into auth.account (staff_id, username) values ($1, $2)',
      [rows[0]?.id, `anquan${made}`],
    )
    const { answer, jar } = await signOn(`anquan${made}`)
    expect(answer).toEqual({ status: 200, awaits: 'enrolment' })
    expect(jar.get('qiao_session')).toBeFalsy()
  })
})

describe('what comes back is refused', () => {
  const failed = { status: 502, code: 'sign-on-failed' }
  test('in another browser than the one that left', async () => {
    const { address } = await begin(new Map())
    const query = await provider.visit(address, username)
    expect(await send(running, '/api/sign-on/answer', { query }, new Map())).toMatchObject(failed)
    const other: Jar = new Map()
    await begin(other)
    expect(await send(running, '/api/sign-on/answer', { query }, other)).toMatchObject(failed)
  })

  test('with another state, another code, or a second time', async () => {
    for (const change of [
      (query: string) => query.replace(/state=[^&]+/, 'state=another'),
      (query: string) => query.replace(/code=[^&]+/, 'code=another'),
      () => '?error=access_denied',
      () => '',
    ]) {
      const jar: Jar = new Map()
      const { address } = await begin(jar)
      const query = change(await provider.visit(address, username))
      expect(await send(running, '/api/sign-on/answer', { query }, jar)).toMatchObject(failed)
    }
    const jar: Jar = new Map()
    const { address } = await begin(jar)
    const kept: Jar = new Map(jar)
    const query = await provider.visit(address, username)
    expect((await send(running, '/api/sign-on/answer', { query }, jar)).status).toBe(200)
    expect(await send(running, '/api/sign-on/answer', { query }, kept)).toMatchObject(failed)
  })
})

test('is offered only where it is set, and half a setting stops the start', async () => {
  const offered = async (on: RunningQiao) =>
    (await on.http.inject({ method: 'GET', url: '/api/sign-on' })).json()
  expect(await offered(running)).toEqual({ offered: true })
  expect(readConfig({}).signOn).toBeUndefined()
  const issuer = 'https://sso.example.gov.cn'
  expect(() => readConfig({ QIAO_OIDC_ISSUER: issuer })).toThrow('QIAO_OIDC_CLIENT_ID')
  expect(() =>
    readConfig({
      QIAO_OIDC_ISSUER: 'http://sso.example.gov.cn',
      QIAO_OIDC_CLIENT_ID: 'qiao',
      QIAO_OIDC_CLIENT_SECRET: 'x',
    }),
  ).toThrow('no https address')
})
