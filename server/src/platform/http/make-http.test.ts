import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { ask, type Answer } from '../../../test/running-qiao.ts'
import type { Access } from './access.ts'
import type { App } from './app.ts'
import { once } from './idempotency.ts'
import { makeHttp } from './make-http.ts'
import { platformProblems } from './platform-problems.ts'
import { problem } from './problem.ts'

/** The rights of a matrix of things; names are masked for all but a duty. */
const access: Access = {
  mayOf: () => [],
  rights: new Map([
    ['things.read', { shows: ['name', 'note'] }],
    ['things.write', {}],
    ['things.export', { shows: ['name'], demandsReason: true }],
  ]),
  isClear: (fieldClass, { hasDuty, hasReason }) => (fieldClass === 'name' ? hasDuty : hasReason),
  maskText: (_fieldClass, text) => `${text.slice(0, 1)}*`,
}

let db: TestDatabase
let http: App
let token: string
let runs = 0
const perAccount = 200

const strict = { additionalProperties: false }
const Form = Type.Object(
  {
    amount: Type.Union([Type.Integer(), Type.Null()]),
    note: Type.Optional(Type.String({ maxLength: 5 })),
  },
  strict,
)
const Query = Type.Object(
  {
    page: Type.Integer({ minimum: 1, default: 1 }),
    all: Type.Optional(Type.Boolean()),
    q: Type.Optional(Type.String()),
  },
  strict,
)

beforeAll(async () => {
  db = await createTestDatabase()
  const mayOf = (role: string) =>
    role === 'township' ? ['things.read', 'things.write'] : ['things.read']
  http = await makeHttp({
    db: db.app,
    access: { ...access, mayOf },
    log: 'silent',
    requestsPerAccount: perAccount,
    checkAnswers: true,
  })
  await http.register(
    async (api) => {
      const app = api as App
      const read = { may: 'things.read' }
      const write = { may: 'things.write' }
      app.get(
        '/things',
        { schema: { querystring: Query }, config: read },
        async ({ query }) => query,
      )
      app.get(
        '/things/:id',
        { schema: { params: Type.Object({ id: Type.Integer() }) }, config: read },
        async ({ params }) => params,
      )
      app.post('/things', { schema: { body: Form }, config: write }, async ({ body }) => ({ body }))
      app.put('/things', { schema: { body: Form }, config: write }, async (request) =>
        request.transact((tx) =>
          once(tx, request, async () => ({ run: ++runs, body: request.body })),
        ),
      )
      app.get('/open', { config: { public: true } }, async () => ({ open: true }))
      app.get('/taken', { config: read }, async () => {
        throw problem(platformProblems, 'unavailable', '请一分钟后再来。', [
          { path: '/query/q', message: '忙' },
        ])
      })
      app.get('/broken', { config: read }, async () => {
        throw new Error('password of the database: secret')
      })
      const declared = {
        schema: { response: { 200: Type.Object({ n: Type.Integer() }) } },
        config: read,
      }
      app.get('/untrue', declared, async () => ({ n: 'one' }) as never)
    },
    { prefix: '/api' },
  )
  token = (await db.sessionFor({ role: 'township', areaId: '310118001' })).token
})
afterAll(async () => {
  await http.close()
  await db.close()
})

const get = (url: string, given: string | undefined = token) =>
  ask(http, `GET /api${url}`, given === undefined ? {} : { token: given })
const post = (body: unknown, headers: Record<string, string> = {}) =>
  ask(http, 'POST /api/things', { token, body, headers })

function expectProblem(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.body.code, answer.type]).toEqual([
    status,
    code,
    'application/problem+json; charset=utf-8',
  ])
  expect(answer.body).toMatchObject({ type: `/problems/${code}`, status })
  expect(answer.body.title).toMatch(/[一-龥]/)
  expect(answer.body.detail).toMatch(/[一-龥]/)
  expect(answer.body.requestId).toMatch(/^[0-9a-f-]{36}$/)
}

describe('a body is taken as it is', () => {
  test.each([[{ amount: null }], [{ amount: 0 }], [{ amount: -5, note: '' }]])(
    '%j',
    async (body) => {
      expect((await post(body)).body).toEqual({ body })
    },
  )

  test.each([
    ['a number written as text', { amount: '5' }, '/body/amount'],
    ['a missing number', {}, '/body'],
    ['true for a number', { amount: true }, '/body/amount'],
    ['a fraction', { amount: 1.5 }, '/body/amount'],
    ['null for an optional text', { amount: 1, note: null }, '/body/note'],
    ['a text that is too long', { amount: 1, note: 'longer' }, '/body/note'],
    ['a key nobody knows', { amount: 1, colour: 'red' }, '/body'],
    ['a list', [{ amount: 1 }], '/body'],
    [
      'a character that no text of the database holds',
      { amount: 1, note: 'a\u0000' },
      '/body/note',
    ],
    ['nothing', undefined, '/body'],
  ])('%s is refused, and where it is wrong is told', async (_what, body, path) => {
    const answer = await post(body)
    expectProblem(answer, 400, 'invalid-request')
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path)
  })

  test('a key nobody knows is named', async () => {
    expect(JSON.stringify((await post({ amount: 1, colour: 'red' })).body.errors)).toContain(
      'colour',
    )
  })

  test.each([
    ['what is no JSON', '{amount', 'application/json'],
    ['a prototype smuggled in', '{"amount":1,"__proto__":{"admin":true}}', 'application/json'],
    ['more than a megabyte', `"${'x'.repeat(1_000_001)}"`, 'application/json'],
  ])('%s is refused', async (_what, payload, type) => {
    expectProblem(await post(payload, { 'content-type': type }), 400, 'invalid-request')
  })
})

test.each([
  ['amount=1', 'application/x-www-form-urlencoded'],
  ['<amount>1</amount>', 'application/xml'],
  ['{"amount":1}', 'text/plain'],
])('a body of another kind than JSON is answered 415: %s', async (payload, type) => {
  expectProblem(await post(payload, { 'content-type': type }), 415, 'wrong-content-type')
})

describe('a query string is all text', () => {
  test('its numbers are numbers, its words true and false, and defaults fill what is left out', async () => {
    expect((await get('/things?page=3&all=true&q=007')).body).toEqual({
      page: 3,
      all: true,
      q: '007',
    })
    expect((await get('/things')).body).toEqual({ page: 1 })
    expect((await get('/things/12')).body).toEqual({ id: 12 })
  })

  test.each([
    '/things?page=zero',
    '/things?page=0',
    '/things?page=1.5',
    '/things?page=',
    '/things?colour=red',
    '/things/twelve',
    '/things/1e99',
    '/things/0x10',
    '/things/100000000000000000000',
    '/things?all=1',
  ])('%s is refused', async (url) => expectProblem(await get(url), 400, 'invalid-request'))
})

describe('who may', () => {
  test('without a session only public addresses answer', async () => {
    expectProblem(await ask(http, 'GET /api/things'), 401, 'not-signed-in')
    expectProblem(await get('/things', 'forged'), 401, 'not-signed-in')
    expect((await ask(http, 'GET /api/open')).body).toEqual({ open: true })
  })

  test('a role that may not is refused, before what it sends is looked at', async () => {
    const reader = (await db.sessionFor({ role: 'advisor', areaId: '310118001001' })).token
    expect((await get('/things', reader)).status).toBe(200)
    expectProblem(
      await ask(http, 'POST /api/things', { token: reader, body: 'nonsense' }),
      403,
      'forbidden',
    )
  })

  test('a write without the code of the page, or with that of another session, is refused', async () => {
    const write = (headers: Record<string, string>) =>
      ask(http, 'POST /api/things', { token, body: { amount: 1 }, csrf: false, headers })
    expectProblem(await write({}), 403, 'csrf-missing')
    expectProblem(await write({ 'x-qiao-csrf': '' }), 403, 'csrf-missing')
    expectProblem(await write({ 'x-qiao-csrf': token }), 403, 'csrf-missing')
    const other = (await db.sessionFor({ role: 'township', areaId: '310118001' })).token
    expectProblem(
      await ask(http, 'POST /api/things', { token, headers: { 'x-qiao-csrf': other } }),
      403,
      'csrf-missing',
    )
  })

  test('a route that says neither who may use it nor that it is public stops the start', async () => {
    const app = await makeHttp({
      db: db.app,
      access,
      log: 'silent',
      requestsPerAccount: perAccount,
    })
    expect(() => app.get('/api/forgotten', async () => ({}))).toThrow('/api/forgotten says neither')
    await app.close()
  })
})

test('the log has the path of a request, and no word of what was asked', async () => {
  const loud = await makeHttp({ db: db.app, access, log: 'error', requestsPerAccount: perAccount })
  const log = loud.log as unknown as Record<symbol, Record<string, (request: object) => unknown>>
  const request = { method: 'GET', url: '/households?q=310118199001011234', ip: '10.0.0.1' }
  expect(log[Symbol.for('pino.serializers')]?.['req']?.(request)).toEqual({
    method: 'GET',
    url: '/households',
    remoteAddress: '10.0.0.1',
  })
  await loud.close()
})

describe('every failure is a problem with a stable code', () => {
  test.each(['GET /api/nowhere', 'GET /api', 'PATCH /api/others'])(
    '%s is not found',
    async (line) => {
      const answer = await ask(http, line as `GET ${string}`)
      expectProblem(answer, 404, 'not-found')
    },
  )

  test('a write to an address that does not exist is not found, or refused without the page’s code', async () => {
    expectProblem(await ask(http, 'POST /api/nowhere', { body: {} }), 404, 'not-found')
    expectProblem(await ask(http, 'POST /api/nowhere', { token, body: {} }), 404, 'not-found')
  })

  test('an address asked in a way it does not have says which ways it has', async () => {
    const answer = await ask(http, 'DELETE /api/broken?q=1', { token })
    expectProblem(answer, 405, 'method-not-allowed')
    expect(answer.headers['allow']).toBe('GET, HEAD')
    expectProblem(await ask(http, 'DELETE /api/broken/more', { token }), 404, 'not-found')
  })

  test('an answer is nothing that a browser opens as a page', async () => {
    const answer = await get('/things')
    expect(answer.headers['content-disposition']).toBe('attachment; filename="api.json"')
  })

  test.each([
    ['cannot be read', '/api/%E0%A4%A'],
    ['has a part that is too long', `/api/things/${'1'.repeat(101)}`],
  ])('an address that %s is a problem, too', async (_what, url) => {
    expectProblem(await ask(http, `GET ${url}`), 400, 'invalid-request')
  })

  test('a problem says what happened this time and where', async () => {
    const answer = await get('/taken')
    expectProblem(answer, 503, 'unavailable')
    expect(answer.body).toMatchObject({
      detail: '请一分钟后再来。',
      errors: [{ path: '/query/q', message: '忙' }],
    })
  })

  test('a fault shows nothing of the inside', async () => {
    const answer = await get('/broken')
    expectProblem(answer, 500, 'internal')
    expect(JSON.stringify(answer.body)).not.toMatch(/secret|Error|\.ts/)
  })

  test('an answer that is not what its route declares is a fault where answers are checked', async () => {
    expectProblem(await get('/untrue'), 500, 'internal')
  })
})

describe('one key for one write', () => {
  const put = (amount: number, key: string, given = token) =>
    ask(http, 'PUT /api/things', {
      token: given,
      body: { amount },
      headers: { 'idempotency-key': key },
    })

  test('does it once, and answers as the first time', async () => {
    const first = await put(1, 'a')
    expect(first.status).toBe(200)
    expect((await put(1, 'a')).body).toEqual(first.body)
    expect((await put(1, 'b')).body.run).toBe(first.body.run + 1)
  })

  test('sent many times at once does it once', async () => {
    const before = runs
    const answers = await Promise.all(Array.from({ length: 6 }, () => put(1, 'at once')))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(runs).toBe(before + 1)
  })

  test('with another content is refused', async () => {
    await put(1, 'c')
    expectProblem(await put(2, 'c'), 422, 'key-reused')
  })

  test('of somebody else is another key', async () => {
    const other = (await db.sessionFor({ role: 'township', areaId: '310118001' })).token
    const first = await put(1, 'd')
    expect((await put(1, 'd', other)).body.run).toBe(first.body.run + 1)
  })
})

test('a stated reason is noted without what no text of the database holds', async () => {
  const headers = { 'x-qiao-reason': '%E6%9F%A5%00' }
  const answer = await ask(http, 'PUT /api/things', { token, headers, body: { amount: 1 } })
  expect(answer.status).toBe(200)
})

test('answers carry the headers that keep a browser within bounds', async () => {
  const { headers } = await get('/open')
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  })
  expect(headers['content-security-policy']).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
  expect(headers['x-powered-by']).toBeUndefined()
})

test('who came by TLS is kept to it for a year, and nobody else', async () => {
  expect((await get('/open')).headers['strict-transport-security']).toBeUndefined()
  const encrypted = { headers: { 'x-forwarded-proto': 'https' } }
  const { headers } = await ask(http, 'GET /api/open', encrypted)
  expect(headers['strict-transport-security']).toBe('max-age=31536000')
})

test('one account sends no more than its share in a minute, from however many addresses', async () => {
  const [busy, other] = [
    await db.sessionFor({ role: 'township', areaId: '310118001' }),
    await db.sessionFor({ role: 'township', areaId: '310118001' }),
  ]
  const sent = (session: { token: string }, at: number) =>
    ask(http, 'GET /api/things', { token: session.token, address: `10.1.${at % 4}.${at % 200}` })
  for (let at = 0; at < perAccount; at++) expect((await sent(busy, at)).status).toBe(200)
  expectProblem(await sent(busy, perAccount), 429, 'too-many-requests')
  expect((await sent(other, perAccount)).status).toBe(200)
})

test('one address sends no more than ten accounts would, whoever they are', async () => {
  const from = (address: string) => ask(http, 'GET /api/open', { address })
  for (let at = 0; at < 10 * perAccount; at++) expect((await from('10.2.0.1')).status).toBe(200)
  expectProblem(await from('10.2.0.1'), 429, 'too-many-requests')
  expect((await from('10.2.0.2')).status).toBe(200)
})
