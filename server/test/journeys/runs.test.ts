import { afterAll, beforeAll, expect, test } from 'vitest'
import { eligibilityJobs } from '../../src/features/eligibility/jobs.ts'
import { makeMatching, type Matching } from '../../src/features/eligibility/matching.ts'
import { isMatchDue } from '../../src/features/eligibility/queries.ts'
import { writeAllCurrent } from '../../src/features/households/wide.ts'
import {
  putAward,
  putHousehold,
  putRoll,
  xiayang,
} from '../../src/features/leads/test-households.ts'
import { settleLeads } from '../../src/features/leads/settle.ts'
import { packInForce } from '../../src/features/policies/load.ts'
import { asOwner } from '../../src/platform/db/actor.ts'
import { ask, type RunningQiao, runQiao, today } from '../running-qiao.ts'

/** Runs over a small district: three elders, one of whom receives the allowance for the old. */

const programme = 'laonian-jintie'
let running: RunningQiao
let district: string

beforeAll(async () => {
  running = await runQiao()
  const { owner } = running.db
  for (const id of [1, 2, 3]) await putHousehold(owner, id, xiayang)
  await putRoll(owner, programme, '310118')
  await putAward(owner, 1, programme, { personId: 1 })
  await owner.pool.query(
    `insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source, verified_on,
       sensitivity, recorded_by)
     select id, area_id, id, fact, value::jsonb, '1950-03-01', '公安', '2025-05-01', 'plain', 'job:load'
     from app.household, (values ('birth_date', '"1950-03-01"'), ('hukou', '"1"')) given (fact, value)`,
  )
  await asOwner(owner, (tx) => writeAllCurrent(tx, today))
  district = (await running.db.sessionFor({ role: 'district', areaId: '310118' })).token
})
afterAll(() => running.close())

const get = async (line: `GET ${string}`) =>
  (await ask(running.http, line, { token: district })).body
const runsDone = async () => {
  const { items } = await get('GET /api/runs')
  return items.filter(({ state }: { state: string }) => state === 'done')
}
const alarms: string[] = []
/** Matching with leads after it, as on another day. */
const matchingOn = (day: string): Matching =>
  makeMatching({
    db: running.db.app,
    clock: { today: () => day, now: () => new Date() },
    packInForce,
    programToken: () => running.db.jobToken('match'),
    workers: 0,
    onError: (error) => void alarms.push(error.message),
    afterRun: (tx, { id, pack }) =>
      settleLeads(tx, {
        today: day,
        run: { id },
        pack,
      }),
  })
const runDaily = async (day: string) => {
  const daily = eligibilityJobs(matchingOn(day), (error) => void alarms.push(String(error)))[
    'eligibility.daily'
  ]
  await daily?.({} as never)
}

test('the district starts a run, and the list says how many fit and how many of them do not receive', async () => {
  const started = await ask(running.http, 'POST /api/runs', { token: district, body: {} })
  expect(started.status).toBe(202)
  // Whoever looks next sees it, under way or done.
  expect((await get('GET /api/runs')).total).toBe(1)
  await expect.poll(runsDone, { timeout: 15_000 }).toHaveLength(1)
  const { items, total, page, size } = await get('GET /api/runs')
  expect({ total, page, size }).toEqual({ total: 1, page: 1, size: 20 })
  expect(items[0]).toMatchObject({ cause: 'by hand', households: 3, persons: 3, leadsRaised: 2 })
  const counted = items[0].byProgramme.find(
    (one: { programme: string }) => one.programme === programme,
  )
  expect(counted).toMatchObject({ eligible: 3, notReceiving: 2 })
})

test('a day on which the district was evaluated by the pack in force is not due again', async () => {
  const isDue = (day: string) => isMatchDue(running.qiao.matching, packInForce, day)
  expect(await isDue(today)).toBe(false)
  expect(await isDue('2025-06-02')).toBe(true)
})

test('runs are listed page by page, and those of single households not at all', async () => {
  await running.qiao.matching.run('by hand')
  await running.qiao.matching.run('household.changed', [2])
  const first = await get('GET /api/runs?size=1')
  const second = await get('GET /api/runs?size=1&page=2')
  expect([first.total, first.items.length, second.items.length]).toEqual([2, 1, 1])
  expect(first.items[0].id).toBeGreaterThan(second.items[0].id)
  expect((await get('GET /api/runs?size=1&page=3')).items).toEqual([])
})

test('the run of the day raises a line again that has rested long enough, though nothing else is due', async () => {
  const { items } = await get('GET /api/leads')
  expect(items.map((one: { householdId: number }) => one.householdId).sort()).toEqual([2, 3])
  for (const { id, version, lines } of items) {
    const line = `POST /api/leads/${id}/lines/${lines[0].id}/disposition` as const
    const body = { disposition: 'declined', reason: '不想麻烦', version }
    expect((await ask(running.http, line, { token: district, body })).status).toBe(200)
  }
  const open = async () => (await get('GET /api/leads')).total
  await putRoll(running.db.owner, programme, '310118001', { day: '2025-11-20' })
  await runDaily('2025-11-27')
  expect(await open()).toBe(0)
  await runDaily('2025-11-28')
  expect(await open()).toBe(2)
})

test('the night names a household whose change was missed, to whoever may see it, and the day mends it', async () => {
  const sessionOf = async (areaId: string) =>
    (await running.db.sessionFor({ role: 'township', areaId })).token
  const comparisonFor = async (token: string) =>
    (await ask(running.http, 'GET /api/runs', { token })).body.comparison
  await runDaily('2025-11-29')
  expect(alarms).toEqual([])
  expect(await comparisonFor(district)).toMatchObject({ differing: 0, named: [] })

  // As a fault of the program would leave it: the wide row is another, and nobody was told.
  await running.db.owner.pool.query(
    `update app.person_current set f_birth_date = '1990-01-01' where person_id = 2`,
  )
  await runDaily('2025-11-30')
  expect(alarms).toEqual([expect.stringContaining('answers of 1 households were wrong: 2')])
  const found = { onDay: '2025-11-29', households: 3, differing: 1 }
  expect(await comparisonFor(district)).toMatchObject({
    ...found,
    named: [{ id: 2, registerNo: 'QP-2' }],
  })
  expect(await comparisonFor(await sessionOf('310118002'))).toMatchObject({
    ...found,
    named: [],
  })
  await runDaily('2025-12-01')
  expect(await comparisonFor(district)).toMatchObject({ differing: 0 })
})
