import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { runCommand } from '../../../test/running-command.ts'
import { commandEnvironment } from '../../../test/running-qiao.ts'
import { acceptInvitation } from './sign-in.ts'

const password = 'a bridge over the Dianpu'

describe('qiao staff', () => {
  let db: TestDatabase
  let environment: Awaited<ReturnType<typeof commandEnvironment>>

  beforeAll(async () => {
    db = await createTestDatabase()
    environment = await commandEnvironment(db)
  })
  afterAll(async () => {
    await environment.remove()
    await db.close()
  })

  const staff = (...args: string[]) => runCommand(['staff', ...args], { env: environment.env })
  const lines = (out: string) =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
  const tokens = (out: string) =>
    lines(out).map(([, , link = '']) => link.replace('/invitation/', ''))
  const accounts = async () => {
    const { rows } = await db.owner.pool.query(
      `select username, role, count(*) over (partition by staff_id)::int as accounts
       from app.staff join auth.account on staff_id = id order by role`,
    )
    return rows
  }

  test('invite-first makes the three administrators, three people with one role and one account each', async () => {
    const first = await staff('invite-first')
    expect(first.code).toBe(0)
    expect(lines(first.out).map(([name, account]) => [name, account])).toEqual([
      ['系统管理员', 'system-admin'],
      ['安全管理员', 'security-admin'],
      ['审计管理员', 'audit-admin'],
    ])
    expect(new Set(tokens(first.out)).size).toBe(3)
    expect(await accounts()).toEqual([
      { username: 'audit-admin', role: 'audit-admin', accounts: 1 },
      { username: 'security-admin', role: 'security-admin', accounts: 1 },
      { username: 'system-admin', role: 'system-admin', accounts: 1 },
    ])
  })

  test('invite-first again invites the same three, and the earlier invitations are void', async () => {
    const before = tokens((await staff('invite-first')).out)
    const again = tokens((await staff('invite-first')).out)
    expect(await accounts()).toHaveLength(3)
    for (const old of before) {
      await expect(acceptInvitation(db.signin, old, password)).rejects.toMatchObject({
        code: 'invitation-void',
      })
    }
    await acceptInvitation(db.signin, again[0] ?? '', password)
  })

  test('invite-first leaves alone who has a password, and refuses once all three have', async () => {
    const left = await staff('invite-first')
    expect(lines(left.out).map(([, account]) => account)).toEqual(['security-admin', 'audit-admin'])
    for (const token of tokens(left.out)) await acceptInvitation(db.signin, token, password)
    const refused = await staff('invite-first')
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.err).toContain('already have their passwords')
  })

  test('no account is given to a second person or a second role', async () => {
    const second = [
      '--name',
      '某人',
      '--role',
      'audit-admin',
      '--area',
      '310118',
      '--username',
      'system-admin',
    ]
    const refused = await staff('add', ...second)
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.err).toContain('There already is an account "system-admin"')
    expect(await accounts()).toHaveLength(3)
  })

  test.each([
    [
      'an unknown role',
      ['--name', '某人', '--role', 'god', '--area', '310118', '--username', 'x'],
      2,
      'no role "god"',
    ],
    [
      'an unknown area',
      ['--name', '某人', '--role', 'advisor', '--area', '999999', '--username', 'x'],
      1,
      'no area "999999"',
    ],
    [
      'a missing name',
      ['--role', 'advisor', '--area', '310118', '--username', 'x'],
      2,
      'are all needed',
    ],
    ['an option nobody knows', ['--password', 'secret'], 2, '--password'],
  ])('add refuses %s and makes nobody', async (_what, args, code, says) => {
    const refused = await staff('add', ...args)
    expect([refused.code, refused.out]).toEqual([code, ''])
    expect(refused.err).toContain(says)
    const { rows } = await db.owner.pool.query('select count(*)::int as n from app.staff')
    expect(rows).toEqual([{ n: 3 }])
  })

  test('add makes an advisor with an invitation, and list says who is still invited', async () => {
    const added = await staff(
      'add',
      '--name',
      '王顾问',
      '--role',
      'advisor',
      '--area',
      '310118001001',
      '--username',
      'wang',
    )
    expect(added.code).toBe(0)
    expect(lines((await staff('list')).out)).toContainEqual([
      'wang',
      'advisor',
      '310118001001',
      'invited',
    ])
    await acceptInvitation(db.signin, tokens(added.out)[0] ?? '', password)
    expect(lines((await staff('list')).out)).toContainEqual([
      'wang',
      'advisor',
      '310118001001',
      'ready',
    ])
  })

  test('an unknown word is answered with what there is', async () => {
    const refused = await staff('remove')
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('qiao staff invite-first')
  })

  test('reset takes password and sessions away, the authenticator where asked, and says so in the log', async () => {
    const state = async () =>
      (
        await db.owner.pool.query(
          `select password_hash is null as reset, totp_secret is null as off from auth.account where username = 'wang'`,
        )
      ).rows[0]
    await db.owner.pool.query(
      `update auth.account set totp_secret = '\\x01', totp_on_at = now() where username = 'wang'`,
    )
    const first = await staff('reset', '--username', 'wang')
    expect([first.code, await state()]).toEqual([0, { reset: true, off: false }])
    const second = await staff('reset', '--username', 'wang', '--second-factor')
    expect(await state()).toEqual({ reset: true, off: true })
    const token = second.out.trim().split('/invitation/')[1] ?? ''
    await acceptInvitation(db.signin, token, password)
    const { rows } = await db.owner.pool.query(
      `select actor, detail from app.audit where action = 'account.reset' order by id`,
    )
    expect(rows).toEqual([
      { actor: 'job:staff', detail: { secondFactor: false, sessionsEnded: 0 } },
      { actor: 'job:staff', detail: { secondFactor: true, sessionsEnded: 0 } },
    ])
    expect((await staff('reset', '--username', 'nobody')).err).toContain('no account "nobody"')
  })
})
