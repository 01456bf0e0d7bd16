import type { FactRead, Program, Target } from '../ir.ts'
import { type FactColumn, unknownIn } from './batch.ts'
import type { Block } from './block.ts'

/**
 * Which facts the rows of a block lack, as bits by place in Pack.facts: worked out once per block,
 * because every open condition asks.
 */
export type Lacking = Readonly<{
  words: number
  /** Facts of the household itself. */
  household: Uint32Array
  /** Facts of each person. */
  person: Uint32Array
  /** Facts that any member of the household lacks. */
  members: Uint32Array
  /** Facts that are derived, and what each is asked as. */
  derived: Uint32Array
  askedAs: Int32Array
}>

/** Empty columns for so many rows, used again for block after block. */
export function lackingFor(program: Program, rows: number): Lacking {
  const words = Math.ceil(program.facts.length / 32)
  const column = () => new Uint32Array(rows * words)
  const derived = new Uint32Array(words)
  program.facts.forEach(({ derivedFrom }, i) => {
    if (derivedFrom !== null) derived[i >> 5] = (derived[i >> 5] ?? 0) | (1 << (i & 31))
  })
  return {
    words,
    household: column(),
    person: column(),
    members: column(),
    derived,
    askedAs: Int32Array.from(program.facts, ({ derivedFrom }, i) => derivedFrom ?? i),
  }
}

/** Fills `lacking` for a block. A derived fact is lacking only where its origin is, too. */
export function findLacking(
  lacking: Lacking,
  program: Program,
  facts: readonly FactColumn[],
  block: Block,
): void {
  const { words, household, person, members } = lacking
  household.fill(0, 0, block.households * words)
  person.fill(0, 0, block.persons * words)
  members.fill(0, 0, block.households * words)
  program.facts.forEach((fact, index) => {
    const cells = facts[index]
    const origin = fact.derivedFrom === null ? undefined : facts[fact.derivedFrom]
    if (!cells) return
    const [unknown, unknownOrigin] = [unknownIn(cells), origin ? unknownIn(origin) : 0]
    const isPerson = fact.entity === 'person'
    const into = isPerson ? person : household
    const [first, rows] = isPerson
      ? [block.firstPerson, block.persons]
      : [block.firstHousehold, block.households]
    const [word, bit] = [index >> 5, 1 << (index & 31)]
    for (let row = 0; row < rows; row++) {
      if (
        cells[first + row] !== unknown ||
        (origin !== undefined && origin[first + row] !== unknownOrigin)
      )
        continue
      const at = row * words + word
      into[at] = (into[at] ?? 0) | bit
    }
  })
  for (let row = 0; row < block.persons; row++) {
    const to = (block.owner[row] ?? 0) * words
    for (let w = 0; w < words; w++)
      members[to + w] = (members[to + w] ?? 0) | (person[row * words + w] ?? 0)
  }
}

/** The facts that something reads, as bits: of the row itself, of its household, of all members. */
export type ReadBits = Readonly<{ own: Uint32Array; household: Uint32Array; members: Uint32Array }>

/** What something reads of a target, as bits. */
export function readBits(reads: readonly FactRead[], program: Program, target: Target): ReadBits {
  const words = Math.ceil(program.facts.length / 32)
  const bits = {
    own: new Uint32Array(words),
    household: new Uint32Array(words),
    members: new Uint32Array(words),
  }
  for (const read of reads) {
    const ofHousehold =
      program.facts[read.fact]?.entity === 'household' || target.entity === 'household'
    const into = read.of === 'members' ? bits.members : ofHousehold ? bits.household : bits.own
    into[read.fact >> 5] = (into[read.fact >> 5] ?? 0) | (1 << (read.fact & 31))
  }
  return bits
}

/**
 * Adds what a row lacks of the facts read to `into` at `at`, derived facts as what is asked for.
 *
 * @param own row of the person in the block, -1 for a household
 * @returns whether it lacks any
 */
export function addLacking(
  into: Uint32Array,
  at: number,
  lacking: Lacking,
  bits: ReadBits,
  row: Readonly<{ own: number; household: number }>,
): boolean {
  const { words, derived, askedAs } = lacking
  const [own, household] = [row.own * words, row.household * words]
  let any = false
  for (let w = 0; w < words; w++) {
    let found =
      ((lacking.members[household + w] ?? 0) & (bits.members[w] ?? 0)) |
      ((lacking.household[household + w] ?? 0) & (bits.household[w] ?? 0))
    if (own >= 0) found |= (lacking.person[own + w] ?? 0) & (bits.own[w] ?? 0)
    if (found === 0) continue
    any = true
    const other = found & (derived[w] ?? 0)
    into[at + w] = (into[at + w] ?? 0) | (found & ~other)
    for (let rest = other; rest !== 0; rest &= rest - 1) {
      const asked = askedAs[w * 32 + 31 - Math.clz32(rest & -rest)] ?? 0
      into[at + (asked >> 5)] = (into[at + (asked >> 5)] ?? 0) | (1 << (asked & 31))
    }
  }
  return any
}
