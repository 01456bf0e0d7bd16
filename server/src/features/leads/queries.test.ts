import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asShown } from '../../../test/as-shown.ts'
import type { TestSession } from '../../../test/database.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { giveDuty } from '../duties/queries.ts'
import { assignLeads } from './actions.ts'
import { type LeadPage, listLeads, readLead } from './queries.ts'
import {
  otherCommittee,
  otherTownship,
  putAnswers,
  putAward,
  putHousehold,
  putRoll,
  today,
  xiayang,
} from './test-households.ts'
import { firstPage, openWorklist, type TestWorklist } from './test-worklist.ts'
import { LeadListView, LeadView } from './views.ts'

let w: TestWorklist
beforeAll(async () => {
  w = await openWorklist()
})
afterAll(() => w.db.close())
beforeEach(() => w.startAfresh())

describe('names on the worklist', () => {
  beforeEach(async () => {
    await putHousehold(w.db.owner, 2, xiayang, '王一')
    await putRoll(w.db.owner, 'canji-huli', '310118')
    for (const id of [1, 2]) {
      await putAnswers(w.db.owner, id, [{ programme: 'canji-huli', personId: id, min: 30_000 }])
    }
    await w.settle()
  })
  const names = async (session: TestSession) =>
    (
      await asShown(w.db, session.token, {
        schema: LeadListView,
        answer: await w.list({ sort: 'since' }, session),
      })
    ).items.map(({ head, lines }) => [head, lines[0]?.member])

  const whole = [
    ['张大爷', '张大爷'],
    ['王一', '王一'],
  ]
  const masked = [
    ['张○○', '张○○'],
    ['王○', '王○'],
  ]

  test('stand whole for the advisor, who goes to see them', async () => {
    expect(await names(w.advisor)).toEqual(whole)
  })

  test('are masked for township and district, though a search by name finds them', async () => {
    const township = await w.db.sessionFor({ role: 'township', areaId: '310118001' })
    expect(await names(township)).toEqual(masked)
    expect(await names(w.district)).toEqual(masked)
    expect((await w.list({ q: '张大爷' })).items).toMatchObject([{ householdId: 1 }])
  })

  test('stand whole for whoever is appointed for the committee, to the last day', async () => {
    const { db } = w
    const session = await db.sessionFor({ role: 'township', areaId: '310118001' })
    const duty = { kind: 'advisor-of-area', from: '2020-01-01', to: null } as const
    await asOwner(db.owner, (tx) =>
      giveDuty(tx, { ...duty, staffId: session.staffId, areaId: xiayang }),
    )
    expect(await names(session)).toEqual(whole)
    await db.owner.pool.query(`update app.duty set valid_to = '2024-12-31'`)
    expect(await names(session)).toEqual(masked)
  })

  test('stand whole on a lead one follows, and on the page of one lead', async () => {
    const [first] = (await w.list({ sort: 'since' })).items
    const read = await w.act(
      (tx) => readLead(tx, first?.id ?? 0, w.reading(w.district)),
      w.district,
    )
    const lead = await asShown(w.db, w.district.token, { schema: LeadView, answer: read })
    expect([lead.head, lead.lines[0]?.member]).toEqual(['张大爷', '张大爷'])
    await w.act((tx) => assignLeads(tx, [lead.id], w.district.staffId, today), w.district)
    expect(await names(w.district)).toEqual([whole[0], masked[1]])
  })
})

describe('the worklist', () => {
  beforeEach(async () => {
    for (const [id, area, name] of [
      [2, otherCommittee, '李阿姨'],
      [3, otherTownship, '王_师傅'],
      [4, otherTownship, '赵师傅'],
    ] as const) {
      await putHousehold(w.db.owner, id, area, name)
    }
    await putRoll(w.db.owner, 'canji-huli', '310118')
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao', min: 100_000 }])
    await putAnswers(w.db.owner, 2, [
      { programme: 'dibao', min: 50_000 },
      { programme: 'canji-huli', personId: 2, min: 30_000 },
    ])
    await putAnswers(w.db.owner, 3, [
      { programme: 'canji-huli', personId: 3, verdict: 'unknown', needSignal: true },
    ])
    await putAnswers(w.db.owner, 4, [{ programme: 'dibao', kind: 'range', min: 0, max: 20_000 }])
    await w.settle()
  })
  const households = async (asked: Partial<LeadPage>, session = w.district) =>
    (await w.list(asked, session)).items.map(({ householdId }) => householdId)
  const counts = async (asked: Partial<LeadPage>, session = w.district) => {
    const { facets } = await w.list(asked, session)
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
    await w.db.owner.pool.query(
      `update app.lead set raised_on = '2025-05-01' where household_id = 4`,
    )
    expect((await households({ sort: 'since' }))[0]).toBe(4)
    expect((await households({ sort: 'since', order: 'desc' })).at(-1)).toBe(4)
  })

  test('pages do not overlap and the sum is of all of them', async () => {
    const pages = await Promise.all([1, 2, 3].map((page) => w.list({ page, size: 2 })))
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
    const { token, staffId } = await w.db.sessionFor({ role: 'township', areaId: '310118001' })
    const { facets, total } = await asActor(w.db.app, token, (tx) =>
      listLeads(tx, firstPage, { ...w.reading(w.advisor), staffId, areaLevel: 'township' }),
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
    await putAward(w.db.owner, 1, 'dibao')
    await w.settle()
    expect(await households({ state: 'closed' })).toEqual([1])
    expect((await counts({ state: 'closed', programme: 'dibao' })).states).toEqual({
      open: 2,
      mine: 0,
      snoozed: 0,
      closed: 1,
    })
  })
})
