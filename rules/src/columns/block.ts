import type { NodeId } from '../ir.ts'
import type { ColumnBatch } from './batch.ts'

/** Persons evaluated together; small enough for the scratch columns to stay in the cache. */
export const BLOCK = 2048

/** Whole households of a batch that are evaluated together, as the stages see them. */
export type Block = Readonly<{
  households: number
  persons: number
  firstHousehold: number
  firstPerson: number
  /** Persons of household h of the block are start[h] … start[h + 1] - 1. */
  start: Int32Array
  /** Household of each person, both counted within the block. */
  owner: Int32Array
}>

/** Values of the nodes that outlive their loop, one column of {@link BLOCK} rows a node. */
export type Scratch = Readonly<{
  lo: Record<NodeId, Float64Array>
  hi: Record<NodeId, Float64Array>
  nul: Record<NodeId, Uint8Array>
  mask: Record<NodeId, Uint8Array>
}>

/**
 * Whole households, at most BLOCK of them and at most BLOCK persons, at a time. A block is valid until
 * the next is asked for: its columns are used again.
 *
 * @param from household to begin with
 * @throws RangeError for a household that no block can hold
 */
export function* blocksOf({ households, offsets }: ColumnBatch, from = 0): Generator<Block> {
  const [start, owner] = [new Int32Array(BLOCK + 1), new Int32Array(BLOCK)]
  let first = from
  while (first < households) {
    const last = endOfBlock(offsets, first, households)
    if (last === first) throw new RangeError(`household ${first} has more than ${BLOCK} members`)
    const firstPerson = offsets[first] ?? 0
    const persons = (offsets[last] ?? 0) - firstPerson
    place(offsets, first, last, start, owner)
    yield { households: last - first, persons, firstHousehold: first, firstPerson, start, owner }
    first = last
  }
}

function endOfBlock(offsets: Int32Array, first: number, households: number): number {
  const firstPerson = offsets[first] ?? 0
  let last = first
  while (
    last < households &&
    last - first < BLOCK &&
    (offsets[last + 1] ?? 0) - firstPerson <= BLOCK
  )
    last++
  return last
}

/** Fills in where each household begins and whose each person is. */
function place(
  offsets: Int32Array,
  first: number,
  last: number,
  start: Int32Array,
  owner: Int32Array,
): void {
  const firstPerson = offsets[first] ?? 0
  let p = 0
  for (let h = 0; first + h < last; h++) {
    start[h] = p
    const end = (offsets[first + h + 1] ?? 0) - firstPerson
    while (p < end) owner[p++] = h
  }
  start[last - first] = p
}
