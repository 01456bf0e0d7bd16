import { beforeAll, describe, expect, test } from 'vitest'
import type { Pack } from '@qiao/rules'
import { loadPackFolder } from '../policies/pack-files.ts'
import { calendarsOf } from './calendar.ts'
import { layoutOf, makeMatcher, type Matcher } from './matcher.ts'

let pack: Pack
let matcher: Matcher
beforeAll(async () => {
  pack = (await loadPackFolder()).pack
  matcher = makeMatcher(pack, '2025-06-01')
})

const placeOf = (programme: string) => pack.programmes.findIndex(({ id }) => id === programme)
const targetOf = (programme: string) =>
  pack.program.targets.findIndex((target) => target.programme === placeOf(programme))

describe('a sign of need', () => {
  const signalsOf = (programme: string) =>
    (matcher.signals[targetOf(programme)] ?? []).map(({ fact }) => fact).sort()

  test('of any member bears on a programme for households', () => {
    const all = pack.facts.filter(({ needSignal }) => needSignal).map(({ id }) => id)
    expect(all.length).toBeGreaterThan(4)
    for (const programme of ['dibao', 'edge-household', 'zhichu-shenghuo'])
      expect(signalsOf(programme)).toEqual(all.toSorted())
  })

  test('bears on a programme for persons only where it reads it', () => {
    expect(signalsOf('guer')).toEqual(['father_guardianship', 'mother_guardianship'])
    expect(signalsOf('laonian-jintie')).toEqual([])
  })
})

describe('the layout of a pack', () => {
  test('is another one when a fact, programme or tier takes another place or name', () => {
    const layout = layoutOf(pack)
    expect(layoutOf({ ...pack, facts: pack.facts.toReversed() })).not.toBe(layout)
    expect(layoutOf({ ...pack, programmes: pack.programmes.slice(1) })).not.toBe(layout)
    const [first, ...rest] = pack.program.targets
    if (!first) throw new Error('a pack has targets')
    const renamed = {
      ...first,
      tiers: first.tiers.map((tier) => ({ ...tier, id: `${tier.id}-2` })),
    }
    const program = { ...pack.program, targets: [renamed, ...rest] }
    expect(layoutOf({ ...pack, program })).not.toBe(layout)
  })

  test('is the same when a figure is entered', () => {
    const entered = { ...pack, version: '2', hash: 'other', parameters: [] }
    expect(layoutOf(entered)).toBe(layoutOf(pack))
  })
})

test('a birth leads to the birthday on which the allowance for the old begins, also when asked again', () => {
  const [calendar] = calendarsOf(pack, '2025-06-01').slice(placeOf('laonian-jintie'))
  const birth = pack.program.facts.findIndex(({ id }) => id === 'birth_date')
  const byBirth = calendar?.byDate.find(({ fact }) => fact === birth)
  const dayOf = (date: string) => Date.parse(date) / 86_400_000
  for (let again = 0; again < 2; again++) {
    expect(byBirth?.dayOf(dayOf('1960-06-02'))).toBe(dayOf('2025-06-02'))
    // Nobody was born in 1800; the answer is the same without the table of days.
    expect(byBirth?.dayOf(dayOf('1800-06-02'))).toBe(0)
  }
})
