import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { relationName } from '../households/household.ts'
import { type LeavingReason, leavingReasons, type Member, type Standing } from './members.ts'

/** A household as it stands on record; `day`: awards that are paid on it or later count. */
export async function readStanding(tx: Tx, householdId: number, day: string): Promise<Standing> {
  const members = await sql<Member>`
    select person_id as "personId", relation, valid_from as "from" from app.member
    where household_id = ${householdId} and superseded_at is null and valid_to is null
    order by person_id`.execute(tx)
  const ended = await sql<{
    lastDay: string | null
  }>`select max(valid_to) as "lastDay" from app.member
    where household_id = ${householdId} and superseded_at is null`.execute(tx)
  const collectors = await sql<{ personId: number }>`
    select person_id as "personId" from app.collector
    where household_id = ${householdId} and superseded_at is null and valid_to is null`.execute(tx)
  const paid = await sql<{ personId: number | null }>`
    select distinct person_id as "personId" from app.award
    where household_id = ${householdId} and superseded_at is null and state = 'receiving'
      and (valid_to is null or valid_to >= ${day}::date)`.execute(tx)
  return {
    members: members.rows,
    lastDay: ended.rows[0]?.lastDay ?? null,
    collector: collectors.rows[0]?.personId ?? null,
    paid: paid.rows.map(({ personId }) => personId),
  }
}

type MemberOnDay = Readonly<{
  personId: number
  name: string
  relation: string
  from: string
  to: string | null
  endedBecause: LeavingReason | null
  source: string | null
}>

export type Composition = Readonly<{
  members: readonly (MemberOnDay & { relationName: string; endedBecauseName: string | null })[]
  /** One at most. */
  collectors: readonly Readonly<{ personId: number; name: string }>[]
}>

/** Who lived in a household on a day, by what is on record now, the head first. 截至某日的家庭成员 */
export async function readComposition(
  tx: Tx,
  householdId: number,
  on: string,
): Promise<Composition> {
  const day = sql`${on}::date`
  const covers = sql`superseded_at is null and valid_from <= ${day} and (valid_to is null or valid_to >= ${day})`
  // As it was called then: a person who has moved out of the reader's sight keeps their place, not their name.
  const { rows } = await sql<MemberOnDay>`
    select member.person_id as "personId", coalesce(person.name, '') as name, relation,
      valid_from as "from", valid_to as "to", ended_because as "endedBecause", source
    from app.member left join app.person on person.id = member.person_id
    where member.household_id = ${householdId} and ${covers}
    order by relation <> '02', relation, member.person_id`.execute(tx)
  const collectors = await sql<{ personId: number; name: string }>`
    select collector.person_id as "personId", coalesce(person.name, '') as name
    from app.collector left join app.person on person.id = collector.person_id
    where collector.household_id = ${householdId} and ${covers}`.execute(tx)
  return {
    members: rows.map((row) => ({
      ...row,
      relationName: relationName(row.relation),
      endedBecauseName: row.endedBecause && leavingReasons[row.endedBecause],
    })),
    collectors: collectors.rows,
  }
}

/** Where somebody in sight lives now, or lived last. */
export async function homeOf(tx: Tx, personId: number): Promise<number | undefined> {
  const { rows } = await sql<{ householdId: number }>`
    select household_id as "householdId" from app.person where id = ${personId}`.execute(tx)
  return rows[0]?.householdId
}
