import { ageOn } from '../days.ts'
import type { DayProgram } from '../evaluate/day-program.ts'
import { readingInteger } from '../evaluate/load-facts.ts'
import type { LoweredFact } from '../ir.ts'
import type { Pack } from '../pack.ts'
import type { HouseholdFacts, Reading, Result } from '../results.ts'
import { type Put, putOf } from './asking.ts'
import type { OpenAnswers } from './open-answers.ts'
import { bandOf, type Share, type Shares } from './shares.ts'
import type { Basis } from './values.ts'

/** A fact that open answers lack, and of whom. */
export type MissingFact = Readonly<{
  fact: LoweredFact
  member: number | null
  put: Put
  /** Open answers that lack it. */
  waiting: number
}>

/** What open answers lack and somebody may be asked for: members in order, facts as in the pack. */
export function missingFacts(
  pack: Pack,
  household: HouseholdFacts,
  { list }: OpenAnswers,
): MissingFact[] {
  // answers that lack the same fact of the same person show the same object
  const counts = new Map<Result['missing'][number], number>()
  for (const { missing } of list)
    for (const shown of missing) counts.set(shown, (counts.get(shown) ?? 0) + 1)
  const waiting = new Map<string, Map<string, number>>()
  for (const [{ fact, member = '' }, count] of counts) {
    const whose = waiting.get(fact) ?? new Map<string, number>()
    waiting.set(fact, whose.set(member, (whose.get(member) ?? 0) + count))
  }
  const found: MissingFact[] = []
  pack.facts.forEach((declared, index) => {
    const fact = pack.program.facts[index]
    const whose = waiting.get(declared.id)
    if (!fact || !whose) return
    const add = (member: number | null, given: Readonly<Record<string, Reading>>, id: string) => {
      const count = whose.get(id)
      const put = count === undefined ? null : putOf(pack, declared, given)
      if (count !== undefined && put) found.push({ fact, member, put, waiting: count })
    }
    if (declared.entity === 'household') add(null, household.household, '')
    else household.members.forEach(({ id, facts }, member) => add(member, facts, id))
  })
  return found
}

/** Shares of a fact among people of like age, where enough are known; else among everybody. */
export function sharesFor(
  shares: Shares,
  fact: string,
  band: number,
): Readonly<{ list: readonly Share[]; basis: Basis }> {
  const of = shares.get(fact)
  const alike = of?.bands[band] ?? []
  return alike.length > 0
    ? { list: alike, basis: 'age-band' }
    : { list: of?.everybody ?? [], basis: 'population' }
}

/** The age band of each member, -1 where neither birth nor age is known. */
export function bandsIn({ pack, day }: DayProgram, { members }: HouseholdFacts): number[] {
  const age = pack.program.facts.find(({ derivedFrom }) => derivedFrom !== null)
  const birth = pack.program.facts[age?.derivedFrom ?? -1]
  return members.map(({ facts }) => {
    const born = integerOf(birth, facts)
    const years = born === undefined ? integerOf(age, facts) : ageOn(born, day)
    return bandOf(years === undefined ? null : Math.max(0, years))
  })
}

function integerOf(
  fact: LoweredFact | undefined,
  facts: Readonly<Record<string, Reading>>,
): number | undefined {
  const value = fact && readingInteger(fact, facts[fact.id]?.value)
  return value ?? undefined
}
