import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { putCertificate } from '../advisors/test-certificates.ts'
import { asActor } from '../../platform/db/actor.ts'

const people = {
  advisor: ['advisor', '310118001001'],
  /** Another of the same committee. */
  partner: ['advisor', '310118001001'],
  /** Without a duty for the committee. */
  stranger: ['advisor', '310118001001'],
  nextDoor: ['advisor', '310118001002'],
  clerk: ['township', '310118001'],
  colleague: ['township', '310118001'],
  neighbour: ['township', '310118002'],
  district: ['district', '310118'],
  administrator: ['system-admin', '310118'],
} as const
type Who = keyof typeof people

let running: RunningQiao
const sessions = {} as Record<Who, { token: string; staffId: string }>
/** Households in the advisor's committee, a new one for each test. */
let last = 0
beforeAll(async () => {
  running = await runQiao()
  const { owner } = running.db
  for (const [name, [role, areaId]] of Object.entries(people))
    sessions[name as Who] = await running.db.sessionFor({ role, areaId, name })
  await owner.pool.query(`
    insert into app.household (id, area_id, register_no, address)
      select n, '310118001001', 'QP-' || n, '某路 ' || n || ' 号' from generate_series(1, 40) n;
    insert into app.person (id, household_id, area_id, name)
      select n, n, '310118001001', '户主' || n from generate_series(1, 40) n;
    insert into app.member (household_id, area_id, person_id, relation, valid_from)
      select n, '310118001001', n, '02', '2020-01-01' from generate_series(1, 40) n`)
  for (const who of ['advisor', 'partner'] as const) {
    await owner.pool.query(
      `insert into app.duty (staff_id, area_id, kind, valid_from) values ($1, '310118001001', 'advisor-of-area', '2024-01-01')`,
      [sessions[who].staffId],
    )
    await putCertificate(owner, sessions[who].staffId)
  }
}, 120_000)
afterAll(() => running.close())

const call = (who: Who, line: Parameters<typeof ask>[1], body?: object, headers = {}) =>
  ask(running.http, line, { token: sessions[who].token, headers, ...(body ? { body } : {}) })
const open = (household: number, who: Who = 'advisor') =>
  call(who, `POST /api/households/${household}/cases`, { cause: 'request', text: '自己来求助' })
const look = async (id: number, who: Who = 'clerk') =>
  (await call(who, `GET /api/cases/${id}`)).body
/** A step on what stands now. */
async function step(who: Who, id: number, body: Record<string, unknown>) {
  const decides = ['approve', 'return', 'close', 'keep-open', 'calm'].includes(String(body.step))
  const { version } = await look(id)
  return call(who, `POST /api/cases/${id}/${decides ? 'decisions' : 'steps'}`, { version, ...body })
}
const medicine = {
  text: '按月服药',
  measure: '连续三个月按时取药',
  means: 'service',
  meansRef: 'guidance',
  owner: 'both',
  dueOn: '2025-12-31',
}
async function plan(id: number, goal: object = medicine, who: Who = 'advisor') {
  const { version } = await look(id)
  return call(who, `POST /api/cases/${id}/goals`, { ...goal, version })
}
async function settle(id: number, state = 'done') {
  const { version, goals } = await look(id)
  const line = `POST /api/cases/${id}/goals/${goals[0].id}/outcome` as const
  return call('advisor', line, { state, outcome: '三个月都取了药', version })
}

const path = ['planning', 'submitted', 'in-service', 'closing', 'follow-up'] as const
/** A case of a household of its own, so far as it was taken. */
async function caseTo(state: (typeof path)[number], closingReason = 'goals-met'): Promise<number> {
  last += 1
  const { id } = (await open(last)).body
  const to = path.indexOf(state)
  await step('advisor', id, { step: 'plan' })
  await plan(id)
  if (to >= 1) await step('advisor', id, { step: 'submit', agreedHow: 'signed' })
  if (to >= 2) await step('clerk', id, { step: 'approve' })
  if (to >= 3) {
    await settle(id)
    const asked = { step: 'ask-closing', closingReason, householdWord: '谢谢，够了' }
    await step('advisor', id, asked)
  }
  if (to >= 4) await step('clerk', id, { step: 'close' })
  expect((await look(id)).state).toBe(state)
  return id
}

const clocksOf = async (id: number) =>
  (
    await running.db.owner.pool.query<{ kind: string; how: string | null }>(
      `select kind, ended_how as how from app.clock where subject = 'case' and subject_id = $1 order by id`,
      [id],
    )
  ).rows.map(({ kind, how }) => `${kind} ${how ?? 'runs'}`)

describe('the case of a household', () => {
  test('is opened once, in the hands of whoever opens it, and waits for its plan', async () => {
    last += 1
    const { status, body } = await open(last)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      state: 'open',
      head: `户主${last}`,
      openedOn: today,
      owner: { id: sessions.advisor.staffId },
      clock: { state: 'running', unit: 'workday', left: 10 },
    })
    expect((await open(last, 'clerk')).body.code).toBe('case-open')
  })

  test('is shown to advisors with a duty, to officials of its area, and to nobody else', async () => {
    const id = await caseTo('planning')
    for (const who of ['advisor', 'partner', 'clerk', 'district'] as const)
      expect((await call(who, `GET /api/cases/${id}`)).status, who).toBe(200)
    for (const who of ['stranger', 'nextDoor', 'neighbour'] as const) {
      expect((await call(who, `GET /api/cases/${id}`)).status, who).toBe(404)
      expect((await call(who, 'GET /api/cases?size=100')).body.items, who).toEqual([])
    }
    expect((await call('administrator', `GET /api/cases/${id}`)).status).toBe(403)
    const own = (await call('stranger', `GET /api/households/${last}/cases`)).body
    expect(own).toMatchObject({ withheld: true, items: [], mayOpen: false })
    expect((await open(last, 'stranger')).body.code).toBe('case-withheld')
  })

  test('says what people wrote to nobody of the district without a reason', async () => {
    const id = await caseTo('planning')
    const masked = await look(id, 'district')
    expect(masked.goals[0].text).not.toContain('服药')
    expect(masked.reasonShows).toEqual(['free-text'])
    const reason = { 'x-qiao-reason': encodeURIComponent('复核个案') }
    const shown = await call('district', `GET /api/cases/${id}`, undefined, reason)
    expect(shown.body.goals[0].text).toBe('按月服药')
  })

  test('keeps nothing that lies sealed under the key of a request', async () => {
    last += 1
    const body = { cause: 'request', text: '自己来求助，常忘吃药' }
    const line = `POST /api/households/${last}/cases` as const
    const key = { 'idempotency-key': 'case-once-0001' }
    const first = await call('advisor', line, body, key)
    expect((await call('advisor', line, body, key)).body.id).toBe(first.body.id)
    const { rows } = await running.db.owner.pool.query<{ answer: unknown }>(
      `select answer from app.idempotency where key = 'case-once-0001'`,
    )
    expect(rows).toEqual([{ answer: first.body.id }])
  })

  test('lies sealed in the database', async () => {
    const id = await caseTo('planning')
    const { rows } = await running.db.owner.pool.query<{ goal: Buffer; event: Buffer }>(
      `select text_enc as goal, (select text_enc from app.case_event where case_id = $1 order by id limit 1) as event
       from app.case_goal where case_id = $1`,
      [id],
    )
    expect(rows[0]?.goal.toString('utf8')).not.toContain('服药')
    expect(rows[0]?.event.toString('utf8')).not.toContain('求助')
  })
})

describe('a plan', () => {
  test('needs a goal, and how the household agreed to it', async () => {
    last += 1
    const { id } = (await open(last)).body
    await step('advisor', id, { step: 'plan' })
    const without = await step('advisor', id, { step: 'submit', agreedHow: 'spoken' })
    expect([without.status, without.body.code]).toEqual([422, 'case-no-goals'])
    await plan(id)
    const silent = await step('advisor', id, { step: 'submit' })
    expect(silent.body).toMatchObject({
      code: 'case-says-nothing',
      errors: [{ path: '/body/agreedHow' }],
    })
    const { body } = await step('advisor', id, { step: 'submit', agreedHow: 'spoken' })
    expect(body).toMatchObject({ state: 'submitted', agreedHow: 'spoken', agreedOn: today })
  })

  test('names only what there is: members, needs, policies and services, and days to come', async () => {
    const id = await caseTo('planning')
    for (const [goal, field] of [
      [{ personId: 39 }, 'personId'],
      [{ needId: 1 }, 'needId'],
      [{ means: 'policy', meansRef: 'no-such' }, 'meansRef'],
      [{ means: 'service', meansRef: 'no-such' }, 'meansRef'],
      [{ dueOn: '2025-05-31' }, 'dueOn'],
    ] as const) {
      const { body } = await plan(id, { ...medicine, ...goal })
      expect(body.code).toBe('case-goal-wrong')
      expect(body.errors[0].path).toBe(`/body/${field}`)
    }
    const own = { ...medicine, personId: last, means: 'policy', meansRef: 'dibao' }
    expect((await plan(id, own)).body.goals.at(-1)).toMatchObject({ member: `户主${last}` })
  })

  test('is approved by an official who did not hand it in, never by an advisor', async () => {
    last += 1
    const { id } = (await open(last, 'clerk')).body
    await step('clerk', id, { step: 'plan' })
    await plan(id)
    await step('clerk', id, { step: 'submit', agreedHow: 'signed' })
    expect((await step('advisor', id, { step: 'approve' })).status).toBe(403)
    expect((await step('clerk', id, { step: 'approve' })).body.code).toBe('case-decided-by-another')
    // The database says so as well, whatever the application would let through.
    const past = (who: Who) =>
      asActor(running.db.app, sessions[who].token, (tx) =>
        sql`update app.household_case set state = 'in-service' where id = ${id}`.execute(tx),
      )
    await expect(past('advisor')).rejects.toMatchObject({ code: '42501' })
    await expect(past('clerk')).rejects.toMatchObject({ constraint: 'household_case_plan_by_two' })
    const { body } = await step('colleague', id, { step: 'approve' })
    expect(body).toMatchObject({ state: 'in-service', goals: [{ state: 'in-progress' }] })
  })

  test('is approved by nobody who was not shown what it says', async () => {
    const id = await caseTo('submitted')
    const unread = await step('district', id, { step: 'approve' })
    expect([unread.status, unread.body.code]).toEqual([409, 'case-unread'])
    expect((await look(id, 'district')).may).not.toContain('approve')
    expect((await look(id, 'clerk')).may).toContain('approve')
  })

  test('that is sent back says why, keeps its history and waits for its plan again', async () => {
    const id = await caseTo('submitted')
    expect((await step('clerk', id, { step: 'return', text: ' ' })).body.code).toBe(
      'case-says-nothing',
    )
    const { body } = await step('clerk', id, { step: 'return', text: '目标不可衡量' })
    expect(body.state).toBe('planning')
    expect(body.events.map((one: { step: string }) => one.step)).toEqual([
      'open',
      'plan',
      'goal-added',
      'submit',
      'return',
    ])
    expect(await clocksOf(id)).toEqual([
      'case-plan handled',
      'case-approval handled',
      'case-plan runs',
    ])
  })

  test('that was agreed is not rewritten: goals change only while it is planned', async () => {
    const id = await caseTo('in-service')
    expect((await plan(id)).body.code).toBe('case-goal-not-planned')
    const past = asActor(running.db.app, sessions.advisor.token, (tx) =>
      sql`update app.case_goal set due_on = '2030-01-01' where case_id = ${id}`.execute(tx),
    )
    await expect(past).rejects.toMatchObject({ constraint: 'case_goal_while_planned' })
    await step('advisor', id, { step: 'review', text: '服药已稳定' })
    await step('advisor', id, { step: 'replan' })
    expect((await plan(id)).status).toBe(200)
  })

  test('is written on what stands: whoever was overtaken is told', async () => {
    const id = await caseTo('planning')
    const { version } = await look(id)
    await step('advisor', id, { step: 'urgent', text: '无人照看' })
    const late = await call('advisor', `POST /api/cases/${id}/goals`, { ...medicine, version })
    expect(late.body.code).toBe('case-changed')
  })
})

describe('a case is closed', () => {
  test('once every goal has an outcome and the household has had its word', async () => {
    const id = await caseTo('in-service')
    const asked = { step: 'ask-closing', closingReason: 'goals-met', householdWord: '谢谢' }
    expect((await step('advisor', id, asked)).body.code).toBe('case-goals-open')
    await settle(id)
    expect((await settle(id)).body.code).toBe('case-goal-settled')
    const silent = await step('advisor', id, { ...asked, householdWord: '' })
    expect(silent.body.errors[0].path).toBe('/body/householdWord')
    const { body } = await step('advisor', id, asked)
    expect(body).toMatchObject({
      state: 'closing',
      closingReason: 'goals-met',
      householdWord: '谢谢',
    })
  })

  test('by an official who did not ask for it, and is followed up after a while', async () => {
    const id = await caseTo('closing')
    const { body } = await step('clerk', id, { step: 'close' })
    expect(body).toMatchObject({ state: 'follow-up', closedOn: today })
    expect((await clocksOf(id)).at(-1)).toBe('case-follow-up runs')
    const done = await step('advisor', id, { step: 'follow-up', text: '药按时吃，女儿每周来' })
    expect(done.body).toMatchObject({ state: 'archived', may: [] })
    expect((await open(last)).status).toBe(200)
  })

  test('and taken up again where what was feared comes back', async () => {
    const id = await caseTo('follow-up')
    const { body } = await step('advisor', id, { step: 'relapse', text: '停药两周' })
    expect(body).toMatchObject({ state: 'planning', closedOn: null })
    expect((await clocksOf(id)).slice(-2)).toEqual(['case-follow-up handled', 'case-plan runs'])
  })

  test('without a follow-up where nobody is left to ask here', async () => {
    const id = await caseTo('closing', 'moved')
    const { body } = await step('clerk', id, { step: 'close' })
    expect(body.state).toBe('archived')
    expect((await clocksOf(id)).filter((one) => one.endsWith('runs'))).toEqual([])
  })
})

describe('in between', () => {
  test('a case is suspended for a reason, and goes on where it stood', async () => {
    const id = await caseTo('planning')
    expect((await step('advisor', id, { step: 'suspend' })).body.code).toBe('case-says-nothing')
    const { body } = await step('advisor', id, { step: 'suspend', text: '住院一个月' })
    expect(body).toMatchObject({ state: 'suspended', resumesTo: 'planning' })
    expect((await clocksOf(id)).at(-1)).toBe('case-plan handled')
    expect((await step('advisor', id, { step: 'resume' })).body.state).toBe('planning')
    expect((await clocksOf(id)).at(-1)).toBe('case-plan runs')
  })

  test('urgent protection is placed by anybody who has cases there, and lifted by an official', async () => {
    const id = await caseTo('in-service')
    await step('advisor', id, { step: 'urgent', text: '家中无人照看孩子' })
    const { items } = (await call('clerk', 'GET /api/cases?size=1')).body
    expect(items[0]).toMatchObject({ urgent: true })
    expect((await step('advisor', id, { step: 'calm', text: '已安置' })).status).toBe(403)
    expect((await step('clerk', id, { step: 'calm', text: '已安置' })).body.urgent).toBe(false)
  })

  test('whoever has a case keeps it until the colleague takes it', async () => {
    const id = await caseTo('in-service')
    const hand = async (to: Who) => {
      const { version } = await look(id)
      const body = { to: sessions[to].staffId, text: '调岗', version }
      return call('advisor', `POST /api/cases/${id}/handover`, body)
    }
    const answer = async (who: Who, takes: boolean) => {
      const { version } = await look(id)
      return call(who, `POST /api/cases/${id}/handover/answer`, { takes, version })
    }
    // Elsewhere, and here without a certificate.
    expect((await hand('nextDoor')).body.code).toBe('case-handover-wrong')
    expect((await hand('stranger')).body.code).toBe('case-handover-wrong')
    expect((await hand('partner')).body).toMatchObject({
      owner: { id: sessions.advisor.staffId },
      handedTo: { id: sessions.partner.staffId },
    })
    expect((await answer('clerk', true)).body.code).toBe('case-not-handed')
    expect((await answer('partner', false)).body).toMatchObject({
      owner: { id: sessions.advisor.staffId },
      handedTo: null,
    })
    await hand('partner')
    const taken = await answer('partner', true)
    expect(taken.body.owner.id).toBe(sessions.partner.staffId)
    const mine = (await call('partner', 'GET /api/cases?view=mine&size=100')).body
    expect(mine.items.map((one: { id: number }) => one.id)).toContain(id)
  })

  test('what is due of it is on the list of today of whoever has it, and of no colleague', async () => {
    const id = await caseTo('planning')
    await running.db.owner.pool.query(
      `update app.clock set due_at = '2025-06-02T00:00:00+08:00' where subject = 'case' and subject_id = $1 and ended_at is null`,
      [id],
    )
    const reasonsOf = async (who: Who) => {
      const { items } = (await call(who, 'GET /api/today')).body
      const own = items.find((one: { householdId: number }) => one.householdId === last)
      return own?.reasons ?? []
    }
    expect(await reasonsOf('advisor')).toMatchObject([
      { kind: 'case', subjectId: id, clock: 'case-plan', due: '2025-06-01', left: 0 },
    ])
    expect(await reasonsOf('partner')).toEqual([])
    expect(await reasonsOf('neighbour')).toEqual([])
    expect(await reasonsOf('clerk')).toMatchObject([{ kind: 'case' }])
  })

  test('what waits for a decision is listed for officials who did not ask for it', async () => {
    const id = await caseTo('submitted')
    const ids = async (who: Who) =>
      (await call(who, 'GET /api/cases?view=to-decide&size=100')).body.items.map(
        (one: { id: number }) => one.id,
      )
    expect(await ids('clerk')).toContain(id)
    expect(await ids('advisor')).toEqual([])
  })
})
