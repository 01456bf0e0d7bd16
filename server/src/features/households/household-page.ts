import type { Fact, HouseholdFacts, Reading } from '@qiao/rules'
import type { Static } from 'typebox'
import { valueText } from './fact-value.ts'
import {
  ageOf,
  isRecorded,
  mayRead,
  type Reader,
  relationName,
  sensitivityOf,
} from './household.ts'
import { hukouCode, offHukou, townshipOf } from './off-hukou.ts'
import type { OtherWord } from './other-words.ts'
import type { HiddenFact, HouseholdRecord, RecordedFact } from './queries.ts'
import type { RegisteredPlace } from './registered-places.ts'
import { inForceBecause } from './trust.ts'
import { hiddenText } from '../staff/masks.ts'
import type { HouseholdFactView, MemberView } from './views.ts'

/** One line of the household page: a fact, known or not. */
export type FactLine = Static<typeof HouseholdFactView>

export type PageInput = Readonly<{
  catalogue: readonly Fact[]
  /** Who lives there, in the order of the page. */
  personIds: readonly number[]
  /** Current records the reader may read. */
  recorded: readonly RecordedFact[]
  /** Clinical facts on record, for a reader who may only know that. */
  clinical: readonly HiddenFact[]
  /** What other sources say, beside. */
  others: readonly OtherWord[]
  /** As the engine sees them today; the statuses are taken from here. */
  known: HouseholdFacts
  reader: Reader
  today: string
}>

/**
 * Every fact that may bear on the household, then on each member, in the order of the catalogue.
 *
 * Left out: what the reader may neither read nor record, and an unknown age or status, which nobody
 * is asked for because it follows from other things.
 */
export function listFacts(input: PageInput): FactLine[] {
  const of = (entity: Fact['entity'], personId: number | null) =>
    input.catalogue
      .filter((fact) => fact.entity === entity)
      .flatMap((fact) => factView(input, fact, personId) ?? [])
  return [...of('household', null), ...input.personIds.flatMap((id) => of('person', id))]
}

function factView(input: PageInput, fact: Fact, personId: number | null): FactLine | undefined {
  if (!mayRead(sensitivityOf(fact), input.reader)) return hiddenView(input, fact, personId)
  if (!isRecorded(fact)) return inferredView(input, fact, personId)
  const record = input.recorded.find((one) => one.fact === fact.id && one.personId === personId)
  const asked = {
    ...lineOf(fact, personId),
    ...(fact.ask ? { ask: fact.ask } : {}),
    ...othersOf(input, fact, personId, record),
  }
  if (!record) return asked
  const { source, verifiedOn, evidence, legalBasis, basis, basisName, covers } = record
  const line = {
    ...asked,
    valueText: valueText(fact, record.value),
    source,
    verifiedOn,
    basis,
    basisName,
    covers,
    ...(record.shelfUntil ? { shelfUntil: record.shelfUntil } : {}),
    ...(evidence ? { evidence } : {}),
    ...(legalBasis ? { legalBasis } : {}),
  }
  // Past its shelf life it is asked again; the engine takes it as unknown as well.
  if (isPast(record, input.today)) return line
  return { ...line, value: record.value, state: record.value === null ? 'known-none' : 'known' }
}

/** What other sources say of a fact, each with why it is not in force. */
function othersOf(
  { others }: PageInput,
  fact: Fact,
  personId: number | null,
  record: RecordedFact | undefined,
): Partial<FactLine> {
  const words = others.filter((one) => one.fact === fact.id && one.personId === personId)
  const [first] = words
  if (!first) return {}
  const { inForce } = first
  return {
    ...(inForce ? { kind: inForce.kind } : {}),
    ...(inForce?.saidBy ? { saidBy: inForce.saidBy } : {}),
    others: words.map(({ id, kind, value, source, verifiedOn, evidence, basisName, ...word }) => ({
      id,
      sensitivity: sensitivityOf(fact),
      kind,
      valueText: valueText(fact, value),
      source,
      verifiedOn,
      ...(evidence ? { evidence } : {}),
      basisName,
      saidBy: word.saidBy,
      agrees: record?.value === value,
      because: inForce
        ? inForceBecause(word.order, inForce, { kind, verifiedOn }, word.settled !== null)
        : 'first',
      settled: word.settled,
    })),
  }
}

function isPast({ shelfUntil }: Pick<RecordedFact, 'shelfUntil'>, today: string): boolean {
  return shelfUntil !== null && shelfUntil < today
}

function lineOf(fact: Fact, personId: number | null): FactLine {
  return {
    fact: fact.id,
    name: fact.name,
    personId,
    valueText: '',
    state: 'unknown',
    sensitivity: sensitivityOf(fact),
    others: [],
    type: fact.type,
    ...(fact.unit ? { unit: fact.unit } : {}),
    ...(fact.codes ? { codes: fact.codes.map(({ code, name }) => ({ code, name })) } : {}),
    ...(fact.nullable ? { nullable: true } : {}),
  }
}

/**
 * Clinical: that it is on record, whether or not it says "none". A need signal without a duty: not
 * even that, because being on a register is the signal.
 */
function hiddenView(
  { clinical, reader, today }: PageInput,
  fact: Fact,
  personId: number | null,
): FactLine | undefined {
  if (!mayRead('plain', reader)) return undefined
  const record = clinical.find((one) => one.fact === fact.id && one.personId === personId)
  if (!record || isPast(record, today)) return undefined
  const { verifiedOn, shelfUntil } = record
  return {
    ...lineOf(fact, personId),
    state: 'known',
    valueText: hiddenText,
    verifiedOn,
    ...(shelfUntil ? { shelfUntil } : {}),
  }
}

function inferredView(input: PageInput, fact: Fact, personId: number | null): FactLine | undefined {
  const known = readingsOf(input.known, personId)
  const reading = fact.derive ? ageReading(known[fact.derive.ageOf], input.today) : known[fact.id]
  if (!reading) return undefined
  return {
    ...lineOf(fact, personId),
    state: 'known',
    value: reading.value,
    valueText: valueText(fact, reading.value),
    ...(reading.source ? { source: reading.source } : {}),
    ...(reading.day ? { verifiedOn: reading.day } : {}),
  }
}

function readingsOf({ household, members }: HouseholdFacts, personId: number | null) {
  if (personId === null) return household
  return members.find(({ id }) => id === String(personId))?.facts ?? {}
}

function ageReading(birth: Reading | undefined, today: string): Reading | undefined {
  const age = typeof birth?.value === 'string' ? ageOf(birth.value, today) : null
  return birth && age !== null ? { ...birth, value: age } : undefined
}

/** A member with the numbers opened; the answer's schema says of what class they are. */
export type OpenedMember = Readonly<{
  personId: number
  name: string
  relation: string
  idNumber: string | null
  phone: string | null
}>

/** What the page says of its members is made of. */
export type MemberParts = Readonly<{
  /** The page's own lines, so that a chip never says more than the page does. */
  facts: readonly FactLine[]
  places: readonly RegisteredPlace[]
  area: HouseholdRecord['area']
  today: string
}>

export function memberView(
  { personId, name, relation, idNumber, phone }: OpenedMember,
  { facts, places, area, today }: MemberParts,
): Static<typeof MemberView> {
  const own = new Map(
    facts.filter((one) => one.personId === personId).map((one) => [one.fact, one]),
  )
  const place = places.find((one) => one.personId === personId) ?? null
  const birth = own.get('birth_date')?.value
  const birthDate = typeof birth === 'string' ? birth : null
  const age = ageOf(birthDate, today)
  const sex = own.get('sex')
  return {
    personId,
    name,
    relation: relationName(relation),
    sex: sex?.state === 'known' ? sex.valueText : '',
    birthDate,
    age,
    idNumber,
    phone,
    chips: chipsOf(own, age),
    registration: registrationView(area, place, own.get('hukou')),
  }
}

function registrationView(
  area: HouseholdRecord['area'],
  place: RegisteredPlace | null,
  fact: FactLine | undefined,
): Static<typeof MemberView>['registration'] {
  const said = typeof fact?.value === 'string' ? fact.value : null
  const { standing, accepts, assists } = offHukou(area.id, place, said)
  const home = area.township ?? area.name
  const differs = place !== null && said !== null && said !== hukouCode(area.id, place)
  return {
    standing,
    place: place?.place ?? null,
    accepts: accepts === townshipOf(area.id) ? home : accepts && (place?.township ?? null),
    assists: assists && home,
    differs: differs ? `${fact?.valueText}（${fact?.source}）` : null,
  }
}

/** What an official wants to see beside a name at once. */
function chipsOf(own: ReadonlyMap<string, FactLine>, age: number | null): string[] {
  const isTrue = (fact: string) => own.get(fact)?.value === true
  const disability = own.get('disability_level')
  const care = own.get('care_level')
  const stage = own.get('student_stage')
  return [
    ...(age !== null && age >= 80 ? ['80岁以上'] : []),
    ...(age !== null && age < 18 ? ['未成年'] : []),
    ...(isText(disability) ? [`残疾${disability.valueText}`] : []),
    ...(isTrue('serious_illness') ? ['重病'] : []),
    ...(isTrue('cannot_self_care') ? ['生活不能自理'] : []),
    ...(isText(care) && care.value !== '0' ? [care.valueText] : []),
    ...(isText(stage) ? ['在读'] : []),
    ...(isTrue('status_tekun') ? ['特困人员'] : []),
    ...(isTrue('status_guer') ? ['孤儿'] : []),
  ]
}

function isText(line: FactLine | undefined): line is FactLine {
  return typeof line?.value === 'string'
}
