import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { sessionCookie } from '../../platform/http/caller.ts'
import { addStaff } from './accounts.ts'
import { hashPassword } from './passwords.ts'

const password = 'a bridge over the Dianpu'
const chosen = 'five arches in the water'
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
let running: RunningQiao
let staffId: string
let hash: string

beforeAll(async () => {
  running = await runQiao()
  hash = await hashPassword(password)
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
    [hash],
  )
  await owner('delete from auth.session')
})

const owner = (text: string, values: unknown[] = []) => running.db.owner.pool.query(text, values)

async function signIn(given = password, address = '10.0.0.1'): Promise<string> {
  const answer = await ask(running.http, 'POST /api/session', {
    body: { username: 'wang', password: given },
    address,
    headers: { 'user-agent': firefox },
  })
  return new RegExp(`${sessionCookie}=([^;]+)`).exec(answer.cookie)?.[1] ?? ''
}
const change = (token: string, body: object) =>
  ask(running.http, 'POST /api/account/password', { token, body, address: '10.0.0.1' })
const account = async (token: string) =>
  (await ask(running.http, 'GET /api/account', { token })).body
const isOpen = async (token: string) =>
  (await ask(running.http, 'GET /api/session', { token })).status === 200

describe('the own password', () => {
  test('is changed by whoever knows it, and every other session ends', async () => {
    const [mine, other] = [await signIn(), await signIn()]
    const answer = await change(mine, { password, chosen })
    expect([answer.status, answer.body]).toEqual([200, { ended: 1 }])
    expect([await isOpen(mine), await isOpen(other)]).toEqual([true, false])
    expect(await signIn()).toBe('')
    expect(await signIn(chosen)).not.toBe('')
    expect((await account(mine)).passwordChangedAt).toMatch(/^20\d\d-/)
  })

  test('stays when the old one is wrong, which counts as a failure at the door', async () => {
    const token = await signIn()
    for (let i = 0; i < 4; i++) {
      const answer = await change(token, { password: 'not the password', chosen })
      expect(answer.body).toMatchObject({ status: 422, code: 'old-password-wrong' })
    }
    const fifth = await change(token, { password: 'not the password', chosen })
    expect(fifth.body).toMatchObject({ status: 423, code: 'account-locked' })
    expect((await change(token, { password, chosen })).body.code).toBe('account-locked')
    await owner('update auth.account set locked_until = null, failures = 0')
    expect(await signIn()).not.toBe('')
  })

  test.each([
    ['short', 'over a bit', '口令至少 12 个字符'],
    ['leaked', '1qaz2wsx3edc4rfv', '已泄露'],
    ['the name of its holder and the account', '王顾问wangwang王顾问', '账号'],
  ])('does not become %s', async (_what, weak, why) => {
    const token = await signIn()
    const answer = await change(token, { password, chosen: weak })
    expect(answer.body).toMatchObject({ status: 422, code: 'weak-password' })
    expect(answer.body.errors[0].path).toBe('/body/chosen')
    expect(answer.body.detail).toContain(why)
    expect(await signIn()).not.toBe('')
  })
})

describe('the own sessions', () => {
  test('are listed, this one first, with since when, from where and by which browser', async () => {
    await signIn(password, '10.0.0.7')
    const mine = await signIn()
    await signIn(password, '10.0.0.8')
    const { sessions, username } = await account(mine)
    expect(username).toBe('wang')
    expect(sessions.map(({ current }: { current: boolean }) => current)).toEqual([
      true,
      false,
      false,
    ])
    expect(sessions[0]).toMatchObject({ address: '10.0.0.1', agent: firefox })
    expect(JSON.stringify(sessions)).not.toContain(mine)
  })

  test('leave out what has expired and what is another’s', async () => {
    const mine = await signIn()
    await signIn()
    await owner(
      `update auth.session set expires_at = now() - interval '1 second' where token_hash <> sha256($1::text::bytea)`,
      [mine],
    )
    await running.db.sessionFor({ role: 'advisor', areaId: '310118001001' })
    expect((await account(mine)).sessions).toHaveLength(1)
  })

  test('end one by one or all others at once, never this one', async () => {
    const [mine, second, third] = [await signIn(), await signIn(), await signIn()]
    const { sessions } = await account(mine)
    const end = (rest: string, token = mine) =>
      ask(running.http, `DELETE /api/account/sessions${rest}`, { token })
    expect((await end(`/${sessions[0].id}`)).status).toBe(404)
    expect((await end(`/${sessions[1].id}`)).body).toEqual({ ended: 1 })
    expect((await end(`/${sessions[1].id}`)).status).toBe(404)
    expect((await end('')).body).toEqual({ ended: 1 })
    expect([await isOpen(mine), await isOpen(second), await isOpen(third)]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('of somebody else are not there to end', async () => {
    const mine = await signIn()
    const { sessions } = await account(mine)
    const other = await running.db.sessionFor({ role: 'security-admin', areaId: '310118' })
    const answer = await ask(running.http, `DELETE /api/account/sessions/${sessions[0].id}`, {
      token: other.token,
    })
    expect(answer.status).toBe(404)
    expect(await isOpen(mine)).toBe(true)
  })
})

describe('the audit log', () => {
  type Note = { actor: string; action: string; subject: string | null; detail: unknown }
  async function noted(work: () => Promise<unknown>): Promise<Note[]> {
    const before = (await owner('select coalesce(max(id), 0) as id from app.audit')).rows[0]?.id
    await work()
    const { rows } = await owner(
      `select actor, action, subject, detail, address, request_id from app.audit where id > $1 order by id`,
      [before],
    )
    for (const { address, request_id, ...rest } of rows) {
      expect(address).toBe('10.0.0.1')
      expect(request_id).toMatch(/^[0-9a-f-]{36}$/)
      expect(JSON.stringify(rest)).not.toMatch(/bridge|arches|not the password/)
    }
    return rows.map(({ address: _a, request_id: _r, ...note }) => note)
  }
  const self = () => ({ actor: `staff:${staffId}`, subject: `staff:${staffId}` })
  const at = (line: 'DELETE /api/session' | 'DELETE /api/account/sessions', token: string) =>
    ask(running.http, line, { token, address: '10.0.0.1' })

  test('has who came and went', async () => {
    const notes = await noted(async () => at('DELETE /api/session', await signIn()))
    expect(notes).toEqual([
      { ...self(), action: 'session.opened', detail: { by: 'password' } },
      { ...self(), action: 'session.closed', detail: null },
    ])
  })

  test('has each refusal with the account it was tried on, by nobody in particular', async () => {
    const notes = await noted(async () => {
      for (let i = 0; i < 5; i++) await signIn('not the password')
      await signIn()
    })
    const refused = { actor: 'visitor', action: 'session.refused', subject: `staff:${staffId}` }
    expect(notes).toEqual([
      ...Array.from({ length: 5 }, () => ({ ...refused, detail: { because: 'password' } })),
      { ...refused, action: 'account.locked', detail: { until: expect.any(String) } },
      { ...refused, detail: { because: 'locked' } },
    ])
  })

  test('has of an account that does not exist nothing of what was typed', async () => {
    const typed = 'a bridge over the Dianpu'
    const notes = await noted(() =>
      ask(running.http, 'POST /api/session', {
        body: { username: typed, password: 'x' },
        address: '10.0.0.1',
      }),
    )
    expect(notes).toEqual([
      {
        actor: 'visitor',
        action: 'session.refused',
        subject: null,
        detail: { because: 'unknown' },
      },
    ])
  })

  test('has a changed password and sessions that were ended, with how many', async () => {
    const [mine] = [await signIn(), await signIn(), await signIn()]
    const notes = await noted(async () => {
      await at('DELETE /api/account/sessions', mine)
      await change(mine, { password: 'not the password', chosen })
      await change(mine, { password, chosen })
    })
    expect(notes).toEqual([
      { ...self(), action: 'account.sessions-ended', detail: { sessions: 2 } },
      { ...self(), action: 'session.refused', detail: { because: 'password' } },
      { ...self(), action: 'account.password-changed', detail: { sessionsEnded: 0 } },
    ])
  })

  test('cannot be written without the deed: whoever calls the function outside is refused', async () => {
    for (const database of [running.db.app, running.db.signin]) {
      await expect(
        database.pool.query(`select auth.note('visitor', 'session.opened', null, null)`),
      ).rejects.toThrow('permission denied')
    }
    await expect(
      running.db.app.pool.query(
        `insert into app.audit (actor, action) values ('visitor', 'session.opened')`,
      ),
    ).rejects.toThrow('permission denied')
  })
})
