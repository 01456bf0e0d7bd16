import { dayText, monthsLater } from './days.ts'
import { declaredFact } from './fact-catalogue.ts'
import type {
  Day,
  GeneratedAward,
  GeneratedFact,
  GeneratedHousehold,
  GeneratedMember,
  GeneratedRoll,
  Value,
} from './model.ts'
import { sources } from './sources.ts'

/** One cell of a row: `null` is an empty one. */
export type Cell = string | number | boolean | null

/** The tables a district consists of, with their columns; the names are those of schema staging. */
export const tables = {
  household: ['number', 'area_id', 'kind', 'register_no', 'address', 'story'],
  person: [
    'number',
    'household_number',
    'name',
    'relation',
    'joined_on',
    'id_number',
    'phone',
    'ethnicity',
    'education',
    'marital',
  ],
  fact: [
    'household_number',
    'person_number',
    'fact',
    'value',
    'source',
    'basis',
    'legal_basis',
    'evidence',
    'verified_on',
    'shelf_until',
    'sensitivity',
  ],
  award: [
    'household_number',
    'person_number',
    'programme',
    'state',
    'valid_from',
    'valid_to',
    'source',
  ],
  authorisation: [
    'household_number',
    'person_number',
    'basis',
    'valid_from',
    'valid_to',
    'evidence',
  ],
  roll: ['programme', 'area_id', 'on_day', 'complete', 'source'],
} as const satisfies Record<string, readonly string[]>

export type Table = keyof typeof tables

/** A household's rows; `firstPerson` is the number of its first member. */
export function rowsOf(
  household: GeneratedHousehold,
  firstPerson: number,
): Record<Exclude<Table, 'roll'>, Cell[][]> {
  const person = (member: number | undefined) =>
    member === undefined ? null : firstPerson + member
  const { number, areaId, kind, registerNo, address, story } = household
  return {
    household: [[number, areaId, kind, registerNo, address, story ?? null]],
    person: household.members.map((member, i) => personRow(member, number, firstPerson + i)),
    fact: household.facts.map((fact) => factRow(fact, number, person(fact.member))),
    award: household.awards.map((award) => awardRow(award, number, person(award.member))),
    authorisation: authorisationRows(household),
  }
}

export function rollRow({ programme, areaId, day, complete, source }: GeneratedRoll): Cell[] {
  return [programme, areaId, dayText(day), complete, source]
}

function personRow(member: GeneratedMember, household: number, number: number): Cell[] {
  return [
    number,
    household,
    member.name,
    member.relation,
    dayText(Math.max(member.birthOn, firstRegister)),
    member.idNumber,
    member.phone,
    member.ethnicity,
    educationCodes[member.education ?? ''] ?? null,
    member.marital,
  ]
}

/** 2020-11-01, the day of the census: nobody's move before it is told. */
const firstRegister = 18_567

/** GB/T 4658. */
const educationCodes: Readonly<Record<string, string>> = {
  none: '90',
  preschool: '90',
  primary: '80',
  junior: '70',
  senior: '60',
  college: '30',
  university: '20',
}

function factRow(
  { fact, value, source, verifiedOn }: GeneratedFact,
  household: number,
  person: number | null,
): Cell[] {
  const { sensitivity, shelfMonths, type } = declaredFact(fact)
  const from = sources[source]
  return [
    household,
    person,
    fact,
    jsonValue(value, type === 'money'),
    from.source,
    from.basis,
    from.legalBasis,
    from.evidence,
    dayText(verifiedOn),
    shelfMonths === undefined ? null : shelfEnd(verifiedOn, shelfMonths),
    sensitivity,
  ]
}

/** Whoever was checked had authorised it: for the household, for a year from that day. */
function authorisationRows({ number, facts }: GeneratedHousehold): Cell[][] {
  const days = facts.flatMap(({ source, verifiedOn }) =>
    sources[source].basis === 'check' ? [verifiedOn] : [],
  )
  if (days.length === 0) return []
  const from = Math.min(...days)
  const to = dayText(monthsLater(from, 12) - 1)
  return [[number, null, 'check', dayText(from), to, '家庭经济状况核对授权书']]
}

const shelfEnds = new Map<number, string>()

/** The last day of a fact's shelf life; kept, because a district asks for few days many times. */
function shelfEnd(verifiedOn: Day, months: number): string {
  const key = verifiedOn * 1000 + months
  let end = shelfEnds.get(key)
  if (end === undefined) {
    end = dayText(monthsLater(verifiedOn, months))
    shelfEnds.set(key, end)
  }
  return end
}

/** Money goes into the database in fen. */
function jsonValue(value: Value, money: boolean): string {
  return JSON.stringify(money && typeof value === 'number' ? Math.round(value * 100) : value)
}

function awardRow(award: GeneratedAward, household: number, person: number | null): Cell[] {
  const to = award.to === undefined ? null : dayText(award.to)
  return [
    household,
    person,
    award.programme,
    award.state,
    dayText(award.from),
    to,
    '发放名册（演示）',
  ]
}
