import { join } from 'node:path'
import { generate } from 'otplib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeClock } from '../../src/platform/clock.ts'
import { type Embedded, startEmbedded } from '../../src/platform/db/embedded.ts'
import { refuseUnfit } from '../../src/platform/db/roles.ts'
import { StartProblem } from '../../src/platform/start-problem.ts'
import { dataPlace, type Ended, launch, type Program, qiao } from './running-program.ts'

const patient = 120_000

/** A PostgreSQL server that is not Qiao's own, and a place for the keys. */
let place: Awaited<ReturnType<typeof dataPlace>>
let server: Embedded
beforeAll(async () => {
  place = await dataPlace()
  const folder = join(place.data, 'postgres')
  server = await startEmbedded({ folder, password: 'a server of theirs', throwaway: true })
  await asSuperuser(`create role clerk login password 'clerk';
    create role deputy login createrole bypassrls password 'deputy'`)
  await asSuperuser(`create database clerks owner clerk`)
  await asSuperuser(`create database deputies owner deputy`)
}, patient)
afterAll(async () => {
  await server.stop()
  await place.remove()
})

/** Settings as an operator gives them: only the server and where the keys lie. */
const on = (database: string, keys = 'keys') => ({
  DATABASE_URL: server.url(database),
  QIAO_KEY_FILE: join(place.data, `${keys}.json`),
})

async function asSuperuser(text: string, database = 'postgres') {
  const client = new pg.Client({ connectionString: server.url(database) })
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end()
  }
}

function expectRefusal({ code, said }: Ended, wrong: RegExp, remedy: RegExp): void {
  const [first, second, ...rest] = said
    .split('\n')
    .filter((line) => line !== '' && !/^( |桥)/.test(line))
  expect([code, rest]).toEqual([1, []])
  expect(first).toMatch(wrong)
  expect(second).toMatch(remedy)
}

const asUser = (user: string, database: string, password = user) => {
  const url = new URL(server.url(database))
  url.username = user
  url.password = password
  return { ...on(database), DATABASE_URL: url.toString() }
}

describe('DATABASE_URL alone means production', () => {
  let program: Program
  let address: string
  beforeAll(async () => {
    program = launch({ env: on('real') })
    address = await program.address()
  }, patient)
  afterAll(async () => {
    program.kill('SIGTERM')
    expect((await program.ended).code).toBe(0)
    expect((await asSuperuser('select 1 as up')).rows).toEqual([{ up: 1 }])
  })

  const post = (path: string, body: object, cookie = '') =>
    fetch(`${address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    })

  test('the database is made, with nobody in it and no password printed', async () => {
    expect(program.said()).not.toMatch(/口令|演示|qiao-demo/)
    expect(program.said()).toContain('npx qiao staff invite-first')
    expect((await fetch(`${address}/api/demo`)).status).toBe(404)
    expect(
      (await post('/api/session', { username: 'guwen', password: 'qiao-demo-2025' })).status,
    ).toBe(401)
    const { rows } = await asSuperuser('select count(*)::int as n from app.household', 'real')
    expect(rows).toEqual([{ n: 0 }])
  })

  test(
    'invite-first makes three people who choose a password once, set up an authenticator and sign in, on the real day',
    async () => {
      const invited = await qiao(['staff', 'invite-first'], on('real'))
      expect(invited.code).toBe(0)
      const lines = invited.out
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t'))
      expect(lines.map(([role]) => role)).toEqual(['系统管理员', '安全管理员', '审计管理员'])
      const staff = new Set<string>()
      for (const [roleName, username, link] of lines) {
        const invitation = `/api${link?.replace('/invitation', '/invitations')}`
        const password = `${roleName}过桥不湿鞋的一句话`
        expect((await post(invitation, { password })).status).toBe(204)
        expect((await post(invitation, { password })).status).toBe(410)
        const half = await post('/api/session', { username, password })
        expect(await half.json()).toEqual({ awaits: 'enrolment' })
        const [cookie] = half.headers.get('set-cookie')?.split(';') ?? []
        const offer = await post('/api/session/enrolment', {}, cookie)
        const { secret } = (await offer.json()) as { secret: string }
        const code = await generate({ secret })
        const opened = await post('/api/session/enrolment/confirmation', { code }, cookie)
        const { session } = (await opened.json()) as { session: { staff: { id: string } } }
        expect(session).toMatchObject({
          staff: { roleName },
          mode: 'production',
          today: makeClock(undefined).today(),
        })
        staff.add(session.staff.id)
      }
      expect(staff.size).toBe(3)
      expect((await qiao(['staff', 'invite-first'], on('real'))).code).toBe(1)
    },
    patient,
  )

  test(
    'a demonstration is refused it, and no invented household is loaded into it',
    async () => {
      const demo = { ...on('real'), QIAO_MODE: 'demo' }
      expectRefusal(
        await launch({ env: demo }).ended,
        /is of mode production and .* mode demo/,
        /QIAO_MODE=production/,
      )
      const load = await qiao(['district', 'load', '--residents', '1000'], on('real'))
      expect(load.said).toMatch(/belongs to production; invented households are not loaded/)
      expect(load.code).toBe(1)
    },
    patient,
  )

  test(
    'another installation’s key file is refused, and changes nothing for this one',
    async () => {
      const stranger = on('stranger', 'other-keys')
      expectRefusal(
        await launch({ env: stranger }).ended,
        /key file is not the one this database server/,
        /QIAO_KEY_FILE/,
      )
      expect((await fetch(`${address}/health`)).status).toBe(200)
      expect((await qiao(['staff', 'list'], on('real'))).code).toBe(0)
    },
    patient,
  )

  test(
    'one with invented rows in it does not start',
    async () => {
      await qiao(['staff', 'list'], on('restored'))
      const area = `insert into app.household (area_id, kind, register_no, address, demo)
      select id, 'family', '1', '某路1号', true from app.area where level = 'committee' limit 1`
      await asSuperuser(area, 'restored')
      expectRefusal(
        await launch({ env: on('restored') }).ended,
        /holds invented households/,
        /backup without them/,
      )
    },
    patient,
  )
})

test(
  'a demonstration lives on a server of its own too, and production is refused it',
  async () => {
    const demo = { ...on('shown'), QIAO_MODE: 'demo', QIAO_RESIDENTS: '1000' }
    const program = launch({ env: demo })
    const address = await program.address()
    expect(await (await fetch(`${address}/api/demo`)).json()).toMatchObject({ today: '2025-06-01' })
    program.kill('SIGINT')
    expect((await program.ended).code).toBe(0)
    expectRefusal(
      await launch({ env: on('shown') }).ended,
      /is of mode demo and .* mode production/,
      /QIAO_MODE=demo/,
    )
  },
  patient,
)

describe('a server that cannot be used is named with what to do', () => {
  test.each([
    [
      'does not run',
      () => ({ ...on('x'), DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x' }),
      /127\.0\.0\.1:1\) did not let Qiao in: .*ECONNREFUSED/,
      /Check that it runs/,
    ],
    [
      'is not found',
      () => ({ ...on('x'), DATABASE_URL: 'postgres://u:p@nowhere.invalid/x' }),
      /nowhere\.invalid\) did not let Qiao in/,
      /host, port/,
    ],
    [
      'does not know the password',
      () => asUser('clerk', 'clerks', 'wrong'),
      /did not let Qiao in: password authentication failed/,
      /user and password/,
    ],
    [
      'gives the user too few rights',
      () => asUser('clerk', 'clerks'),
      /may not prepare the database/,
      /superuser .*CREATEROLE and BYPASSRLS/,
    ],
    [
      'lacks the database, and the user may not make it',
      () => asUser('clerk', 'missing'),
      /database "missing" .* cannot be made/,
      /create database "missing"/,
    ],
  ] as const)(
    'when it %s',
    async (_why, env, wrong, remedy) => {
      const refused = await launch({ env: env() }).ended
      expectRefusal(refused, wrong, remedy)
      expect(refused.said).not.toMatch(/clerk:|:p@|wrong@/)
    },
    patient,
  )

  test('when it is older than 16, or its database is not in UTF-8', () => {
    const fit = { number: 160_000, version: '16.0', encoding: 'UTF8' }
    refuseUnfit(fit)
    const old = { ...fit, number: 150_017, version: '15.17' }
    expect(() => refuseUnfit(old)).toThrow(StartProblem)
    expect(() => refuseUnfit(old)).toThrow('is version 15.17; Qiao needs 16 or later')
    expect(() => refuseUnfit({ ...fit, encoding: 'SQL_ASCII' })).toThrow('is encoded as SQL_ASCII')
  })
})

test(
  'a user with CREATEROLE and BYPASSRLS who owns the database is enough',
  async () => {
    // Roles belong to the server, so those of the other tests give way first.
    for (const name of ['real', 'restored', 'shown', 'stranger'])
      await asSuperuser(`drop database if exists ${name} with (force)`)
    await asSuperuser('drop role if exists owner, app, signin, reports')
    const list = await qiao(['staff', 'invite-first'], asUser('deputy', 'deputies'))
    expect(list.said).toContain('系统管理员')
    expect(list.code).toBe(0)
  },
  patient,
)
