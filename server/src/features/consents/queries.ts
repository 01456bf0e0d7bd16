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
  const { rows } = await sql<Omit<Static<typeof AuthorisationView>, 'state'>>`
    select given.id, person_id as "personId", basis, basis.name as "basisName", valid_from as "from",
      valid_to as "to", evidence, recorded_at as "recordedAt", ${by('recorded_by')} as "recordedBy",
      withdrawn_on as "withdrawnOn", ${by('withdrawn_by')} as "withdrawnBy"
    from app.authorisation given join app.basis on basis.id = given.basis
    where household_id = ${householdId} order by given.id desc`.execute(tx)
  return rows.map((row) => ({ ...row, state: stateOf(row, today) }))
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
