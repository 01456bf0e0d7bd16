import { dayFromText } from '../days.ts'
import type { DayProgram } from './day-program.ts'
import type { LoweredFact, Node } from '../ir.ts'
import { MAX_MEMBERS } from '../ir.ts'
import type { Reading, HouseholdFacts } from '../results.ts'

/**
 * Integer form of a reading: fen, day number, code index, 1/0, scaled number. Null = known to have
 * none; undefined = unknown or not usable (a code that the pack does not have, null where the fact
 * is not nullable), which is treated as unknown.
 */
export function readingInteger(
  fact: LoweredFact,
  value: Reading['value'] | undefined,
): number | null | undefined {
  if (value === undefined) return undefined
  if (value === null) return fact.nullable ? null : undefined
  if (fact.type === 'boolean') return typeof value === 'boolean' ? (value ? 1 : 0) : undefined
  if (fact.type === 'date')
    return typeof value === 'string' ? (dayFromText(value) ?? undefined) : undefined
  if (fact.type === 'code') {
    const index = typeof value === 'string' ? fact.codes.indexOf(value) : -1
    return index < 0 ? undefined : index
  }
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.round(value * fact.factor)
    : undefined
}

type Slot = Readonly<{ at: number; fact: LoweredFact; derived: boolean }>

const slotsOf = new WeakMap<DayProgram, { household: Slot[]; person: Slot[] }>()

function factSlots(day: DayProgram): { household: Slot[]; person: Slot[] } {
  const found = slotsOf.get(day)
  if (found) return found
  const made: { household: Slot[]; person: Slot[] } = { household: [], person: [] }
  const { facts, nodes } = day.pack.program
  const use = (node: Node): void => {
    const { op } = node
    if (op.kind !== 'fact' && op.kind !== 'derived') return
    const fact = facts[op.fact]
    if (fact)
      made[fact.entity].push({ at: day.frame.at(node.id), fact, derived: op.kind === 'derived' })
  }
  nodes.forEach(use)
  slotsOf.set(day, made)
  return made
}

/** Puts a household's facts into the frame, unknown ones as their range. */
export function loadFacts(day: DayProgram, of: HouseholdFacts): void {
  if (of.members.length < 1 || of.members.length > MAX_MEMBERS) {
    throw new RangeError(`a household has 1 to ${MAX_MEMBERS} members, not ${of.members.length}`)
  }
  const slots = factSlots(day)
  for (const slot of slots.household) put(day, slot, slot.at, of.household[slot.fact.id]?.value)
  of.members.forEach((member, row) => {
    for (const slot of slots.person)
      put(day, slot, slot.at + row * day.frame.persons, member.facts[slot.fact.id]?.value)
  })
}

function put(
  { frame }: DayProgram,
  { fact, derived }: Slot,
  at: number,
  value: Reading['value'] | undefined,
): void {
  const n = readingInteger(fact, value)
  frame.given[at] = n === undefined ? 0 : 1
  if (n === undefined && derived) return
  if (fact.type === 'boolean') {
    frame.lo[at] = n === undefined ? (fact.nullable ? 7 : 3) : n === null ? 4 : n === 1 ? 1 : 2
    return
  }
  frame.nul[at] = n === undefined ? (fact.nullable ? 1 : 0) : n === null ? 2 : 0
  frame.lo[at] = n === undefined ? fact.range.lo : (n ?? Infinity)
  frame.hi[at] = n === undefined ? fact.range.hi : (n ?? -Infinity)
}
