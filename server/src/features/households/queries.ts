import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { holdsDuty } from '../duties/queries.ts'
import type { FactValue } from './fact-value.ts'
import type { HouseholdKind, Reader, Wanted } from './household.ts'
import { isOffHukou } from './registered-places.ts'

/** Who the session's holder is to the households of a committee, in the database's own words. */
export async function readerOf(tx: Tx, areaId: string): Promise<Reader> {
  const { rows } = await sql<{ role: string | null; hasReason: boolean }>`
    select auth.role() as role, coalesce(current_setting('app.reason', true), '') <> '' as "hasReason"`.execute(
    tx,
  )
  const { role = null, hasReason = false } = rows[0] ?? {}
  return { role: role ?? '', hasReason, hasDuty: await holdsDuty(tx, areaId) }
}

type AreaRow = Readonly<{ id: string; name: string; level: string; township?: string }>

export type FoundHousehold = Readonly<{
  id: number
  registerNo: string
  head: string
  size: number
  area: AreaRow
  address: string
}>

export type HouseholdSearch = Readonly<{
  wanted?: Wanted
  /** The blind index of what is wanted, where that is a number. */
  index?: Uint8Array
  area?: string
  /** Only where sources differ on this day and nobody has decided. */
  differingOn?: string
  /** Only where somebody is registered elsewhere, by what holds on this day. */
  offHukouOn?: string
  page: number
  size: number
}>

/** A page of the households that match, by place. */
export async function findHouseholds(
  tx: Tx,
  { wanted, index, area, differingOn: day, offHukouOn, page, size }: HouseholdSearch,
): Promise<{ items: FoundHousehold[]; total: number }> {
  const where = sql`${matches(wanted, index)} and ${inArea(area)}
    and ${day === undefined ? sql`true` : differingOn(day)}
    and ${offHukouOn === undefined ? sql`true` : isOffHukou(offHukouOn)}`
  const count = await sql<{ total: number }>`
    select count(*) as total from app.household where ${where}`.execute(tx)
  const { rows } = await sql<FoundHousehold>`
    select household.id, register_no as "registerNo", address, ${areaView} as area,
      coalesce(head.name, '') as head, coalesce(size.n, 0) as size
    from (select * from app.household where ${where}
      order by area_id, id limit ${size} offset ${(page - 1) * size}) household
    ${withArea}
    left join lateral (
      select person.name from app.member join app.person on person.id = member.person_id
      where member.household_id = household.id and superseded_at is null and valid_to is null
      order by relation <> '02', person.id limit 1) head on true
    left join lateral (
      select count(*)::int as n from app.member
      where household_id = household.id and superseded_at is null and valid_to is null) size on true
    order by household.area_id, household.id`.execute(tx)
  return { items: rows, total: count.rows[0]?.total ?? 0 }
}

/**
 * Where somebody of this ID number is on record that the reader does not see: the township that answers for
 * them, and nothing else. 查重
 *
 * @returns `null` where nobody is, or they are in sight
 */
export async function recordElsewhere(
  tx: Tx,
  index: Uint8Array,
): Promise<{ township: string; restricted: boolean } | null> {
  const { rows } = await sql<{ township: string; restricted: boolean }>`
    select * from app.record_elsewhere(${index})`.execute(tx)
  return rows[0] ?? null
}

function matches(wanted: Wanted | undefined, index: Uint8Array | undefined) {
  if (!wanted || wanted.text === '') return sql`true`
  if (wanted.by !== 'words') {
    const column = sql.ref(wanted.by === 'phone' ? 'phone_index' : 'id_number_index')
    return sql`household.id in (select household_id from app.person where ${column} = ${index ?? null})`
  }
  const { text } = wanted
  // strpos and right, not LIKE: what somebody types is never a pattern.
  return sql`(strpos(register_no, ${text}) > 0
    or right(address, ${text.length}::int) = ${text}
    or household.id in (
      select member.household_id from app.member join app.person on person.id = member.person_id
      where superseded_at is null and valid_to is null and strpos(person.name, ${text}) > 0))`
}

function inArea(area: string | undefined) {
  return area === undefined ? sql`true` : sql`area_id >= ${area} and area_id < ${`${area}:`}`
}

/** Households in which sources differ on a fact and nobody has decided; as a condition on `household.id`. */
function differingOn(today: string) {
  return sql`household.id in (
    select word.household_id from app.other_word word
    join app.fact known on known.household_id = word.household_id and known.person_id is not distinct from word.person_id
      and known.fact = word.fact and known.superseded_at is null
    where word.superseded_at is null and (word.shelf_until is null or word.shelf_until >= ${today}::date)
      and word.value <> known.value and word.settled_against is distinct from known.value)`
}

const areaView = sql`json_strip_nulls(json_build_object('id', area.id, 'name', area.name,
  'level', area.level, 'township', township.name))`
const withArea = sql`join app.area on area.id = household.area_id
  left join app.area township on township.id = area.parent_id and township.level = 'township'`

export type HouseholdRecord = Readonly<{
  id: number
  registerNo: string
  address: string
  kind: HouseholdKind
  version: number
  story: string | null
  area: AreaRow
}>

export async function readHousehold(tx: Tx, id: number): Promise<HouseholdRecord | undefined> {
  const { rows } = await sql<HouseholdRecord>`
    select household.id, register_no as "registerNo", address, household.kind, version, story,
      ${areaView} as area
    from app.household ${withArea} where household.id = ${id}`.execute(tx)
  return rows[0]
}

export type MemberRecord = Readonly<{
  personId: number
  name: string
  relation: string
  idNumber: Uint8Array | null
  phone: Uint8Array | null
}>

/** Who lives there on a day, the head first, numbers still sealed. */
export async function readMembers(tx: Tx, id: number, on: string): Promise<MemberRecord[]> {
  const { rows } = await sql<MemberRecord>`
    select person.id as "personId", person.name, member.relation,
      person.id_number_enc as "idNumber", person.phone_enc as phone
    from app.member join app.person on person.id = member.person_id
    where member.household_id = ${id} and superseded_at is null
      and valid_from <= ${on}::date and (valid_to is null or valid_to >= ${on}::date)
    order by relation <> '02', relation, person.id`.execute(tx)
  return rows
}

export type RecordedFact = Readonly<{
  personId: number | null
  fact: string
  value: FactValue
  source: string
  evidence: string | null
  legalBasis: string | null
  basis: string
  basisName: string
  /** Whether it may be used to find people who have not asked. */
  covers: boolean
  verifiedOn: string
  shelfUntil: string | null
}>

/** The current records that the session may read. */
export async function readFacts(tx: Tx, id: number): Promise<RecordedFact[]> {
  const { rows } = await sql<RecordedFact>`
    select person_id as "personId", fact, value, source, evidence, legal_basis as "legalBasis",
      basis, basis.name as "basisName", basis.discovery as covers, verified_on as "verifiedOn",
      shelf_until as "shelfUntil"
    from app.fact join app.basis on basis.id = fact.basis
    where household_id = ${id} and superseded_at is null`.execute(tx)
  return rows
}

/** Which clinical facts are on record, without what they say. */
export type HiddenFact = Pick<RecordedFact, 'personId' | 'fact' | 'verifiedOn' | 'shelfUntil'>

export async function readClinicalFacts(tx: Tx, id: number): Promise<HiddenFact[]> {
  const { rows } = await sql<HiddenFact>`
    select person_id as "personId", fact, verified_on as "verifiedOn", shelf_until as "shelfUntil"
    from app.clinical_facts(${id})`.execute(tx)
  return rows
}

export type AwardRecord = Readonly<{
  personId: number | null
  programme: string
  state: 'receiving' | 'ended' | 'refused'
  from: string
  to: string | null
  source: string
}>

export async function readAwards(tx: Tx, id: number): Promise<AwardRecord[]> {
  const { rows } = await sql<AwardRecord>`
    select person_id as "personId", programme, state, valid_from as "from", valid_to as "to", source
    from app.award where household_id = ${id} and superseded_at is null
    order by valid_from desc, id`.execute(tx)
  return rows
}
