import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { putHousehold, putRun } from '../../src/features/leads/test-households.ts'
import { csrfToken, sessionCookie } from '../../src/platform/http/caller.ts'
import { ask, type RunningQiao, runQiao } from '../running-qiao.ts'
import { type Hostile, hostileRequests, type Operation, operationsOf } from './hostile-requests.ts'
import { putThings } from './things-of-household.ts'

const [here, there] = ['310118001001', '310118002001'] as const
const roles = ['advisor', 'township', 'system-admin', 'security-admin', 'audit-admin'] as const

/** Words that stand in records of the other township only. */
const foreign = ['邻镇独一份的人', '邻镇独一份的话']

/** In a session of one of these, or none; each with the token that proves the page, or without. */
type Sender = (typeof roles)[number] | 'nobody'

let running: RunningQiao
let operations: Operation[]
const tokens = new Map<Sender, string>()

beforeAll(async () => {
  running = await runQiao()
  const { db, http } = running
  for (const role of roles) {
    const areaId = { advisor: here, township: here.slice(0, 9) }[role as string] ?? '310118'
    tokens.set(role, (await db.sessionFor({ role, areaId })).token)
  }
  const { staffId: keeper } = await db.sessionFor({ role: 'township', areaId: '310118' })
  const { id: run } = await putRun(db.owner)
  await putHousehold(db.owner, 1, here, '本镇的人')
  const { cipher } = running
  await putThings(db.owner, { id: 1, area: here, run, keeper, cipher })
  await putHousehold(db.owner, 3, there, '邻镇独一份的人')
  await putThings(db.owner, { id: 3, area: there, run, keeper, cipher, words: '邻镇独一份的话' })
  // Signing out would end the session that all others are sent in.
  operations = operationsOf((await ask(http, 'GET /api/openapi.json')).body).filter(
    ({ method, path }) => !(method === 'DELETE' && path === '/api/session'),
  )
})
afterAll(() => running.close())

let sent = 0

function send({ method, url, headers, payload }: Hostile, sender: Sender, withProof: boolean) {
  const token = tokens.get(sender)
  sent++
  return running.http.inject({
    method: method as 'GET',
    url,
    // From everywhere, so that it is not the limit of requests from one address that answers.
    remoteAddress: `10.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`,
    cookies: token === undefined ? {} : { [sessionCookie]: token },
    headers: { ...(token && withProof ? { 'x-qiao-csrf': csrfToken(token) } : {}), ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
}

/** Two thousand every day; twenty thousand when there is time. */
const numRuns = process.env['QIAO_LONG'] ? 20_000 : 2000

test('whatever is sent, nothing breaks and nobody sees what is of another township', async () => {
  const statuses = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(
      hostileRequests(operations),
      fc.constantFrom<Sender>('nobody', 'advisor', 'advisor', 'township', 'township', ...roles),
      fc.boolean(),
      async (hostile, sender, withProof) => {
        const answer = await send(hostile, sender, withProof)
        statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1)
        expect(answer.statusCode, answer.body).toBeLessThan(500)
        for (const words of foreign) expect(answer.body).not.toContain(words)
        if (answer.statusCode < 400 || answer.body === '') return
        expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
        expect(JSON.parse(answer.body)).toMatchObject({ status: answer.statusCode })
      },
    ),
    { numRuns, endOnFailure: true },
  )
  // They got past the door: some were answered, most of the rest were refused for what they said.
  for (const status of [200, 400, 401, 403, 404]) expect(statuses.get(status)).toBeGreaterThan(20)
}, 3_600_000)
