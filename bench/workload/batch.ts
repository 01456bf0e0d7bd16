import type { ColumnBatch } from '../../rules/src/index.ts'
import type { Households } from './limit.ts'
import type { Population } from './population.ts'

/**
 * The population as Qiao reads it, or a run of its households.
 *
 * The columns are the same memory: a hidden cell is what Qiao calls unknown.
 */
export function batchOf(
  p: Population,
  { from, upTo }: Households = { from: 0, upTo: p.households },
): ColumnBatch {
  const [a, b] = [p.offsets[from]!, p.offsets[upTo]!]
  return {
    households: upTo - from,
    persons: b - a,
    offsets: a === 0 ? p.offsets.subarray(0, upTo + 1) : rebased(p.offsets, { from, upTo }),
    household: {
      assets: p.assets.subarray(from, upTo),
      floor_area: p.floorArea.subarray(from, upTo),
      car: p.car.subarray(from, upTo),
    },
    person: {
      age: p.age.subarray(a, b),
      income: p.income.subarray(a, b),
      pension: p.pension.subarray(a, b),
      medical: p.medical.subarray(a, b),
      education: p.education.subarray(a, b),
      disability: p.disability.subarray(a, b),
      employment: p.employment.subarray(a, b),
      student: p.student.subarray(a, b),
      local: p.local.subarray(a, b),
      supporter: p.supporter.subarray(a, b),
    },
  }
}

function rebased(offsets: Int32Array, { from, upTo }: Households): Int32Array {
  const first = offsets[from]!
  return offsets.slice(from, upTo + 1).map((offset) => offset - first)
}
