import type { Static } from 'typebox'
import { sql } from 'kysely'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { standingOf } from './duplicate.ts'
import { readMerge } from './merge-queries.ts'
import type { PairListView, PairView } from './views.ts'

export type Asked = Readonly<{
  state: 'open' | 'not-same' | 'merged'
  /** District, township or committee in which one of the two lives. */
  area?: string
  /** The lowest score. */
  from: number
  page: number
  size: number
}>

/** A page of the pairs of which the reader sees both, the likeliest first. */
export async function listPairs(tx: Tx, asked: Asked): Promise<Static<typeof PairListView>> {
  const { state, area = '', from, page, size } = asked
  const these = sql`app.duplicate_pair pair
    join app.person first on first.id = first_id join app.person second on second.id = second_id
    where pair.state = ${state} and pair.score >= ${from}
      and (starts_with(first.area_id, ${area}) or starts_with(second.area_id, ${area}))`
  const counted = await sql<{ total: number }>`select count(*) as total from ${these}`.execute(tx)
  const { rows: items } = await sql<Static<typeof PairListView>['items'][number]>`
    select pair.id, score, reasons, pair.state, ${listed('first')} as first, ${listed('second')} as second
    from ${these} order by score desc, pair.id limit ${size} offset ${(page - 1) * size}`.execute(
    tx,
  )
  return { items, total: counted.rows[0]?.total ?? 0, page, size }
}

function listed(side: 'first' | 'second') {
  const person = sql.ref(side)
  return sql`(select json_build_object('personId', ${person}.id, 'householdId', household.id,
      'registerNo', register_no, 'name', ${person}.name,
      'area', json_build_object('id', area.id, 'name', area.name, 'level', area.level))
    from app.household join app.area on area.id = household.area_id
    where household.id = ${person}.household_id)`
}

type Pair = Static<typeof PairView>
type Sealed = Omit<Pair['first'], 'idNumber' | 'phone'> &
  Readonly<{ number: Uint8Array | null; sealedPhone: Uint8Array | null }>

/** One pair, both persons side by side; undefined where the reader does not see both. */
export async function readPair(
  tx: Tx,
  cipher: FieldCipher,
  { id, today }: Readonly<{ id: number; today: string }>,
): Promise<Pair | undefined> {
  const { rows } = await sql<
    Omit<Pair, 'first' | 'second' | 'fields' | 'merge'> & { firstId: number; secondId: number }
  >`
    select pair.id, score, reasons, pair.state, decided_at as "decidedAt", note,
      first_id as "firstId", second_id as "secondId",
      -- A colleague above one's own area is not to be seen by name.
      case when decided_by is not null then coalesce(staff.name, '其他同事') end as "decidedBy"
    from app.duplicate_pair pair
    left join app.staff on 'staff:' || staff.id = decided_by
    where pair.id = ${id}`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  const { firstId, secondId, ...pair } = row
  const [first, second] = [
    await readPerson(tx, cipher, firstId),
    await readPerson(tx, cipher, secondId),
  ]
  if (!first || !second) return undefined
  const fields = compared.map((field) => ({
    field,
    standing: standingOf(first[field], second[field]),
  }))
  const merge = pair.state === 'merged' ? await readMerge(tx, id, today) : null
  return { ...pair, merge, first, second, fields }
}

/** What is put side by side. */
const compared = ['name', 'idNumber', 'birthDate', 'sex', 'phone', 'address'] as const

async function readPerson(
  tx: Tx,
  cipher: FieldCipher,
  id: number,
): Promise<Pair['first'] | undefined> {
  const { rows } = await sql<Sealed>`
    select person.id as "personId", household.id as "householdId", register_no as "registerNo",
      json_build_object('id', area.id, 'name', area.name, 'level', area.level) as area,
      person.name, temporary_no as "temporaryNo", address,
      id_number_enc as number, phone_enc as "sealedPhone",
      ${valueOf('birth_date')} as "birthDate", ${valueOf('sex')} as sex
    from app.person join app.household on household.id = person.household_id
    join app.area on area.id = household.area_id
    where person.id = ${id}`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  const { number, sealedPhone, ...known } = row
  return {
    ...known,
    idNumber: number && cipher.open('id-number', number),
    phone: sealedPhone && cipher.open('phone', sealedPhone),
  }
}

function valueOf(fact: 'birth_date' | 'sex') {
  return sql`(select value #>> '{}' from app.fact where fact.household_id = household.id
    and person_id = person.id and fact = ${sql.lit(fact)} and superseded_at is null)`
}

/** @returns false where the pair was decided already */
export async function judgeNotSame(tx: Tx, id: number, because: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.judge_not_same(${id}, ${because}) as done`.execute(tx)
  return rows[0]?.done ?? false
}
