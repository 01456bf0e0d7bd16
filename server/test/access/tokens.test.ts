import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { callable } from './callable.ts'
import { tables, views } from './catalogue.ts'
import { layOutTwoTownships, outsiders, tokenOf } from './two-townships.ts'

let db: TestDatabase
let app: pg.PoolClient
beforeAll(async () => {
  db = await createTestDatabase()
  await layOutTwoTownships(db.owner)
})
afterAll(() => db.close())
beforeEach(async () => {
  app = await db.app.pool.connect()
  await app.query('begin')
})
afterEach(async () => {
  await app.query('rollback')
  app.release()
})

const readable = [
  ...Object.keys(tables).map((table) => `app.${table}`),
  ...Object.keys(views).filter((view) => views[view]),
]
async function count(relation: string): Promise<number> {
  const { rows } = await app.query<{ n: number }>(`select count(*) as n from ${relation}`)
  return rows[0]?.n ?? -1
}
const claim = (name: string, value: string) =>
  app.query('select set_config($1, $2, true)', [name, value])

test.each(outsiders)('whoever is %s sees no row of any table or view', async (outsider) => {
  const token = tokenOf(outsider)
  if (token) await claim('app.token', token)
  for (const relation of readable) expect(await count(relation), relation).toBe(0)
})

test('a role, area or actor claimed in a setting is worthless', async () => {
  for (const [name, value] of [
    ['app.token', 'made up'],
    ['app.role', 'district'],
    ['app.actor', 'job:match'],
    ['app.scope', '310118'],
    ['app.scope_from', ''],
    ['app.staff_id', '00000000-0000-4000-8000-000000000008'],
  ] as const) {
    await claim(name, value)
  }
  for (const relation of readable) expect(await count(relation), relation).toBe(0)
})

test('beside a live token, claimed settings change nothing of what it shows', async () => {
  await claim('app.token', 'token of advisor')
  for (const [name, value] of [
    ['app.role', 'district'],
    ['app.scope_from', ''],
    ['app.staff_id', '00000000-0000-4000-8000-000000000008'],
  ] as const) {
    await claim(name, value)
  }
  expect(await count('app.household')).toBe(1)
  const { rows } = await app.query('select auth.role() as role, auth.scope_from() as scope')
  expect(rows).toEqual([{ role: 'advisor', scope: '310118001001' }])
})

test('the hash of a token, which a copy of the database would show, opens nothing', async () => {
  const { rows } = await db.owner.pool.query<{ hex: string; text: string }>(
    `select encode(token_hash, 'hex') as hex, encode(token_hash, 'base64') as text from auth.session`,
  )
  for (const { hex, text } of rows) {
    for (const token of [hex, `\\x${hex}`, text]) {
      await claim('app.token', token)
      expect(await count('app.household')).toBe(0)
    }
  }
})

test('a token is presented for one transaction and gone after it', async () => {
  await claim('app.token', 'token of district')
  expect(await count('app.household')).toBe(3)
  await app.query('commit')
  await app.query('begin')
  expect(await count('app.household')).toBe(0)
})

describe.each(outsiders)('to whoever is %s', (outsider) => {
  beforeEach(async () => {
    const token = tokenOf(outsider)
    if (token) await claim('app.token', token)
  })

  test('the functions of the database say nothing', async () => {
    const says = (name: string) => app.query({ text: `select * from ${name}`, rowMode: 'array' })
    const asked = callable.app.filter((name) => name.startsWith('auth.'))
    for (const name of asked) {
      if (name === 'auth.token_hash') continue
      const { rows } = await says(`${name}()`)
      const empty = {
        'auth.caller': [],
        'auth.duty_areas': [[[]]],
        'auth.scales': [[[]]],
        'auth.capabilities': [[[]]],
      }[name] ?? [[null]]
      expect(rows, name).toEqual(empty)
    }
    expect((await says('app.clinical_facts(1)')).rows).toEqual([])
  })

  test('no household’s wide rows are rewritten', async () => {
    const wide = 'select xmin, ctid from app.person_current order by person_id'
    const before = await db.owner.pool.query(wide)
    await app.query(`select app.refresh_current('{1,2,3}', '2025-06-01', 35)`)
    await app.query('commit')
    expect((await db.owner.pool.query(wide)).rows).toEqual(before.rows)
  })

  test('no fact is recorded', async () => {
    const record = `select app.record_fact(1, 1, 'assets', '1', '2025-01-01', '入户', null, '2025-01-01', null)`
    await expect(app.query(record)).rejects.toThrow('not in the scope')
  })

  test('nothing that a household wants is recorded or taken back', async () => {
    for (const call of [
      `record_authorisation(1, null, 'check', '2025-01-01', '2025-12-31', '授权书')`,
      `record_objection(1, null, 'matching', '2025-01-01', null)`,
      `withdraw_authorisation(1, 1, '2025-06-01')`,
      `withdraw_objection(1, 1, '2025-06-01')`,
    ]) {
      await app.query('savepoint before')
      await expect(app.query(`select app.${call}`), call).rejects.toThrow('is not for')
      await app.query('rollback to before')
    }
  })
})

test('role app opens no session and accepts no invitation', async () => {
  for (const call of [
    `auth.open_session('00000000-0000-4000-8000-000000000008', '', null, 'password', false, '1 hour', '1 hour')`,
    `auth.open_job_session('match', '', '1 hour')`,
    `auth.accept_invitation('', '')`,
    `auth.account_for_sign_in('qu')`,
    `auth.close_session('')`,
    `auth.change_password('')`,
    `auth.own_account()`,
    `auth.own_events()`,
    `auth.answer_events('{1}', true)`,
    `auth.add_alert('account-disowned', null, '{}', 1)`,
    `auth.awaiting()`,
    `auth.pass_second_factor(1, null, '', '1 hour', '1 hour')`,
    `auth.turn_off_second_factor()`,
    `auth.let_in('00000000-0000-4000-8000-000000000008', '', null, 'code', '1 hour', '1 hour')`,
    `auth.end_own_sessions(null)`,
    `auth.note('visitor', 'account.locked', null, null)`,
  ]) {
    await expect(db.app.pool.query(`select ${call}`), call).rejects.toThrow('permission denied')
  }
})

test('role signin sees no table, only its own functions', async () => {
  for (const relation of [...readable, 'auth.session', 'auth.account', 'auth.live_session']) {
    await expect(db.signin.pool.query(`select * from ${relation}`), relation).rejects.toThrow(
      'permission denied',
    )
  }
})
