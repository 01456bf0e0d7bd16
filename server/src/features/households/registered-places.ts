import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { RegisteredIn } from './off-hukou.ts'

/** Where somebody is registered now, as it was recorded. */
export type RegisteredPlace = RegisteredIn &
  Readonly<{
    personId: number
    /** In words: township and committee, or what was written of a place outside. */
    place: string
    /** Name of the township; null outside the district. */
    township: string | null
    source: string
    evidence: string | null
    basis: string | null
    verifiedOn: string
  }>

/** Where the members of a household are registered now, as far as it is recorded. */
export async function readRegisteredPlaces(
  tx: Tx,
  householdId: number,
): Promise<RegisteredPlace[]> {
  const { rows } = await sql<RegisteredPlace>`
    select place.person_id as "personId", registered_in as area, outside, ${placeName} as place,
      town.name as township, place.source, place.evidence, place.basis, place.verified_on as "verifiedOn"
    from app.registered_place place join app.member on member.person_id = place.person_id
    ${withPlaceName}
    where member.household_id = ${householdId} and member.superseded_at is null and member.valid_to is null
      and place.superseded_at is null and place.valid_to is null
    order by place.person_id`.execute(tx)
  return rows
}

/** Of a table `place`, with {@link withPlaceName}. */
export const placeName = sql`coalesce(words, town.name || coalesce(spot.name, ''))`
export const withPlaceName = sql`
  left join app.district_places() town on town.id = left(place.registered_in, 9)
  left join app.district_places() spot on spot.id = place.registered_in and spot.level = 'committee'`

/** Of a table `household`: whether somebody in it is registered elsewhere than in the township where it lives. 人户分离 */
export function isOffHukou(today: string) {
  return sql`(household.id in (
      select member.household_id from app.registered_place place
      join app.member on member.person_id = place.person_id
      where place.superseded_at is null and place.valid_to is null
        and member.superseded_at is null and member.valid_to is null
        and (registered_in is null or left(registered_in, 9) <> left(member.area_id, 9)))
    or household.id in (
      select fact.household_id from app.fact
      join app.member on member.household_id = fact.household_id and member.person_id = fact.person_id
      where fact.fact = 'hukou' and fact.superseded_at is null and value in ('"2"', '"3"', '"4"')
        and (shelf_until is null or shelf_until >= ${today}::date)
        and member.superseded_at is null and member.valid_to is null
        and not exists (select from app.registered_place place where place.person_id = fact.person_id
          and place.superseded_at is null and place.valid_to is null)))`
}
