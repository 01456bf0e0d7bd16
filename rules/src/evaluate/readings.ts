import { ageOn, dayFromText } from '../days.ts'
import type { LoweredFact, Reads, Target } from '../ir.ts'
import type { FactReading, HouseholdFacts, Reading } from '../results.ts'
import type { DayProgram } from './day-program.ts'
import { type ExplanationPlan, readerOf } from './explanation-plan.ts'
import { readingInteger } from './load-facts.ts'

type Given = Readonly<Record<string, Reading>>

/** The facts of one household as an explanation shows them, each made once: many conditions read it. */
export type Readings = Readonly<{
  of: (fact: number, who: 'household' | number) => FactReading
  /** Everything that something reads, seen from a row of a target. */
  list: (reads: Reads, target: Target, row: number) => FactReading[]
  members: number
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
  return {
    of: (fact, who) => (who === 'household' ? ofHousehold(fact) : ofMember(fact, who)),
    list: (reads, target, row) => {
      const list: FactReading[] = []
      for (const read of reads.facts) {
        const who = readerOf(read, target, facts)
        if (who === 'household') list.push(ofHousehold(read.fact))
        else if (who === 'self') list.push(ofMember(read.fact, row))
        else for (let m = 0; m < members.length; m++) list.push(ofMember(read.fact, m))
      }
      return list
    },
    members: members.length,
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
