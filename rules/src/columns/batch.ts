import type { FactType } from '../pack.ts'

/**
 * A district as columns: one typed array per fact, persons sorted by household.
 *
 * Cells hold numbers as they are (money in fen, days as day numbers, booleans 0 and 1, codes as
 * their place in facts.yaml). A fact without a column is unknown for everybody.
 */
export type ColumnBatch = Readonly<{
  households: number
  persons: number
  /** Persons of household h are offsets[h] … offsets[h + 1] - 1; households + 1 entries. */
  offsets: Int32Array
  household: Readonly<Record<string, FactColumn>>
  person: Readonly<Record<string, FactColumn>>
}>

/** Bytes are enough for booleans and codes; sums of money may need all of a double. */
export type FactColumn = Int8Array | Int32Array | Float64Array

/** Nobody has recorded the fact. */
export const UNKNOWN = -2147483648
/** It is recorded that there is none (FEEL null). */
export const KNOWN_NONE = -2147483647
/** {@link UNKNOWN} in a column of bytes. */
export const UNKNOWN_BYTE = -128
/** {@link KNOWN_NONE} in a column of bytes. */
export const KNOWN_NONE_BYTE = -127

/** An empty column for facts of a type: no wider than needed, as a district has a million rows. */
export function columnFor(type: FactType, rows: number): FactColumn {
  if (type === 'boolean' || type === 'code') return new Int8Array(rows)
  return type === 'money' || type === 'number' ? new Float64Array(rows) : new Int32Array(rows)
}

/** How a column writes a value, {@link UNKNOWN} or {@link KNOWN_NONE}. */
export function cellIn(column: FactColumn, value: number): number {
  return value <= KNOWN_NONE && column instanceof Int8Array ? value - UNKNOWN + UNKNOWN_BYTE : value
}

/** Whether a cell holds a value: neither unknown nor a recorded none. */
export function isKnown(column: FactColumn, row: number): boolean {
  const cell = column[row]
  return cell !== undefined && cell !== unknownIn(column) && cell !== knownNoneIn(column)
}

/** How a column writes that nobody has recorded the fact. */
export function unknownIn(column: FactColumn): number {
  return column instanceof Int8Array ? UNKNOWN_BYTE : UNKNOWN
}

/** How a column writes that there is none. */
export function knownNoneIn(column: FactColumn): number {
  return column instanceof Int8Array ? KNOWN_NONE_BYTE : KNOWN_NONE
}
