import { ageOn, dayFromText, type HouseholdFacts, type Reading } from '@qiao/rules'
import type { Answer, IndicatorId } from './assessment.ts'

/** A fact on record that an answer is read from. */
type Ground = Readonly<{
  fact: string
  personId: number | null
  source: string | null
  day: string | null
}>

/** What the record says of an indicator before anybody asks; whoever assesses goes by what they find. */
export type Prefilled = Readonly<{
  indicator: IndicatorId
  answer: Exclude<Answer, 'unknown'>
  grounds: readonly Ground[]
}>

type Person = Readonly<{
  id: number | null
  facts: Readonly<Record<string, Reading>>
  age: number | null
}>

/** From this age on somebody is no child; working age begins at sixteen. 未成年人保护法第二条, 劳动法第十五条 */
const adult = 18
const working = 16

/**
 * Reads what facts settle (domain.md §3.2). An indicator is a lack when any of several things holds, so facts show that
 * one is there sooner than that none is: what they leave open is left to whoever assesses.
 *
 * @param known as far as the reader may see it
 */
export function prefill(known: HouseholdFacts, today: string): readonly Prefilled[] {
  const household: Person = { id: null, facts: known.household, age: null }
  const members = known.members.map(({ id, facts }) => personOf(Number(id), facts, today))
  const found = [
    lack('income', any([household, ...members], isRecognised)),
    lack('housing', any([household], isBadlyHoused)),
    lack('illness', any(members, hasFact('serious_illness', true))),
    lack('disability', any(members, isSeverelyDisabled)),
    lack('employment', any(members, isLongJobless)),
    insurance(members),
    ...children(members),
  ]
  return found.filter((one) => one !== undefined)
}

function personOf(id: number, facts: Readonly<Record<string, Reading>>, today: string): Person {
  const [birth, day] = [facts['birth_date']?.value, dayFromText(today)]
  const born = typeof birth === 'string' ? dayFromText(birth) : null
  return { id, facts, age: born === null || day === null || born > day ? null : ageOn(born, day) }
}

type Test = (person: Person) => readonly string[]

/** A recognised household is below the line by the decision of an office, not by our sums. */
const isRecognised: Test = (one) =>
  ['status_dibao', 'status_edge_household', 'status_tekun'].filter(
    (fact) => one.facts[fact]?.value === true,
  )
const isBadlyHoused: Test = ({ facts }) => [
  ...(known(facts['unsafe_home']) ? ['unsafe_home'] : []),
  ...(facts['status_lianzu']?.value === true ? ['status_lianzu'] : []),
]
const isSeverelyDisabled: Test = ({ facts }) => {
  const level = facts['disability_level']?.value
  const kind = facts['disability_kind']?.value
  if (level === '1' || level === '2') return ['disability_level']
  const ofMind = kind === '5' || kind === '6'
  return (level === '3' || level === '4') && ofMind ? ['disability_level', 'disability_kind'] : []
}
const isLongJobless: Test = ({ facts, age }) => {
  const months = facts['jobless_months']?.value
  const isAble = facts['cannot_earn']?.value !== true
  return age !== null && age >= working && isAble && Number(months ?? 0) >= 6
    ? ['jobless_months']
    : []
}
const hasFact =
  (fact: string, value: unknown): Test =>
  ({ facts }) =>
    facts[fact]?.value === value ? [fact] : []
const known = (reading: Reading | undefined) => reading !== undefined && reading.value !== null

function any(people: readonly Person[], test: Test): Ground[] {
  return people.flatMap((person) => test(person).map((fact) => groundOf(person, fact)))
}

function groundOf({ id, facts }: Person, fact: string): Ground {
  const { source = null, day = null } = facts[fact] ?? {}
  return { fact, personId: id, source, day }
}

function lack(indicator: IndicatorId, grounds: readonly Ground[]): Prefilled | undefined {
  return grounds.length > 0 ? { indicator, answer: 'yes', grounds } : undefined
}

/** Settled both ways where of every member both insurances are on record. */
function insurance(members: readonly Person[]): Prefilled | undefined {
  const pensions = ['pension_scheme', 'pension_kind'] as const
  const grounds: Ground[] = []
  for (const member of members) {
    const pension = pensions.find((fact) => known(member.facts[fact]))
    // Children pay no pension insurance; somebody whose age is not known might have to.
    const isChild = member.age !== null && member.age < working
    if (!known(member.facts['medical_insurance']) || !(pension || isChild)) return undefined
    grounds.push(groundOf(member, 'medical_insurance'))
    if (pension) grounds.push(groundOf(member, pension))
  }
  return members.length > 0 ? { indicator: 'insurance', answer: 'no', grounds } : undefined
}

/** Two children or more, a disabled or seriously ill one; a parent who cannot look after them. */
function children(members: readonly Person[]): (Prefilled | undefined)[] {
  if (members.length === 0 || members.some(({ age }) => age === null)) return []
  const minors = members.filter(({ age }) => age !== null && age < adult)
  const ages = (people: readonly Person[]) => people.map((one) => groundOf(one, 'birth_date'))
  if (minors.length === 0) {
    const none = { answer: 'no', grounds: ages(members) } as const
    return [
      { indicator: 'child-burden', ...none },
      { indicator: 'child-environment', ...none },
    ]
  }
  const burdened = [
    ...(minors.length > 1 ? ages(minors) : []),
    ...any(minors, ({ facts }) => (known(facts['disability_level']) ? ['disability_level'] : [])),
    ...any(minors, hasFact('serious_illness', true)),
  ]
  const unguarded = any(minors, ({ facts }) =>
    ['father_guardianship', 'mother_guardianship'].filter((fact) => known(facts[fact])),
  )
  return [lack('child-burden', burdened), lack('child-environment', unguarded)]
}
