import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestRole } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'

let running: RunningQiao
const areaOf: Readonly<Record<TestRole, string>> = {
  advisor: '310118001001',
  township: '310118001',
  district: '310118',
  'system-admin': '310118',
  'security-admin': '310118',
  'audit-admin': '310118',
}
const roles = Object.keys(areaOf) as TestRole[]
const tokens = new Map<string, string>([['forged', 'forged']])

beforeAll(async () => {
  running = await runQiao()
  for (const role of roles)
    tokens.set(role, (await running.db.sessionFor({ role, areaId: areaOf[role] })).token)
})
afterAll(() => running.close())

const tokenOf = (role: TestRole | 'forged') => tokens.get(role) ?? ''
/** What comes of a statement as somebody: how many rows, or why not. */
const outcome = (role: TestRole | 'forged', statement: string): Promise<number | string> =>
  asActor(running.db.app, tokenOf(role), async (tx) => {
    const { rows, numAffectedRows } = await sql.raw(statement).execute(tx)
    return rows.length || Number(numAffectedRows ?? 0)
  }).catch((error: unknown) => String(error))

const publish = `insert into app.pack (version, hash, files) values ('9', gen_random_uuid()::text, '{}')`
const enter = `insert into app.parameter_entry (parameter, from_day, value, document, source)
  values ('dibao_standard', '2030-07-01', 1, '文件', '来源')`
const figure = { from: '2030-07-01', value: 1, document: '文件', source: '来源' }

describe('the law is open', () => {
  test.each(roles)('to %s: the pack in force and its library', async (role) => {
    expect(await outcome(role, 'select from app.pack')).toBe(1)
    for (const line of ['GET /api/policies', 'GET /api/policies/dibao'] as const)
      expect((await ask(running.http, line, { token: tokenOf(role) })).status).toBe(200)
  })

  test('to nobody who is not signed in', async () => {
    expect(await outcome('forged', 'select from app.pack')).toBe(0)
    expect(await outcome('forged', 'select from app.parameter_entry')).toBe(0)
    expect((await ask(running.http, 'GET /api/policies')).status).toBe(401)
  })
})

describe('who puts a figure in force', () => {
  test.each(['advisor', 'township', 'security-admin', 'audit-admin'] as const)(
    '%s does not: neither over HTTP nor past the program',
    async (role) => {
      const line = 'POST /api/policies/parameters/dibao_standard/rows'
      const answer = await ask(running.http, line, { token: tokenOf(role), body: figure })
      expect(answer.body).toMatchObject({ status: 403, code: 'forbidden' })
      for (const statement of [publish, enter])
        expect(await outcome(role, statement)).toMatch(/row-level security/)
    },
  )

  test('nobody does who is not signed in', async () => {
    for (const statement of [publish, enter])
      expect(await outcome('forged', statement)).toMatch(/row-level security|not-null/)
  })

  test.each(['update app.pack set files = files', 'delete from app.pack', 'truncate app.pack'])(
    'what was published stays as it is: %s',
    async (statement) => {
      for (const role of ['district', 'system-admin'] as const)
        expect(await outcome(role, statement)).toMatch(/permission denied/)
    },
  )

  test('nobody says in whose name, or when', async () => {
    for (const [column, value] of [
      ['published_by', `'staff:else'`],
      ['published_at', 'now()'],
    ] as const) {
      const statement = `insert into app.pack (version, hash, files, ${column}) values ('9', 'x', '{}', ${value})`
      expect(await outcome('district', statement)).toMatch(/permission denied/)
    }
  })

  test('the district does, once for one key', async () => {
    const line = 'POST /api/policies/parameters/dibao_standard/rows'
    const send = () =>
      ask(running.http, line, {
        token: tokenOf('district'),
        body: figure,
        headers: { 'idempotency-key': 'one' },
      })
    const first = await send()
    expect(first.status).toBe(200)
    expect((await send()).body).toEqual(first.body)
    expect(await outcome('district', 'select from app.parameter_entry')).toBe(1)
  })
})
