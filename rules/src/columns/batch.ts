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

export type FactColumn = Int32Array | Float64Array

/** Nobody has recorded the fact. */
export const UNKNOWN = -2147483648
/** It is recorded that there is none (FEEL null). */
export const KNOWN_NONE = -2147483647
