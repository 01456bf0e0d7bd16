import { afterAll, beforeAll, expect, test } from 'vitest'
import { putHousehold, putRoll, xiayang } from '../../src/features/leads/test-households.ts'
import { asOwner } from '../../src/platform/db/actor.ts'
import { writeAllCurrent } from '../../src/features/households/wide.ts'
import { ask, type RunningQiao, runQiao, today } from '../running-qiao.ts'

/** One household from its first fact to its award, as the people who work on it see it. */

const household = 1
const programme = 'laonian-jintie'
let running: RunningQiao
let advisor: string
let official: string

beforeAll(async () => {
  running = await runQiao()
  const { db } = running
  await putHousehold(db.owner, household, xiayang, '钱奶奶')
  await putRoll(db.owner, programme, '310118')
  await asOwner(db.owner, (tx) => writeAllCurrent(tx, today))
  advisor = (await db.sessionFor({ role: 'advisor', areaId: xiayang })).token
  official = (await db.sessionFor({ role: 'township', areaId: xiayang.slice(0, 9) })).token
})
afterAll(() => running.close())

const send = async (line: Parameters<typeof ask>[1], token: string, body?: unknown) => {
  const answer = await ask(running.http, line, body === undefined ? { token } : { token, body })
  if (answer.status !== 200) throw new Error(`${line}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
const version = async () => (await send(`GET /api/households/${household}`, advisor)).version
const record = async (fact: string, value: unknown) =>
  send(`PUT /api/households/${household}/facts`, advisor, {
    fact,
    value,
    personId: household,
    verifiedOn: today,
    source: '入户走访',
    version: await version(),
  })
const openLeads = async (token = advisor) => (await send('GET /api/leads', token)).items
const lines = async () => {
  const [row] = await openLeads()
  return row ? (await send(`GET /api/leads/${row.id}`, advisor)).lines : []
}
const until = (state: () => Promise<unknown>) =>
  expect.poll(state, { timeout: 15_000, interval: 200 })

test('a household of which nothing is known is on nobody’s list', async () => {
  expect(await openLeads()).toEqual([])
})

test('what the advisor records on a visit brings the household onto the list, with the reason', async () => {
  await record('birth_date', '1950-03-01')
  await record('hukou', '1')
  await until(async () => (await lines()).length).toBe(1)
  const [line] = await lines()
  expect(line).toMatchObject({
    programme,
    verdict: 'eligible',
    amount: { kind: 'exact', fen: 15_000 },
  })
  expect(line.why).toBe('年龄 75 周岁，满 65 周岁；未见老年综合津贴发放')
})

test('the page of the household explains the same verdict, with the day and source of the fact', async () => {
  const { results } = await send(`GET /api/households/${household}/explanation`, advisor)
  const result = results.find((one: { programme: string }) => one.programme === programme)
  expect(result).toMatchObject({
    verdict: 'eligible',
    receiving: 'no',
    amount: { kind: 'exact', fen: 15_000 },
  })
  const age = result.conditions.find((one: { id: string }) => one.id === 'age')
  expect(age).toMatchObject({
    verdict: 'met',
    reads: [{ value: 75, day: today, source: '入户走访' }],
  })
})

test('a family that declines is left in peace', async () => {
  const [row] = await openLeads()
  const lead = await send(`GET /api/leads/${row.id}`, advisor)
  await send(`POST /api/leads/${row.id}/lines/${lead.lines[0].id}/disposition`, advisor, {
    disposition: 'declined',
    reason: '不想麻烦',
    version: lead.version,
  })
  expect(await openLeads()).toEqual([])
})

test('until the facts change', async () => {
  await record('birth_date', '1940-03-01')
  await until(async () => (await openLeads()).length).toBe(1)
  const live = (await lines()).filter((one: { state: string }) => one.state === 'open')
  expect(live).toMatchObject([{ programme, amount: { kind: 'exact', fen: 18_000 } }])
})

test('an advisor cannot record that the allowance is paid, the official can, and the line closes', async () => {
  const award = {
    programme,
    personId: household,
    state: 'receiving',
    from: today,
    source: '街镇审核确认',
    version: await version(),
  }
  const line = `PUT /api/households/${household}/awards` as const
  expect((await ask(running.http, line, { token: advisor, body: award })).status).toBe(403)
  await send(line, official, award)
  await until(() => openLeads()).toEqual([])
  const { results } = await send(`GET /api/households/${household}/explanation`, advisor)
  expect(results.find((one: { programme: string }) => one.programme === programme)).toMatchObject({
    receiving: 'yes',
    group: 'receiving',
  })
})
