import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mayEdit } from './service.ts'

const firstAt = '2025-06-01T10:00:00+08:00'
const after = (minutes: number) => new Date(Date.parse(firstAt) + minutes * 60_000)

test('whoever wrote a record edits it for twenty-four hours, and not a minute longer', () => {
  const own = { firstBy: 'me', firstAt }
  expect(mayEdit(own, 'me', after(24 * 60 - 1))).toBe(true)
  expect(mayEdit(own, 'me', after(24 * 60))).toBe(false)
})

test('nobody edits what another wrote, however soon', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), (minutes) => {
      expect(mayEdit({ firstBy: 'somebody', firstAt }, 'me', after(minutes))).toBe(false)
    }),
  )
})
