import type { NodeId } from '../ir.ts'
import type { ColumnBatch } from './batch.ts'

/** Persons evaluated together; small enough for the scratch columns to stay in the cache. */
export const BLOCK = 1024

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
 * Whole households, at most BLOCK of them and at most BLOCK persons, at a time.
 *
 * @throws RangeError for a household that no block can hold
 */
export function* blocksOf({ households, offsets }: ColumnBatch): Generator<Block> {
  let first = 0
  while (first < households) {
    const last = endOfBlock(offsets, first, households)
    if (last === first) throw new RangeError(`household ${first} has more than ${BLOCK} members`)
    yield blockOf(offsets, first, last)
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

function blockOf(offsets: Int32Array, first: number, last: number): Block {
  const firstPerson = offsets[first] ?? 0
  const persons = (offsets[last] ?? 0) - firstPerson
  const start = Int32Array.from(
    { length: last - first + 1 },
    (_, i) => (offsets[first + i] ?? 0) - firstPerson,
  )
  const owner = new Int32Array(persons)
  for (let h = 0; h < last - first; h++) owner.fill(h, start[h], start[h + 1])
  return { households: last - first, persons, firstHousehold: first, firstPerson, start, owner }
}
