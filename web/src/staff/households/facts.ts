import type { FactType, Household, HouseholdFact, Read, Result } from '../../api/views.ts'
import { yuanText } from '../../ui/yuan.ts'

/** The members of a result are the household's person ids, as text or number. */
function personIdOf(member: string | number | null | undefined): number | null {
  if (member === undefined || member === null || member === '') return null
  const id = Number(member)
  return Number.isInteger(id) ? id : null
}

export function findFact(
  household: Household,
  fact: string,
  member: string | number | null | undefined,
): HouseholdFact | undefined {
  const personId = personIdOf(member)
  const named = household.facts.filter((known) => known.fact === fact)
  return named.find((known) => known.personId === personId) ?? named[0]
}

export function memberName(
  household: Household,
  member: string | number | null | undefined,
): string {
  const personId = personIdOf(member)
  return household.members.find((one) => one.personId === personId)?.name ?? ''
}

/** How a fact is asked for; the server says so, else its unit and value tell. */
export function typeOf(fact: HouseholdFact): FactType {
  if (fact.type) return fact.type
  if (fact.codes && fact.codes.length > 0) return 'code'
  if (fact.unit?.startsWith('元')) return 'money'
  if (typeof fact.value === 'boolean') return 'boolean'
  if (typeof fact.value === 'number' || fact.unit) return 'number'
  return 'boolean'
}

export interface ReadView {
  name: string
  /** Whose fact it is, when it is not the person the result is about. */
  whose: string
  value: string | null
  source: string | undefined
  day: string | undefined
}

function plainValue(read: Read, fact: HouseholdFact | undefined): string | null {
  if (read.state === 'unknown') return null
  if (read.valueText) return read.valueText
  if (fact?.valueText && fact.state === read.state) return fact.valueText
  if (typeof read.value === 'number' && fact && typeOf(fact) === 'money') {
    return `${yuanText(read.value)} ${fact.unit ?? ''}`.trim()
  }
  return read.value === null || read.value === undefined ? '' : String(read.value)
}

/** What a condition read, in the words of the household page. */
export function readView(household: Household, result: Result, read: Read): ReadView {
  const fact = findFact(household, read.fact, read.member)
  const own = personIdOf(read.member) === personIdOf(result.member)
  return {
    name: read.name ?? fact?.name ?? read.fact,
    whose: own ? '' : memberName(household, read.member),
    value: plainValue(read, fact),
    source: read.source ?? fact?.source ?? undefined,
    day: read.day ?? fact?.verifiedOn ?? undefined,
  }
}
