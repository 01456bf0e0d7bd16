import { sql } from 'kysely'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { daysLike, formsOf, readIdNumber, swapsOf } from '../households/id-number.ts'
import { type Compared, pairedFrom, scoreOf } from './duplicate.ts'

type Person = Readonly<{ id: number; number: Uint8Array | null; born: string | null }>

type Side = 'first' | 'second'
type Found = Readonly<
  Omit<Compared, Side> & { firstId: number; secondId: number } & {
    [key in `${Side}Number`]: Uint8Array | null
  } & { [key in `${Side}Born` | `${Side}Sex`]: string | null }
>

/** Members whose pairs are looked for at once: so many that a transaction stays short. */
const atOnce = 500

/** Finds anew with whom the members of a household may be one person. For the program. */
export async function refreshPairs(
  tx: Tx,
  cipher: FieldCipher,
  householdId: number,
): Promise<void> {
  await refresh(tx, cipher, await members(tx, sql`person.household_id = ${householdId}`))
}

/**
 * The same for the next members after `after`, by number.
 *
 * @returns the last one done; null when there was nobody more
 */
export async function refreshNext(
  tx: Tx,
  cipher: FieldCipher,
  after: number,
): Promise<number | null> {
  const persons = await members(tx, sql`person.id > ${after}`)
  await refresh(tx, cipher, persons)
  return persons.at(-1)?.id ?? null
}

async function members(tx: Tx, which: ReturnType<typeof sql>): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select person.id, id_number_enc as number, ${factOf('person', 'birth_date')} as born
    from app.person where ${which} and ${isMember('person')}
    order by person.id limit ${atOnce}`.execute(tx)
  return rows
}

async function refresh(tx: Tx, cipher: FieldCipher, persons: readonly Person[]): Promise<void> {
  if (persons.length === 0) return
  const found = (await candidates(tx, cipher, persons)).map((pair) => ({
    firstId: pair.firstId,
    secondId: pair.secondId,
    ...scoreOf(comparedOf(pair, cipher)),
  }))
  const kept = found.filter(({ score }) => score >= pairedFrom)
  await sql`select app.keep_duplicates(${persons.map(({ id }) => id)}::bigint[],
    ${JSON.stringify(kept)}::jsonb)`.execute(tx)
}

function comparedOf(pair: Found, cipher: FieldCipher): Compared {
  const side = (one: Side) => ({
    idNumber: opened(pair[`${one}Number`], cipher),
    birthDate: pair[`${one}Born`],
    sex: pair[`${one}Sex`],
  })
  return { ...pair, first: side('first'), second: side('second') }
}

function opened(number: Uint8Array | null, cipher: FieldCipher): string | null {
  return number && cipher.open('id-number', number)
}

/**
 * Everybody who shares as much with one of them as a score from {@link pairedFrom} on takes: a number written
 * otherwise; sound or shape of the name with a day of birth or a phone; the name with an address; phone and
 * day of birth; or the name alone, in one township, where one has no number.
 */
async function candidates(
  tx: Tx,
  cipher: FieldCipher,
  persons: readonly Person[],
): Promise<Found[]> {
  const days = persons.flatMap(({ id, born }) =>
    born === null ? [] : [born, ...daysLike(born)].map((day) => ({ id, day })),
  )
  const numbers = persons.flatMap(({ id, number }) =>
    likeNumbers(opened(number, cipher)).map((one) => ({
      id,
      index: Buffer.from(cipher.index('id-number', one)).toString('hex'),
    })),
  )
  const { rows } = await sql<Found>`
    with one as materialized (
      select person.*, household.address, ${factOf('person', 'birth_date')} as born
      from app.person join app.household on household.id = person.household_id
      where person.id = any (${persons.map(({ id }) => id)}::bigint[])
    ), near_day as (
      select near.id as one_id, fact.person_id as other_id
      from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as near (id bigint, day text)
      join app.fact on fact.fact = 'birth_date' and superseded_at is null and value = to_jsonb(near.day)
    ), pair as (
      select near.id as one_id, other.id as other_id
      from jsonb_to_recordset(${JSON.stringify(numbers)}::jsonb) as near (id bigint, index text)
      join app.person other on other.id_number_index = decode(near.index, 'hex')
      union select one.id, other.id from near_day join one on one.id = one_id
        join app.person other on other.id = other_id
          and (other.name_sound = one.name_sound or other.name_shape = one.name_shape)
      union select one.id, other.id from one
        join app.person other on other.phone_index = one.phone_index
          and (other.name_sound = one.name_sound or other.name_shape = one.name_shape
            or one.born = ${factOf('other', 'birth_date')})
      union select one.id, other.id from one join app.household there on there.address = one.address
        join app.person other on other.household_id = there.id and other.name = one.name
      union select one.id, other.id from one join app.person other
        on other.name = one.name and left(other.area_id, 9) = left(one.area_id, 9)
          and other.temporary_no is not null and other.id_number_index is null
      union select one.id, other.id from one join app.person other
        on other.name_sound = one.name_sound and other.name = one.name
          and left(other.area_id, 9) = left(one.area_id, 9)
      where one.temporary_no is not null and one.id_number_index is null
    )
    select distinct first.id as "firstId", second.id as "secondId",
      first.id_number_enc as "firstNumber", second.id_number_enc as "secondNumber",
      ${factOf('first', 'birth_date')} as "firstBorn", ${factOf('second', 'birth_date')} as "secondBorn",
      ${factOf('first', 'sex')} as "firstSex", ${factOf('second', 'sex')} as "secondSex",
      case when first.name = second.name then 'same' when first.name_sound = second.name_sound then 'sound'
        when first.name_shape = second.name_shape then 'shape' end as name,
      coalesce(first.phone_index = second.phone_index, false) as "samePhone",
      first_home.address = second_home.address as "sameAddress",
      first.household_id = second.household_id as "sameHousehold",
      (first.temporary_no is not null and first.id_number_index is null)
        or (second.temporary_no is not null and second.id_number_index is null) as "oneUnidentified"
    from pair
    join app.person first on first.id = least(one_id, other_id)
    join app.person second on second.id = greatest(one_id, other_id)
    join app.household first_home on first_home.id = first.household_id
    join app.household second_home on second_home.id = second.household_id
    where one_id <> other_id and ${isMember('first')} and ${isMember('second')}`.execute(tx)
  return rows
}

/** In every other way in which the number may stand on record. */
function likeNumbers(number: string | null): string[] {
  const read = number === null ? undefined : readIdNumber(number)
  if (!read || 'wrong' in read) return []
  return [...formsOf(read.idNumber), ...swapsOf(read.idNumber).flatMap(formsOf)]
}

function isMember(person: string) {
  return sql`exists (select from app.member where member.person_id = ${sql.ref(`${person}.id`)}
    and superseded_at is null and valid_to is null)`
}

function factOf(person: string, fact: 'birth_date' | 'sex') {
  return sql`(select value #>> '{}' from app.fact known
    where known.household_id = ${sql.ref(`${person}.household_id`)}
      and known.person_id = ${sql.ref(`${person}.id`)}
      and known.fact = ${sql.lit(fact)} and known.superseded_at is null)`
}
