import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findingsOf, patternIds, withLimits, type Watched } from './pattern.ts'

const patterns = withLimits(new Map())
const accounts = ['a', 'b', 'c']
const manyEntries = fc
  .array(
    fc.record({
      actor: fc.constantFrom('visitor', 'job:match', ...accounts.map((one) => `staff:${one}`)),
      subject: fc.constantFrom(null, ...accounts.map((one) => `staff:${one}`)),
      householdId: fc.option(fc.integer({ min: 1, max: 150 }), { nil: null }),
    }),
    { maxLength: 300 },
  )
  .map((all) => all.map((one, at): Watched => ({ ...one, id: at + 1, at: `moment ${at + 1}` })))

test('an account is found as often as it stands in the entries, and only from the limit on', () => {
  fc.assert(
    fc.property(
      manyEntries,
      fc.constantFrom(...patterns),
      fc.integer({ min: 1, max: 12 }),
      (entries, shipped, least) => {
        const pattern = { ...shipped, least }
        const found = findingsOf(pattern, entries)
        for (const account of pattern.of === 'nobody' ? [null] : accounts) {
          const own = entries.filter((one) =>
            pattern.of === 'nobody' ? true : one[pattern.of] === `staff:${account}`,
          )
          const keys = own.map((one) =>
            pattern.different === undefined
              ? one.id
              : pattern.different === 'subject'
                ? (one.subject ?? one.id)
                : one.householdId,
          )
          const count = new Set(keys.filter((key) => key !== null)).size
          const finding = found.find(({ staffId }) => staffId === account)
          expect(finding?.count).toBe(count >= least ? count : undefined)
          if (finding) expect(finding.entries.at(-1)).toBe(own.at(-1)?.id)
        }
        expect(found.length).toBe(new Set(found.map(({ staffId }) => staffId)).size)
      },
    ),
  )
})

test('what was settled counts no more, whatever it was; what came after counts as if it were all', () => {
  fc.assert(
    fc.property(
      manyEntries,
      fc.constantFrom(...patterns),
      fc.nat({ max: 300 }),
      (entries, shipped, upTo) => {
        const pattern = { ...shipped, least: 2 }
        const settled = new Map(['', ...accounts].map((account) => [account, upTo]))
        expect(findingsOf(pattern, entries, settled)).toEqual(
          findingsOf(
            pattern,
            entries.filter(({ id }) => id > upTo),
          ),
        )
      },
    ),
  )
})

test('the settings say from how many on; a pattern that does not exist stops the start', () => {
  const told = withLimits(new Map([['glass-broken', 7]]))
  expect(told.map(({ id, least }) => (id === 'glass-broken' ? least : id))).toEqual([
    ...patternIds.slice(0, 4),
    7,
  ])
  expect(() => withLimits(new Map([['glass', 7]]))).toThrow(/no pattern/)
})
