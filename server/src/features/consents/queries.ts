import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { stateOf } from './consent.ts'
import type { AuthorisationView, BasisView, ObjectionView } from './views.ts'

/** Every basis there is, in the order in which it is offered. */
export async function readBases(tx: Tx): Promise<Static<typeof BasisView>[]> {
  const { rows } = await sql<Static<typeof BasisView>>`
    select id, name, law, law_confirmed as "lawConfirmed", discovery, authorised
    from app.basis order by place`.execute(tx)
  return rows
}

/** A colleague above one's own area is not to be seen by name. */
const by = (column: 'recorded_by' | 'withdrawn_by') => sql<string>`
  case when starts_with(${sql.ref(column)}, 'staff:') then coalesce(
    (select staff.name from app.staff where staff.id = substr(${sql.ref(column)}, 7)::uuid), '其他同事')
  when ${sql.ref(column)} is not null then '系统' end`

/** Authorisations of a household, the latest first. */
export async function readAuthorisations(
  tx: Tx,
  householdId: number,
  today: string,
): Promise<Static<typeof AuthorisationView>[]> {
  type Row = Omit<Static<typeof AuthorisationView>, 'state'> & { born: string | null }
  const { rows } = await sql<Row>`
    select given.id, given.person_id as "personId", given.basis, given.purpose, purpose.name as "purposeName",
      recipient, notice_id as "noticeId", notice.version as "noticeVersion", way,
      guardian_name as "guardianName", guardian_relation as "guardianRelation",
      valid_from as "from", valid_to as "to", evidence, recorded_at as "recordedAt", ${by('recorded_by')} as "recordedBy",
      withdrawn_on as "withdrawnOn", ${by('withdrawn_by')} as "withdrawnBy",
      (select value #>> '{}' from app.fact where fact.household_id = given.household_id
        and fact.person_id = given.person_id and fact = 'birth_date' and superseded_at is null) as born
    from app.authorisation given join app.purpose on purpose.id = given.purpose
    left join app.notice on notice.id = given.notice_id
    where given.household_id = ${householdId} order by given.id desc`.execute(tx)
  return rows.map(({ born, ...row }) => ({ ...row, state: stateOf({ ...row, born }, today) }))
}

/** When a member was born; null where that is not on record. */
export async function birthDateOf(
  tx: Tx,
  householdId: number,
  personId: number,
): Promise<string | null> {
  const { rows } = await sql<{ born: string }>`
    select value #>> '{}' as born from app.fact where household_id = ${householdId}
      and person_id = ${personId} and fact = 'birth_date' and superseded_at is null`.execute(tx)
  return rows[0]?.born ?? null
}

/** Who lives in the household now. */
export async function membersOf(tx: Tx, householdId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select person_id as id from app.member where household_id = ${householdId}
      and superseded_at is null and valid_to is null order by id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Objections of a household, the latest first, those taken back too. */
export async function readObjections(
  tx: Tx,
  householdId: number,
): Promise<Static<typeof ObjectionView>[]> {
  const { rows } = await sql<Static<typeof ObjectionView>>`
    select id, person_id as "personId", kind, told_on as "toldOn", note, recorded_at as "recordedAt",
      ${by('recorded_by')} as "recordedBy", withdrawn_on as "withdrawnOn",
      ${by('withdrawn_by')} as "withdrawnBy"
    from app.objection where household_id = ${householdId} order by id desc`.execute(tx)
  return rows
}
