import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byRisk, inOrderOfDoors, isPressing, reasonKinds, stopsOf } from './today.ts'

const reason = fc.record({
  householdId: fc.integer({ min: 1, max: 5 }),
  kind: fc.constantFrom(...reasonKinds),
  due: fc.constantFrom('2025-05-01', '2025-05-20', '2025-06-01', '2025-06-03'),
})

test('nobody is lost and nobody comes twice; whoever is most at risk of being missed comes first', () => {
  fc.assert(
    fc.property(fc.array(reason, { maxLength: 20 }), (due) => {
      const stops = stopsOf(due)
      expect(new Set(stops.map(({ householdId }) => householdId))).toEqual(
        new Set(due.map(({ householdId }) => householdId)),
      )
      expect(stops).toHaveLength(new Set(due.map(({ householdId }) => householdId)).size)
      const worst = stops.flatMap(({ reasons: [first] }) =>
        first ? [`${isPressing(first) ? 0 : 1} ${first.due}`] : [],
      )
      expect(worst).toEqual(worst.toSorted())
    }),
  )
})

test('of two days for one thing the earlier is shown, and each thing once', () => {
  const [stop] = stopsOf([
    { householdId: 1, kind: 'visit', due: '2025-06-03' },
    { householdId: 1, kind: 'visit', due: '2025-05-20' },
    { householdId: 1, kind: 'contact', due: '2025-06-01' },
  ])
  expect(stop?.reasons.map(({ kind, due }) => `${kind} ${due}`)).toEqual([
    'visit 2025-05-20',
    'contact 2025-06-01',
  ])
})

test('of what is due on one day somebody’s safety comes first, a promise last', () => {
  const due = '2025-06-01'
  const all = reasonKinds
    .map((kind) => ({ kind, due }))
    .toReversed()
    .toSorted(byRisk)
  expect(all.map(({ kind }) => kind)).toEqual([
    'safety',
    'relief',
    'warning',
    'lead',
    'case',
    'visit',
    'contact',
    'promise',
  ])
})

test('what is counted in hours comes before whatever is overdue for longest', () => {
  const stops = stopsOf([
    { householdId: 1, kind: 'contact', due: '2025-03-01' },
    { householdId: 2, kind: 'warning', due: '2025-06-01', clock: 'alert-red-contact' },
    { householdId: 3, kind: 'warning', due: '2025-05-01', clock: 'alert-yellow-visit' },
  ])
  expect(stops.map(({ householdId }) => householdId)).toEqual([2, 1, 3])
})

test('one goes from committee to committee and from number to number', () => {
  const doors = inOrderOfDoors([
    { area: { id: '310118001002' }, address: '青松路 1 号' },
    { area: { id: '310118001001' }, address: '青松路 12 号' },
    { area: { id: '310118001001' }, address: '青松路 2 号' },
  ])
  expect(doors.map(({ area, address }) => `${area.id.slice(-1)} ${address}`)).toEqual([
    '1 青松路 2 号',
    '1 青松路 12 号',
    '2 青松路 1 号',
  ])
})
