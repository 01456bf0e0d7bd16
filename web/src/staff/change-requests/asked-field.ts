import type { AskedItem, FactValue, Household, HouseholdFact } from '../../api/views.ts'
import { factValue } from '../households/fact-field.tsx'

/** One field that can be asked for, with what stands on record. */
export interface AskedField {
  personId: number | null
  /** Whose, where more than one person is asked about. */
  whose?: string
  field: string
  label?: string
  now: string | null
  /** Its type and codes, where it is a fact. */
  fact?: HouseholdFact
  /** What the form begins with, where it was asked before. */
  initial?: FactValue
}

/** Day of birth and sex stand beside name and number, though they are facts. */
const IDENTITY = ['birth_date', 'sex'] as const

/** What identifies a member, and is on record. */
export function fieldsOfMember(household: Household, personId: number): AskedField[] {
  const member = household.members.find((one) => one.personId === personId)
  if (!member) return []
  const facts = IDENTITY.flatMap(
    (id) =>
      household.facts.find(
        (one) => one.fact === id && one.personId === personId && one.state !== 'unknown',
      ) ?? [],
  )
  return [
    { personId, field: 'name', now: member.name },
    { personId, field: 'id-number', now: member.idNumber },
    { personId, field: 'phone', now: member.phone },
    ...facts.map(fieldOfFact),
  ]
}

export function fieldOfFact(fact: HouseholdFact): AskedField {
  const { personId, name: label, valueText: now } = fact
  return { personId, field: `fact:${fact.fact}`, label, now, fact }
}

export function addressField(household: Household): AskedField {
  return { personId: null, field: 'address', now: household.address }
}

export const keyOf = ({ personId, field }: Pick<AskedField, 'personId' | 'field'>): string =>
  `${personId ?? 'household'}-${field}`

/** What was written, as it is sent; a field left as it was empty asks for nothing. */
export function itemsOf(
  fields: readonly AskedField[],
  written: Readonly<Record<string, unknown>>,
): AskedItem[] {
  return fields.flatMap(({ personId, field, fact, ...one }) => {
    const said = written[keyOf({ personId, field })]
    if (said === undefined || said === null || said === '')
      return 'initial' in one ? [{ personId, field }] : []
    const after = fact ? factValue(fact, said) : typeof said === 'string' ? said.trim() : ''
    return [{ personId, field, after }]
  })
}
