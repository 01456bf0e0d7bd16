import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/**
 * What matching may read. A fact is known on a basis: if that does not cover finding people who have
 * not asked, or needs an authorisation that does not hold, no run reads it. Of a person who objects to
 * matching nothing is read, and nothing is answered about them; a household that objects is not matched
 * at all. What is left out counts as unknown, never as nothing. 数据用途
 *
 * The wide rows are made by the same rules (migration 0087); these are for one household.
 */

/** Why a fact on record is not read. */
export type LeftOutReason = 'objection' | 'basis' | 'authorisation'

/** When: days of authorisations by `on`; what had been said and not taken back by `at`, now if left out. */
export type When = Readonly<{ on: string; at?: string }>

/** Condition on a row with `recorded_at` and `withdrawn_at`: it stood at the instant. */
function stood({ at = 'infinity' }: Pick<When, 'at'>): RawBuilder<boolean> {
  return sql<boolean>`recorded_at <= ${at}::timestamptz
    and (withdrawn_at is null or withdrawn_at > ${at}::timestamptz)`
}

/** What each basis covered at the instant. One stated later did not restrict anything yet. */
function bases({ at = 'infinity' }: Pick<When, 'at'>): RawBuilder<unknown> {
  return sql`(select id, discovery, authorised from app.basis where stated_at <= ${at}::timestamptz
    union all
    select basis, discovery, authorised from app.basis_before
    where stated_at <= ${at}::timestamptz and superseded_at > ${at}::timestamptz) covering`
}

/** Of a row of a table called `fact`: why matching may not read it, null where it may. */
export function leftOutBecause(when: When): RawBuilder<LeftOutReason | null> {
  return sql<LeftOutReason | null>`case
    when exists (select from app.objection one
      where one.household_id = fact.household_id and one.person_id = fact.person_id
        and one.kind = 'matching' and ${stood(when)}) then 'objection'
    when exists (select from ${bases(when)} where covering.id = fact.basis and not discovery) then 'basis'
    when exists (select from ${bases(when)} where covering.id = fact.basis and authorised)
      and not exists (select from app.authorisation given
        where given.household_id = fact.household_id and given.basis = fact.basis
          and (given.person_id is null or given.person_id = fact.person_id) and ${stood(when)}
          and ${when.on}::date between given.valid_from and given.valid_to)
      and (fact.person_id is not null or exists (${untold(when)})) then 'authorisation'
  end`
}

/** Members who have not consented under a notice: what is of the household is read when all have. */
function untold({ on, at = 'infinity' }: When): RawBuilder<unknown> {
  return sql`select from app.member where member.household_id = fact.household_id
    and member.recorded_at <= ${at}::timestamptz
    and (member.superseded_at is null or member.superseded_at > ${at}::timestamptz)
    and member.valid_from <= ${on}::date and (member.valid_to is null or member.valid_to >= ${on}::date)
    and not exists (select from (select * from app.authorisation where ${stood({ at })}) given
      where given.household_id = member.household_id and given.person_id = member.person_id
        and given.basis = fact.basis and given.notice_id is not null
        and ${on}::date between given.valid_from and given.valid_to)`
}

/** Members who objected to matching, by their ids as text; null as a member for the whole household. */
export async function objectingMembers(
  tx: Tx,
  householdId: number,
  at?: string,
): Promise<ReadonlySet<string | null>> {
  const { rows } = await sql<{ id: number | null }>`
    select person_id as id from app.objection
    where household_id = ${householdId} and kind = 'matching'
      and ${stood(at === undefined ? {} : { at })}`.execute(tx)
  return new Set(rows.map(({ id }) => (id === null ? null : String(id))))
}

/** First days on which an authorisation begins or is over: the wide rows follow then. */
export function authorisationDays(householdId: number, { on, at }: When): RawBuilder<unknown> {
  return sql`select case when valid_from > ${on}::date then valid_from else valid_to + 1 end as day
    from app.authorisation where household_id = ${householdId} and valid_to >= ${on}::date
      and ${stood(at === undefined ? {} : { at })}`
}

/**
 * Condition for a list on which people are approached: neither the household nor the person has said
 * that they want none of it. Whoever wants no matching wants no push of what it found either.
 */
export function mayBePushed(
  householdId: RawBuilder<unknown>,
  personId: RawBuilder<unknown>,
): RawBuilder<boolean> {
  return sql<boolean>`not exists (select from app.objection one
    where one.household_id = ${householdId} and one.withdrawn_at is null
      and (one.person_id is null or one.person_id = ${personId}))`
}

/** Persons of these households who want no push. */
export async function personsWithoutPush(
  tx: Tx,
  householdIds: readonly number[],
): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ id: number }>`
    select person_id as id from app.objection where household_id = any(${householdIds}::bigint[])
      and person_id is not null and withdrawn_at is null`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
