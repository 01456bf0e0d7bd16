import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase, type TestSession } from '../../../test/database.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { addNote, assignLeads, recordDisposition, snoozeLeads, undoDisposition } from './actions.ts'
import { addDays, type Disposition, dispositions } from './lead.ts'
import { type LeadPage, leadOf, leadsOf, listLeads, readLead, type Reading } from './queries.ts'
import { settleLeads } from './settle.ts'
import {
  clearHouseholds,
  otherCommittee,
  otherTownship,
  programmeNames,
  putAnswers,
  putAward,
  putHousehold,
  putRoll,
  putRun,
  putUndecided,
  today,
  xiayang,
} from './test-households.ts'

let db: TestDatabase
let advisor: TestSession
let district: TestSession
let jobToken: string
let run: { id: number }

beforeAll(async () => {
  db = await createTestDatabase()
  advisor = await db.sessionFor({ role: 'advisor', areaId: xiayang, name: '顾问甲' })
  district = await db.sessionFor({ role: 'district', areaId: '310118', name: '区级乙' })
  jobToken = await db.jobToken('match')
})
afterAll(() => db.close())

beforeEach(async () => {
  await clearHouseholds(db.owner)
  run = await putRun(db.owner)
  await putHousehold(db.owner, 1, xiayang, '张大爷')
  await putRoll(db.owner, 'dibao', '310118')
})

const settle = (options: { on?: string; householdIds?: number[] } = {}) => {
  const { on = today, ...rest } = options
  return asActor(db.app, jobToken, (tx) =>
    settleLeads(tx, { today: on, run, programmeNames, ...rest }),
  )
}
const reading = (session: TestSession, on = today): Reading => ({
  staffId: session.staffId,
  areaLevel: session === district ? 'district' : 'committee',
  may: ['leads.read', 'leads.write'],
  today: on,
  programmeNames,
})
const first: LeadPage = { state: 'open', sort: 'amount', page: 1, size: 50 }
const list = (asked: Partial<LeadPage> = {}, session = district, on = today) =>
  asActor(db.app, session.token, (tx) =>
    listLeads(tx, { ...first, ...asked }, reading(session, on)),
  )
const read = (id: number, session = advisor) =>
  asActor(db.app, session.token, (tx) => readLead(tx, id, reading(session)))
const act = <T>(work: (tx: Tx) => Promise<T>, session = advisor) =>
  asActor(db.app, session.token, work)
const theLead = async (session = district) => {
  const [row] = (await list({}, session)).items
  if (!row) throw new Error('no lead')
  return read(row.id, session)
}
const record = async (
  disposition: Disposition,
  more: { reason?: string; note?: string; version?: number } = {},
) => {
  const lead = await theLead()
  const line = lead.lines[0]
  if (!line) throw new Error('no line')
  const { version = lead.version, ...given } = more
  const place = { leadId: lead.id, lineId: line.id }
  const recorded = { disposition, version, reason: '手续麻烦', ...given }
  await act((tx) => recordDisposition(tx, place, recorded, reading(advisor)))
  return place
}
const undo = (place: { leadId: number; lineId: number }) =>
  act((tx) => undoDisposition(tx, place, reading(advisor)))
const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Problem)) throw new Error(`no problem but ${String(error)}`)
  return { code: error.code, errors: error.errors }
}

describe('a run', () => {
  test('puts a household on the list that is eligible and missing from the complete roll', async () => {
    await putAnswers(db.owner, 1, [{ programme: 'dibao', min: 159_500 }])
    expect(await settle()).toEqual({ raised: 1, closed: 0 })
    const { items, total, monthlyFen } = await list()
    expect({ total, monthlyFen }).toEqual({ total: 1, monthlyFen: 159_500 })
    expect(items[0]).toMatchObject({
      householdId: 1,
      registerNo: 'QP-1',
      head: '张大爷',
      size: 1,
      area: { id: xiayang, level: 'committee', township: '夏阳街道' },
      why: '符合最低生活保障，每月约 1,595 元，名册（2025-06-01）上没有',
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
    await putAnswers(db.owner, 1, [{ programme: 'dibao' }])
    await settle()
    const before = await everything()
    expect(await settle()).toEqual({ raised: 0, closed: 0 })
    expect(await settle({ householdIds: [1] })).toEqual({ raised: 0, closed: 0 })
    expect(await everything()).toEqual(before)
  })

  test('raises nothing where receipt is unknown: no roll, an incomplete, an old or a coming one', async () => {
    await putRoll(db.owner, 'tekun', '310118', { complete: false })
    await putRoll(db.owner, 'tekun', xiayang, { day: '2025-04-20' })
    await putRoll(db.owner, 'tekun', '310118001', { day: '2025-06-02' })
    await putRoll(db.owner, 'tekun', '310118002')
    await putAnswers(db.owner, 1, [{ programme: 'tekun' }, { programme: 'canji-huli' }])
    expect(await settle()).toEqual({ raised: 0, closed: 0 })
  })

  test('raises nothing for what is received: by the household, or by that person', async () => {
    await putRoll(db.owner, 'tekun', '310118001')
    await putAward(db.owner, 1, 'dibao')
    await putAward(db.owner, 1, 'tekun', { personId: 1 })
    await putAnswers(db.owner, 1, [{ programme: 'dibao' }, { programme: 'tekun', personId: 1 }])
    expect(await settle()).toEqual({ raised: 0, closed: 0 })
  })

  test('an award that ended, was refused or belongs to somebody else does not hide a line', async () => {
    await putHousehold(db.owner, 2, xiayang)
    await db.owner.pool.query('update app.person set household_id = 1 where id = 2')
    await putRoll(db.owner, 'tekun', '310118001')
    await putAward(db.owner, 1, 'dibao', { to: '2025-05-31' })
    await putAward(db.owner, 1, 'dibao', { state: 'refused' })
    await putAward(db.owner, 1, 'tekun', { personId: 2 })
    await putAnswers(db.owner, 1, [{ programme: 'dibao' }, { programme: 'tekun', personId: 1 }])
    expect(await settle()).toEqual({ raised: 1, closed: 0 })
    expect((await theLead()).lines).toHaveLength(2)
  })

  test('a bare 待核实 raises nothing; with a sign of need it does; what only follows never', async () => {
    const unknown = { programme: 'dibao', verdict: 'unknown' } as const
    await putAnswers(db.owner, 1, [unknown])
    expect(await settle()).toEqual({ raised: 0, closed: 0 })
    await putAnswers(db.owner, 1, [{ ...unknown, needSignal: true, via: ['tekun'] }])
    expect(await settle()).toEqual({ raised: 0, closed: 0 })
    await putAnswers(db.owner, 1, [{ ...unknown, needSignal: true }])
    expect(await settle()).toEqual({ raised: 1, closed: 0 })
    // What is not sure is no part of the sum.
    expect((await list()).monthlyFen).toBe(0)
  })

  test('a second programme joins the lead that is open', async () => {
    await putRoll(db.owner, 'canji-huli', '310118')
    await putAnswers(db.owner, 1, [{ programme: 'dibao', min: 50_000 }])
    await settle()
    await putAnswers(db.owner, 1, [
      { programme: 'dibao', min: 50_000 },
      { programme: 'canji-huli', personId: 1, kind: 'range', min: 30_000, max: null },
    ])
    expect(await settle()).toEqual({ raised: 0, closed: 0 })
    expect(await theLead()).toMatchObject({
      monthlyFen: 80_000,
      monthlyMaxFen: null,
      why: '符合最低生活保障，每月约 500 元，名册（2025-06-01）上没有；另有 1 项',
      lines: [{ programme: 'dibao' }, { programme: 'canji-huli', member: '张大爷' }],
    })
  })

  test('the award arrives: the line closes with the reason, and the lead with its last line', async () => {
    await putAnswers(db.owner, 1, [{ programme: 'dibao' }])
    await settle()
    const { id } = await theLead()
    await putAward(db.owner, 1, 'dibao')
    expect(await settle({ householdIds: [1] })).toEqual({ raised: 0, closed: 1 })
    const lead = await read(id)
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
    expect(await settle()).toEqual({ raised: 0, closed: 0 })
  })

  test('eligibility is lost: the line closes; found again, a new lead stands', async () => {
    await putAnswers(db.owner, 1, [{ programme: 'dibao' }])
    await settle()
    const old = await theLead()
    await putAnswers(db.owner, 1, [])
    expect(await settle()).toEqual({ raised: 0, closed: 1 })
    expect((await list()).total).toBe(0)
    await putAnswers(db.owner, 1, [{ programme: 'dibao' }])
    expect(await settle()).toEqual({ raised: 1, closed: 0 })
    expect((await theLead()).id).not.toBe(old.id)
  })

  test('a line nobody has touched closes when the answer becomes a bare 待核实', async () => {
    await putAnswers(db.owner, 1, [{ programme: 'dibao' }])
    await settle()
    const { id } = await theLead()
    await putUndecided(db.owner, 1, 'dibao')
    expect(await settle()).toEqual({ raised: 0, closed: 1 })
    expect((await read(id)).lines).toMatchObject([{ closeReason: 'unverified' }])
  })

  test('a line somebody works on stays when the answer becomes a bare 待核实, and says so', async () => {
    await putAnswers(db.owner, 1, [{ programme: 'dibao' }])
    await settle()
    const place = await record('interested')
    await putUndecided(db.owner, 1, 'dibao')
    expect(await settle()).toEqual({ raised: 0, closed: 0 })
    expect(await theLead()).toMatchObject({
      monthlyFen: 0,
      why: '可能符合最低生活保障，有条件待核实，名册（2025-06-01）上没有',
      lines: [{ verdict: 'unknown', disposition: 'interested', amount: { kind: 'unknown' } }],
    })
    const before = await everything()
    expect(await settle()).toEqual({ raised: 0, closed: 0 })
    expect(await everything()).toEqual(before)
    await undo(place)
    expect(await settle()).toEqual({ raised: 0, closed: 1 })
  })

  test('a new amount or a newer roll is taken over and what was recorded stays', async () => {
    await putAnswers(db.owner, 1, [{ programme: 'dibao', min: 100_000 }])
    await settle()
    await record('interested')
    await putAnswers(db.owner, 1, [{ programme: 'dibao', min: 120_000, hash: 2 }])
    await putRoll(db.owner, 'dibao', xiayang, { day: '2025-06-10' })
    expect(await settle({ on: '2025-06-11' })).toEqual({ raised: 0, closed: 0 })
    expect(await theLead()).toMatchObject({
      monthlyFen: 120_000,
      why: '符合最低生活保障，每月约 1,200 元，名册（2025-06-10）上没有',
      lines: [{ disposition: 'interested' }],
    })
  })

  test('settles only the households it is asked for', async () => {
    await putHousehold(db.owner, 2, otherTownship)
    await putAnswers(db.owner, 1, [{ programme: 'dibao' }])
    await putAnswers(db.owner, 2, [{ programme: 'dibao' }])
    expect(await settle({ householdIds: [2] })).toEqual({ raised: 1, closed: 0 })
    expect((await list()).items.map((lead) => lead.householdId)).toEqual([2])
    expect(await act((tx) => leadsOf(tx, [1, 2]), district)).toEqual(
      new Map([[2, expect.any(Number)]]),
    )
    expect(await act((tx) => leadOf(tx, 1), district)).toBeNull()
  })
})

describe('a household that declined', () => {
  beforeEach(async () => {
    await putAnswers(db.owner, 1, [{ programme: 'dibao' }])
    await settle()
  })

  test('leaves the list, rests 180 days, and is then raised again in the same lead', async () => {
    const { leadId } = await record('declined')
    expect((await list()).total).toBe(0)
    const rested = addDays(today, 180)
    await putRoll(db.owner, 'dibao', xiayang, { day: addDays(today, 170) })
    expect(await settle({ on: addDays(rested, -1) })).toEqual({ raised: 0, closed: 0 })
    expect(await settle({ on: rested })).toEqual({ raised: 1, closed: 0 })
    const lead = await theLead()
    expect(lead).toMatchObject({ id: leadId, since: rested, lines: [{ disposition: null }] })
    expect(lead.events.map(({ kind }) => kind)).toEqual([
      'raised',
      'closed',
      'disposition',
      'raised',
    ])
    expect(await settle({ on: rested })).toEqual({ raised: 0, closed: 0 })
  })

  test('is raised again at once when the facts change', async () => {
    await record('declined')
    expect(await settle()).toEqual({ raised: 0, closed: 0 })
    await putAnswers(db.owner, 1, [{ programme: 'dibao', min: 1, hash: 2 }])
    expect(await settle()).toEqual({ raised: 1, closed: 0 })
  })

  test('leaves its other programme on the list, as the panel shows what was recorded', async () => {
    await putRoll(db.owner, 'canji-huli', '310118')
    await putAnswers(db.owner, 1, [
      { programme: 'dibao' },
      { programme: 'canji-huli', personId: 1, min: 30_000 },
    ])
    await settle()
    const { leadId } = await record('declined')
    const [row] = (await list()).items
    expect(row?.lines.map(({ programme }) => programme)).toEqual(['canji-huli'])
    expect(row?.monthlyFen).toBe(30_000)
    expect((await read(leadId)).lines).toMatchObject([
      { programme: 'canji-huli', state: 'open' },
      { programme: 'dibao', state: 'cooling', disposition: 'declined', reason: '手续麻烦' },
    ])
  })

  test('comes back as it was when the record is undone', async () => {
    const { id } = await theLead()
    await act((tx) => assignLeads(tx, [id], advisor.staffId))
    const before = await theLead()
    const place = await record('declined')
    expect((await read(before.id)).state).toBe('closed')
    await undo(place)
    const { version: _v, events: _e, ...then } = await read(before.id)
    const { version: _w, events: _f, ...was } = before
    expect(then).toEqual(was)
    expect(await refusal(undo(place))).toMatchObject({ code: 'nothing-to-undo' })
  })
})

test('whatever is recorded and undone, the line is as a stack of records says', async () => {
  await putAnswers(db.owner, 1, [{ programme: 'dibao' }])
  await settle()
  const { id: leadId, lines } = await theLead()
  const place = { leadId, lineId: lines[0]?.id ?? 0 }
  const lineNow = async () => {
    const { lines, state } = await read(leadId)
    const { disposition, reason, note, coolsUntil, state: lineState } = lines[0] ?? {}
    return { state, lineState, disposition, reason, note, coolsUntil }
  }
  const step = fc.oneof(fc.constantFrom(...dispositions), fc.constant('undo' as const))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const before: Awaited<ReturnType<typeof lineNow>>[] = []
      let count = (await read(leadId)).events.length
      for (const one of steps) {
        const { version, events } = await read(leadId)
        expect(events.length).toBe(count)
        if (one !== 'undo') {
          before.push(await lineNow())
          const recorded = { disposition: one, reason: '原因', note: `第 ${count} 条`, version }
          await act((tx) => recordDisposition(tx, place, recorded, reading(advisor)))
          count += 1
          continue
        }
        const expected = before.pop()
        if (!expected) continue
        await undo(place)
        expect(await lineNow()).toEqual(expected)
        count += 1
      }
      // Back to the start for the next sequence.
      for (let expected = before.pop(); expected; expected = before.pop()) {
        await undo(place)
        expect(await lineNow()).toEqual(expected)
      }
    }),
    { numRuns: Number(process.env['QIAO_PROPERTY_RUNS'] ?? 500) / 50 },
  )
})

describe('an advisor', () => {
  beforeEach(async () => {
    await putAnswers(db.owner, 1, [{ programme: 'dibao' }])
    await settle()
  })

  test('must say why for declined and for not eligible', async () => {
    for (const disposition of ['declined', 'not-eligible'] as const) {
      const refused = await refusal(record(disposition, { reason: '  ' }))
      expect(refused).toEqual({
        code: 'reason-missing',
        errors: [{ path: '/body/reason', message: '请写明原因' }],
      })
    }
  })

  test('is told when a colleague was faster', async () => {
    const { version } = await theLead()
    await record('told')
    expect(await refusal(record('interested', { version }))).toMatchObject({ code: 'lead-changed' })
    expect((await theLead()).lines[0]?.disposition).toBe('told')
  })

  test('records nothing on a closed line, and undoes nothing there', async () => {
    const place = await record('told')
    await putAward(db.owner, 1, 'dibao')
    await settle()
    const { version } = await read(place.leadId)
    const again = act((tx) =>
      recordDisposition(tx, place, { disposition: 'told', version }, reading(advisor)),
    )
    expect(await refusal(again)).toMatchObject({ code: 'line-closed' })
    expect(await refusal(undo(place))).toMatchObject({ code: 'line-closed' })
  })

  test('finds no line under another lead', async () => {
    const lead = await theLead()
    const wrong = { leadId: lead.id + 1000, lineId: lead.lines[0]?.id ?? 0 }
    const recorded = { disposition: 'told', version: lead.version } as const
    expect(
      await refusal(act((tx) => recordDisposition(tx, wrong, recorded, reading(advisor)))),
    ).toMatchObject({ code: 'not-found' })
  })

  test('writes a note, which is kept with name and changes nothing else', async () => {
    const before = await theLead()
    await act((tx) => addNote(tx, before.id, '周三上午再去'))
    const { events, version } = await theLead()
    expect(events[0]).toMatchObject({ kind: 'note', text: '周三上午再去', by: '顾问甲' })
    expect(version).toBe(before.version)
  })

  test('puts a lead aside until a day, and it returns on that day', async () => {
    const { id } = await theLead()
    await act((tx) => snoozeLeads(tx, [id], '2025-06-08', today))
    expect((await list()).total).toBe(0)
    const snoozed = await list({ state: 'snoozed' })
    expect(snoozed.items[0]?.snoozedUntil).toBe('2025-06-08')
    expect((await list({}, district, '2025-06-07')).total).toBe(0)
    const back = await list({}, district, '2025-06-08')
    expect(back.items[0]?.snoozedUntil).toBeNull()
    expect(await act((tx) => snoozeLeads(tx, [id], null, today))).toBe(1)
    expect(await act((tx) => snoozeLeads(tx, [id], null, today))).toBe(0)
    expect((await list()).total).toBe(1)
    for (const day of [today, '2026-07-01']) {
      const wrong = act((tx) => snoozeLeads(tx, [id], day, today))
      expect(await refusal(wrong)).toMatchObject({ code: 'snooze-day-wrong' })
    }
  })

  test('takes a lead; it then is among those they follow', async () => {
    const { id } = await theLead()
    expect((await list({ state: 'mine' }, advisor)).total).toBe(0)
    expect(await act((tx) => assignLeads(tx, [id], advisor.staffId))).toBe(1)
    const [mine] = (await list({ state: 'mine' }, advisor)).items
    expect(mine?.assignee).toEqual({ id: advisor.staffId, name: '顾问甲' })
    expect(mine?.version).toBe(3)
    expect((await list({ assignee: 'none' })).total).toBe(0)
    expect(await act((tx) => assignLeads(tx, [id], null))).toBe(1)
    expect((await list({ assignee: 'none' })).total).toBe(1)
  })

  test('a lead taken by somebody above is not shown with the name of who cannot be seen', async () => {
    const { id } = await theLead()
    await act((tx) => assignLeads(tx, [id], district.staffId), district)
    expect((await read(id, advisor)).assignee).toEqual({ id: district.staffId, name: '其他同事' })
    expect((await read(id, advisor)).events[0]?.by).toBe('其他同事')
    expect((await read(id, district)).events[0]?.by).toBe('区级乙')
  })

  test('a closed lead is neither assigned nor put aside', async () => {
    const { leadId } = await record('declined')
    const work = [
      act((tx) => assignLeads(tx, [leadId], advisor.staffId)),
      act((tx) => snoozeLeads(tx, [leadId], '2025-06-08', today)),
    ]
    for (const one of work) expect(await refusal(one)).toMatchObject({ code: 'lead-closed' })
  })
})

test('a lead goes only to somebody who may see the household; else nothing changes', async () => {
  await putHousehold(db.owner, 2, otherCommittee)
  for (const id of [1, 2]) await putAnswers(db.owner, id, [{ programme: 'dibao' }])
  await settle()
  const ids = (await list({ sort: 'since' })).items.map(({ id }) => id)
  const assigning = act((tx) => assignLeads(tx, ids, advisor.staffId), district)
  expect(await refusal(assigning)).toEqual({
    code: 'assignee-out-of-area',
    errors: [{ path: '/body/leadIds/1', message: `顾问甲看不到线索 ${ids[1]}` }],
  })
  expect((await list({ assignee: 'none' })).total).toBe(2)
  const administrator = await db.sessionFor({ role: 'audit-admin', areaId: '310118' })
  for (const staffId of [administrator.staffId, crypto.randomUUID()]) {
    const refused = await refusal(act((tx) => assignLeads(tx, ids, staffId), district))
    expect(refused.code).toBe('assignee-out-of-area')
  }
})

describe('the worklist', () => {
  beforeEach(async () => {
    for (const [id, area, name] of [
      [2, otherCommittee, '李阿姨'],
      [3, otherTownship, '王_师傅'],
      [4, otherTownship, '赵师傅'],
    ] as const) {
      await putHousehold(db.owner, id, area, name)
    }
    await putRoll(db.owner, 'canji-huli', '310118')
    await putAnswers(db.owner, 1, [{ programme: 'dibao', min: 100_000 }])
    await putAnswers(db.owner, 2, [
      { programme: 'dibao', min: 50_000 },
      { programme: 'canji-huli', personId: 2, min: 30_000 },
    ])
    await putAnswers(db.owner, 3, [
      { programme: 'canji-huli', personId: 3, verdict: 'unknown', needSignal: true },
    ])
    await putAnswers(db.owner, 4, [{ programme: 'dibao', kind: 'range', min: 0, max: 20_000 }])
    await settle()
  })
  const households = async (asked: Partial<LeadPage>, session = district) =>
    (await list(asked, session)).items.map(({ householdId }) => householdId)
  const counts = async (asked: Partial<LeadPage>, session = district) => {
    const { facets } = await list(asked, session)
    const pairs = (all: readonly { id: string; count: number }[]) =>
      Object.fromEntries(all.map(({ id, count }) => [id, count]))
    return {
      areas: pairs(facets.areas),
      programmes: pairs(facets.programmes),
      states: pairs(facets.states),
      verdicts: pairs(facets.verdicts),
    }
  }

  test('most money first; longest waiting and programme on request', async () => {
    expect(await households({})).toEqual([1, 2, 4, 3])
    expect(await households({ order: 'asc' })).toEqual([3, 4, 2, 1])
    expect(await households({ sort: 'programme' })).toEqual([3, 1, 2, 4])
    await db.owner.pool.query(`update app.lead set raised_on = '2025-05-01' where household_id = 4`)
    expect((await households({ sort: 'since' }))[0]).toBe(4)
    expect((await households({ sort: 'since', order: 'desc' })).at(-1)).toBe(4)
  })

  test('pages do not overlap and the sum is of all of them', async () => {
    const pages = await Promise.all([1, 2, 3].map((page) => list({ page, size: 2 })))
    expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 0])
    expect(new Set(pages.flatMap(({ items }) => items.map(({ id }) => id))).size).toBe(4)
    expect(pages[1]).toMatchObject({ total: 4, monthlyFen: 180_000, page: 2, size: 2 })
  })

  test('each filter is counted with the others applied', async () => {
    expect(await counts({})).toEqual({
      areas: { '310118001': 2, '310118002': 2 },
      programmes: { dibao: 3, 'canji-huli': 2 },
      states: { open: 4, mine: 0, snoozed: 0, closed: 0 },
      verdicts: { eligible: 3, unknown: 1 },
    })
    expect(await counts({ programme: 'canji-huli' })).toEqual({
      areas: { '310118001': 1, '310118002': 1 },
      programmes: { dibao: 3, 'canji-huli': 2 },
      states: { open: 2, mine: 0, snoozed: 0, closed: 0 },
      verdicts: { eligible: 1, unknown: 1 },
    })
    expect(await counts({ area: '310118001', verdict: 'eligible' })).toEqual({
      areas: { '310118001': 2, '310118002': 1 },
      programmes: { dibao: 2, 'canji-huli': 1 },
      states: { open: 2, mine: 0, snoozed: 0, closed: 0 },
      verdicts: { eligible: 2 },
    })
  })

  test('a township sees its committees, named', async () => {
    const { token, staffId } = await db.sessionFor({ role: 'township', areaId: '310118001' })
    const { facets, total } = await asActor(db.app, token, (tx) =>
      listLeads(tx, first, { ...reading(advisor), staffId, areaLevel: 'township' }),
    )
    expect(total).toBe(2)
    expect(facets.areas.map(({ id, count }) => [id, count])).toEqual([
      [xiayang, 1],
      [otherCommittee, 1],
    ])
    expect(facets.areas[0]?.name).not.toBe('')
  })

  test('programme and verdict must hold of the same line', async () => {
    expect(await households({ programme: 'canji-huli', verdict: 'eligible' })).toEqual([2])
    expect(await households({ programme: 'dibao', verdict: 'unknown' })).toEqual([])
  })

  test('is searched by name of the head and by register number, signs taken as they are', async () => {
    expect(await households({ q: '师傅' })).toEqual([4, 3])
    expect(await households({ q: '王_' })).toEqual([3])
    expect(await households({ q: '李_' })).toEqual([])
    expect(await households({ q: 'qp-2' })).toEqual([2])
    expect(await households({ q: '%' })).toEqual([])
  })

  test('what was settled is among the closed', async () => {
    await putAward(db.owner, 1, 'dibao')
    await settle()
    expect(await households({ state: 'closed' })).toEqual([1])
    expect((await counts({ state: 'closed', programme: 'dibao' })).states).toEqual({
      open: 2,
      mine: 0,
      snoozed: 0,
      closed: 1,
    })
  })
})

async function everything(): Promise<unknown> {
  const rows = await Promise.all(
    ['lead', 'lead_line', 'lead_event'].map((table) =>
      db.owner.pool.query(`select *, xmin::text as written from app.${table} order by id`),
    ),
  )
  return rows.map((result) => result.rows as unknown[])
}
