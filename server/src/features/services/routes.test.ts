import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { instantOn } from '../../platform/clock.ts'
import { asActor } from '../../platform/db/actor.ts'
import { putHousehold, xiayang } from '../leads/test-households.ts'
import { keepVisitClocks } from './clocks.ts'
import { recordVisit, visit, workOutDue } from './test-visits.ts'

/** What advisors record, and what becomes due of it; each case has a household of its own. */

let running: RunningQiao
const sessions = {} as Record<
  'advisor' | 'colleague' | 'clerk' | 'district',
  { token: string; staffId: string }
>
let id = 0
const owner = (text: string, values?: unknown[]) => running.db.owner.pool.query(text, values)

beforeAll(async () => {
  running = await runQiao()
  for (const [name, role, areaId] of [
    ['advisor', 'advisor', xiayang],
    ['colleague', 'advisor', xiayang],
    ['clerk', 'township', '310118001'],
    ['district', 'district', '310118'],
  ] as const)
    sessions[name] = await running.db.sessionFor({ role, areaId, name })
}, 120_000)
afterAll(() => running.close())
beforeEach(async () => {
  id += 1
  await putHousehold(running.db.owner, id, xiayang)
})

const call = (who: keyof typeof sessions, line: Parameters<typeof ask>[1], body?: object) =>
  ask(running.http, line, { token: sessions[who].token, ...(body ? { body } : {}) })
const record = (more: object = {}, headers: Readonly<Record<string, string>> = {}) =>
  recordVisit(running, sessions.advisor.token, id, more, headers)
const amend = (who: keyof typeof sessions, of: number, more: object) =>
  call(who, `PUT /api/households/${id}/services/${of}`, { ...visit, because: null, ...more })
const setTier = (tier: string, seen: number | null = null) =>
  call('clerk', `PUT /api/households/${id}/visit-tier`, { tier, because: '独居，行动不便', seen })
const services = async () => (await call('advisor', `GET /api/households/${id}/services`)).body
const due = async () =>
  Object.fromEntries(
    ((await services()).due as { kind: string; due: string }[]).map((one) => [one.kind, one.due]),
  )
const isOnToday = async () => {
  const { body } = await call('advisor', 'GET /api/today')
  return (body.items as { householdId: number }[]).some(({ householdId }) => householdId === id)
}
/** High since a day in the past, with a visit on another. */
async function followed(since: string, last?: string): Promise<void> {
  await owner(
    `insert into app.visit_tier (household_id, tier, because, from_day, recorded_by) values ($1, 'high', '独居', $2, null)`,
    [id, since],
  )
  if (last) await record({ day: last })
  await workOutDue(running, [id])
}
const aDayAgo = (of: number) =>
  asOwnerWithoutTriggers(
    `update app.service_record set made_at = made_at - interval '25 hours' where number = ${of}`,
  )
async function asOwnerWithoutTriggers(statement: string): Promise<void> {
  await owner(`alter table app.service_record disable trigger service_record_as_recorded; ${statement};
    alter table app.service_record enable trigger service_record_as_recorded`)
}

describe('a record', () => {
  test('is kept as it was sent, and everything known is filled in beforehand', async () => {
    const sent = {
      personIds: [id],
      begins: '09:30',
      ends: '10:10',
      services: ['policy-guidance', 'counselling'],
      programmes: ['dibao'],
      materials: [{ name: '大米', quantity: 2, fen: 12_000 }],
      flags: ['fall-risk'],
      nextDay: '2025-06-08',
      words: {
        said: '想去社区食堂',
        seen: '门槛高',
        needs: '扶手',
        done: '联系居委',
        resource: '',
        next: '带申请表',
      },
    }
    const made = await record(sent)
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ ...sent, version: 1, madeBy: 'advisor', before: [] })
    expect(made.body.may).toEqual(['edit', 'amend'])
    const start = await call('advisor', `GET /api/households/${id}/services/start`)
    expect(start.body).toMatchObject({
      today,
      persons: [{ personId: id, name: `户主${id}` }],
      last: { on: today, said: '想去社区食堂', next: '带申请表', flags: ['fall-risk'] },
    })
  })

  test.each([
    ['a day to come', { day: '2025-06-02' }, 'day'],
    ['an end before its beginning', { begins: '10:00', ends: '09:00' }, 'ends'],
    ['a next day that is past', { nextDay: '2025-05-31' }, 'nextDay'],
    ['somebody of another household', { personIds: [999] }, 'personIds'],
    ['a policy there is not', { programmes: ['none-such'] }, 'programmes'],
    [
      'a service to whom nobody met',
      { outcome: 'nobody-home', services: ['counselling'] },
      'services',
    ],
  ])('is refused with %s', async (_what, more, field) => {
    const { status, body } = await record(more)
    expect([status, body.code]).toEqual([422, 'service-incomplete'])
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([`/body/${field}`])
  })

  test('is edited by its author within a day without a reason, each edit a version', async () => {
    const { body } = await record()
    const edited = await amend('advisor', body.id, { version: 1, method: 'phone' })
    expect(edited.body).toMatchObject({ version: 2, method: 'phone', because: null })
    expect(edited.body.before).toMatchObject([{ version: 1, method: 'visit' }])
  })

  test('is changed by a colleague with a reason only', async () => {
    const { body } = await record()
    expect((await amend('colleague', body.id, { version: 1 })).body.code).toBe(
      'service-reason-missing',
    )
    const amended = await amend('clerk', body.id, { version: 1, because: '核对后更正' })
    expect(amended.body).toMatchObject({ version: 2, because: '核对后更正', madeBy: 'clerk' })
  })

  test('is amended after a day, with a reason; what stood before stays readable', async () => {
    const { body } = await record({ words: { ...visit.words, said: '先前的话' } })
    await aDayAgo(body.id)
    expect((await amend('advisor', body.id, { version: 1 })).body.code).toBe(
      'service-reason-missing',
    )
    const amended = await amend('advisor', body.id, {
      version: 1,
      because: '听错了',
      words: { ...visit.words, said: '后来的话' },
    })
    expect(amended.body).toMatchObject({
      version: 2,
      because: '听错了',
      words: { said: '后来的话' },
    })
    expect(amended.body.before[0].words.said).toBe('先前的话')
    expect(amended.body.may).toEqual(['amend'])
  })

  test('the database refuses an edit without a reason after a day, past the application', async () => {
    const { body } = await record()
    await aDayAgo(body.id)
    await expect(
      asActor(running.db.app, sessions.advisor.token, (tx) =>
        sql`select app.record_service(${id}, ${body.id}, 1, '{}', '', null)`.execute(tx),
      ),
    ).rejects.toThrow('is not for')
  })

  test('of two who write at once the second is told', async () => {
    const { body } = await record()
    await amend('advisor', body.id, { version: 1, method: 'phone' })
    const late = await amend('advisor', body.id, { version: 1, method: 'video' })
    expect([late.status, late.body.code]).toEqual([409, 'service-changed'])
  })

  test('sent again with the same key it is written once', async () => {
    const key = { 'idempotency-key': `visit-${id}` }
    const [first, again] = [await record({}, key), await record({}, key)]
    expect(again.body.id).toBe(first.body.id)
    expect((await services()).items).toHaveLength(1)
    expect((await record({ method: 'phone' }, key)).body.code).toBe('key-reused')
  })

  test('what people said is not kept with the key either', async () => {
    const words = { ...visit.words, said: '只说过这一次的话' }
    const key = { 'idempotency-key': `words-${id}` }
    const [first, again] = [await record({ words }, key), await record({ words }, key)]
    expect([first.body.words.said, again.body.words.said]).toEqual([words.said, words.said])
    const { rows } = await owner('select answer::text from app.idempotency')
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(words.said)
  })

  test('names whom it concerned though they have left since', async () => {
    const { body } = await record({ personIds: [id] })
    await owner(`update app.member set superseded_at = now() where household_id = $1`, [id])
    const { items } = await services()
    expect(items).toMatchObject([{ id: body.id, persons: [{ personId: id, name: `户主${id}` }] }])
    const amended = await amend('advisor', body.id, {
      version: 1,
      personIds: [id],
      method: 'phone',
    })
    expect(amended.status).toBe(200)
  })
})

describe('what is due', () => {
  test('of a high tier: a contact a week after the last, a visit a month after the last', async () => {
    await followed('2025-01-01', '2025-05-20')
    expect(await due()).toEqual({ contact: '2025-05-27', visit: '2025-06-20' })
    await record({ day: '2025-05-30', method: 'phone' })
    await workOutDue(running, [id])
    expect(await due()).toEqual({ contact: '2025-06-06', visit: '2025-06-20' })
  })

  test.each(['nobody-home', 'refused', 'put-off', 'away'])(
    'is put off by nothing but having met somebody: %s',
    async (outcome) => {
      await followed('2025-01-01', '2025-04-20')
      const before = await due()
      await record({ outcome })
      await workOutDue(running, [id])
      expect(await due()).toEqual(before)
      expect(await isOnToday()).toBe(true)
      expect((await services()).items[0]).toMatchObject({ outcome })
    },
  )

  test('who was met is off the list of today at once, and comes again when it is time', async () => {
    await followed('2025-01-01', '2025-04-20')
    expect(await isOnToday()).toBe(true)
    await record()
    expect(await isOnToday()).toBe(false)
    await workOutDue(running, [id], '2025-07-20')
    const { rows } = await owner(
      `select kind, due_on as due from app.visit_due where household_id = $1 and ended_at is null order by kind`,
      [id],
    )
    expect(rows).toEqual([
      { kind: 'contact', due: '2025-06-08' },
      { kind: 'visit', due: '2025-07-01' },
    ])
  })

  test('a record that was a mistake counts no more', async () => {
    await followed('2025-01-01', '2025-04-20')
    const { body } = await record()
    await amend('advisor', body.id, { version: 1, outcome: 'nobody-home' })
    await workOutDue(running, [id])
    expect(await due()).toEqual({ contact: '2025-04-27', visit: '2025-05-20' })
  })

  test('a tier is set with a reason, what stood before stays, and nothing is due of none', async () => {
    expect((await setTier('high')).status).toBe(204)
    const { tier } = await services()
    expect(tier).toMatchObject({ tier: 'high', because: '独居，行动不便', from: today })
    expect((await setTier('none')).body.code).toBe('tier-changed')
    expect((await setTier('none', tier.version)).status).toBe(204)
    await workOutDue(running, [id])
    expect(await due()).toEqual({})
    const { rows } = await owner(
      'select tier from app.visit_tier where household_id = $1 order by id',
      [id],
    )
    expect(rows.map((row) => row.tier)).toEqual(['high', 'none'])
  })

  test('whoever is eighty and lives alone is to be contacted every week, without any tier', async () => {
    await owner(
      `insert into app.person_current (person_id, household_id, area_id, f_birth_date) values ($1, $1, $2, '1945-06-01')`,
      [id, xiayang],
    )
    await record({ day: '2025-05-28', method: 'phone' })
    await workOutDue(running, [id])
    expect(await due()).toEqual({ contact: '2025-06-04' })
  })

  test('a serious illness alone is told to nobody who may not read it', async () => {
    await owner(
      `insert into app.person_current (person_id, household_id, area_id, f_serious_illness) values ($1, $1, $2, true)`,
      [id, xiayang],
    )
    await record({ day: '2025-04-20' })
    await workOutDue(running, [id])
    expect(await due()).toEqual({})
    const { body } = await call('clerk', `GET /api/households/${id}/services`)
    expect(body.due).toMatchObject([
      { kind: 'visit', reason: 'serious-illness', sensitivity: 'need-signal', due: '2025-06-01' },
    ])
  })

  test('in a season of heat it is due sooner, and as before once the season is taken back', async () => {
    await followed('2025-01-01', '2025-05-30')
    const season = {
      kind: 'heat',
      from: '2025-06-01',
      to: '2025-08-31',
      percent: 50,
      because: '高温预警',
    }
    const stated = await call('district', 'POST /api/visit-seasons', season)
    expect(stated.body.seasons).toMatchObject([{ kind: 'heat', percent: 50, ended: false }])
    await workOutDue(running, [id])
    expect(await due()).toEqual({ contact: '2025-06-02', visit: '2025-06-14' })
    const [{ id: seasonId }] = stated.body.seasons
    await call('district', `POST /api/visit-seasons/${seasonId}/ending`, {})
    await workOutDue(running, [id])
    expect(await due()).toEqual({ contact: '2025-06-06', visit: '2025-06-30' })
  })
})

describe('what was missed', () => {
  const clockOf = async () =>
    (
      await owner(
        `select clock.kind, clock.ended_how as "endedHow", clock.owner from app.clock
         where subject = 'visit-due' and household_id = $1 order by kind`,
        [id],
      )
    ).rows
  const keep = async () =>
    asActor(running.db.app, await running.db.jobToken('clocks'), (tx) =>
      keepVisitClocks(tx, instantOn(today)),
    )

  test('runs against a limit until somebody was there', async () => {
    await owner(
      `insert into app.duty (staff_id, area_id, kind, valid_from, recorded_by)
       values ($1, $2, 'advisor-of-area', '2024-01-01', 'test') on conflict do nothing`,
      [sessions.advisor.staffId, xiayang],
    )
    await followed('2025-01-01', '2025-04-20')
    await keep()
    await keep()
    const { staffId } = sessions.advisor
    expect(await clockOf()).toEqual([
      { kind: 'contact-missed', endedHow: null, owner: staffId },
      { kind: 'visit-missed', endedHow: null, owner: staffId },
    ])
    await record()
    await keep()
    expect((await clockOf()).map(({ endedHow }) => endedHow)).toEqual(['handled', 'handled'])
  })

  test('is withdrawn when the household is followed no more', async () => {
    await followed('2025-01-01', '2025-04-20')
    await keep()
    const { tier } = await services()
    await setTier('none', tier.version)
    await workOutDue(running, [id])
    await keep()
    expect((await clockOf()).map(({ endedHow }) => endedHow)).toEqual(['withdrawn', 'withdrawn'])
  })

  test('stays on the list with how long ago it was', async () => {
    await followed('2025-01-01', '2025-04-20')
    const { body } = await call('advisor', 'GET /api/today')
    const stop = body.items.find(({ householdId }: { householdId: number }) => householdId === id)
    expect(stop.reasons).toMatchObject([
      { kind: 'contact', due: '2025-04-27', left: -35, rule: 'tier-high', last: '2025-04-20' },
      { kind: 'visit', due: '2025-05-20', left: -12, rule: 'tier-high' },
    ])
    expect(stop).toMatchObject({ head: `户主${id}`, address: '某路 1 号', planned: false })
  })
})

test('what was promised is on the list on its day, until the next record', async () => {
  await record({
    day: '2025-05-20',
    nextDay: '2025-06-01',
    words: { ...visit.words, next: '带申请表' },
  })
  const promised = async () => {
    const { body } = await call('advisor', 'GET /api/today')
    const stop = body.items.find(({ householdId }: { householdId: number }) => householdId === id)
    return stop?.reasons
  }
  expect(await promised()).toMatchObject([{ kind: 'promise', left: 0, promised: '带申请表' }])
  await record({ outcome: 'nobody-home' })
  expect(await promised()).toBeUndefined()
})

// The last: it holds for every household.
test('a rule stated anew holds from its day, for every household', async () => {
  await followed('2025-01-01', '2025-05-30')
  const rules = (await call('district', 'GET /api/visit-rules')).body.items
  const { version, contact, visit: every } = rules[0]
  const restated = await call('district', 'PUT /api/visit-rules/tier-high', {
    contact: { amount: 3, unit: 'day' },
    visit: every,
    from: today,
    source: '区民政局通知',
    proposed: false,
    version,
  })
  expect(restated.body.items[0]).toMatchObject({
    contact: { amount: 3, unit: 'day' },
    proposed: false,
  })
  expect(restated.body.items[0].others).toMatchObject([{ contact }])
  await vi.waitFor(async () => expect((await due())['contact']).toBe('2025-06-02'), 15_000)
})
