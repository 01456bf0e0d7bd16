import { describe, expect, test } from 'vitest'
import { alikeIn, bandsIn, crowdOf, kindIn, likenessOf, mostSize, sizeIn } from './likeness.ts'
import type { Population } from './population.ts'

/** Households by the bands of their members; all of one kind and tenth unless said otherwise. */
function populationWith(
  households: readonly Readonly<{ bands: readonly number[]; township: number; kind?: number }>[],
): Population {
  const offsets = [0]
  for (const { bands } of households) offsets.push((offsets.at(-1) ?? 0) + bands.length)
  return {
    batch: {
      households: households.length,
      persons: offsets.at(-1) ?? 0,
      offsets: Int32Array.from(offsets),
      household: {},
      person: {},
    },
    ownerOf: new Int32Array(0),
    townshipOf: Uint8Array.from(households, ({ township }) => township),
    kindOf: Uint8Array.from(households, ({ kind = 4 }) => kind),
    bandOf: Uint8Array.from(households.flatMap(({ bands }) => [...bands])),
    incomeOf: new Float64Array(households.length),
    optedOut: null,
  }
}

const couple = { bands: [1, 1], township: 0 }
const family = { bands: [0, 1, 6], township: 1, kind: 3 }

describe('what a household is like', () => {
  test('is its size, its kind and the ages in it, and no more', () => {
    const population = populationWith([couple, family, { bands: Array(9).fill(2), township: 0 }])
    const read = [0, 1, 2].map((h) => {
      const likeness = likenessOf(population, h)
      return [sizeIn(likeness), kindIn(likeness), bandsIn(likeness)]
    })
    expect(read).toEqual([
      [2, 4, [1]],
      [3, 3, [0, 1, 6]],
      [mostSize, 4, [2]],
    ])
  })

  test('is shared by the others of whom the same would be told', () => {
    const population = populationWith([
      ...Array(4).fill(couple),
      { ...couple, township: 1 },
      { bands: [1, 2], township: 0 },
      family,
    ])
    const crowd = crowdOf(population, new Uint8Array(7))
    const likeness = likenessOf(population, 0)
    const alike = (told: Parameters<typeof alikeIn>[1]['told'], scope = [0, 1], decile?: number) =>
      alikeIn(crowd, { likeness, township: 0, told, scope, decile })
    expect(alike(['township', 'kind', 'size', 'bands'])).toBe(4)
    expect(alike(['kind', 'size', 'bands'])).toBe(5)
    expect(alike(['kind', 'size'])).toBe(6)
    expect(alike(['township', 'kind', 'size'])).toBe(5)
    expect(alike([])).toBe(7)
    const all = { likeness, township: 0, told: [], scope: [0, 1] }
    expect(alikeIn(crowd, all, 5)).toBeGreaterThanOrEqual(5)
    expect(alike(['kind', 'size', 'bands'], [1])).toBe(1)
    expect(alike(['kind', 'size', 'bands'], [0, 1], 3)).toBe(0)
  })
})
