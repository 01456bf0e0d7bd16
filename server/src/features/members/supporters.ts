import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/** Of a parent, of a child, of kin: what is owed by law. 赡养、抚养、扶养 */
type SupportKind = 'of-parent' | 'of-child' | 'of-kin'

export type Supporter = Readonly<{
  id: number
  /** Who is to be supported. */
  personId: number
  kind: SupportKind
  /** To them, by GB/T 4761. */
  relation: string
  /** Null for somebody who is not on record. */
  supporterId: number | null
  /** Empty where they are out of the reader's sight. */
  name: string
  /** Where they live, as far as the reader sees them. */
  householdId: number | null
  from: string
  to: string | null
  endedBecause: string | null
  source: string
}>

/** Who owes support to the members of a household, those who still do first. 义务人 */
export async function readSupporters(tx: Tx, householdId: number): Promise<Supporter[]> {
  const { rows } = await sql<Supporter>`
    select supporter.id, supporter.person_id as "personId", kind, supporter.relation, supporter_id as "supporterId",
      coalesce(supporter.name, person.name, '') as name, person.household_id as "householdId",
      supporter.valid_from as "from", supporter.valid_to as "to", supporter.ended_because as "endedBecause",
      supporter.source
    from app.supporter left join app.person on person.id = supporter_id
    where supporter.superseded_at is null and supporter.person_id in (
      select person_id from app.member
      where member.household_id = ${householdId} and member.superseded_at is null and member.valid_to is null)
    order by supporter.valid_to is not null, supporter.person_id, supporter.id`.execute(tx)
  return rows
}

/** @returns the household in which whoever is supported lives; undefined out of sight or where there is none such */
export async function homeOfSupported(tx: Tx, supporterId: number): Promise<number | undefined> {
  const { rows } = await sql<{ householdId: number }>`
    select person.household_id as "householdId" from app.supporter
    join app.person on person.id = supporter.person_id where supporter.id = ${supporterId}`.execute(
    tx,
  )
  return rows[0]?.householdId
}
