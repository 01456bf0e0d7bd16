import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mayOf as mayOfRole, rights } from '../../src/features/staff/access-matrix.ts'
import { capabilities, type Role, roles } from '../../src/features/staff/staff.ts'
import { problemCatalogue } from '../../src/problem-catalogue.ts'
import { type Answer, ask, type RunningQiao, runQiao } from '../running-qiao.ts'
import { doors, holders } from './http-doors.ts'

/** Every route that the app mounts, as the server itself is told of it. */
const mounted: RouteOptions[] = []
const onServer = (message: unknown) => {
  const { fastify } = message as { fastify: FastifyInstance }
  fastify.addHook('onRoute', (route) => void mounted.push(route))
}
const begun = 'fastify.initialization'

/** The member of the district is appointed to everything that there is. */
const mayOf = (role: Role) => mayOfRole(role, role === 'district' ? Object.keys(capabilities) : [])

let running: RunningQiao
const tokens = new Map<Role, string>()
const areaOf = (role: Role) =>
  ({ advisor: '310118001001', township: '310118001' })[role as string] ?? '310118'
beforeAll(async () => {
  subscribe(begun, onServer)
  running = await runQiao('demo')
  unsubscribe(begun, onServer)
  for (const role of Object.keys(roles) as Role[]) {
    const { token, staffId } = await running.db.sessionFor({ role, areaId: areaOf(role) })
    tokens.set(role, token)
    if (role === 'district') await appointToAll(staffId)
  }
})
afterAll(() => running.close())

async function appointToAll(staffId: string): Promise<void> {
  for (const capability of Object.keys(capabilities))
    await running.db.owner.pool.query(
      `insert into app.appointment (staff_id, capability, valid_from) values ($1, $2, '2020-01-01')`,
      [staffId, capability],
    )
}

type Line = `GET ${string}`
const lines = Object.keys(doors) as Line[]
const guarded = lines.filter((line) => doors[line] !== 'public')
const open = lines.filter((line) => doors[line] === 'public')
const isWrite = (line: string) => !line.startsWith('GET ')
/** An address with something in the place of each name. */
const filled = (line: string) =>
  line
    .replace(':token', 'x'.repeat(43))
    .replace(/:(account|session|key|point|staff)Id/, '00000000-0000-4000-8000-000000000099')
    .replaceAll(/:\w+/g, '1') as Line

function expectProblem(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.body.code]).toEqual([status, code])
  expect(answer.type).toBe('application/problem+json; charset=utf-8')
  expect(problemCatalogue[code]).toMatchObject({ status, title: answer.body.title })
}

test('each right is held by those written here, and by no other', () => {
  const appointable = Object.keys(capabilities)
  const found = [...rights.keys()].map((right) => [
    right,
    [
      ...(Object.keys(roles) as Role[]).filter((role) => mayOfRole(role).includes(right)),
      ...appointable.filter((one) => mayOfRole('', [one]).includes(right)),
    ].join(' '),
  ])
  expect(Object.fromEntries(found)).toEqual(holders)
})

describe('the routes of the app', () => {
  test('are those written here, each with what its caller must be granted, or public', () => {
    const found = mounted
      .filter(({ method }) => method !== 'HEAD')
      .map(({ method, url, config }) => [
        `${String(method)} ${url}`,
        config?.public ? 'public' : config?.may,
      ])
    expect(Object.fromEntries(found)).toEqual(doors)
    expect(found).toHaveLength(lines.length)
  })

  test('ask for nothing that no role is granted, and some role is granted nothing that none asks for', () => {
    const granted = new Set((Object.keys(roles) as Role[]).flatMap((role) => mayOf(role)))
    // To decide on a draft is a step, which asks for itself.
    const within = [...rights].filter(([, rule]) => rule.within).map(([right]) => right)
    const asked = new Set([...guarded.map((line) => doors[line] ?? ''), ...within])
    expect([...asked].toSorted()).toEqual([...rights.keys()].toSorted())
    expect([...granted].toSorted()).toEqual([...rights.keys()].toSorted())
  })

  test('that write all take a closed set of keys', () => {
    const bodies = mounted.filter(
      ({ method }) => method === 'POST' || method === 'PUT' || method === 'PATCH',
    )
    for (const { url, schema } of bodies) {
      // A file, which has no keys.
      if (url === '/api/sources/:sourceId/push') continue
      expect(schema?.body, url).toMatchObject({ type: 'object', additionalProperties: false })
    }
  })

  test('all say what they answer, but for the document itself and the health of the server', () => {
    const silent = mounted.filter(({ schema }) => !schema?.response).map(({ url }) => url)
    expect(new Set(silent)).toEqual(new Set(['/health', '/api/openapi.json']))
  })
})

describe('without a session', () => {
  test.each(guarded)('%s is closed', async (line) => {
    expectProblem(await ask(running.http, filled(line)), 401, 'not-signed-in')
    expectProblem(await ask(running.http, filled(line), { token: 'forged' }), 401, 'not-signed-in')
  })

  test.each(open)('%s answers, and no failure of it is one of the inside', async (line) => {
    const answer = await ask(running.http, filled(line), isWrite(line) ? { body: {} } : {})
    expect(answer.status).toBeLessThan(500)
    if (answer.status >= 400) expectProblem(answer, answer.status, answer.body.code)
  })
})

describe('with a session', () => {
  test.each(guarded)('%s is closed to every role that is not granted it', async (line) => {
    const without = (Object.keys(roles) as Role[]).filter(
      (role) => !mayOf(role).includes(doors[line] ?? ''),
    )
    for (const role of without) {
      expectProblem(
        await ask(running.http, filled(line), { token: tokens.get(role) ?? '' }),
        403,
        'forbidden',
      )
    }
  })

  test.each(guarded.filter(isWrite))('%s is closed to a page of another site', async (line) => {
    for (const token of tokens.values()) {
      const answer = await ask(running.http, filled(line), { token, csrf: false })
      expectProblem(answer, 403, 'csrf-missing')
    }
  })

  test.each(guarded.filter((line) => isWrite(line) && !line.startsWith('DELETE')))(
    '%s refuses a key nobody knows',
    async (line) => {
      const may = (Object.keys(roles) as Role[]).filter((role) =>
        mayOf(role).includes(doors[line] ?? ''),
      )
      const role = may.includes('district') ? 'district' : may[0]
      const answer = await ask(running.http, filled(line), {
        token: tokens.get(role ?? 'district') ?? '',
        body: { colour: 'red' },
      })
      expectProblem(answer, 400, 'invalid-request')
      expect(JSON.stringify(answer.body.errors)).toContain('colour')
    },
  )

  test.each(guarded.filter((line) => line.includes('/:id')))(
    '%s of what is not there is not found',
    async (line) => {
      if (isWrite(line)) return
      const address = filled(line)
        .replace('/history', '/history?fact=assets')
        .replace('/file', '/file?path=pack.yaml')
        .replace(/merge$/, 'merge?keep=first') as Line
      const answer = await ask(running.http, address, { token: tokens.get('district') ?? '' })
      expect([404, 200]).toContain(answer.status)
      if (answer.status === 404) expectProblem(answer, 404, answer.body.code)
      else expect(answer.body).toEqual({ items: [] })
    },
  )
})

test('every code of a problem says its status, a title and what to do, in Chinese', () => {
  for (const [code, { status, title, remedy }] of Object.entries(problemCatalogue)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(status, code).toBeGreaterThanOrEqual(400)
    expect(`${title}${remedy}`, code).toMatch(/[一-龥]/)
    expect(remedy, code).toMatch(/。$/)
  }
})
