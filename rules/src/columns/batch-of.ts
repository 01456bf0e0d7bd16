import type { Pack } from '../pack.ts'
import { readingInteger } from '../evaluate/load-facts.ts'
import type { HouseholdFacts } from '../results.ts'
import {
  type ColumnBatch,
  cellIn,
  columnFor,
  type FactColumn,
  KNOWN_NONE,
  UNKNOWN,
} from './batch.ts'

/** Households in the form of explain, as a batch: for comparing the two, and for small numbers. */
export function batchOf(pack: Pack, households: readonly HouseholdFacts[]): ColumnBatch {
  const members = households.flatMap((household) => household.members)
  const offsets = new Int32Array(households.length + 1)
  households.forEach((household, h) => {
    offsets[h + 1] = (offsets[h] ?? 0) + household.members.length
  })
  const household: Record<string, FactColumn> = {}
  const person: Record<string, FactColumn> = {}
  for (const fact of pack.program.facts) {
    const rows =
      fact.entity === 'person'
        ? members.map(({ facts }) => facts)
        : households.map((h) => h.household)
    const column = columnFor(fact.type, rows.length)
    rows.forEach((readings, row) => {
      const integer = readingInteger(fact, readings[fact.id]?.value)
      const value = integer === undefined ? UNKNOWN : (integer ?? KNOWN_NONE)
      column[row] = value > KNOWN_NONE ? value / fact.factor : cellIn(column, value)
    })
    if (fact.entity === 'person') person[fact.id] = column
    else household[fact.id] = column
  }
  return { households: households.length, persons: members.length, offsets, household, person }
}
