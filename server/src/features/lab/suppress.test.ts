import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hiddenCells, type Sum } from './suppress.ts'

/** A table with a total row and a total column, as cells and sums. */
function tableOf(rows: number[][]): { counts: number[]; sums: Sum[]; width: number } {
  const width = (rows[0]?.length ?? 0) + 1
  const own = rows.map((row) => [row.reduce((a, b) => a + b, 0), ...row])
  const total = Array.from({ length: width }, (_, c) =>
    own.reduce((sum, row) => sum + (row[c] ?? 0), 0),
  )
  const all = [total, ...own]
  const sums: Sum[] = [
    ...all.map((_, r) => Array.from({ length: width }, (_cell, c) => r * width + c)),
    ...total.map((_, c) => all.map((_row, r) => r * width + c)),
  ]
  return { counts: all.flat(), sums, width }
}

/**
 * Whether what is shown leaves only one value for a cell: no other table of whole numbers, none
 * negative and each hidden cell at most one more or less, shows the same.
 */
function isGivenAway(
  place: number,
  counts: readonly number[],
  sums: readonly Sum[],
  hidden: readonly boolean[],
): boolean {
  const open = [place, ...counts.keys()].filter(
    (cell, i) => hidden[cell] && (i === 0 || cell !== place),
  )
  const table = [...counts]
  const fill = (at: number): boolean => {
    const cell = open[at]
    if (cell === undefined) return true
    const later = new Set(open.slice(at + 1))
    for (const step of at === 0 ? [1, -1] : [0, 1, -1]) {
      table[cell] = (counts[cell] ?? 0) + step
      if (table[cell] < 0) continue
      const holds = sums.every((sum) => sum.some((one) => later.has(one)) || isRight(sum, table))
      if (holds && fill(at + 1)) return true
    }
    table[cell] = counts[cell] ?? 0
    return false
  }
  return !fill(0)
}

function isRight([whole = 0, ...parts]: Sum, table: readonly number[]): boolean {
  return table[whole] === parts.reduce((sum, place) => sum + (table[place] ?? 0), 0)
}

describe('cells of a few', () => {
  test('are hidden, with another of each sum, so that none can be worked out', () => {
    const { counts, sums, width } = tableOf([
      [3, 40],
      [20, 50],
      [30, 60],
    ])
    const hidden = hiddenCells(counts, sums)
    expect(hidden[width + 1]).toBe(true)
    for (const sum of sums) {
      const out = sum.filter((place) => hidden[place]).length
      expect(out === 0 || out > 1).toBe(true)
    }
  })

  test('are not many when there is none', () => {
    const { counts, sums } = tableOf([
      [5, 40],
      [0, 50],
    ])
    expect(hiddenCells(counts, sums)).not.toContain(true)
  })

  test('cannot be told from any table, whatever it holds', () => {
    const cell = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 12 }))
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), {
      minLength: 2,
      maxLength: 3,
    })
    fc.assert(
      fc.property(table, (rows) => {
        const { counts, sums } = tableOf(rows)
        const hidden = hiddenCells(counts, sums)
        counts.forEach((count, place) => {
          if (count > 0 && count < 5) expect(hidden[place]).toBe(true)
          if (count > 0 && count < 5)
            expect(isGivenAway(place, counts, sums, hidden), JSON.stringify(rows)).toBe(false)
        })
      }),
      { numRuns: 500 },
    )
  })
})
