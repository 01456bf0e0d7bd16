import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putHousehold, putRoll, xiayang } from '../../src/features/leads/test-households.ts'
import { asOwner } from '../../src/platform/db/actor.ts'
import { writeAllCurrent } from '../../src/features/households/wide.ts'
import { ask, type RunningQiao, runQiao, today } from '../running-qiao.ts'

/** What people allow and what they do not want, as they tell their advisor, and what becomes of it. */

const programme = 'laonian-jintie'
let running: RunningQiao
let advisor: string

/** Elders of 75 without the allowance for their age: 1 and 2 alone, 3 with a spouse, person 30. */
beforeAll(async () => {
  running = await runQiao()
  const { owner } = running.db
  for (const id of [1, 2, 3]) await putHousehold(owner, id, xiayang, `户主${id}`)
  await owner.pool.query(`
    insert into app.person (id, household_id, area_id, name) values (30, 3, '${xiayang}', '配偶');
    insert into app.member (household_id, area_id, person_id, relation, valid_from)
      values (3, '${xiayang}', 30, '10', '2020-01-01');
    insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source, verified_on,
        sensitivity, recorded_by)
      select household_id, area_id, id, fact, value::jsonb, '1950-03-01', '公安', '2025-05-01', 'plain', 'job:load'
      from app.person, (values ('birth_date', '"1950-03-01"'), ('hukou', '"1"')) given (fact, value)`)
  await putRoll(owner, programme, '310118')
  await asOwner(owner, (tx) => writeAllCurrent(tx, today))
  advisor = (await running.db.sessionFor({ role: 'advisor', areaId: xiayang, name: '周顾问' }))
    .token
  await running.qiao.matching.run('by hand')
  await running.qiao.questions.start('by hand', 'all').then(({ done }) => done)
})
afterAll(() => running.close())

type Line = Parameters<typeof ask>[1]
const call = (line: Line, body?: unknown) =>
  ask(running.http, line, { token: advisor, ...(body === undefined ? {} : { body }) })
const send = async (line: Line, body?: unknown) => {
  const answer = await call(line, body)
  if (answer.status !== 200) throw new Error(`${line}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
const count = async (from: string) =>
  Number((await running.db.owner.pool.query(`select count(*) as n from ${from}`)).rows[0].n)
const leadsOf = async (household: number) =>
  (await send('GET /api/leads')).items.filter(
    (one: { householdId: number }) => one.householdId === household,
  )
const explained = async (household: number, of = programme) =>
  (await send(`GET /api/households/${household}/explanation`)).results.find(
    (one: { programme: string }) => one.programme === of,
  )
const until = (state: () => Promise<unknown>) =>
  expect.poll(state, { timeout: 15_000, interval: 100 })
const objectionOf = async (household: number) =>
  (await send(`GET /api/households/${household}/consents`)).objections[0]
const withdraw = async (household: number) =>
  send(
    `POST /api/households/${household}/objections/${(await objectionOf(household)).id}/withdrawal`,
    {},
  )
const standing = (table: string, household: number) =>
  count(`app.${table} where household_id = ${household} and superseded_at is null`)

describe('a household that objects to automated matching', () => {
  test('was on the list before it said so', async () => {
    expect(await leadsOf(1)).toHaveLength(1)
    expect(await standing('answer', 1)).toBeGreaterThan(0)
    expect(await count('app.question where household_id = 1')).toBeGreaterThan(0)
  })

  test('leaves what runs, samples and counts read with the very request', async () => {
    await send('POST /api/households/1/objections', {
      kind: 'matching',
      toldOn: today,
      note: '面谈',
    })
    expect(await count('app.household_current where household_id = 1')).toBe(0)
    expect(await count('app.person_current where household_id = 1')).toBe(0)
  })

  test('and every answer, lead and question the same day', async () => {
    await until(() => leadsOf(1)).toEqual([])
    await until(() => standing('answer', 1)).toBe(0)
    await until(() => standing('undecided', 1)).toBe(0)
    await until(() => count('app.question where household_id = 1')).toBe(0)
    const { rows } = await running.db.owner.pool.query(
      'select state, close_reason from app.lead_line where household_id = 1',
    )
    expect(rows).toEqual([{ state: 'closed', close_reason: 'objected' }])
  })

  test('is not taken up again by a run over the whole district', async () => {
    await running.qiao.matching.run('by hand')
    expect(await standing('answer', 1)).toBe(0)
    expect(await leadsOf(1)).toEqual([])
  })

  test('has a page that opens, shows the objection, and refuses politely to work anything out', async () => {
    const page = await send('GET /api/households/1')
    expect(page.members).toHaveLength(1)
    expect(page.facts.find((one: { fact: string }) => one.fact === 'birth_date').state).toBe(
      'known',
    )
    expect(await objectionOf(1)).toMatchObject({
      kind: 'matching',
      toldOn: today,
      note: '面谈',
      personId: null,
      recordedBy: '周顾问',
      withdrawnOn: null,
      withdrawnBy: null,
    })
    for (const view of ['explanation', 'combination', 'income-curve', 'questions'])
      expect(await call(`GET /api/households/1/${view}`), view).toMatchObject({
        status: 409,
        body: { code: 'matching-objected', title: '这户家庭不接受自动匹配' },
      })
  })

  test('says it once; a second time the first still stands', async () => {
    const again = { kind: 'matching', toldOn: today }
    expect(await call('POST /api/households/1/objections', again)).toMatchObject({
      status: 409,
      body: { code: 'objection-stands' },
    })
  })

  test('comes back when it takes that back, and who noted it stays on record', async () => {
    await withdraw(1)
    await until(async () => (await leadsOf(1)).length).toBe(1)
    expect(await explained(1)).toMatchObject({ verdict: 'eligible' })
    expect(await objectionOf(1)).toMatchObject({ withdrawnOn: today, withdrawnBy: '周顾问' })
    const id = (await objectionOf(1)).id
    expect(await call(`POST /api/households/1/objections/${id}/withdrawal`, {})).toMatchObject({
      status: 404,
    })
  })
})

describe('a household that objects to push only', () => {
  test('goes from the lists the same day and is matched all the same', async () => {
    await send('POST /api/households/2/objections', { kind: 'push', toldOn: today })
    await until(() => leadsOf(2)).toEqual([])
    await until(() => count('app.question where household_id = 2')).toBe(0)
    expect(await standing('answer', 2)).toBeGreaterThan(0)
    expect(await explained(2)).toMatchObject({ verdict: 'eligible' })
    await running.qiao.matching.run('by hand')
    expect(await leadsOf(2)).toEqual([])
    await running.qiao.questions.start('by hand', 'all').then(({ done }) => done)
    expect(await count('app.question where household_id = 2')).toBe(0)
    expect(await count('app.question where household_id = 1')).toBeGreaterThan(0)
  })

  test('is on the list again after taking it back', async () => {
    await withdraw(2)
    await until(async () => (await leadsOf(2)).length).toBe(1)
  })
})

describe('one member who objects to automated matching', () => {
  const about = (person: number) =>
    count(
      `app.every_answer where household_id = 3 and person_id = ${person} and superseded_at is null`,
    )

  test('is answered about no more, while the other is', async () => {
    expect(await about(30)).toBeGreaterThan(0)
    await send('POST /api/households/3/objections', {
      kind: 'matching',
      personId: 30,
      toldOn: today,
    })
    await until(() => about(30)).toBe(0)
    expect(await about(3)).toBeGreaterThan(0)
    const [lead] = await leadsOf(3)
    const { lines } = await send(`GET /api/leads/${lead.id}`)
    const open = lines.filter((one: { state: string }) => one.state === 'open')
    expect(open.map((one: { member: string }) => one.member)).toEqual(['户主3'])
  })

  test('counts for the household as somebody of whom nothing is known', async () => {
    const { rows } = await running.db.owner.pool.query(
      'select size, opted_out, f_birth_date, f_hukou, f_status_tekun from app.household_current join app.person_current using (household_id) where person_id = 30',
    )
    expect(rows).toEqual([
      { size: 2, opted_out: true, f_birth_date: null, f_hukou: null, f_status_tekun: null },
    ])
  })

  test('is not spoken of in explanation, combination and questions', async () => {
    const { results, leftOut } = await send('GET /api/households/3/explanation')
    const members = new Set(results.map((one: { member?: string }) => one.member))
    expect([members.has('3'), members.has('30')]).toEqual([true, false])
    expect(leftOut).toEqual([
      {
        reason: 'objection',
        text: '本人不接受自动匹配，按未知计',
        member: '30',
        memberName: '配偶',
      },
    ])
    for (const view of ['combination', 'income-curve', 'questions'])
      expect(JSON.stringify(await send(`GET /api/households/3/${view}`)), view).not.toContain(
        '"30"',
      )
    await until(() => count('app.question where person_id = 30')).toBe(0)
  })
})

describe('a result of a check of means', () => {
  const record = async (fact: string, value: unknown, basis: string) =>
    send('PUT /api/households/2/facts', {
      fact,
      value,
      basis,
      verifiedOn: today,
      source: '家庭经济状况核对',
      version: (await send('GET /api/households/2')).version,
    })
  const readsAssets = async () =>
    count('app.household_current where household_id = 2 and f_assets is not null')
  const leftOut = async () => (await send('GET /api/households/2/explanation')).leftOut
  const authorisation = { basis: 'check', from: '2025-05-01', to: '2025-06-30', evidence: '授权书' }

  test('without an authorisation is on record, and no run reads it', async () => {
    await record('assets', 100_000, 'check')
    expect(await readsAssets()).toBe(0)
    expect(await leftOut()).toEqual([
      {
        fact: 'assets',
        reason: 'authorisation',
        name: expect.any(String),
        text: '家庭经济状况核对没有有效授权，未用于匹配',
      },
    ])
  })

  test('counts while an authorisation of the household holds', async () => {
    await send('POST /api/households/2/authorisations', authorisation)
    expect(await readsAssets()).toBe(1)
    expect(await leftOut()).toEqual([])
  })

  test('the household is due on the day after the last of it', async () => {
    const { rows } = await running.db.owner.pool.query(
      'select next_expiry as day from app.household_current where household_id = 2',
    )
    expect(rows).toEqual([{ day: '2025-07-01' }])
    const { leftOut: later } = await send('GET /api/households/2/explanation?on=2025-07-01')
    expect(later.map(({ text }: { text: string }) => text)).toEqual([
      '家庭经济状况核对的授权已于 2025-06-30 到期，未用于匹配',
    ])
  })

  test('counts no more from the moment it is taken back, for no day', async () => {
    const { authorisations } = await send('GET /api/households/2/consents')
    expect(authorisations).toMatchObject([
      { state: 'valid', recordedBy: '周顾问', from: '2025-05-01' },
    ])
    await send(`POST /api/households/2/authorisations/${authorisations[0].id}/withdrawal`, {})
    expect(await readsAssets()).toBe(0)
    expect((await leftOut())[0].text).toBe('家庭经济状况核对的授权已于 2025-06-01 撤回，未用于匹配')
    const { leftOut: before } = await send('GET /api/households/2/explanation?on=2025-06-01')
    expect(before).toHaveLength(1)
  })

  test('an authorisation of one member covers that member only, not what is the household’s', async () => {
    await send('POST /api/households/2/authorisations', { ...authorisation, personId: 2 })
    expect(await readsAssets()).toBe(0)
    await send('PUT /api/households/2/facts', {
      fact: 'pension',
      personId: 2,
      value: 1,
      basis: 'check',
      verifiedOn: today,
      source: '核对',
      version: (await send('GET /api/households/2')).version,
    })
    expect(await count('app.person_current where person_id = 2 and f_pension = 1')).toBe(1)
  })

  test('what is known on no stated basis is on record and read by no run', async () => {
    await record('assets', 100_000, 'unstated')
    expect(await readsAssets()).toBe(0)
    expect((await leftOut())[0]).toMatchObject({
      fact: 'assets',
      reason: 'basis',
      text: '依据（未说明依据）不含主动发现，未用于匹配',
    })
    await record('assets', 100_000, 'visit')
    expect(await readsAssets()).toBe(1)
    const { facts } = await send('GET /api/households/2')
    expect(facts.find((one: { fact: string }) => one.fact === 'assets')).toMatchObject({
      basis: 'visit',
      basisName: '走访中了解',
      covers: true,
    })
  })

  test.each([
    ['authorisations', { ...authorisation, to: '2025-04-30' }, 'to', '终止日期不能早于起始日期'],
    ['authorisations', { ...authorisation, from: '2025-02-30' }, 'from', '没有这一天'],
    ['authorisations', { ...authorisation, to: '2025-05-31' }, 'to', '这份授权已经到期'],
    ['authorisations', { ...authorisation, basis: 'visit' }, 'basis', '这一种依据不需要授权'],
    ['authorisations', { ...authorisation, personId: 30 }, 'personId', '这户没有这位成员'],
    ['objections', { kind: 'push', toldOn: '2025-06-02' }, 'toldOn', '不能晚于今天'],
    ['objections', { kind: 'push', toldOn: 'soon' }, 'toldOn', '没有这一天'],
  ])('%s that cannot be are refused at the field', async (what, form, field, message) => {
    expect(await call(`POST /api/households/2/${what}`, form)).toMatchObject({
      status: 422,
      body: { code: 'consent-invalid', errors: [{ path: `/body/${field}`, message }] },
    })
  })

  test('a fact on a basis that does not exist is refused at the field', async () => {
    const { version } = await send('GET /api/households/2')
    const form = { fact: 'assets', value: 1, basis: 'hearsay', verifiedOn: today, source: '入户' }
    expect(await call('PUT /api/households/2/facts', { ...form, version })).toMatchObject({
      status: 422,
      body: { code: 'fact-invalid', errors: [{ path: '/body/basis' }] },
    })
  })
})
