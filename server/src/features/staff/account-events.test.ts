import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { sessionCookie } from '../../platform/http/caller.ts'
import { addStaff } from './accounts.ts'
import { hashPassword } from './passwords.ts'

const password = 'a bridge over the Dianpu'
const chosen = 'five arches in the water'
const firefox = (version: number) =>
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`
const safari = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1'
let running: RunningQiao
let security: string

beforeAll(async () => {
  running = await runQiao()
  security = (
    await running.db.sessionFor({ role: 'security-admin', areaId: '310118', name: '安管' })
  ).token
  for (const username of ['wang', 'li'])
    await addStaff(running.db.owner.pool, {
      name: username,
      role: 'advisor',
      areaId: '310118001001',
      username,
    })
  await running.db.owner.pool.query('update auth.account set password_hash = $1', [
    await hashPassword(password),
  ])
}, 120_000)
afterAll(() => running.close())

async function signIn(username: string, agent: string, given = password): Promise<string> {
  const answer = await ask(running.http, 'POST /api/session', {
    body: { username, password: given },
    address: '10.0.0.7',
    headers: { 'user-agent': agent },
  })
  return new RegExp(`${sessionCookie}=([^;]+)`).exec(answer.cookie)?.[1] ?? ''
}
type Told = Readonly<{ id: number; what: string; mine: boolean | null; here: boolean }>
const told = async (token: string): Promise<Told[]> =>
  (await ask(running.http, 'GET /api/account', { token })).body.events
const answer = (token: string, events: number[], mine: boolean) =>
  ask(running.http, 'POST /api/account/events/answer', { token, body: { events, mine } })
const alerts = async () =>
  (await ask(running.http, 'GET /api/alerts', { token: security })).body.items

describe('the holder of an account', () => {
  test('is told of a browser they never came from, and not of a newer version of one', async () => {
    expect(await told(await signIn('wang', firefox(140)))).toEqual([])
    expect(await told(await signIn('wang', firefox(141)))).toEqual([])
    const strange = await signIn('wang', safari)
    expect(await told(strange)).toMatchObject([
      { what: 'new-browser', agent: safari, address: '10.0.0.7', here: true, mine: null },
    ])
    expect(await told(await signIn('wang', firefox(141)))).toMatchObject([
      { what: 'new-browser', here: false, mine: null },
    ])
  })

  test('is not answered for in the session that did it', async () => {
    const [strange, own] = [await signIn('wang', 'curl/8.0'), await signIn('wang', firefox(141))]
    const [event] = await told(own)
    expect((await answer(strange, [event?.id ?? 0], true)).body).toEqual({ answered: 0 })
    expect((await answer(own, [event?.id ?? 0], true)).body).toEqual({ answered: 1 })
    expect((await told(strange))[0]).toMatchObject({ id: event?.id, mine: true })
  })

  test('is told of a password changed in another session, at the next sign-in and until they answer', async () => {
    const token = await signIn('wang', firefox(141))
    await ask(running.http, 'POST /api/account/password', { token, body: { password, chosen } })
    for (const next of [1, 2]) {
      const [event] = await told(await signIn('wang', firefox(141), chosen))
      expect([next, event?.what, event?.here, event?.mine]).toEqual([
        next,
        'password-changed',
        false,
        null,
      ])
    }
  })

  test('who says that it was not they alerts the security administrator at once', async () => {
    const own = await signIn('wang', firefox(141), chosen)
    const [event] = await told(own)
    expect(await alerts()).toEqual([])
    expect((await answer(own, [event?.id ?? 0], false)).body).toEqual({ answered: 1 })
    expect(await alerts()).toMatchObject([
      { pattern: 'account-disowned', name: 'wang', settledAt: null, evidence: [{ count: 1 }] },
    ])
    const { rows } = await running.db.owner.pool.query<{ action: string }>(
      `select action from app.audit where action in ('account.owned', 'account.disowned') order by id`,
    )
    expect(rows.map(({ action }) => action)).toEqual(['account.owned', 'account.disowned'])
  })

  test('is told what an administrator did, without where the administrator sits', async () => {
    const found = await ask(running.http, 'POST /api/accounts/find', {
      token: security,
      body: { q: 'wang' },
    })
    const { id } = found.body.accounts[0]
    await ask(running.http, `POST /api/accounts/${id}/link`, {
      token: security,
      body: { reason: '手机丢失', secondFactor: false },
    })
    await running.db.owner.pool.query('update auth.account set password_hash = $1', [
      await hashPassword(password),
    ])
    const [event] = await told(await signIn('wang', firefox(141)))
    expect(event).toMatchObject({ what: 'reset', byOther: true, address: null, agent: null })
  })

  test('is told nothing of another account, and answers for none', async () => {
    const [event] = await told(await signIn('wang', firefox(141)))
    const other = await signIn('li', firefox(141))
    expect(await told(other)).toEqual([])
    expect((await answer(other, [event?.id ?? 0], true)).body).toEqual({ answered: 0 })
  })
})
