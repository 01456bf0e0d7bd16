import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { ask } from '../../../test/running-qiao.ts'
import type { Access } from './access.ts'
import type { App } from './app.ts'
import { makeHttp } from './make-http.ts'
import { classed } from './masking.ts'

/** Names are clear with a duty or in one's hands, notes for a reason. */
const access: Access = {
  mayOf: () => ['things.read', 'things.export'],
  rights: new Map([
    ['things.read', { shows: ['name', 'note', 'plain'] }],
    ['things.export', { shows: ['name'], demandsReason: true }],
  ]),
  isClear: (fieldClass, { hasDuty, hasReason }) =>
    fieldClass === 'plain' || (fieldClass === 'name' ? hasDuty : hasReason),
  maskText: (_fieldClass, text) => `${text.slice(0, 1)}*`,
}
const Row = Type.Object({
  area: Type.Object({ id: Type.String() }),
  assignee: Type.Union([Type.Object({ id: Type.String() }), Type.Null()]),
  name: classed(Type.String(), 'name'),
  kind: Type.String(),
  text: classed(Type.String(), { of: 'kind', as: { note: 'note' }, otherwise: 'plain' }),
  notes: classed(Type.Array(Type.String()), 'note'),
  said: Type.Optional(classed(Type.Boolean(), 'note')),
  level: classed(Type.Union([Type.Integer(), Type.Null()]), 'note'),
})
const [mine, other] = ['310118001001', '310118001002']
const config = { may: 'things.read' }
const sheetConfig = { may: 'things.export' }
const csv = { 200: { content: { 'text/csv': { schema: Type.String() } } } }

let db: TestDatabase
let http: App
let token: string
let staffId: string
beforeAll(async () => {
  db = await createTestDatabase()
  ;({ token, staffId } = await db.sessionFor({ role: 'township', areaId: '310118001' }))
  await db.owner.pool.query(
    `insert into app.duty (staff_id, area_id, kind, valid_from, recorded_by)
     values ($1, $2, 'advisor-of-area', '2020-01-01', 'test')`,
    [staffId, mine],
  )
  const row = {
    area: { id: mine },
    assignee: null,
    name: '王建国',
    kind: 'raised',
    text: '提出',
    notes: ['一'],
    said: true,
    level: 2,
  }
  const rows = [
    row,
    { ...row, area: { id: other }, kind: 'note', text: '家里有事' },
    { ...row, area: { id: other }, assignee: { id: staffId } },
  ]
  http = await makeHttp({
    db: db.app,
    access,
    log: 'silent',
    requestsPerAccount: 600,
    checkAnswers: true,
  })
  http.get(
    '/api/rows',
    { schema: { response: { 200: Type.Array(Row) } }, config },
    async () => rows,
  )
  http.get('/api/rows.csv', { schema: { response: csv }, config: sheetConfig }, async (_, reply) =>
    reply.sheet({
      filename: 'rows.csv',
      row: Type.Pick(Row, ['name']),
      rows: [{ name: '王建国' }],
      csv: (shown) => shown.map(({ name }) => name).join(),
    }),
  )
  http.get('/api/bare.csv', { schema: { response: csv }, config: sheetConfig }, async (_, reply) =>
    reply.type('text/csv').send('王建国'),
  )
})
afterAll(async () => {
  await http.close()
  await db.close()
})

const stated = { 'x-qiao-reason': encodeURIComponent('核查') }
const rowsFor = async (headers = {}) =>
  (await ask(http, 'GET /api/rows', { token, headers })).body as Record<string, unknown>[]

describe('an answer', () => {
  test('shows a name with a duty for its area or in one’s hands, else masked', async () => {
    expect((await rowsFor()).map(({ name }) => name)).toEqual(['王建国', '王*', '王建国'])
  })

  test('leaves out or empties what is no text, until a reason is stated', async () => {
    const [first] = await rowsFor()
    expect(first).toMatchObject({ notes: [], level: null })
    expect(first).not.toHaveProperty('said')
    expect((await rowsFor(stated))[0]).toMatchObject({ notes: ['一'], level: 2, said: true })
  })

  test('is of the class that a property beside it says', async () => {
    expect((await rowsFor()).map(({ text }) => text)).toEqual(['提出', '家*', '提出'])
    expect((await rowsFor(stated)).map(({ text }) => text)).toEqual(['提出', '家里有事', '提出'])
  })
})

describe('a sheet', () => {
  test('is masked like an answer, and leaves for a stated reason only', async () => {
    const sheet = (headers = {}) =>
      http.inject({ url: '/api/rows.csv', cookies: { qiao_session: token }, headers })
    expect((await sheet()).json()).toMatchObject({ code: 'reason-missing', status: 403 })
    expect((await sheet(stated)).body).toBe('王*')
  })

  test('that nobody masked is not sent', async () => {
    const cookies = { qiao_session: token }
    const answer = await http.inject({ url: '/api/bare.csv', cookies, headers: stated })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('王')
  })
})

describe('a server does not start', () => {
  const mounting = async (response: object, right: string) => {
    const app = await makeHttp({ db: db.app, access, log: 'silent', requestsPerAccount: 600 })
    app.get('/api/more', { schema: { response }, config: { may: right } }, async () => ({}))
  }
  test.each([
    [
      'asks for a right that the matrix does not know',
      {},
      'things.burn',
      'not in the access matrix',
    ],
    [
      'answers with a class that its right does not show',
      { 200: Type.Object({ phone: classed(Type.String(), 'phone') }) },
      'things.read',
      'does not let it show',
    ],
    [
      'declares a class where nothing could stand instead',
      { 200: Type.Object({ n: classed(Type.Integer(), 'note') }) },
      'things.read',
      'nothing could stand instead',
    ],
  ])('with a route that %s', async (_says, response, right, message) => {
    await expect(mounting(response, right)).rejects.toThrow(message)
  })
})
