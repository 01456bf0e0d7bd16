import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'
import { enterSomebody, say } from './test-words.ts'
import { expireFacts, rollDays } from './wide.ts'

/** Sources that differ, from the day it arises to the day an official decides. */

let running: RunningQiao
const tokens = { advisor: '', township: '', elsewhere: '' }
type Who = keyof typeof tokens
let id = 0

beforeAll(async () => {
  running = await runQiao()
  for (const [who, role, areaId] of [
    ['advisor', 'advisor', '310118001001'],
    ['township', 'township', '310118001'],
    ['elsewhere', 'township', '310118002'],
  ] as const)
    tokens[who] = (await running.db.sessionFor({ role, areaId })).token
}, 120_000)
afterAll(() => running.close())

/** What the department said of somebody new; the visit then found another. */
beforeEach(async () => {
  id += 1
  await enterSomebody(running.db.owner, id)
  await loaded(100_000, '2025-05-01')
  await running.db.owner.pool.query(`select app.insert_current($1, $2, $3)`, [
    [id],
    today,
    rollDays,
  ])
  expect((await visited(90_000)).body).toEqual({ version: 2, inForce: false })
})

const loaded = (value: number, day: string) =>
  say(
    running.db.owner,
    {
      id,
      fact: 'pension',
      value,
      source: '人社养老金发放库',
      basis: 'sharing',
      by: 'job:load',
      day,
      until: '2025-11-01',
    },
    { today, keepsLater: true },
  )

const version = async () => (await page()).version as number
async function page(who: Who = 'township') {
  const { status, body } = await ask(running.http, `GET /api/households/${id}`, {
    token: tokens[who],
  })
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const pension = async (who?: Who) =>
  (await page(who)).facts.find(({ fact }: { fact: string }) => fact === 'pension')
const visited = async (value: number) =>
  ask(running.http, `PUT /api/households/${id}/facts`, {
    token: tokens.advisor,
    body: {
      fact: 'pension',
      personId: id,
      value,
      verifiedOn: today,
      source: '入户核实',
      evidence: '存折',
      basis: 'visit',
      version: await version(),
    },
  })
async function settle(take: boolean, who: Who = 'township') {
  const [other] = (await pension()).others
  return ask(running.http, `POST /api/households/${id}/words/${other.id}/settlement`, {
    token: tokens[who],
    body: { take, because: '看过存折原件', version: await version() },
  })
}
const differing = async (who: Who = 'township') => {
  const { body } = await ask(running.http, 'GET /api/households?differing=true', {
    token: tokens[who],
  })
  return body.items.some((one: { id: number }) => one.id === id)
}

test('both are shown, each with source, day, evidence and by whom, and why one is in force', async () => {
  expect(await pension()).toMatchObject({
    value: 100_000,
    kind: 'owner',
    source: '人社养老金发放库',
    others: [
      {
        kind: 'visit',
        valueText: '900 元/月',
        source: '入户核实',
        verifiedOn: today,
        evidence: expect.any(String),
        saidBy: expect.any(String),
        agrees: false,
        because: 'order',
        settled: null,
      },
    ],
  })
  expect([await differing(), await differing('elsewhere')]).toEqual([true, false])
  const { rows } = await running.db.owner.pool.query(
    'select f_pension::int as p from app.person_current where person_id = $1',
    [id],
  )
  expect(rows).toEqual([{ p: 100_000 }])
})

test('an advisor does not decide, nor does another township', async () => {
  expect((await settle(true, 'advisor')).status).toBe(403)
  expect((await settle(true, 'elsewhere')).status).toBe(404)
  expect((await page('advisor')).may).not.toContain('settle-words')
  expect((await page()).may).toContain('settle-words')
})

test('an official takes the other: it is in force, and the department’s lies beside with the reason', async () => {
  expect((await settle(true)).body).toEqual({ version: 3 })
  expect(await pension()).toMatchObject({
    value: 90_000,
    kind: 'visit',
    others: [{ kind: 'owner', because: 'settled', settled: { because: '看过存折原件' } }],
  })
  expect(await differing()).toBe(false)
  const { rows } = await running.db.owner.pool.query(
    `select detail from app.audit where action = 'household.word-settled' and household_id = $1`,
    [id],
  )
  expect(rows).toMatchObject([
    { detail: { fact: 'pension', taken: true, because: '看过存折原件' } },
  ])
})

test('what was decided against stays so when it is said once more, and is open again when it says another thing', async () => {
  await settle(true)
  await loaded(100_000, '2025-05-20')
  expect(await pension()).toMatchObject({ value: 90_000, others: [{ because: 'settled' }] })
  await loaded(110_000, '2025-05-21')
  expect(await pension()).toMatchObject({
    value: 110_000,
    others: [{ kind: 'visit', because: 'order' }],
  })
  expect(await differing()).toBe(true)
})

test('an official keeps what is in force: no conflict is open until somebody says another thing', async () => {
  expect((await settle(false)).status).toBe(200)
  expect(await differing()).toBe(false)
  await visited(90_000)
  expect(await differing()).toBe(false)
  await visited(80_000)
  expect(await differing()).toBe(true)
  expect(await pension()).toMatchObject({ value: 100_000, others: [{ valueText: '800 元/月' }] })
})

test('a word decided on by somebody else meanwhile is gone', async () => {
  const [other] = (await pension()).others
  await settle(true)
  const answer = await ask(
    running.http,
    `POST /api/households/${id}/words/${other.id}/settlement`,
    {
      token: tokens.township,
      body: { take: true, because: '看过存折原件', version: await version() },
    },
  )
  expect(answer.body).toMatchObject({ code: 'word-gone' })
})

test('when what is in force has run out, what another says and has not comes into force', async () => {
  await asActor(running.db.app, await running.db.jobToken(), (tx) => expireFacts(tx, '2025-11-02'))
  const { rows } = await running.db.owner.pool.query(
    `select value, source from app.fact where household_id = $1 and fact = 'pension' and superseded_at is null`,
    [id],
  )
  expect(rows).toEqual([{ value: 90_000, source: '入户核实' }])
})

test('a steward sets another order for a fact, and the next word goes by it; what stood is kept', async () => {
  const steward = await running.db.sessionFor({ role: 'district', areaId: '310118' })
  await running.db.owner.pool.query(
    `insert into app.appointment (staff_id, capability, valid_from) values ($1, 'data-steward', '2020-01-01')`,
    [steward.staffId],
  )
  const kinds = ['visit', 'owner', 'department', 'resident', 'load']
  const state = (body: object) =>
    ask(running.http, 'PUT /api/fact-trust/pension', { token: steward.token, body })
  const twice = { kinds: ['visit', 'visit', 'owner', 'resident', 'load'], because: '会议纪要' }
  expect((await state({ ...twice, seen: null })).body).toMatchObject({ code: 'trust-invalid' })
  expect((await state({ kinds, because: '会议纪要', seen: null })).status).toBe(200)
  expect((await state({ kinds, because: '会议纪要', seen: null })).body).toMatchObject({
    code: 'trust-changed',
  })
  const { body } = await ask(running.http, 'GET /api/fact-trust', { token: steward.token })
  expect(body.items.find(({ fact }: { fact: string }) => fact === 'pension')).toMatchObject({
    kinds,
    history: [{ because: '会议纪要' }],
  })
  expect((await visited(70_000)).body).toMatchObject({ inForce: true })
  expect(await pension()).toMatchObject({ value: 70_000, others: [{ kind: 'owner' }] })
})
