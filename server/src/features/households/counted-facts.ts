import type { Fact, HouseholdFacts, Reading } from '@qiao/rules'
import { type Reader, mayRead, sensitivityOf } from './household.ts'

/** What of a household's facts may be counted before a reader, and what is on record besides. */
export type CountedFacts = Readonly<{
  household: HouseholdFacts
  /** Whether a fact is on record although it is not counted; it need not be asked again. */
  isWithheld: (fact: string, member?: string) => boolean
}>

/**
 * Leaves out the clinical facts that a reader may not read: an answer that rests on one tells it, so
 * before this reader it is given as if the fact were unknown. Every other fact counts for everybody.
 */
export function countedFor(
  { household, members }: HouseholdFacts,
  facts: readonly Fact[],
  reader: Reader,
): CountedFacts {
  const unread = new Set(
    facts
      .filter((fact) => sensitivityOf(fact) === 'clinical' && !mayRead('clinical', reader))
      .map(({ id }) => id),
  )
  const without = (known: Readonly<Record<string, Reading>>) =>
    Object.fromEntries(Object.entries(known).filter(([fact]) => !unread.has(fact)))
  const recordOf = (member: string | undefined) =>
    member === undefined ? household : members.find(({ id }) => id === member)?.facts
  return {
    household: {
      household: without(household),
      members: members.map(({ id, facts: known }) => ({ id, facts: without(known) })),
    },
    isWithheld: (fact, member) => unread.has(fact) && recordOf(member)?.[fact] !== undefined,
  }
}
