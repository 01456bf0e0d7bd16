import { type RawBuilder, sql } from 'kysely'

/**
 * The name a household is listed under: its head's (relation 02), else its first member's.
 *
 * @param household the column that names the household
 * @param today 'YYYY-MM-DD'
 */
export function headName(household: RawBuilder<unknown>, today: string): RawBuilder<unknown> {
  return sql`(select person.name from app.member join app.person on person.id = member.person_id
    where member.household_id = ${household} and member.superseded_at is null
      and member.valid_from <= ${today}::date
      and (member.valid_to is null or member.valid_to >= ${today}::date)
    order by member.relation <> '02', person.id limit 1)`
}
