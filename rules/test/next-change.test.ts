import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayFromText, textFromDay } from '../src/days.ts'
import { explain } from '../src/evaluate/explain.ts'
import type { Pack } from '../src/pack.ts'
import type { HouseholdFacts, Result } from '../src/results.ts'
import { cases } from './random/case.ts'
import { runs, unhurried } from './runs.ts'

/** How many days are looked at, one by one. */
const WINDOW = 40

/** What a result says, apart from how it words its reasons. */
function said({ conditions, provisional, nextChange: _next, ...rest }: Result): unknown {
  const verdicts = conditions.map(({ id, verdict, unconfirmed }) => ({ id, verdict, unconfirmed }))
  return { ...rest, verdicts, expired: provisional?.parameter }
}

function expectNothingBefore(pack: Pack, household: HouseholdFacts, on: number): void {
  const today = explain(pack, household, textFromDay(on))
  const changes = today.map(({ nextChange }) =>
    nextChange === undefined ? Infinity : (dayFromText(nextChange) ?? 0),
  )
  const first = Math.min(...changes)
  expect(first).toBeGreaterThan(on)
  for (let day = on + 1; day < on + WINDOW; day++) {
    const then = explain(pack, household, textFromDay(day))
    const due = today.map((_, i) => day >= (changes[i] ?? 0))
    if (due.every(Boolean)) return
    today.forEach((result, i) => {
      const after = then[i]
      if (due[i] || !after) return
      expect(said(after), `${textFromDay(day)}, said unchanged until ${result.nextChange}`).toEqual(
        said(result),
      )
    })
  }
}

test('nothing changes before the day that is given as the next change', unhurried, () => {
  fc.assert(
    fc.property(
      cases({ households: 1, members: 3 }),
      fc.integer({ min: 0, max: 40 }),
      ({ pack, households: [household], on }, before) => {
        if (household) expectNothingBefore(pack, household, (dayFromText(on) ?? 0) - before)
      },
    ),
    { numRuns: runs(0.6), endOnFailure: true },
  )
})
