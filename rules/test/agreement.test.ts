import fc from 'fast-check'
import { test } from 'vitest'
import { cases } from './random/case.ts'
import { runs, unhurried } from './runs.ts'
import { expectAgreement } from './said.ts'

test('whatever the pack, columns say of every household what explain says of it', unhurried, () => {
  fc.assert(
    fc.property(cases({ households: 8, members: 4 }), ({ pack, households, on }) =>
      expectAgreement(pack, households, on),
    ),
    { numRuns: runs(), endOnFailure: true },
  )
})
