import { ageOn, dayFromText } from '../days.ts'
import { type LoweredFact, MAX_MEMBERS } from '../ir.ts'
import type { FactReading, HouseholdFacts, Reading, Result } from '../results.ts'
import type { DayProgram } from './day-program.ts'
import type { ExplanationPlan } from './explanation-plan.ts'
import { readingInteger } from './load-facts.ts'
import type { ReadList } from './read-lists.ts'

type Given = Readonly<Record<string, Reading>>

/** A fact that somebody lacks, and in which list it was counted last. */
type Gap = { readonly shown: Result['missing'][number]; counted: number }

/** The facts of one household as an explanation shows them, each made once: many conditions read it. */
export type Readings = Readonly<{
  /** Everything that something reads, seen from a row of its target. */
  list: (reads: ReadList, row: number) => readonly FactReading[]
  /** What is unknown of it all, each fact once; a derived one as what it is derived from. */
  missing: (all: readonly ReadList[], row: number) => Result['missing']
}>

/** Readings of a household on a day, made as they are asked for. */
export function readingsFor(
  day: DayProgram,
  { facts }: ExplanationPlan,
  { household, members }: HouseholdFacts,
): Readings {
  const own: (FactReading | undefined)[] = []
  const others = members.map((): (FactReading | undefined)[] => [])
  const ofHousehold = (fact: number): FactReading =>
    (own[fact] ??= readingOf(day, facts, fact, household, undefined))
  const ofMember = (fact: number, row: number): FactReading => {
    const made = others[row]
    const member = members[row]
    if (!made || !member) throw new RangeError(`no member ${row}`)
    return (made[fact] ??= readingOf(day, facts, fact, member.facts, member.id))
  }
  const gaps = new Map<number, Gap | null>()
  const gapOf = (fact: number, row: number): Gap | null => {
    const key = fact * MAX_MEMBERS + row
    const found = gaps.get(key)
    if (found !== undefined) return found
    const of = facts[fact]?.entity === 'household' ? ofHousehold : (f: number) => ofMember(f, row)
    const made = makeGap(fact, row)
    gaps.set(key, made)
    return made

    function makeGap(index: number, at: number): Gap | null {
      if (of(index).state !== 'unknown') return null
      const asked = facts[index]?.derivedFrom ?? index
      if (asked !== index) return gapOf(asked, at)
      const { fact: id, member } = of(index)
      return { shown: member === undefined ? { fact: id } : { fact: id, member }, counted: 0 }
    }
  }
  const perRow = <T>(make: (reads: ReadList, row: number) => T) => {
    const made: T[][] = []
    return (reads: ReadList, row: number): T => {
      const rows = (made[reads.number] ??= [])
      const at = reads.own ? row : 0
      return (rows[at] ??= make(reads, at))
    }
  }
  const listOf = perRow(({ facts: all }, row) => {
    const list: FactReading[] = []
    for (const { fact, reader } of all) {
      if (reader === 'household') list.push(ofHousehold(fact))
      else if (reader === 'self') list.push(ofMember(fact, row))
      else for (let m = 0; m < members.length; m++) list.push(ofMember(fact, m))
    }
    return list
  })
  const gapsOf = perRow(({ facts: all }, row) => {
    const list: Gap[] = []
    const note = (gap: Gap | null): void => {
      if (gap) list.push(gap)
    }
    for (const { fact, reader } of all) {
      const isHousehold = reader === 'household' || facts[fact]?.entity === 'household'
      if (isHousehold) note(gapOf(fact, 0))
      else if (reader === 'self') note(gapOf(fact, row))
      else for (let m = 0; m < members.length; m++) note(gapOf(fact, m))
    }
    return list
  })
  let counts = 0
  return {
    list: listOf,
    missing: (all, row) => {
      counts++
      const missing: Gap['shown'][] = []
      for (const reads of all)
        for (const gap of gapsOf(reads, row)) {
          if (gap.counted === counts) continue
          gap.counted = counts
          missing.push(gap.shown)
        }
      return missing
    },
  }
}

function readingOf(
  day: DayProgram,
  facts: readonly LoweredFact[],
  index: number,
  given: Given,
  member: string | undefined,
): FactReading {
  const fact = facts[index]
  const id = fact?.id ?? ''
  const reading = usable(fact, given) ?? derived(day, facts[fact?.derivedFrom ?? -1], given)
  const result: { -readonly [K in keyof FactReading]: FactReading[K] } =
    member === undefined
      ? { fact: id, value: null, state: 'unknown' }
      : { fact: id, member, value: null, state: 'unknown' }
  if (!reading) return result
  result.value = reading.value
  result.state = reading.value === null ? 'known-none' : 'known'
  if (reading.source !== undefined) result.source = reading.source
  if (reading.day !== undefined) result.day = reading.day
  return result
}

/** The reading of a fact, unless it is none that the fact can have: then it is unknown. */
function usable(fact: LoweredFact | undefined, given: Given): Reading | undefined {
  const reading = fact && given[fact.id]
  return reading && readingInteger(fact, reading.value) !== undefined ? reading : undefined
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
