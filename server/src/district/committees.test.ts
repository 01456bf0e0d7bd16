import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leastCommittee, settledCommittees } from './committees.ts'
import { figures, fullSize } from './figures.ts'

const all = figures.committees.reduce((sum, { residents }) => sum + residents, 0)

/** People per township and per urban or rural committees of it. */
function perGroup(standsFor: readonly number[]): ReadonlyMap<string, number> {
  const groups = new Map<string, number>()
  for (const [i, { id, urban }] of figures.committees.entries()) {
    const key = `${id.slice(0, 9)} ${urban}`
    groups.set(key, (groups.get(key) ?? 0) + standsFor[i]!)
  }
  return groups
}

test('at full size every committee stands for itself', () => {
  expect(settledCommittees(fullSize)).toEqual(figures.committees.map(({ residents }) => residents))
})

test('whatever the size, every township keeps its people and its urban share', () => {
  const real = perGroup(figures.committees.map(({ residents }) => residents))
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: fullSize }), (residents) => {
      for (const [group, people] of perGroup(settledCommittees(residents)))
        expect(people).toBeCloseTo(real.get(group)!, 3)
    }),
  )
})

test('a township with room for several committees leaves none of them thin on average', () => {
  const scale = 20_000 / all
  const settled = settledCommittees(20_000).filter((standsFor) => standsFor > 0)
  expect(settled.length).toBeLessThan(40)
  expect((settled.reduce((a, b) => a + b, 0) * scale) / settled.length).toBeGreaterThan(
    leastCommittee / 2,
  )
})
