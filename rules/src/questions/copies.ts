import {
  type ColumnBatch,
  columnFor,
  type FactColumn,
  KNOWN_NONE,
  cellIn,
} from '../columns/batch.ts'
import type { LoweredFact } from '../ir.ts'
import type { Pack } from '../pack.ts'
import type { Share } from './shares.ts'

/** A fact to be tried at each of its values, every value in one copy of the household. */
export type Tried = Readonly<{
  fact: LoweredFact
  member: number | null
  values: readonly Share[]
  /** Places of the open answers that the fact bears on. */
  touches: readonly number[]
}>

/** The copy of each value of each fact, in order, and how many copies there are. */
export type Copies = Readonly<{ places: Int32Array; count: number }>

/**
 * Spreads values over copies of the household. Those that bear on different answers share a copy:
 * neither can change what the other leads to.
 */
export function copiesFor(tried: readonly Tried[], answers: number): Copies {
  const words = (answers + 31) >> 5
  const places = new Int32Array(tried.reduce((sum, { values }) => sum + values.length, 0))
  // of each copy one bit per answer: what is taken
  const taken = new Int32Array(words * Math.max(1, places.length))
  let [next, count] = [0, 0]
  for (const { values, touches } of tried) {
    const bits = new Int32Array(words)
    for (const at of touches) bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31))
    let copy = 0
    for (let value = 0; value < values.length; value++) {
      // where the value before found no room there is none for this one
      while (copy < count && meets(taken, copy * words, bits)) copy++
      if (copy === count) count++
      for (let w = 0; w < words; w++)
        taken[copy * words + w] = (taken[copy * words + w] ?? 0) | (bits[w] ?? 0)
      places[next++] = copy
    }
  }
  return { places, count }
}

function meets(taken: Int32Array, first: number, bits: Int32Array): boolean {
  for (let w = 0; w < bits.length; w++)
    if (((taken[first + w] ?? 0) & (bits[w] ?? 0)) !== 0) return true
  return false
}

/** The copies as columns: the household's own cells over and over, with the values put in. */
export function batchOfCopies(
  { program }: Pack,
  one: ColumnBatch,
  tried: readonly Tried[],
  { places, count }: Copies,
): ColumnBatch {
  const members = one.persons
  const repeat = (fact: LoweredFact): FactColumn => {
    const own = one[fact.entity][fact.id]
    const rows = fact.entity === 'person' ? members : 1
    const column = columnFor(fact.type, rows * count)
    if (!own) return column
    column.set(own)
    // doubles what is filled, until all is
    for (let filled = rows; filled < column.length; filled *= 2)
      column.copyWithin(filled, 0, Math.min(filled, column.length - filled))
    return column
  }
  const columns = program.facts.map(repeat)
  let next = 0
  for (const { fact, member, values } of tried) {
    const column = columns[fact.index]
    for (const { value } of values) {
      const copy = places[next++] ?? 0
      if (!column) continue
      const row = fact.entity === 'person' ? copy * members + (member ?? 0) : copy
      column[row] = value === null ? cellIn(column, KNOWN_NONE) : value / fact.factor
    }
  }
  const of = (entity: 'household' | 'person'): Record<string, FactColumn> =>
    Object.fromEntries(
      program.facts.flatMap((fact) => {
        const column = columns[fact.index]
        return fact.entity === entity && column ? [[fact.id, column]] : []
      }),
    )
  return {
    households: count,
    persons: count * members,
    offsets: Int32Array.from({ length: count + 1 }, (_, i) => i * members),
    household: of('household'),
    person: of('person'),
  }
}
