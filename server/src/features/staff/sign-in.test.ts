import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, type Answer, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { openDatabase } from '../../platform/db/database.ts'
import { sessionCookie } from '../../platform/http/caller.ts'
import { addStaff } from './accounts.ts'
import { hashPassword } from './passwords.ts'

const password = 'a bridge over the Dianpu'
let running: RunningQiao
let staffId: string

beforeAll(async () => {
  running = await runQiao()
  staffId = await addStaff(running.db.owner.pool, {
    name: '王顾问',
    role: 'advisor',
    areaId: '310118001001',
    username: 'wang',
  })
})
afterAll(() => running.close())
beforeEach(async () => {
  await owner(
    'update auth.account set password_hash = $1, failures = 0, first_failure_at = null, locked_until = null',
    [await hashPassword(password)],
  )
  await owner('delete from auth.session', [])
})

const owner = (text: string, values: unknown[]) => running.db.owner.pool.query(text, values)
/** Of people: the program opens its own at any time. */
const sessions = async () =>
  (await owner('select * from auth.session where staff_id is not null', [])).rows
/** Each test comes from an address of its own, so that none is put off for the tries of another. */
let address = ''
let addresses = 0
beforeEach(() => {
  addresses += 1
  address = `10.0.0.${addresses}`
})

const signIn = (username: string, given: string, headers: Record<string, string> = {}) =>
  ask(running.http, 'POST /api/session', { body: { username, password: given }, headers, address })

function tokenIn({ cookie }: Answer): string {
  return new RegExp(`${sessionCookie}=([^;]+)`).exec(cookie)?.[1] ?? ''
}
async function fail(times: number): Promise<void> {
  for (let i = 0; i < times; i++) await signIn('wang', 'not the password')
}

describe('the right password', () => {
  test('opens a session, in a cookie that no script reads and no other site sends', async () => {
    const answer = await signIn('wang', password)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      staff: {
        id: staffId,
        name: '王顾问',
        role: 'advisor',
        roleName: '居村救助顾问',
        area: { id: '310118001001' },
      },
      mode: 'production',
      today: '2025-06-01',
    })
    expect(answer.cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(JSON.stringify(answer.body)).not.toContain(tokenIn(answer))
    const again = await ask(running.http, 'GET /api/session', { token: tokenIn(answer) })
    expect(again.body).toEqual(answer.body)
  })

  test('behind TLS the cookie is for TLS and this host only', async () => {
    const tls = { 'x-forwarded-proto': 'https' }
    address = '127.0.0.1'
    const answer = await signIn('wang', password, tls)
    expect(answer.cookie).toMatch(/^__Host-qiao_session=[^;]+; Path=\/; HttpOnly; Secure/m)
    const asking = async (name: string) => {
      const headers = { ...tls, cookie: `${name}=${tokenIn(answer)}` }
      return (await ask(running.http, 'GET /api/session', { headers, address })).status
    }
    expect(await asking('__Host-qiao_session')).toBe(200)
    // A name that another host of the domain could set is not read.
    expect(await asking('qiao_session')).toBe(401)
    address = '10.0.0.99'
    expect((await signIn('wang', password, tls)).cookie).not.toMatch(/__Host|; Secure/)
  })

  test('is stored hashed, like the token of the session', async () => {
    const token = tokenIn(await signIn('wang', password))
    const { rows } = await owner(
      `select account::text as text from auth.account
       union all select session::text from auth.session where staff_id = $1`,
      [staffId],
    )
    expect(rows).toHaveLength(2)
    for (const { text } of rows) {
      expect(text).not.toContain(password)
      expect(text).not.toContain(token)
    }
    expect(JSON.stringify(rows)).toContain('$argon2id$')
  })

  test.each(['app', 'signin', 'reports'] as const)(
    'is read by nobody: role %s reaches neither accounts nor sessions nor invitations',
    async (role) => {
      const database = openDatabase(running.db.url(role), 1)
      for (const table of ['account', 'session', 'invitation']) {
        await expect(database.pool.query(`select * from auth.${table}`)).rejects.toThrow(
          `permission denied for table ${table}`,
        )
      }
      await database.close()
    },
  )

  test('counts typed in another way that looks the same', async () => {
    await owner('update auth.account set password_hash = $1', [
      await hashPassword('café on the Dianpu'),
    ])
    expect((await signIn('wang', 'cafe\u0301 on the Dianpu')).status).toBe(200)
  })

  test('opens nothing for somebody who has left, nor keeps open what was', async () => {
    const token = tokenIn(await signIn('wang', password))
    await owner('update app.staff set active = false where id = $1', [staffId])
    expect((await ask(running.http, 'GET /api/session', { token })).status).toBe(401)
    expect(await signIn('wang', password)).toMatchObject({
      status: 401,
      body: { code: 'wrong-password' },
    })
    await owner('update app.staff set active = true where id = $1', [staffId])
  })
})

describe('a wrong password', () => {
  test('is answered like an account that does not exist, or has no password yet', async () => {
    await addStaff(running.db.owner.pool, {
      name: '新人',
      role: 'advisor',
      areaId: '310118001001',
      username: 'new',
    })
    await owner(`update auth.account set password_hash = null where username = 'new'`, [])
    const answers = await Promise.all([
      signIn('wang', 'not the password'),
      signIn('nobody', password),
      signIn('new', password),
      signIn('WANG', password),
    ])
    for (const { status, type, body, headers } of answers) {
      const { requestId, ...said } = body
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
      expect([status, type]).toEqual([401, 'application/problem+json; charset=utf-8'])
      expect(said).toEqual({
        type: '/problems/wrong-password',
        code: 'wrong-password',
        title: '账号或口令不对',
        status: 401,
        detail: '请核对后重试；连续输错 5 次将锁定 15 分钟。',
      })
      expect(headers['set-cookie']).toBeUndefined()
    }
    expect(await sessions()).toEqual([])
  })

  test('takes as long for an account that does not exist as for one that does', async () => {
    const took = { wang: [] as number[], nobody: [] as number[] }
    for (let i = 0; i < 15; i++) {
      await owner('update auth.account set failures = 0, locked_until = null', [])
      for (const name of ['wang', 'nobody'] as const) {
        const began = performance.now()
        await signIn(name, 'not the password')
        took[name].push(performance.now() - began)
      }
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[7] ?? 0
    const ratio = median(took.wang) / median(took.nobody)
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.7)
  })

  test('five times locks the account, even against the right one', async () => {
    await fail(4)
    expect((await signIn('wang', 'not the password')).body).toMatchObject({
      status: 423,
      code: 'account-locked',
    })
    expect((await signIn('wang', password)).body).toMatchObject({
      status: 423,
      code: 'account-locked',
    })
    expect(await sessions()).toEqual([])
  })

  test('four times does not, and the right one clears the count', async () => {
    await fail(4)
    expect((await signIn('wang', password)).status).toBe(200)
    await fail(4)
    expect((await signIn('wang', password)).status).toBe(200)
  })

  test('tried many times at once is counted each time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => signIn('wang', 'not the password')))
    expect((await signIn('wang', password)).status).toBe(423)
  })

  test('longer than a quarter of an hour ago counts no more', async () => {
    await fail(4)
    await owner(
      `update auth.account set first_failure_at = first_failure_at - interval '15 minutes'`,
      [],
    )
    await fail(1)
    expect((await signIn('wang', password)).status).toBe(200)
  })

  test('locks for a quarter of an hour, no longer', async () => {
    await fail(5)
    const { rows } = await owner(
      `select extract(epoch from locked_until - now())::int between 890 and 900 as quarter from auth.account where locked_until is not null`,
      [],
    )
    expect(rows).toEqual([{ quarter: true }])
    await later('14 minutes 50 seconds')
    expect((await signIn('wang', password)).status).toBe(423)
    await later('10 seconds')
    expect((await signIn('wang', 'not the password')).status).toBe(401)
    expect((await signIn('wang', password)).status).toBe(200)
  })

  /** Moves what the account remembers into the past. */
  async function later(interval: string): Promise<void> {
    await owner(
      `update auth.account set locked_until = locked_until - $1::interval, first_failure_at = first_failure_at - $1::interval`,
      [interval],
    )
  }
})

describe('a session', () => {
  test('ends when its holder signs out, and only that one', async () => {
    const [mine, other] = [
      tokenIn(await signIn('wang', password)),
      tokenIn(await signIn('wang', password)),
    ]
    const answer = await ask(running.http, 'DELETE /api/session', { token: mine })
    expect([answer.status, answer.body]).toEqual([204, undefined])
    expect(answer.cookie).toMatch(new RegExp(`^${sessionCookie}=; .*Expires=Thu, 01 Jan 1970`))
    expect((await ask(running.http, 'GET /api/session', { token: mine })).status).toBe(401)
    expect((await ask(running.http, 'GET /api/areas', { token: mine })).status).toBe(401)
    expect((await ask(running.http, 'GET /api/session', { token: other })).status).toBe(200)
  })

  test.each([
    ['twelve hours after it began', `expires_at = expires_at - interval '12 hours'`],
    ['half an hour after it was last used', `seen_at = seen_at - interval '30 minutes'`],
  ])('is over %s', async (_when, change) => {
    const token = tokenIn(await signIn('wang', password))
    await owner(`update auth.session set ${change}`, [])
    expect((await ask(running.http, 'GET /api/areas', { token })).body).toMatchObject({
      status: 401,
      code: 'not-signed-in',
    })
  })

  test('in use does not rest', async () => {
    const token = tokenIn(await signIn('wang', password))
    await owner(`update auth.session set seen_at = seen_at - interval '25 minutes'`, [])
    expect((await ask(running.http, 'GET /api/areas', { token })).status).toBe(200)
    const { rows } = await owner(
      `select seen_at > now() - interval '1 minute' as fresh from auth.session`,
      [],
    )
    expect(rows).toEqual([{ fresh: true }])
  })

  test('is not opened for a page of another site', async () => {
    for (const site of ['cross-site', 'same-site']) {
      expect((await signIn('wang', password, { 'sec-fetch-site': site })).body).toMatchObject({
        status: 403,
        code: 'csrf-missing',
      })
    }
    expect((await signIn('wang', password, { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })

  test('is not taken from a token that the visitor brought along', async () => {
    const brought = 'a-token-somebody-else-chose-and-knows'
    const answer = await ask(running.http, 'POST /api/session', {
      token: brought,
      body: { username: 'wang', password },
      address,
    })
    expect(tokenIn(answer)).not.toBe(brought)
    expect((await ask(running.http, 'GET /api/session', { token: brought })).status).toBe(401)
  })

  test('of the program itself lets nobody in over HTTP', async () => {
    const token = await running.db.jobToken('match')
    expect((await ask(running.http, 'GET /api/session', { token })).status).toBe(401)
    expect((await ask(running.http, 'GET /api/households', { token })).status).toBe(401)
  })
})

describe('what is asked wrongly', () => {
  test.each([
    ['no password', { username: 'wang' }],
    ['a password that is no text', { username: 'wang', password: 123_456_789_012 }],
    ['null for a password', { username: 'wang', password: null }],
    ['a key nobody knows', { username: 'wang', password, remember: true }],
    ['an empty name', { username: '', password }],
  ])('%s is refused before anything is compared', async (_what, body) => {
    const answer = await ask(running.http, 'POST /api/session', { body, address })
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-request'])
    expect(answer.body.errors.length).toBeGreaterThan(0)
    const { rows } = await owner(`select failures from auth.account where username = 'wang'`, [])
    expect(rows).toEqual([{ failures: 0 }])
  })

  test('more than sixty tries a minute from one address are put off', async () => {
    for (let i = 0; i < 60; i++) await ask(running.http, 'POST /api/session', { body: {}, address })
    const answer = await signIn('wang', password)
    expect(answer.body).toMatchObject({ status: 429, code: 'too-many-requests' })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    address = '10.0.1.1'
    expect((await signIn('wang', password)).status).toBe(200)
  })
})
