import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addNote, recordDisposition, snoozeLeads } from './actions.ts'
import { householdsWithLead, leadOf } from './queries.ts'
import { putAnswers, putFacts, putRoll, today } from './test-households.ts'
import { openWorklist, type TestWorklist } from './test-worklist.ts'

let w: TestWorklist
beforeAll(async () => {
  w = await openWorklist()
})
afterAll(() => w.db.close())
beforeEach(async () => {
  await w.startAfresh()
  await putRoll(w.db.owner, 'dabing', '310118')
})

const plain = { programme: 'dibao', min: 100_000 } as const
const walled = { programme: 'dabing', personId: 1, min: 50_000 } as const
const illness = { personId: 1, facts: { major_disease: '3' }, sensitivity: 'clinical' } as const
const programmes = (leads: readonly { lines: readonly { programme: string }[] }[]) =>
  leads.map(({ lines }) => lines.map(({ programme }) => programme))

describe('what rests on a clinical fact', () => {
  test('stands on a lead of its own, of which nobody but the district is shown or counted anything', async () => {
    await putAnswers(w.db.owner, 1, [plain, { ...walled, clinical: true }])
    expect(await w.settle()).toEqual({ raised: 1, closed: 0 })
    const seen = await w.list({}, w.advisor)
    expect({ ...seen, items: programmes(seen.items) }).toMatchObject({
      total: 1,
      monthlyFen: 100_000,
      items: [['dibao']],
      facets: { programmes: [{ id: 'dibao', count: 1 }], areas: [{ count: 1 }] },
    })
    const all = await w.list()
    expect([all.total, all.monthlyFen]).toEqual([2, 150_000])
    expect(programmes(all.items)).toEqual([['dibao'], ['dabing']])
    // Both are of one household: what they rest on tells them apart.
    expect(all.items.map(({ householdId, clinical }) => [householdId, clinical])).toEqual([
      [1, false],
      [1, true],
    ])
    expect(seen.items.map(({ clinical }) => clinical)).toEqual([false])
    const lead = await w.read(all.items[0]?.id ?? 0)
    expect(JSON.stringify(lead)).not.toMatch(/大病|另有/)
    await expect(w.read(all.items[1]?.id ?? 0)).rejects.toMatchObject({ code: 'not-found' })
    expect(await w.act((tx) => leadOf(tx, 1), w.district)).toBe(lead.id)
  })

  test('run again without a change writes nothing', async () => {
    await putAnswers(w.db.owner, 1, [plain, { ...walled, clinical: true }])
    await w.settle()
    const before = await w.everything()
    await w.settle()
    expect(await w.everything()).toEqual(before)
  })

  test('is worked on by the district like any other, which the advisor sees nothing of', async () => {
    await putAnswers(w.db.owner, 1, [{ ...walled, clinical: true }])
    await w.settle()
    expect(await w.act(householdsWithLead, w.district)).toEqual([])
    const { id, version, lines } = await w.theLead()
    const place = { leadId: id, lineId: lines[0]?.id ?? 0 }
    const byDistrict = (work: Parameters<typeof w.act<unknown>>[0]) => w.act(work, w.district)
    await byDistrict((tx) => addNote(tx, id, '已告知', today))
    await byDistrict((tx) => snoozeLeads(tx, [id], '2025-06-20', today))
    const recorded = { disposition: 'declined', reason: '不需要', version: version + 1 } as const
    await byDistrict((tx) => recordDisposition(tx, place, recorded, w.reading(w.district)))
    expect((await w.read(id, w.district)).events.map(({ kind }) => kind)).toEqual([
      'disposition',
      'snoozed',
      'note',
      'raised',
    ])
    await expect(w.act((tx) => addNote(tx, id, '?', today))).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test.each([
    ['for', [{ ...walled, clinical: true }]],
    ['against', []],
  ])(
    'moves a line behind the wall in the same words, whether it speaks %s the household',
    async (_what, answers) => {
      await putAnswers(w.db.owner, 1, [walled])
      await w.settle()
      const { id } = await w.theLead()
      await putFacts(w.db.owner, 1, [illness])
      await putAnswers(w.db.owner, 1, answers)
      expect(await w.settle()).toEqual({ raised: 0, closed: 1 })
      const { state, lines, events } = await w.read(id)
      expect({ state, lines, event: events[0]?.text }).toMatchObject({
        state: 'closed',
        lines: [{ state: 'closed', closeReason: 'unverified' }],
        event: '城乡居民大病保险：转为待核实',
      })
      expect(programmes((await w.list()).items)).toEqual(answers.map(() => ['dabing']))
    },
  )

  test('says nothing of programmes that read no such fact: their lines close as they are', async () => {
    await putAnswers(w.db.owner, 1, [plain])
    await w.settle()
    const { id } = await w.theLead()
    await putFacts(w.db.owner, 1, [illness])
    await putAnswers(w.db.owner, 1, [])
    await w.settle()
    expect((await w.read(id)).lines).toMatchObject([{ closeReason: 'no-longer-eligible' }])
  })

  test('comes out from behind the wall when the fact is on record no more', async () => {
    await putAnswers(w.db.owner, 1, [{ ...walled, clinical: true }])
    await w.settle()
    await putAnswers(w.db.owner, 1, [{ ...walled, hash: 2 }])
    expect(await w.settle()).toEqual({ raised: 1, closed: 0 })
    expect(programmes((await w.list({}, w.advisor)).items)).toEqual([['dabing']])
  })
})
