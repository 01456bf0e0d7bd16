import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addNote, assignLeads, recordDisposition, snoozeLeads } from './actions.ts'
import { dispositions } from './lead.ts'
import { otherCommittee, putAnswers, putAward, putHousehold, today } from './test-households.ts'
import { openWorklist, refusal, type TestWorklist } from './test-worklist.ts'

let w: TestWorklist
beforeAll(async () => {
  w = await openWorklist()
})
afterAll(() => w.db.close())
beforeEach(() => w.startAfresh())

test('what is shown as the day of an event is the installation’s, however late the machine’s clock is', async () => {
  await putAnswers(w.db.owner, 1, [{ programme: 'dibao' }])
  await w.settle()
  const place = await w.record('interested')
  await w.undo(place)
  const [id] = [place.leadId]
  await w.act((tx) => assignLeads(tx, [id], w.advisor.staffId, today))
  await w.act((tx) => snoozeLeads(tx, [id], '2025-06-08', today))
  await w.act((tx) => addNote(tx, id, '周三上午再去', today))
  await putAnswers(w.db.owner, 1, [])
  await w.settle()
  const { events } = await w.read(id)
  expect(events.map(({ kind, at }) => [kind, at.slice(0, 10), at.slice(-6)])).toEqual(
    ['closed', 'note', 'snoozed', 'assigned', 'undo', 'disposition', 'raised'].map((kind) => [
      kind,
      today,
      '+08:00',
    ]),
  )
})

test('whatever is recorded and undone, the line is as a stack of records says', async () => {
  await putAnswers(w.db.owner, 1, [{ programme: 'dibao' }])
  await w.settle()
  const { id: leadId, lines } = await w.theLead()
  const place = { leadId, lineId: lines[0]?.id ?? 0 }
  const lineNow = async () => {
    const { lines, state } = await w.read(leadId)
    const { disposition, reason, note, coolsUntil, state: lineState } = lines[0] ?? {}
    return { state, lineState, disposition, reason, note, coolsUntil }
  }
  const step = fc.oneof(fc.constantFrom(...dispositions), fc.constant('undo' as const))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const before: Awaited<ReturnType<typeof lineNow>>[] = []
      let count = (await w.read(leadId)).events.length
      for (const one of steps) {
        const { version, events } = await w.read(leadId)
        expect(events.length).toBe(count)
        if (one !== 'undo') {
          before.push(await lineNow())
          const recorded = { disposition: one, reason: '原因', note: `第 ${count} 条`, version }
          await w.act((tx) => recordDisposition(tx, place, recorded, w.reading(w.advisor)))
          count += 1
          continue
        }
        const expected = before.pop()
        if (!expected) continue
        await w.undo(place)
        expect(await lineNow()).toEqual(expected)
        count += 1
      }
      // Back to the start for the next sequence.
      for (let expected = before.pop(); expected; expected = before.pop()) {
        await w.undo(place)
        expect(await lineNow()).toEqual(expected)
      }
    }),
    { numRuns: Number(process.env['QIAO_PROPERTY_RUNS'] ?? 500) / 50 },
  )
})

describe('an advisor', () => {
  beforeEach(async () => {
    await putAnswers(w.db.owner, 1, [{ programme: 'dibao' }])
    await w.settle()
  })

  test('must say why for declined and for not eligible', async () => {
    for (const disposition of ['declined', 'not-eligible'] as const) {
      const refused = await refusal(w.record(disposition, { reason: '  ' }))
      expect(refused).toEqual({
        code: 'reason-missing',
        errors: [{ path: '/body/reason', message: '请写明原因' }],
      })
    }
  })

  test('is told when a colleague was faster', async () => {
    const { version } = await w.theLead()
    await w.record('told')
    expect(await refusal(w.record('interested', { version }))).toMatchObject({
      code: 'lead-changed',
    })
    expect((await w.theLead()).lines[0]?.disposition).toBe('told')
  })

  test('records nothing on a closed line, and undoes nothing there', async () => {
    const place = await w.record('told')
    await putAward(w.db.owner, 1, 'dibao')
    await w.settle()
    const { version } = await w.read(place.leadId)
    const again = w.act((tx) =>
      recordDisposition(tx, place, { disposition: 'told', version }, w.reading(w.advisor)),
    )
    expect(await refusal(again)).toMatchObject({ code: 'line-closed' })
    expect(await refusal(w.undo(place))).toMatchObject({ code: 'line-closed' })
  })

  test('finds no line under another lead', async () => {
    const lead = await w.theLead()
    const wrong = { leadId: lead.id + 1000, lineId: lead.lines[0]?.id ?? 0 }
    const recorded = { disposition: 'told', version: lead.version } as const
    expect(
      await refusal(w.act((tx) => recordDisposition(tx, wrong, recorded, w.reading(w.advisor)))),
    ).toMatchObject({ code: 'not-found' })
  })

  test('writes a note, which is kept with name and changes nothing else', async () => {
    const before = await w.theLead()
    await w.act((tx) => addNote(tx, before.id, '周三上午再去', today))
    const { events, version } = await w.theLead()
    expect(events[0]).toMatchObject({ kind: 'note', text: '周三上午再去', by: '顾问甲' })
    expect(version).toBe(before.version)
  })

  test('puts a lead aside until a day, and it returns on that day', async () => {
    const { id } = await w.theLead()
    await w.act((tx) => snoozeLeads(tx, [id], '2025-06-08', today))
    expect((await w.list()).total).toBe(0)
    const snoozed = await w.list({ state: 'snoozed' })
    expect(snoozed.items[0]?.snoozedUntil).toBe('2025-06-08')
    expect((await w.list({}, w.district, '2025-06-07')).total).toBe(0)
    const back = await w.list({}, w.district, '2025-06-08')
    expect(back.items[0]?.snoozedUntil).toBeNull()
    expect(await w.act((tx) => snoozeLeads(tx, [id], null, today))).toBe(1)
    expect(await w.act((tx) => snoozeLeads(tx, [id], null, today))).toBe(0)
    expect((await w.list()).total).toBe(1)
    for (const day of [today, '2026-07-01']) {
      const wrong = w.act((tx) => snoozeLeads(tx, [id], day, today))
      expect(await refusal(wrong)).toMatchObject({ code: 'snooze-day-wrong' })
    }
  })

  test('takes a lead; it then is among those they follow', async () => {
    const { id } = await w.theLead()
    expect((await w.list({ state: 'mine' }, w.advisor)).total).toBe(0)
    expect(await w.act((tx) => assignLeads(tx, [id], w.advisor.staffId, today))).toBe(1)
    const [mine] = (await w.list({ state: 'mine' }, w.advisor)).items
    expect(mine?.assignee).toEqual({ id: w.advisor.staffId, name: '顾问甲' })
    expect(mine?.version).toBe(3)
    expect((await w.list({ assignee: 'none' })).total).toBe(0)
    expect(await w.act((tx) => assignLeads(tx, [id], null, today))).toBe(1)
    expect((await w.list({ assignee: 'none' })).total).toBe(1)
  })

  test('a lead taken by somebody above is not shown with the name of who cannot be seen', async () => {
    const { id } = await w.theLead()
    await w.act((tx) => assignLeads(tx, [id], w.district.staffId, today), w.district)
    expect((await w.read(id, w.advisor)).assignee).toEqual({
      id: w.district.staffId,
      name: '其他同事',
    })
    expect((await w.read(id, w.advisor)).events[0]?.by).toBe('其他同事')
    expect((await w.read(id, w.district)).events[0]?.by).toBe('区级乙')
  })

  test('a closed lead is neither assigned nor put aside', async () => {
    const { leadId } = await w.record('declined')
    const work = [
      w.act((tx) => assignLeads(tx, [leadId], w.advisor.staffId, today)),
      w.act((tx) => snoozeLeads(tx, [leadId], '2025-06-08', today)),
    ]
    for (const one of work) expect(await refusal(one)).toMatchObject({ code: 'lead-closed' })
  })
})

test('a lead goes only to somebody who may see the household; else nothing changes', async () => {
  await putHousehold(w.db.owner, 2, otherCommittee)
  for (const id of [1, 2]) await putAnswers(w.db.owner, id, [{ programme: 'dibao' }])
  await w.settle()
  const ids = (await w.list({ sort: 'since' })).items.map(({ id }) => id)
  const assigning = w.act((tx) => assignLeads(tx, ids, w.advisor.staffId, today), w.district)
  expect(await refusal(assigning)).toEqual({
    code: 'assignee-out-of-area',
    errors: [{ path: '/body/leadIds/1', message: `顾问甲看不到线索 ${ids[1]}` }],
  })
  expect((await w.list({ assignee: 'none' })).total).toBe(2)
  const administrator = await w.db.sessionFor({ role: 'audit-admin', areaId: '310118' })
  for (const staffId of [administrator.staffId, crypto.randomUUID()]) {
    const refused = await refusal(w.act((tx) => assignLeads(tx, ids, staffId, today), w.district))
    expect(refused.code).toBe('assignee-out-of-area')
  }
})
