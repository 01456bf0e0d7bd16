import type { ColumnBatch, FactColumn } from '../../rules/src/index.ts'

/** The same households again and again until there are so many persons, in memory that threads share. */
export function districtOf(batch: ColumnBatch, persons: number): ColumnBatch {
  const { offsets, households: length } = batch
  const rounds = Math.floor(persons / batch.persons)
  const rest = persons - rounds * batch.persons
  const last = offsets.findLastIndex((offset) => offset <= rest)
  const households = rounds * length + last
  const starts = new Int32Array(new SharedArrayBuffer(4 * (households + 1)))
  for (let h = 0; h <= households; h++)
    starts[h] = Math.floor(h / length) * batch.persons + (offsets[h % length] ?? 0)
  const all = starts[households] ?? 0
  return {
    households,
    persons: all,
    offsets: starts,
    household: mapped(batch.household, (column) => repeated(column, households)),
    person: mapped(batch.person, (column) => repeated(column, all)),
  }
}

/** A share of the households, as a batch of its own over the same memory. */
export function shareOf(district: ColumnBatch, from: number, upTo: number): ColumnBatch {
  const [first = 0, end = 0] = [district.offsets[from], district.offsets[upTo]]
  return {
    households: upTo - from,
    persons: end - first,
    offsets: district.offsets.slice(from, upTo + 1).map((offset) => offset - first),
    household: mapped(district.household, (column) => column.subarray(from, upTo)),
    person: mapped(district.person, (column) => column.subarray(first, end)),
  }
}

type Columns = ColumnBatch['person']

function mapped(columns: Columns, make: (column: FactColumn) => FactColumn): Columns {
  return Object.fromEntries(Object.entries(columns).map(([id, column]) => [id, make(column)]))
}

function repeated(column: FactColumn, rows: number): FactColumn {
  const copy = emptyLike(column, rows)
  for (let at = 0; at < rows; at += column.length)
    copy.set(column.subarray(0, Math.min(column.length, rows - at)), at)
  return copy
}

function emptyLike(column: FactColumn, rows: number): FactColumn {
  const memory = new SharedArrayBuffer(rows * column.BYTES_PER_ELEMENT)
  if (column instanceof Int8Array) return new Int8Array(memory)
  return column instanceof Int32Array ? new Int32Array(memory) : new Float64Array(memory)
}
