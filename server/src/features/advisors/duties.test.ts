import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { putCertificate } from './test-certificates.ts'

const here = '310118001001'
const people = {
  advisor: ['advisor', here],
  trainee: ['advisor', here],
  nextDoor: ['advisor', '310118001002'],
  clerk: ['township', '310118001'],
  neighbour: ['township', '310118002'],
  district: ['district', '310118'],
} as const
type Who = keyof typeof people

let running: RunningQiao
const sessions = {} as Record<Who, { token: string; staffId: string }>
beforeAll(async () => {
  running = await runQiao()
  const { db } = running
  for (const [name, [role, areaId]] of Object.entries(people))
    sessions[name as Who] = await db.sessionFor({ role, areaId, name })
  for (const who of ['advisor', 'nextDoor'] as const)
    await putCertificate(db.owner, sessions[who].staffId)
  await db.owner.pool.query(
    `insert into app.household (id, area_id, register_no, address) values (1, '${here}', 'QP-1', '某路 1 号')`,
  )
}, 120_000)
afterAll(() => running.close())

const call = (who: Who, line: Parameters<typeof ask>[1], body?: object) =>
  ask(running.http, line, { token: sessions[who].token, ...(body ? { body } : {}) })
const give = (who: Who, whom: Who, more: object = {}) =>
  call(who, `POST /api/advisors/${sessions[whom].staffId}/duties`, {
    area: here,
    from: '2024-01-01',
    to: null,
    ...more,
  })
const end = (who: Who, whom: Who, duty: number, lastDay: string = today) =>
  call(who, `POST /api/advisors/${sessions[whom].staffId}/duties/${duty}/ending`, { lastDay })
/** Whether they are shown what an advisor sees with a duty alone. */
const isShown = async (who: Who) => !(await call(who, 'GET /api/households/1/cases')).body.withheld

describe('the advisor of a committee', () => {
  test('is named by an official of its area, and is shown what only a duty shows', async () => {
    expect(await isShown('advisor')).toBe(false)
    const { status, body } = await give('clerk', 'advisor')
    expect(status).toBe(200)
    expect(body.duties).toMatchObject([{ areaId: here, from: '2024-01-01', to: null }])
    expect(await isShown('advisor')).toBe(true)
    expect((await give('clerk', 'advisor')).body.code).toBe('duty-stands')
  })

  test('is nobody who was not trained, works elsewhere, or names themself', async () => {
    expect((await give('clerk', 'trainee')).body.code).toBe('duty-not-certified')
    expect((await give('clerk', 'nextDoor')).body.code).toBe('duty-not-there')
    expect((await give('district', 'clerk')).body.code).toBe('duty-not-there')
    expect((await give('clerk', 'clerk')).body.code).toBe('advisor-own')
    expect((await give('advisor', 'trainee')).status).toBe(403)
    expect((await give('neighbour', 'advisor')).status).toBe(403)
    const backwards = await give('clerk', 'advisor', { from: '2025-02-01', to: '2025-01-01' })
    expect(backwards.body.code).toBe('advisor-days')
  })

  test('answers for it until a day, after which it shows nothing more', async () => {
    const page = await call('clerk', `GET /api/advisors/${sessions.advisor.staffId}`)
    const [{ id }] = page.body.duties
    expect((await end('neighbour', 'advisor', id)).status).toBe(404)
    expect((await end('clerk', 'nextDoor', id)).status).toBe(404)
    const { body } = await end('clerk', 'advisor', id, '2025-05-31')
    expect(body.duties).toMatchObject([{ id, to: '2025-05-31' }])
    expect(await isShown('advisor')).toBe(false)
    expect((await end('clerk', 'advisor', id)).status).toBe(404)
    expect((await give('clerk', 'advisor', { from: today })).status).toBe(200)
  })
})
