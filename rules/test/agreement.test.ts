import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explain } from '../src/index.ts'
import type { Reading } from '../src/results.ts'
import { packFrom } from './pack-text.ts'
import { cases } from './random/case.ts'
import { runs, unhurried } from './runs.ts'
import { expectAgreement } from './said.ts'
import { householdOf, programme } from './small-packs.ts'

test('whatever the pack, columns say of every household what explain says of it', unhurried, () => {
  fc.assert(
    fc.property(cases({ households: 8, members: 4, strange: true }), ({ pack, households, on }) =>
      expectAgreement(pack, households, on),
    ),
    { numRuns: runs(), endOnFailure: true },
  )
})

test('asked about one programme, explain says what it says of it among all', unhurried, () => {
  fc.assert(
    fc.property(cases({ households: 4, members: 4, strange: true }), ({ pack, households, on }) => {
      // One programme after another leaves what was worked out of the one before.
      const apart = pack.programmes.map(({ id }) =>
        households.map((household) => explain(pack, household, on, { programme: id })),
      )
      const all = households.map((household) => explain(pack, household, on))
      pack.programmes.forEach(({ id }, p) => {
        const own = all.map((results) => results.filter((one) => one.programme === id))
        expect(apart[p]).toEqual(own)
      })
    }),
    { numRuns: runs(), endOnFailure: true },
  )
})

/** All ways of giving each fact one of its values; undefined leaves it unknown. */
function everyWay(
  values: Readonly<Record<string, readonly (Reading['value'] | undefined)[]>>,
): Record<string, Reading['value']>[] {
  return Object.entries(values).reduce<Record<string, Reading['value']>[]>(
    (ways, [fact, list]) =>
      ways.flatMap((way) => list.map((v) => (v === undefined ? way : { ...way, [fact]: v }))),
    [{}],
  )
}

const members = everyWay({ student: [true, false, undefined], pension: [null, 0, 900, undefined] })
const pairs = members.flatMap((a) => members.map((b) => householdOf({}, a, b)))

for (const least of ['min', 'max'])
  test(`who may or may not be chosen counts alike in ${least}`, () => {
    const condition = `${least}(members[在校].养老金) < 5`
    const more = ', whenNull: unknown'
    expectAgreement(packFrom(programme({ condition, more })), pairs, '2025-06-01')
  })

test.each([
  ['1', '-33'],
  ['-33', '1'],
  ['-1', '-33'],
  ['-33', '-1'],
])(
  'a choice of which nothing is known goes from the lesser to the greater: %s or %s',
  (so, not) => {
    const amount = `100 + (if 租房 then ${so} else ${not})`
    const known = [true, false].map((租房) => householdOf({ rented: 租房 }))
    expectAgreement(packFrom(programme({ amount })), [householdOf({}), ...known], '2025-06-01')
  },
)

test('a near miss is one alike, whatever the other condition says', () => {
  const other = `
          - {id: lodging, text: 租房, clause: {document: 条款待核}, expr: 租房}`
  const pack = packFrom(programme({ condition: '财产 <= 1000', other }))
  const ways = everyWay({
    assets: [99_999, 100_001, 110_000, 110_001, undefined],
    rented: [true, false, undefined],
  })
  expectAgreement(
    pack,
    ways.map((way) => householdOf(way)),
    '2025-06-01',
  )
})
