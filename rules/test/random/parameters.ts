import type { Draw } from './draw.ts'

/** The days on which random packs are asked about lie round the rows of their parameters. */
export const asked = ['2024-02-29', '2025-05-31', '2025-06-30', '2025-07-01', '2026-02-28'] as const

type Row = { from: string; to?: string; value: number }
type Parameter = {
  id: string
  name: string
  type: 'money' | 'integer' | 'number'
  range: [number | null, number | null]
  adjusts?: string
  rows: Row[]
}

const starts = ['2023-07-01', '2024-03-01', '2025-01-01', '2025-06-01', '2025-07-01', '2026-01-01']
const types = {
  money: { range: [0, 2000], values: [0, 0.01, 100, 870.5, 1240, 1595.33] },
  integer: { range: [0, 90], values: [0, 1, 18, 60, 90] },
  number: { range: [0, null], values: [0.1, 0.25, 1.3, 2, 1.0001] },
} as const

/** A parameter with rows that may have gaps, may have expired on the day asked, or are none at all. */
export function randomParameter(draw: Draw, index: number): Parameter {
  const type = draw.pick(['money', 'integer', 'number'] as const)
  const { range, values } = types[type]
  const first = draw.integer(0, starts.length)
  const rows = starts.slice(first, first + draw.integer(0, 3)).map((from, i, all): Row => {
    const next = all[i + 1]
    const ends = next !== undefined && draw.chance(1, 3)
    return { from, value: draw.pick<number>(values), ...(ends ? { to: '2025-06-15' } : {}) }
  })
  return {
    id: `parameter_${index}`,
    name: `标准${index}`,
    type,
    range: [...range],
    ...(draw.chance(2, 3) ? { adjusts: draw.pick(['07-01', '01-01']) } : {}),
    rows: rows.filter(
      ({ from, to }, i) => to === undefined || (to >= from && to < (rows[i + 1]?.from ?? '9')),
    ),
  }
}
