import type { DayView, Fact, HouseholdFacts, Pack, Reading } from '@qiao/rules'
import { mayRead, type Reader, sensitivityOf } from '../households/household.ts'

/** A clinical fact that an answer may tell, and whether any member's counts or only one's own. */
export type ClinicalRead = Readonly<{ fact: Fact; ofAnyMember: boolean }>

/**
 * Per target: the clinical facts that its conditions and amounts read on the day, also through
 * match(), and through a status that a match would bring: 确认后随之可得 names the programme it
 * follows from.
 */
export function clinicalReads(pack: Pack, view: DayView): readonly (readonly ClinicalRead[])[] {
  const { targets } = pack.program
  const own = targets.map((_, index) => readsOf(view, index))
  const reached = own.map((reads, target) => {
    const found = new Map<number, boolean>()
    const seen = new Set([target])
    for (const { fact, of } of reads.facts) add(found, fact, of === 'members')
    // A set grows while it is walked: what follows from what follows is reached, too.
    const programmes = new Set(reads.statuses)
    for (const programme of programmes) {
      targets.forEach((other, index) => {
        if (other.programme !== programme || seen.has(index)) return
        seen.add(index)
        // Whose match it is does not matter: an award of any member may count.
        for (const { fact } of own[index]?.facts ?? []) add(found, fact, true)
        for (const next of own[index]?.statuses ?? []) programmes.add(next)
      })
    }
    return found
  })
  return reached.map((found) =>
    [...found].flatMap(([index, ofAnyMember]) => {
      const fact = pack.facts[index]
      return fact && isWalled(fact) ? [{ fact, ofAnyMember }] : []
    }),
  )
}

function add(found: Map<number, boolean>, fact: number, ofAnyMember: boolean): void {
  found.set(fact, ofAnyMember || (found.get(fact) ?? false))
}

function readsOf(view: DayView, target: number) {
  const { reads, amountReads } = view(target)
  const all = [...reads, ...amountReads.flatMap((one) => one ?? [])]
  return {
    facts: all.flatMap(({ facts }) => facts),
    statuses: all.flatMap(({ statuses }) => statuses),
  }
}

function isWalled(fact: Fact): boolean {
  return fact.derive === undefined && sensitivityOf(fact) === 'clinical'
}

/** The programmes of which an answer may tell a clinical fact. */
export function clinicalProgrammes(pack: Pack, view: DayView): ReadonlySet<string> {
  const reads = clinicalReads(pack, view)
  return new Set(
    pack.program.targets.flatMap(({ programme }, target) =>
      reads[target]?.length ? [pack.programmes[programme]?.id ?? ''] : [],
    ),
  )
}

/** Whether a fact of somebody, or of the household, is withheld from a reader. */
export type Withheld = (fact: string, member: string | undefined) => boolean

/**
 * A household as whoever may not read clinical facts knows it: these are unknown, so that nothing
 * that is worked out of it tells them.
 */
export function withoutClinical(
  pack: Pack,
  { household, members }: HouseholdFacts,
): { household: HouseholdFacts; isWithheld: Withheld } {
  const walled = new Set(pack.facts.filter(isWalled).map(({ id }) => id))
  const withheld = new Set<string>()
  const open = (facts: Readonly<Record<string, Reading>>, member: string | undefined) =>
    Object.fromEntries(
      Object.entries(facts).filter(([fact]) => {
        if (walled.has(fact)) withheld.add(keyOf(fact, member))
        return !walled.has(fact)
      }),
    )
  return {
    household: {
      household: open(household, undefined),
      members: members.map(({ id, facts }) => ({ id, facts: open(facts, id) })),
    },
    isWithheld: (fact, member) => withheld.has(keyOf(fact, member)),
  }
}

/** A household as this reader knows it. */
export function knownTo(
  reader: Reader,
  pack: Pack,
  household: HouseholdFacts,
): { household: HouseholdFacts; isWithheld: Withheld } {
  if (mayRead('clinical', reader)) return { household, isWithheld: () => false }
  return withoutClinical(pack, household)
}

function keyOf(fact: string, member: string | undefined): string {
  return `${fact} ${member ?? ''}`
}
