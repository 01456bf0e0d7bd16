import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { assignLeads } from './actions.ts'
import { addDays } from './lead.ts'
import { leadOf, leadsOf } from './queries.ts'
import {
  otherTownship,
  putAnswers,
  putAward,
  putFacts,
  putHousehold,
  putRoll,
  putUndecided,
  today,
  xiayang,
} from './test-households.ts'
import { openWorklist, refusal, type TestWorklist } from './test-worklist.ts'

let w: TestWorklist
beforeAll(async () => {
  w = await openWorklist()
})
afterAll(() => w.db.close())
beforeEach(() => w.startAfresh())

describe('a run', () => {
  test('puts a household on the list that is eligible and missing from the complete roll', async () => {
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao', min: 159_500 }])
    expect(await w.settle()).toEqual({ raised: 1, closed: 0 })
    const { items, total, monthlyFen } = await w.list()
    expect({ total, monthlyFen }).toEqual({ total: 1, monthlyFen: 159_500 })
    expect(items[0]).toMatchObject({
      householdId: 1,
      registerNo: 'QP-1',
      head: '张大爷',
      size: 1,
      area: { id: xiayang, level: 'committee', township: '夏阳街道' },
      why: '符合条件；未见最低生活保障发放',
      since: today,
      assignee: null,
      state: 'open',
      may: ['assign', 'snooze', 'dispose', 'note'],
    })
    expect(items[0]?.lines).toMatchObject([
      { programmeName: '最低生活保障', amount: { kind: 'exact', fen: 159_500, per: 'month' } },
    ])
  })

  test('run again without a change writes nothing', async () => {
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao' }])
    await w.settle()
    const before = await w.everything()
    expect(await w.settle()).toEqual({ raised: 0, closed: 0 })
    expect(await w.settle({ householdIds: [1] })).toEqual({ raised: 0, closed: 0 })
    expect(await w.everything()).toEqual(before)
  })

  test('raises nothing where receipt is unknown: no roll, an incomplete, an old or a coming one', async () => {
    await putRoll(w.db.owner, 'tekun', '310118', { complete: false })
    await putRoll(w.db.owner, 'tekun', xiayang, { day: '2025-04-20' })
    await putRoll(w.db.owner, 'tekun', '310118001', { day: '2025-06-02' })
    await putRoll(w.db.owner, 'tekun', '310118002')
    await putAnswers(w.db.owner, 1, [{ programme: 'tekun' }, { programme: 'canji-huli' }])
    expect(await w.settle()).toEqual({ raised: 0, closed: 0 })
  })

  test('raises nothing for what is received: by the household, or by that person', async () => {
    await putRoll(w.db.owner, 'tekun', '310118001')
    await putAward(w.db.owner, 1, 'dibao')
    await putAward(w.db.owner, 1, 'tekun', { personId: 1 })
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao' }, { programme: 'tekun', personId: 1 }])
    expect(await w.settle()).toEqual({ raised: 0, closed: 0 })
  })

  test('an award that ended, was refused or belongs to somebody else does not hide a line', async () => {
    await putHousehold(w.db.owner, 2, xiayang)
    await w.db.owner.pool.query('update app.person set household_id = 1 where id = 2')
    await putRoll(w.db.owner, 'tekun', '310118001')
    await putAward(w.db.owner, 1, 'dibao', { to: '2025-05-31' })
    await putAward(w.db.owner, 1, 'dibao', { state: 'refused' })
    await putAward(w.db.owner, 1, 'tekun', { personId: 2 })
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao' }, { programme: 'tekun', personId: 1 }])
    expect(await w.settle()).toEqual({ raised: 1, closed: 0 })
    expect((await w.theLead()).lines).toHaveLength(2)
  })

  test('a bare 待核实 raises nothing; with a sign of need it does; what only follows never', async () => {
    const unknown = { programme: 'dibao', verdict: 'unknown' } as const
    await putAnswers(w.db.owner, 1, [unknown])
    expect(await w.settle()).toEqual({ raised: 0, closed: 0 })
    await putAnswers(w.db.owner, 1, [{ ...unknown, needSignal: true, via: ['tekun'] }])
    expect(await w.settle()).toEqual({ raised: 0, closed: 0 })
    await putAnswers(w.db.owner, 1, [{ ...unknown, needSignal: true }])
    expect(await w.settle()).toEqual({ raised: 1, closed: 0 })
    // What is not sure is no part of the sum.
    expect((await w.list()).monthlyFen).toBe(0)
  })

  test('a second programme joins the lead that is open', async () => {
    await putRoll(w.db.owner, 'canji-huli', '310118')
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao', min: 50_000 }])
    await w.settle()
    await putAnswers(w.db.owner, 1, [
      { programme: 'dibao', min: 50_000 },
      { programme: 'canji-huli', personId: 1, kind: 'range', min: 30_000, max: null },
    ])
    expect(await w.settle()).toEqual({ raised: 0, closed: 0 })
    expect(await w.theLead()).toMatchObject({
      monthlyFen: 80_000,
      monthlyMaxFen: null,
      why: '符合条件；未见最低生活保障发放；另有 1 项',
      lines: [{ programme: 'dibao' }, { programme: 'canji-huli', member: '张大爷' }],
    })
  })

  test('the award arrives: the line closes with the reason, and the lead with its last line', async () => {
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao' }])
    await w.settle()
    const { id } = await w.theLead()
    await putAward(w.db.owner, 1, 'dibao')
    expect(await w.settle({ householdIds: [1] })).toEqual({ raised: 0, closed: 1 })
    const lead = await w.read(id)
    expect(lead).toMatchObject({
      state: 'closed',
      monthlyFen: 0,
      lines: [{ state: 'closed', closeReason: 'receiving' }],
    })
    expect(lead.events[0]).toMatchObject({
      kind: 'closed',
      by: null,
      text: '最低生活保障：已在领取',
    })
    expect(await w.settle()).toEqual({ raised: 0, closed: 0 })
  })

  test('eligibility is lost: the line closes; found again, a new lead stands', async () => {
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao' }])
    await w.settle()
    const old = await w.theLead()
    await putAnswers(w.db.owner, 1, [])
    expect(await w.settle()).toEqual({ raised: 0, closed: 1 })
    expect((await w.list()).total).toBe(0)
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao' }])
    expect(await w.settle()).toEqual({ raised: 1, closed: 0 })
    expect((await w.theLead()).id).not.toBe(old.id)
  })

  test('a line nobody has touched closes when the answer becomes a bare 待核实', async () => {
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao' }])
    await w.settle()
    const { id } = await w.theLead()
    await putUndecided(w.db.owner, 1, 'dibao')
    expect(await w.settle()).toEqual({ raised: 0, closed: 1 })
    expect((await w.read(id)).lines).toMatchObject([{ closeReason: 'unverified' }])
  })

  test('a line somebody works on stays when the answer becomes a bare 待核实, and says so', async () => {
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao' }])
    await w.settle()
    const place = await w.record('interested')
    await putUndecided(w.db.owner, 1, 'dibao')
    expect(await w.settle()).toEqual({ raised: 0, closed: 0 })
    expect(await w.theLead()).toMatchObject({
      monthlyFen: 0,
      why: '有条件待核实；未见最低生活保障发放',
      lines: [{ verdict: 'unknown', disposition: 'interested', amount: { kind: 'unknown' } }],
    })
    const before = await w.everything()
    expect(await w.settle()).toEqual({ raised: 0, closed: 0 })
    expect(await w.everything()).toEqual(before)
    await w.undo(place)
    expect(await w.settle()).toEqual({ raised: 0, closed: 1 })
  })

  test('a new amount or a newer roll is taken over and what was recorded stays', async () => {
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao', min: 100_000 }])
    await w.settle()
    await w.record('interested')
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao', min: 120_000, hash: 2 }])
    await putRoll(w.db.owner, 'dibao', xiayang, { day: '2025-06-10' })
    expect(await w.settle({ on: '2025-06-11' })).toEqual({ raised: 0, closed: 0 })
    expect(await w.theLead()).toMatchObject({
      monthlyFen: 120_000,
      lines: [{ disposition: 'interested' }],
    })
  })

  test('settles only the households it is asked for', async () => {
    await putHousehold(w.db.owner, 2, otherTownship)
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao' }])
    await putAnswers(w.db.owner, 2, [{ programme: 'dibao' }])
    expect(await w.settle({ householdIds: [2] })).toEqual({ raised: 1, closed: 0 })
    expect((await w.list()).items.map((lead) => lead.householdId)).toEqual([2])
    expect(await w.act((tx) => leadsOf(tx, [1, 2]), w.district)).toEqual(
      new Map([[2, expect.any(Number)]]),
    )
    expect(await w.act((tx) => leadOf(tx, 1), w.district)).toBeNull()
  })
})

describe('the sentence of a lead', () => {
  const poor = { members_known: true, assets: 1_000_000, homes: 1 }
  const fit = { disability_level: null, disability_kind: null, supporter_absence: null }
  const person = { birth_date: '1970-01-01', hukou: '1', pension: 0, other_income: 0, ...fit }
  const earning = (labour_income: number) => [
    { facts: poor },
    { personId: 1, facts: { ...person, labour_income } },
  ]
  beforeEach(async () => {
    await putFacts(w.db.owner, 1, earning(118_000))
    await putRoll(w.db.owner, 'edge-household', '310118')
  })

  test('says the value against the line that decided, and that nothing is paid', async () => {
    await putAnswers(w.db.owner, 1, [{ programme: 'edge-household', kind: 'none', min: null }])
    await w.settle()
    expect((await w.theLead()).why).not.toContain('人均')
    await putFacts(w.db.owner, 1, [
      ...earning(200_000),
      { facts: { has_vehicle: false, has_non_residential: false } },
    ])
    await w.settle({ householdIds: [1] })
    const { why, events } = await w.theLead()
    expect(why).toBe('人均收入 2,000 元，低于 3,190 元；低保边缘家庭认定名册上没有')
    expect(events[0]?.text).toContain('名册上没有（名册 2025-06-01）')
  })

  test('follows the facts although the answer is the same, and writes nothing when they rest', async () => {
    await putAnswers(w.db.owner, 1, [{ programme: 'edge-household', kind: 'none', min: null }])
    const rest = { facts: { has_vehicle: false, has_non_residential: false } }
    await putFacts(w.db.owner, 1, [...earning(200_000), rest])
    await w.settle()
    expect((await w.theLead()).why).toContain('人均收入 2,000 元，低于 3,190 元')
    await putFacts(w.db.owner, 1, [...earning(210_050), rest])
    expect(await w.settle({ householdIds: [1] })).toEqual({ raised: 0, closed: 0 })
    expect((await w.theLead()).why).toContain('人均收入 2,100.50 元')
    const before = await w.everything()
    await w.settle()
    expect(await w.everything()).toEqual(before)
  })
})

describe('a household that declined', () => {
  beforeEach(async () => {
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao' }])
    await w.settle()
  })

  test('leaves the list, rests 180 days, and is then raised again in the same lead', async () => {
    const { leadId } = await w.record('declined')
    expect((await w.list()).total).toBe(0)
    const rested = addDays(today, 180)
    await putRoll(w.db.owner, 'dibao', xiayang, { day: addDays(today, 170) })
    expect(await w.settle({ on: addDays(rested, -1) })).toEqual({ raised: 0, closed: 0 })
    expect(await w.settle({ on: rested })).toEqual({ raised: 1, closed: 0 })
    const lead = await w.theLead()
    expect(lead).toMatchObject({ id: leadId, since: rested, lines: [{ disposition: null }] })
    expect(lead.events.map(({ kind }) => kind)).toEqual([
      'raised',
      'closed',
      'disposition',
      'raised',
    ])
    expect(await w.settle({ on: rested })).toEqual({ raised: 0, closed: 0 })
  })

  test('rests for as long as it asked to be left alone', async () => {
    await w.record('declined', { coolDays: 30 })
    expect(await w.settle({ on: addDays(today, 29) })).toEqual({ raised: 0, closed: 0 })
    expect(await w.settle({ on: addDays(today, 30) })).toEqual({ raised: 1, closed: 0 })
  })

  test('is raised again at once when the facts change', async () => {
    await w.record('declined')
    expect(await w.settle()).toEqual({ raised: 0, closed: 0 })
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao', min: 1, hash: 2 }])
    expect(await w.settle()).toEqual({ raised: 1, closed: 0 })
  })

  test('leaves its other programme on the list, as the panel shows what was recorded', async () => {
    await putRoll(w.db.owner, 'canji-huli', '310118')
    await putAnswers(w.db.owner, 1, [
      { programme: 'dibao' },
      { programme: 'canji-huli', personId: 1, min: 30_000 },
    ])
    await w.settle()
    const { leadId } = await w.record('declined')
    const [row] = (await w.list()).items
    expect(row?.lines.map(({ programme }) => programme)).toEqual(['canji-huli'])
    expect(row?.monthlyFen).toBe(30_000)
    expect((await w.read(leadId)).lines).toMatchObject([
      { programme: 'canji-huli', state: 'open' },
      { programme: 'dibao', state: 'cooling', disposition: 'declined', reason: '手续麻烦' },
    ])
  })

  test('comes back as it was when the record is undone', async () => {
    const { id } = await w.theLead()
    await w.act((tx) => assignLeads(tx, [id], w.advisor.staffId, today))
    const before = await w.theLead()
    const place = await w.record('declined')
    expect((await w.read(before.id)).state).toBe('closed')
    await w.undo(place)
    const { version: _v, events: _e, ...then } = await w.read(before.id)
    const { version: _w, events: _f, ...was } = before
    expect(then).toEqual(was)
    expect(await refusal(w.undo(place))).toMatchObject({ code: 'nothing-to-undo' })
  })
})
