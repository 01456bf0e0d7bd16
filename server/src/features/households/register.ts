import { sql } from 'kysely'
import type { Static } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { type FactParts, recordFact } from './facts.ts'
import { finishChange, isMember, lockHousehold, refuseStale } from './household-change.ts'
import { readIdNumber } from './id-number.ts'
import { householdProblems } from './problems.ts'
import type { Probes } from './search.ts'
import { coverOf, probesFor } from './search-people.ts'
import type { HouseholdForm, IdentityForm, MemberForm, PersonForm } from './views.ts'

export type RegisterParts = FactParts & Readonly<{ cipher: FieldCipher }>

type Person = Static<typeof PersonForm>

/** The relation of whoever heads a household, GB/T 4761. */
const headRelation = '02'

/**
 * Enters a household under its head, who was searched for before.
 *
 * @returns its id and version
 * @throws Problem `search-first`, `person-exists`, `person-invalid` or `not-your-committee`
 */
export async function registerHousehold(
  tx: Tx,
  parts: RegisterParts,
  { area, address, head, requestId }: Static<typeof HouseholdForm> & { requestId: string },
): Promise<{ id: number; version: number }> {
  const search = await searchOf(tx, parts, head)
  await refuseForeignCommittee(tx, area)
  const { rows } = await sql<{ id: number }>`select app.register_household(${head.searchId}::uuid,
    ${search.cover}, ${area}, ${address.trim()}) as id`.execute(tx)
  const id = rows[0]?.id ?? 0
  const member = { person: head, search, relation: headRelation, from: parts.clock.today() }
  const version = await enter(tx, parts, { householdId: id, ...member, requestId })
  await audit(tx, {
    action: 'household.registered',
    subject: `household:${id}`,
    householdId: id,
    areaId: area,
    fields: ['head', 'address', 'id-number', 'phone'],
    requestId,
  })
  return { id, version }
}

/**
 * Enters somebody who was on no record as a member, after a search for them.
 *
 * @returns the household's new version
 * @throws Problem `not-found`, `household-changed`, `search-first`, `person-exists` or `person-invalid`
 */
export async function addMember(
  tx: Tx,
  parts: RegisterParts,
  form: Static<typeof MemberForm> & { householdId: number; requestId: string },
): Promise<number> {
  const { householdId, person, relation, from, requestId } = form
  const household = await lockHousehold(tx, householdId)
  refuseStale(household, form.version)
  if (from > parts.clock.today()) throw invalid('from', '不能晚于今天')
  const search = await searchOf(tx, parts, person)
  const version = await enter(tx, parts, { householdId, person, search, relation, from, requestId })
  await audit(tx, {
    action: 'household.member-added',
    subject: `household:${householdId}`,
    householdId,
    areaId: household.areaId,
    fields: ['members', 'id-number', 'phone'],
    requestId,
  })
  return version
}

/**
 * Gives whoever has a temporary identity their ID number; facts, awards and leads stay with them.
 *
 * @returns the household's new version
 * @throws Problem `not-found` for nobody with a temporary identity, `household-changed`,
 *   `search-first`, `person-exists` or `person-invalid`
 */
export async function bindIdentity(
  tx: Tx,
  parts: RegisterParts,
  form: Static<typeof IdentityForm> & { householdId: number; personId: number; requestId: string },
): Promise<number> {
  const { householdId, personId, requestId } = form
  const household = await lockHousehold(tx, householdId)
  if (!(await isMember(tx, householdId, personId))) throw problem(platformProblems, 'not-found')
  refuseStale(household, form.version)
  const { probes, cover } = await searchOf(tx, parts, form)
  const { sealed, index } = parts.cipher.seal('id-number', probes.idNumbers[0] ?? '')
  const { rows } = await sql<{
    done: boolean
  }>`select app.bind_identity(${householdId}, ${personId},
    ${form.searchId}::uuid, ${cover}, ${sealed}, ${index}) as done`.execute(tx)
  if (!rows[0]?.done) throw problem(platformProblems, 'not-found')
  const version = await recordIdentity(tx, parts, {
    householdId,
    personId,
    probes,
    version: await finishChange(tx, parts, household),
    requestId,
  })
  await audit(tx, {
    action: 'household.identity-bound',
    subject: `household:${householdId}`,
    householdId,
    areaId: household.areaId,
    fields: ['id-number'],
    detail: { personId },
    requestId,
  })
  return version
}

type Search = Readonly<{ probes: Probes; cover: Uint8Array }>

/** The search that covers a person; the database asks once more when it writes. */
async function searchOf(
  tx: Tx,
  { cipher }: RegisterParts,
  person: Pick<Person, 'name' | 'idNumber' | 'birthDate' | 'searchId'>,
): Promise<Search> {
  const probes = probesFor(person)
  const cover = coverOf(cipher, probes)
  const { rows } = await sql`select from app.household_search
    where id = ${person.searchId}::uuid and covers = ${cover}
      and searched_at > clock_timestamp() - interval '30 minutes'`.execute(tx)
  if (rows.length === 0) throw problem(householdProblems, 'search-first')
  const numbers = probes.idNumbers.map((number) => cipher.index('id-number', number))
  // Two who enter one number follow one another: the second finds what the first has entered.
  if (numbers[0])
    await sql`select pg_advisory_xact_lock(hashtextextended(${hex(numbers[0])}, 1))`.execute(tx)
  const held = await sql<{ exists: boolean }>`select exists (
      select from app.person where id_number_index = any (${numbers}::bytea[]))
    or exists (select from app.held_elsewhere(${numbers}::bytea[], '', null)) as exists`.execute(tx)
  if (held.rows[0]?.exists) throw problem(householdProblems, 'person-exists')
  return { probes, cover }
}

type Entering = Readonly<{
  householdId: number
  person: Person
  search: Search
  relation: string
  from: string
  requestId: string
}>

async function enter(tx: Tx, parts: RegisterParts, entering: Entering): Promise<number> {
  const { householdId, person, search, relation, from, requestId } = entering
  const { probes, cover } = search
  const written = {
    name: probes.name,
    relation,
    ...sealedOf(parts.cipher, probes),
    ...(probes.idNumbers.length > 0 ? {} : { noNumberBecause: reasonOf(person) }),
  }
  const { rows } = await sql<{ id: number }>`select app.add_person(${householdId},
    ${person.searchId}::uuid, ${cover}, ${JSON.stringify(written)}::jsonb, ${from}::date) as id`.execute(
    tx,
  )
  const household = await lockHousehold(tx, householdId)
  return recordIdentity(tx, parts, {
    householdId,
    personId: rows[0]?.id ?? 0,
    probes,
    ...(person.sex ? { sex: person.sex } : {}),
    version: await finishChange(tx, parts, household),
    requestId,
  })
}

function sealedOf(cipher: FieldCipher, { idNumbers: [idNumber], phone }: Probes) {
  const number = idNumber === undefined ? undefined : cipher.seal('id-number', idNumber)
  const call = phone === null ? undefined : cipher.seal('phone', phone)
  return {
    ...(number ? { idNumber: hex(number.sealed), idNumberIndex: hex(number.index) } : {}),
    ...(call ? { phone: hex(call.sealed), phoneIndex: hex(call.index) } : {}),
  }
}

function reasonOf({ noNumberBecause }: Person): string {
  if (!noNumberBecause) throw invalid('noNumberBecause', '没有身份证号时要选原因')
  return noNumberBecause
}

type Identified = Readonly<{
  householdId: number
  personId: number
  probes: Probes
  sex?: string
  version: number
  requestId: string
}>

/** Day of birth and sex, as the number says them or as they were told. */
async function recordIdentity(tx: Tx, parts: RegisterParts, of: Identified): Promise<number> {
  const { householdId, personId, probes, requestId } = of
  const [idNumber] = probes.idNumbers
  const read = idNumber === undefined ? undefined : readIdNumber(idNumber)
  const sex = read && 'sex' in read ? read.sex : of.sex
  const known = { birth_date: probes.birthDate, sex: sex ?? null }
  let { version } = of
  for (const [fact, value] of Object.entries(known)) {
    if (value === null) continue
    ;({ version } = await recordFact(tx, parts, {
      householdId,
      personId,
      fact,
      value,
      money: 'fen',
      verifiedOn: parts.clock.today(),
      source: idNumber === undefined ? '本人陈述' : '证件材料：居民身份证',
      version,
      requestId,
    }))
  }
  return version
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

function invalid(field: string, message: string) {
  return problem(householdProblems, 'person-invalid', message, [
    { path: `/body/${field}`, message },
  ])
}

async function refuseForeignCommittee(tx: Tx, area: string): Promise<void> {
  const { rows } = await sql`select from app.area where id = ${area} and level = 'committee'
    and id >= auth.scope_from() and id < auth.scope_to()`.execute(tx)
  if (rows.length === 0) throw problem(householdProblems, 'not-your-committee')
}
