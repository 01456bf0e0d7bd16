import { ageOn, dayFromText } from '../days.ts'
import type { LoweredFact } from '../ir.ts'
import type { FactReading, HouseholdFacts, Reading, Result } from '../results.ts'
import type { DayProgram } from './day-program.ts'
import type { ExplanationPlan } from './explanation-plan.ts'
import { HOUSEHOLD, type ReadList, SELF } from './read-lists.ts'
import type { Kept, Union } from './unions.ts'

type Given = Readonly<Record<string, Reading>>

/** A fact that somebody lacks, and in which list it was counted last. */
type Gap = { readonly shown: Result['missing'][number]; counted: number }

/** The facts of one household as an explanation shows them, each made once: many conditions read it. */
export type Readings = {
  readonly day: DayProgram
  readonly facts: readonly LoweredFact[]
  readonly slots: ExplanationPlan['slots']
  readonly household: Given
  readonly members: HouseholdFacts['members']
  /** By fact and, of a person's, member: fact · members + row. */
  readonly made: (FactReading | undefined)[]
  readonly gaps: (Gap | null | undefined)[]
  /** By list and row: number · members + row; lists that no row has of its own lie at row 0. */
  readonly lists: (readonly FactReading[] | undefined)[]
  readonly kept: Kept
  /**
   * What is missing of the list being made: as young as what it holds, since an old array that takes
   * young objects has the collector note each.
   */
  readonly found: Result['missing'][number][]
  /** How often something was counted as missing. */
  counts: number
}

/** Room for the readings of a household on a day; they are made as they are asked for. */
export function readingsFor(
  day: DayProgram,
  { facts, slots, lists, kept }: ExplanationPlan,
  { household, members }: HouseholdFacts,
): Readings {
  const size = members.length
  return {
    day,
    facts,
    slots,
    household,
    members,
    made: new Array<FactReading | undefined>(facts.length * size),
    gaps: new Array<Gap | undefined>(facts.length * size),
    lists: new Array<undefined>(lists * size),
    kept,
    found: [],
    counts: 0,
  }
}

/** Everything that something reads, seen from a row of its target. */
export function listOf(readings: Readings, reads: ReadList, row: number): readonly FactReading[] {
  const size = readings.members.length
  const at = reads.own ? row : 0
  return (readings.lists[reads.number * size + at] ??= makeList(readings, reads, at))
}

function makeList(readings: Readings, { facts, readers, once, perMember }: ReadList, row: number) {
  const size = readings.members.length
  const list = new Array<FactReading>(once + perMember * size)
  let next = 0
  for (let i = 0; i < facts.length; i++) {
    const fact = facts[i] ?? 0
    const reader = readers[i]
    if (reader === HOUSEHOLD) list[next++] = ofHousehold(readings, fact)
    else if (reader === SELF) list[next++] = ofMember(readings, fact, row)
    else for (let m = 0; m < size; m++) list[next++] = ofMember(readings, fact, m)
  }
  return list
}

function ofHousehold(readings: Readings, fact: number): FactReading {
  const at = fact * readings.members.length
  return (readings.made[at] ??= readingOf(readings, fact, readings.household, undefined, 0))
}

function ofMember(readings: Readings, fact: number, row: number): FactReading {
  const { made, members } = readings
  const found = made[fact * members.length + row]
  if (found) return found
  const member = members[row]
  if (!member) throw new RangeError(`no member ${row}`)
  return (made[fact * members.length + row] = readingOf(
    readings,
    fact,
    member.facts,
    member.id,
    row,
  ))
}

function readingOf(
  readings: Readings,
  index: number,
  given: Given,
  member: string | undefined,
  row: number,
): FactReading {
  const { day, facts, slots } = readings
  const fact = facts[index]
  const id = fact?.id ?? ''
  const slot = slots[index]
  // a reading that the fact cannot have was not loaded: it is unknown
  const isGiven = slot !== undefined && day.frame.given[slot.at + row * slot.stride] === 1
  const reading = isGiven ? given[id] : derived(day, facts[fact?.derivedFrom ?? -1], given)
  if (!reading)
    return member === undefined
      ? { fact: id, value: null, state: 'unknown' }
      : { fact: id, member, value: null, state: 'unknown' }
  const { value, source, day: since } = reading
  const state = value === null ? 'known-none' : 'known'
  const result: { -readonly [K in keyof FactReading]: FactReading[K] } =
    member === undefined ? { fact: id, value, state } : { fact: id, member, value, state }
  if (source !== undefined) result.source = source
  if (since !== undefined) result.day = since
  return result
}

function derived(
  day: DayProgram,
  origin: LoweredFact | undefined,
  given: Given,
): Reading | undefined {
  const source = origin && given[origin.id]
  const birth = typeof source?.value === 'string' ? dayFromText(source.value) : null
  return source && birth !== null ? { ...source, value: ageOn(birth, day.day) } : undefined
}

const nothing: Result['missing'] = []

/** What is unknown of all these, each fact once; a derived one as what it is derived from. */
export function missingOf(
  readings: Readings,
  { facts, readers }: Union,
  row: number,
): Result['missing'] {
  const size = readings.members.length
  const count = ++readings.counts
  const { found } = readings
  let next = 0
  const note = (gap: Gap | null): void => {
    if (gap === null || gap.counted === count) return
    gap.counted = count
    found[next++] = gap.shown
  }
  for (let i = 0; i < facts.length; i++) {
    const fact = facts[i] ?? 0
    const reader = readers[i]
    if (reader === HOUSEHOLD || readings.facts[fact]?.entity === 'household')
      note(gapOf(readings, fact, 0))
    else if (reader === SELF) note(gapOf(readings, fact, row))
    else for (let m = 0; m < size; m++) note(gapOf(readings, fact, m))
  }
  return next === 0 ? nothing : found.slice(0, next)
}

function gapOf(readings: Readings, fact: number, row: number): Gap | null {
  const at = fact * readings.members.length + row
  const known = readings.gaps[at]
  if (known !== undefined) return known
  return (readings.gaps[at] = makeGap(readings, fact, row))
}

function makeGap(readings: Readings, index: number, row: number): Gap | null {
  const { facts } = readings
  const { state, fact, member } =
    facts[index]?.entity === 'household'
      ? ofHousehold(readings, index)
      : ofMember(readings, index, row)
  if (state !== 'unknown') return null
  const asked = facts[index]?.derivedFrom ?? index
  if (asked !== index) return gapOf(readings, asked, row)
  return { shown: member === undefined ? { fact } : { fact, member }, counted: 0 }
}
