import { dayFromText } from '../days.ts'
import type { DayProgram } from './day-program.ts'
import type { Frame } from './frame.ts'
import type { LoweredFact } from '../ir.ts'
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

/** Where the reading of a fact goes: its slot of the first row. */
type Slot = Readonly<{ at: number; fact: LoweredFact; derived: boolean }>

/** What a frame holds of somebody about whom nothing is known. */
type Blank = Readonly<{ lo: Float64Array; hi: Float64Array; nul: Uint8Array }>

type Loading = Readonly<{
  household: ReadonlyMap<string, Slot>
  person: ReadonlyMap<string, Slot>
  /** All nodes of one member. */
  blank: Blank
}>

const loadings = new WeakMap<DayProgram, Loading>()

function loadingOf(day: DayProgram): Loading {
  const found = loadings.get(day)
  if (found) return found
  const { facts, nodes } = day.pack.program
  const { persons, firstPerson } = day.frame
  const [household, person] = [new Map<string, Slot>(), new Map<string, Slot>()]
  const blank = {
    lo: new Float64Array(persons),
    hi: new Float64Array(persons),
    nul: new Uint8Array(persons),
  }
  for (const { id, op } of nodes) {
    if (op.kind !== 'fact' && op.kind !== 'derived') continue
    const fact = facts[op.fact]
    if (!fact) continue
    const slot = { at: day.frame.at(id), fact, derived: op.kind === 'derived' }
    if (fact.entity === 'person') putUnknown(blank, slot, slot.at - firstPerson)
    const slots = fact.entity === 'person' ? person : household
    slots.set(fact.id, slot)
  }
  const made = { household, person, blank }
  loadings.set(day, made)
  return made
}

/** Puts a household's facts into the frame, unknown ones as their range. */
export function loadFacts(day: DayProgram, of: HouseholdFacts): void {
  if (of.members.length < 1 || of.members.length > MAX_MEMBERS) {
    throw new RangeError(`a household has 1 to ${MAX_MEMBERS} members, not ${of.members.length}`)
  }
  const { household, person, blank } = loadingOf(day)
  const { frame } = day
  for (const slot of household.values()) {
    frame.given[slot.at] = 0
    putUnknown(frame, slot, slot.at)
  }
  putGiven(frame, household, of.household, 0)
  for (let row = 0; row < of.members.length; row++) {
    const step = row * frame.persons
    const first = frame.firstPerson + step
    frame.lo.set(blank.lo, first)
    frame.hi.set(blank.hi, first)
    frame.nul.set(blank.nul, first)
    frame.given.fill(0, first, first + frame.persons)
    putGiven(frame, person, of.members[row]?.facts ?? {}, step)
  }
}

function putUnknown({ lo, hi, nul }: Blank, { fact, derived }: Slot, at: number): void {
  if (derived) return
  if (fact.type === 'boolean') {
    lo[at] = fact.nullable ? 7 : 3
    return
  }
  nul[at] = fact.nullable ? 1 : 0
  lo[at] = fact.range.lo
  hi[at] = fact.range.hi
}

/** Puts what is known over what is not; `step` from the first row. */
function putGiven(
  { lo, hi, nul, given }: Frame,
  slots: ReadonlyMap<string, Slot>,
  facts: Readonly<Record<string, Reading>>,
  step: number,
): void {
  for (const id of Object.keys(facts)) {
    const slot = slots.get(id)
    const n = slot && readingInteger(slot.fact, facts[id]?.value)
    if (slot === undefined || n === undefined) continue
    const at = slot.at + step
    given[at] = 1
    if (slot.fact.type === 'boolean') lo[at] = n === null ? 4 : n === 1 ? 1 : 2
    else {
      nul[at] = n === null ? 2 : 0
      lo[at] = n ?? Infinity
      hi[at] = n ?? -Infinity
    }
  }
}
