import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byRisk, inOrderOfDoors, reasonKinds, stopsOf } from './today.ts'

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
      const worst = stops.map(({ reasons }) => reasons[0]?.due ?? '')
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
