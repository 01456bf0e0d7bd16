import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { pauseClock, resumeClock } from '../duties/clock-queries.ts'
import { giveDuty } from '../duties/queries.ts'
import { readClock, toldClocks } from '../duties/read-clocks.ts'
import { tellDue } from '../duties/tell.ts'
import { assignLeads, snoozeLeads } from './actions.ts'
import { putAnswers, today, xiayang } from './test-households.ts'
import { openWorklist, type TestWorklist } from './test-worklist.ts'

/** The lead is raised on Sunday 2025-06-01, a holiday with the Monday after: ten working days end on Monday the 16th. */

let worklist: TestWorklist
let program: string
beforeAll(async () => {
  worklist = await openWorklist()
  program = await worklist.db.jobToken('clocks')
})
afterAll(() => worklist.db.close())
beforeEach(async () => {
  await worklist.db.owner.pool.query('truncate app.duty_officer, app.duty')
  await worklist.startAfresh()
  await putAnswers(worklist.db.owner, 1, [{ programme: 'dibao' }])
  await worklist.settle()
})

const at = (moment: string) => Date.parse(`${moment}+08:00`)
const clock = async () => (await worklist.theLead()).clock
const history = async () => {
  const { id } = (await clock()) ?? { id: 0 }
  const may = ['clocks.write']
  const whole = await worklist.act((tx) =>
    readClock(tx, id, { at: at('2025-06-01T12:00:00'), may }),
  )
  return whole?.events.toReversed() ?? []
}
const kinds = async () => (await history()).map(({ kind }) => kind)
const tell = (moment: string) => asActor(worklist.db.app, program, (tx) => tellDue(tx, at(moment)))
const named = async (staffId: string, areaId: string, from = '2025-01-01') =>
  worklist.db.owner.pool.query(
    'insert into app.duty_officer (area_id, staff_id, valid_from) values ($1, $2, $3)',
    [areaId, staffId, from],
  )

describe('an advisor', () => {
  test('has ten working days from the day a lead is raised, whether or not it is put aside', async () => {
    const running = {
      state: 'running',
      dueDay: '2025-06-16',
      left: 10,
      urgency: 'calm',
      certain: true,
    }
    expect(await clock()).toMatchObject(running)
    const lead = await worklist.theLead()
    await worklist.act((tx) => snoozeLeads(tx, [lead.id], '2025-07-01', today))
    expect((await worklist.read(lead.id)).clock).toMatchObject(running)
    expect(
      (await worklist.list({ state: 'snoozed' }, worklist.district, '2025-06-12')).items,
    ).toMatchObject([{ clock: { left: 2, urgency: 'soon' } }])
  })

  test('who has told the family is not pressed any more; one who could not reach them still is', async () => {
    await worklist.record('unreachable')
    expect(await clock()).toMatchObject({ state: 'running' })
    await worklist.record('told')
    expect(await clock()).toMatchObject({ state: 'ended', left: null, urgency: 'calm' })
    expect(await kinds()).toEqual(['started', 'ended'])
    expect((await tell('2025-09-01T09:00:00')).told).toBe(0)
  })

  test('who takes back what was recorded finds the clock as it was', async () => {
    const before = await clock()
    const place = await worklist.record('told')
    await worklist.undo(place)
    expect(await clock()).toEqual(before)
    expect(await kinds()).toEqual(['started', 'ended', 'reopened'])
  })

  test('gets a clock of its own for what comes up after everything was told', async () => {
    const first = await clock()
    await worklist.record('told')
    await putAnswers(worklist.db.owner, 1, [{ programme: 'dibao' }, { programme: 'canji-huli' }])
    await worklist.db.owner.pool.query(
      `insert into app.roll (programme, area_id, on_day, complete, source) values ('canji-huli', '310118', '2025-06-01', true, '民政')`,
    )
    await worklist.settle({ on: '2025-06-05' })
    const second = await clock()
    expect(second).toMatchObject({ state: 'running', dueDay: '2025-06-19' })
    expect(second?.id).not.toBe(first?.id)
  })

  test('lets it stand still while waiting for the family, says why, and the days do not count', async () => {
    const id = (await clock())?.id ?? 0
    const pause = { id, because: '家属出差，约定 9 日回访', at: at('2025-06-03T10:00:00') }
    expect(await worklist.act((tx) => pauseClock(tx, pause))).toBe(true)
    expect(await worklist.act((tx) => pauseClock(tx, pause))).toBe(false)
    expect(await clock()).toMatchObject({ state: 'paused', dueDay: null, left: null })
    expect((await tell('2025-12-01T09:00:00')).told).toBe(0)
    await worklist.act((tx) => resumeClock(tx, { id, at: at('2025-06-09T10:00:00') }))
    expect(await clock()).toMatchObject({ state: 'running', dueDay: '2025-06-20' })
    expect(await history()).toMatchObject([
      { kind: 'started' },
      {
        kind: 'paused',
        by: '顾问甲',
        because: '家属出差，约定 9 日回访',
        at: '2025-06-03T02:00:00.000Z',
      },
      { kind: 'resumed' },
    ])
  })

  test('finds what is overdue, and what has half of its time gone', async () => {
    const due = async (on: string) => {
      const { facets } = await worklist.list({}, worklist.district, on)
      const found = await worklist.list({ due: 'overdue' }, worklist.district, on)
      return [...facets.due.map(({ count }) => count), found.total]
    }
    expect(await due('2025-06-04')).toEqual([0, 0, 0])
    expect(await due('2025-06-12')).toEqual([0, 1, 0])
    expect(await due('2025-06-17')).toEqual([1, 0, 1])
  })
})

describe('when a clock runs on', () => {
  test('the advisor is reminded at half, the township hears at the end, the district half as long after', async () => {
    const { db, district, advisor } = worklist
    const clerk = await db.sessionFor({ role: 'township', areaId: '310118001', name: '街镇丙' })
    await named(clerk.staffId, '310118001')
    await named(district.staffId, '310118')
    const lead = await worklist.theLead()
    await worklist.act((tx) => assignLeads(tx, [lead.id], advisor.staffId, today))
    expect((await tell('2025-06-09T23:00:00')).told).toBe(0)
    expect((await tell('2025-06-10T00:00:00')).told).toBe(1)
    expect((await tell('2025-06-17T00:00:00')).told).toBe(1)
    expect((await tell('2025-07-01T00:00:00')).told).toBe(1)
    expect(await history()).toMatchObject([
      { kind: 'started' },
      { kind: 'handed', toName: '顾问甲' },
      { kind: 'reminded', mark: 50, level: 'committee', toName: '顾问甲', by: null, skipped: [] },
      { kind: 'escalated', mark: 100, level: 'township', toName: '街镇丙' },
      { kind: 'escalated', mark: 150, level: 'district', toName: '区级乙' },
    ])
    const told = (token: string) =>
      asActor(db.app, token, (tx) => toldClocks(tx, at('2025-07-01T09:00:00'), 10))
    expect(await told(clerk.token)).toMatchObject({
      total: 1,
      items: [{ subjectId: lead.id, mark: 100, registerNo: 'QP-1', urgency: 'overdue', left: -11 }],
    })
    expect((await told(district.token)).items).toMatchObject([{ mark: 150 }])
    const id = (await clock())?.id ?? 0
    const pause = { id, because: '家属出差', at: at('2025-07-01T09:00:00') }
    await worklist.act((tx) => pauseClock(tx, pause))
    expect((await told(clerk.token)).items).toMatchObject([{ state: 'paused' }])
    await worklist.record('told')
    expect((await told(clerk.token)).total).toBe(0)
  })

  test('thirty looks tell as many people as one', async () => {
    for (let n = 0; n < 30; n++) await tell('2025-06-17T00:00:00')
    expect(await kinds()).toEqual(['started', 'reminded', 'escalated'])
  })

  test('it goes to the next level up where nobody is named, and says so', async () => {
    const { db, district } = worklist
    await asOwner(db.owner, (tx) =>
      giveDuty(tx, {
        staffId: worklist.advisor.staffId,
        areaId: xiayang,
        kind: 'advisor-of-area',
        from: '2025-01-01',
        to: null,
      }),
    )
    await named(district.staffId, '310118')
    // Named while here, and at work elsewhere since.
    const gone = await db.sessionFor({ role: 'township', areaId: '310118002', name: '邻镇' })
    await named(gone.staffId, '310118001')
    await tell('2025-06-17T00:00:00')
    expect((await history()).slice(1)).toMatchObject([
      { mark: 50, toName: '顾问甲' },
      { mark: 100, level: 'district', skipped: ['township'], toName: '区级乙' },
    ])
  })

  test('of a clinical fact the district alone hears', async () => {
    const { db, district } = worklist
    const clerk = await db.sessionFor({ role: 'township', areaId: '310118001', name: '街镇丙' })
    await named(clerk.staffId, '310118001')
    await named(district.staffId, '310118')
    await putAnswers(db.owner, 1, [{ programme: 'dibao', clinical: true }])
    await worklist.settle()
    await tell('2025-06-17T00:00:00')
    const { rows } = await db.owner.pool.query(
      `select sensitivity, ended_at is null as running, (select array_agg(to_name order by mark) from app.clock_event
         where clock_id = clock.id and mark is not null) as told from app.clock order by sensitivity`,
    )
    expect(rows).toEqual([
      { sensitivity: 'clinical', running: true, told: ['区级乙', '区级乙'] },
      { sensitivity: 'plain', running: false, told: null },
    ])
  })

  test('nobody named at any level is said, too', async () => {
    await tell('2025-06-17T00:00:00')
    expect((await history()).at(-1)).toMatchObject({
      mark: 100,
      toName: null,
      skipped: ['township', 'district'],
    })
  })

  test('nobody hears of a household that is not theirs to see', async () => {
    const { db, district } = worklist
    const clerk = await db.sessionFor({ role: 'township', areaId: '310118001', name: '街镇丙' })
    const elsewhere = await db.sessionFor({ role: 'township', areaId: '310118002', name: '邻镇' })
    await named(clerk.staffId, '310118001')
    await named(district.staffId, '310118')
    await named(elsewhere.staffId, xiayang)
    await db.owner.pool.query(
      `with one as (insert into app.restriction (household_id, area_id, kind, because, valid_from, responsible, recorded_by)
         values (1, '${xiayang}', 'violence', '家庭暴力受害人', '2025-01-01', $1, $1) returning id)
       insert into app.restriction_viewer (restriction_id, household_id, area_id, staff_id, name)
       select id, 1, '${xiayang}', $1, '区级乙' from one`,
      [district.staffId],
    )
    await tell('2025-06-17T00:00:00')
    const { rows } = await db.owner.pool.query<{ to_name: string | null }>(
      'select to_name from app.clock_event where mark is not null order by mark',
    )
    expect(rows.map((row) => row.to_name)).toEqual(['区级乙', '区级乙'])
    await db.owner.pool.query('truncate app.restriction, app.restriction_viewer, app.glass_break')
  })
})

test('a household that moves away is in the hands of nobody who does not work there, and its clock runs on', async () => {
  const { advisor, db } = worklist
  const lead = await worklist.theLead()
  await worklist.act((tx) => assignLeads(tx, [lead.id], advisor.staffId, today))
  const clerk = await db.sessionFor({ role: 'district', areaId: '310118' })
  await asActor(db.app, clerk.token, (tx) =>
    sql`select app.move_household(1, '310118001002', '新址 1 号')`.execute(tx),
  )
  const id = (await clock())?.id ?? 0
  const whole = await asActor(db.app, clerk.token, (tx) =>
    readClock(tx, id, { at: at('2025-06-02T09:00:00'), may: [] }),
  )
  expect(whole).toMatchObject({ state: 'running', owner: null, dueDay: '2025-06-16' })
  expect(whole?.events[0]).toMatchObject({ kind: 'handed', toName: null })
})

test('somebody else’s committee sees neither the clock nor what happened to it, and can pause nothing', async () => {
  const id = (await clock())?.id ?? 0
  const { token } = await worklist.db.sessionFor({ role: 'advisor', areaId: '310118002001' })
  await asActor(worklist.db.app, token, async (tx) => {
    expect(
      await readClock(tx, id, { at: at('2025-06-02T09:00:00'), may: ['clocks.write'] }),
    ).toBeUndefined()
    expect(await pauseClock(tx, { id, because: '越权', at: at('2025-06-02T09:00:00') })).toBe(false)
    const { rows } = await sql`select from app.clock_event`.execute(tx)
    expect(rows).toEqual([])
  })
})

// The last: limits and days are not taken back.
test('a holiday stated afterwards moves it, and a limit stated afterwards does not', async () => {
  const { owner } = worklist.db
  await owner.pool.query(`
    insert into app.workday_exception (day, kind, because, recorded_by) values ('2025-06-04', 'holiday', '市里通知', null);
    update app.clock_limit set superseded_at = now() where kind = 'lead';
    insert into app.clock_limit (kind, amount, unit, source, proposed, recorded_by) values ('lead', 3, 'workday', '来函', false, null)`)
  const due = async () =>
    (
      await owner.pool.query<{ due: string }>(
        `select (due_at at time zone 'Asia/Shanghai')::text as due from app.clock`,
      )
    ).rows[0]?.due
  expect(await due()).toBe('2025-06-17 00:00:00')
  await tell('2025-06-03T09:00:00')
  expect(await due()).toBe('2025-06-18 00:00:00')
  expect(await clock()).toMatchObject({ dueDay: '2025-06-17' })
})
