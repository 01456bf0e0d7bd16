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
  start: Int16Array
  /** Household of each person, both counted within the block. */
  owner: Int16Array
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
 * @param from household to begin with
 * @throws RangeError for a household that no block can hold
 */
export function* blocksOf({ households, offsets }: ColumnBatch, from = 0): Generator<Block> {
  let first = from
  const known = placed.get(offsets) ?? new Map<number, Block>()
  placed.set(offsets, known)
  while (first < households) {
    const found = known.get(first)
    const block =
      found && first + found.households <= households
        ? found
        : blockFrom(offsets, first, households)
    known.set(first, block)
    yield block
    first += block.households
  }
}

/** Blocks by their first household: worked out once for a batch. */
const placed = new WeakMap<Int32Array, Map<number, Block>>()

function blockFrom(offsets: Int32Array, first: number, households: number): Block {
  const last = endOfBlock(offsets, first, households)
  if (last === first) throw new RangeError(`household ${first} has more than ${BLOCK} members`)
  const firstPerson = offsets[first] ?? 0
  const persons = (offsets[last] ?? 0) - firstPerson
  const { start, owner } = place(offsets, first, last)
  return { households: last - first, persons, firstHousehold: first, firstPerson, start, owner }
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

function place(offsets: Int32Array, first: number, last: number): Pick<Block, 'start' | 'owner'> {
  const firstPerson = offsets[first] ?? 0
  const start = new Int16Array(last - first + 1)
  const owner = new Int16Array((offsets[last] ?? 0) - firstPerson)
  let p = 0
  for (let h = 0; first + h < last; h++) {
    start[h] = p
    const end = (offsets[first + h + 1] ?? 0) - firstPerson
    while (p < end) owner[p++] = h
  }
  start[last - first] = p
  return { start, owner }
}
