import { expect, test } from 'vitest'
import type { LeadRow } from '../../api/views.ts'
import { restoreEach } from './use-leads.ts'

test('undo puts back what every household had before, one request for each value', async () => {
  const before = [
    { id: 1, snoozedUntil: null },
    { id: 2, snoozedUntil: '2025-07-01' },
    { id: 3, snoozedUntil: null },
  ] as LeadRow[]
  const written: [number[], string | null][] = []
  await restoreEach(
    before,
    (lead) => lead.snoozedUntil,
    async (ids, value) => {
      written.push([ids, value])
    },
  )
  expect(written).toEqual([
    [[1, 3], null],
    [[2], '2025-07-01'],
  ])
})
