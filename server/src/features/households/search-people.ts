import { sql } from 'kysely'
import { audit } from '../../platform/audit.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import { householdProblems } from './problems.ts'
import {
  identityOf,
  type Likeness,
  type Probes,
  probesOf,
  ranked,
  type Reason,
  type Sought,
  weigh,
} from './search.ts'

/** How long a search counts, as app.require_search has it. */
const minutes = 30

export type Hit = Readonly<{
  householdId: number
  personId: number
  registerNo: string
  name: string
  birthDate: string | null
  address: string
  area: Readonly<{ id: string; name: string; level: string; township?: string }>
  score: number
  reasons: Reason[]
}>

/**
 * Looks for somebody who is about to be entered, and keeps that it was done.
 *
 * Whoever lies outside the reader's area is not among the hits: of them only the townships that answer
 * for them are told, and only where number, or name and day of birth, are the same.
 *
 * @throws Problem `person-invalid` for a number, phone or name that cannot be one
 */
export async function searchPeople(
  tx: Tx,
  cipher: FieldCipher,
  { sought, requestId }: { sought: Sought; requestId: string },
): Promise<{ id: string; minutes: number; hits: Hit[]; elsewhere: string[] }> {
  const probes = probesFor(sought)
  const hits = ranked(await findPeople(tx, cipher, probes)).slice(0, 50)
  const elsewhere = await heldElsewhere(tx, cipher, probes)
  const { rows } = await sql<{ id: string }>`
    insert into app.household_search (covers) values (${coverOf(cipher, probes)}) returning id`.execute(
    tx,
  )
  await audit(tx, {
    action: 'household.person-sought',
    fields: ['head', 'address', 'fact:birth_date'],
    // By what, never what: it may be somebody's number.
    detail: {
      by: Object.keys(sought).toSorted(),
      shown: [...new Set(hits.map(({ householdId }) => householdId))],
      elsewhere: elsewhere.length,
    },
    requestId,
  })
  return { id: rows[0]?.id ?? '', minutes, hits, elsewhere }
}

/** @throws Problem `person-invalid` */
export function probesFor(sought: Sought): Probes {
  const probes = probesOf(sought)
  if (!('wrong' in probes)) return probes
  const { field, wrong } = probes
  throw problem(householdProblems, 'person-invalid', wrong, [
    { path: `/body/${field}`, message: wrong },
  ])
}

/** What is kept of a search: a keyed hash, by which it is known again and from which nothing is read. */
export function coverOf(cipher: FieldCipher, probes: Probes): Uint8Array {
  return cipher.index('identity', identityOf(probes))
}

async function heldElsewhere(tx: Tx, cipher: FieldCipher, probes: Probes): Promise<string[]> {
  const { rows } = await sql<{ township: string }>`
    select township from app.held_elsewhere(${indexesOf(cipher, probes.idNumbers)}::bytea[],
      ${probes.name}, ${probes.birthDate}::date) order by 1`.execute(tx)
  return rows.map(({ township }) => township)
}

type Row = Omit<Hit, 'score' | 'reasons'> &
  Readonly<{
    likeNumber: Likeness['idNumber']
    likeName: Likeness['name']
    likeDay: Likeness['birthDate']
    likePhone: boolean
    likeAddress: boolean
  }>

/** Everybody in sight who is like the one sought in anything; row-level security says who is in sight. */
async function findPeople(tx: Tx, cipher: FieldCipher, probes: Probes): Promise<Hit[]> {
  const { name, birthDate, likeDays, address } = probes
  const numbers = sql`${indexesOf(cipher, probes.idNumbers)}::bytea[]`
  const like = sql`${indexesOf(cipher, probes.likeNumbers)}::bytea[]`
  const phone = probes.phone === null ? null : cipher.index('phone', probes.phone)
  const days = [...(birthDate === null ? [] : [birthDate]), ...likeDays].map((day) => `"${day}"`)
  const { rows } = await sql<Row>`
    select household.id as "householdId", person.id as "personId", register_no as "registerNo",
      person.name, born.day as "birthDate", address,
      json_strip_nulls(json_build_object('id', area.id, 'name', area.name, 'level', area.level,
        'township', township.name)) as area,
      case when ${isCalled(numbers)} then 'same' when ${isCalled(like)} then 'like' end as "likeNumber",
      case when person.name = ${name} then 'same' when name_sound = app.sound_of(${name}) then 'sound'
        when name_shape = app.shape_of(${name}) then 'shape' end as "likeName",
      case when born.day = ${birthDate} then 'same'
        when born.day = any (${likeDays}::text[]) then 'like' end as "likeDay",
      coalesce(phone_index = ${phone}::bytea, false) as "likePhone",
      coalesce(address = ${address}, false) as "likeAddress"
    from app.person join app.household on household.id = person.household_id
    join app.area on area.id = household.area_id
    left join app.area township on township.id = area.parent_id and township.level = 'township'
    left join lateral (
      select value #>> '{}' as day from app.fact
      where household_id = household.id and person_id = person.id and fact = 'birth_date'
        and superseded_at is null limit 1) born on true
    where person.merged_into is null and person.id in (
      select coalesce(merged_into, id) from app.person
        where id_number_index = any (${numbers}) or id_number_index = any (${like})
      union select id from app.person where name_sound = app.sound_of(${name})
      union select id from app.person where name_shape = app.shape_of(${name})
      union select id from app.person where phone_index = ${phone}::bytea
      union select id from app.person where household_id in (
        select id from app.household where address = ${address})
      union select born.person_id from app.fact born join app.person one on one.id = born.person_id
        where born.fact = 'birth_date' and born.superseded_at is null
          and born.value = any (${days}::jsonb[]) and left(one.name, 1) = left(${name}, 1))
    limit 2000`.execute(tx)
  return rows.map(hitOf)
}

/** By the number on record, or by that of a record that was merged into this one. */
function isCalled(numbers: ReturnType<typeof sql>) {
  return sql`(person.id_number_index = any (${numbers}) or exists (select from app.person merged
    where merged.merged_into = person.id and merged.id_number_index = any (${numbers})))`
}

function hitOf({ likeNumber, likeName, likeDay, likePhone, likeAddress, ...known }: Row): Hit {
  return {
    ...known,
    ...weigh({
      idNumber: likeNumber,
      name: likeName,
      birthDate: likeDay,
      phone: likePhone,
      address: likeAddress,
    }),
  }
}

function indexesOf(cipher: FieldCipher, numbers: readonly string[]): Uint8Array[] {
  return numbers.map((number) => cipher.index('id-number', number))
}
