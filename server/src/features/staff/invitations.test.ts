import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { addStaff, invite } from './accounts.ts'
import { signIn } from './sign-in.ts'

const password = 'a bridge over the Dianpu'

describe('an invitation', () => {
  let running: RunningQiao
  let token: string
  let staffId: string
  let made = 0

  beforeAll(async () => {
    running = await runQiao()
  })
  afterAll(() => running.close())
  beforeEach(async () => {
    made += 1
    const owner = running.db.owner.pool
    staffId = await addStaff(owner, {
      name: '李顾问',
      role: 'advisor',
      areaId: '310118001001',
      username: `li${made}`,
    })
    token = await invite(owner, staffId)
  })

  const look = (given = token) => ask(running.http, `GET /api/invitations/${given}`)
  const accept = (given = password, from = token, headers: Record<string, string> = {}) =>
    ask(running.http, `POST /api/invitations/${from}`, { body: { password: given }, headers })
  const signsIn = async (given = password) =>
    (
      await ask(running.http, 'POST /api/session', {
        body: { username: `li${made}`, password: given },
      })
    ).status

  test('says whom it is for, and lets them choose the password they sign in with', async () => {
    expect((await look()).body).toEqual({
      name: '李顾问',
      roleName: '居村救助顾问',
      username: `li${made}`,
    })
    expect(await signsIn()).toBe(401)
    expect((await accept()).status).toBe(204)
    expect(await signsIn()).toBe(200)
  })

  test('serves once', async () => {
    await accept()
    for (const answer of [await look(), await accept('another long password')]) {
      expect(answer.body).toMatchObject({ status: 410, code: 'invitation-void' })
    }
    expect(await signsIn('another long password')).toBe(401)
    expect(await signsIn()).toBe(200)
  })

  test('used twice at the same moment serves one of the two', async () => {
    const answers = await Promise.all([accept('the first password'), accept('the second password')])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204, 410]))
  })

  test('is void after seven days', async () => {
    const { rows } = await running.db.owner.pool.query(
      `select (expires_at - created_at)::text as life from auth.invitation where staff_id = $1`,
      [staffId],
    )
    expect(rows).toEqual([{ life: '7 days' }])
    await running.db.owner.pool.query(
      `update auth.invitation set expires_at = now() - interval '1 second' where staff_id = $1`,
      [staffId],
    )
    expect((await look()).body.code).toBe('invitation-void')
    expect((await accept()).body).toMatchObject({ status: 410, code: 'invitation-void' })
    expect(await signsIn()).toBe(401)
  })

  test('is void when invented, and when the invited person has left', async () => {
    const invented = 'x'.repeat(43)
    expect((await look(invented)).status).toBe(410)
    expect((await accept(password, invented)).status).toBe(410)
    await running.db.owner.pool.query('update app.staff set active = false where id = $1', [
      staffId,
    ])
    expect((await look()).status).toBe(410)
    expect((await accept()).status).toBe(410)
  })

  test.each([
    ['eleven characters', 'eleven char'],
    ['four different characters', 'abcdabcdabcdabcd'],
    ['more than 128 characters', 'abcdefgh'.repeat(17)],
    ['nothing', ''],
  ])('does not take %s for a password, and stays good', async (_what, weak) => {
    const answer = await accept(weak)
    expect(answer.body).toMatchObject({
      status: 422,
      code: 'weak-password',
      errors: [{ path: '/body/password' }],
    })
    expect((await accept()).status).toBe(204)
  })

  test('does not take the account’s name in the password, in whatever letters', async () => {
    expect((await accept(`LI${made} is my own name`)).body.code).toBe('weak-password')
  })

  test('takes twelve characters of any script', async () => {
    expect((await accept('青浦桥下水向东流到大海')).body.code).toBe('weak-password')
    expect((await accept('青浦桥下水向东流到大海去')).status).toBe(204)
    expect(await signsIn('青浦桥下水向东流到大海去')).toBe(200)
  })

  test('is stored hashed', async () => {
    const { rows } = await running.db.owner.pool.query(
      'select invitation::text as text from auth.invitation',
    )
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('to choose a new password ends every session of the old one, and the lock', async () => {
    await accept()
    const { token: old } = await signIn(
      running.db.signin,
      { username: `li${made}`, password },
      { requestId: 'test', address: '10.0.0.1' },
      'none',
    )
    for (let i = 0; i < 5; i++) await signsIn('not the password')
    expect(await signsIn()).toBe(423)
    const second = await invite(running.db.owner.pool, staffId)
    expect((await accept('quite another password', second)).status).toBe(204)
    expect((await ask(running.http, 'GET /api/session', { token: old })).status).toBe(401)
    expect(await signsIn('quite another password')).toBe(200)
    expect(await signsIn()).toBe(401)
  })

  test('is not accepted from a page of another site, nor with more than a password', async () => {
    expect((await accept(password, token, { 'sec-fetch-site': 'cross-site' })).body.code).toBe(
      'csrf-missing',
    )
    const more = { password, role: 'district' }
    expect((await ask(running.http, `POST /api/invitations/${token}`, { body: more })).status).toBe(
      400,
    )
    expect(await signsIn()).toBe(401)
  })
})
