import type { Household, HouseholdFact } from '../../api/views.ts'

/** The members of a result are the household's person ids as text. */
function personIdOf(member: string | number | null | undefined): number | null {
  if (member === undefined || member === null || member === '') return null
  const id = Number(member)
  return Number.isInteger(id) ? id : null
}

export function findFact(
  household: Household,
  fact: string,
  member: string | undefined,
): HouseholdFact | undefined {
  const personId = personIdOf(member)
  return household.facts.find((known) => known.fact === fact && known.personId === personId)
}

export function memberName(
  household: Household,
  member: string | number | null | undefined,
): string {
  const personId = personIdOf(member)
  return household.members.find((one) => one.personId === personId)?.name ?? ''
}
