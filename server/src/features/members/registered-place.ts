import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import {
  finishChange,
  isMember,
  lockHousehold,
  refuseStale,
} from '../households/household-change.ts'
import { placeName, withPlaceName } from '../households/registered-places.ts'
import { invalid, note, type Of } from './change.ts'
import { type MemberParts, settleHukou } from './hukou.ts'
import type { RegisteredPlaceForm } from './registered-place-views.ts'

type Form = Static<typeof RegisteredPlaceForm>

/**
 * A member is registered in a place from a day on; what was recorded for that day or later gives way and stays on
 * record. The fact `hukou` follows in the same transaction.
 *
 * @returns the household's new version
 * @throws Problem `not-found`, `household-changed` or `composition-invalid`
 */
export async function recordRegisteredPlace(
  tx: Tx,
  parts: MemberParts,
  form: Form & Of,
): Promise<number> {
  const { householdId, requestId, version, ...said } = form
  const household = await lockHousehold(tx, householdId)
  if (!(await isMember(tx, householdId, said.personId)))
    throw invalid({ field: 'personId', message: '不是这户的现住成员' })
  refuseStale(household, version)
  await refusePlace(tx, said, parts.clock.today())
  await sql`select app.record_registered_place(${said.personId}, ${JSON.stringify(said)}::jsonb)`.execute(
    tx,
  )
  await finishChange(tx, parts, household)
  const detail = { personId: said.personId, from: said.from }
  await note(tx, household, 'household.registered-place-recorded', requestId, detail)
  return settleHukou(tx, parts, { householdId, renewed: said.personId, requestId })
}

async function refusePlace(
  tx: Tx,
  { area, outside, words, from, verifiedOn, basis }: Omit<Form, 'version'>,
  today: string,
): Promise<void> {
  if ((area === undefined) === (outside === undefined))
    throw invalid({ field: 'area', message: '本区的选街镇或居村委会，区外的选市内外区或外省市' })
  if ((outside === undefined) !== (words === undefined))
    throw invalid({ field: 'words', message: '区外的须写明户籍地，本区的不填' })
  if (verifiedOn > today) throw invalid({ field: 'verifiedOn', message: '不能晚于今天' })
  if (from > verifiedOn) throw invalid({ field: 'from', message: '不能晚于核实日期' })
  const { rows } = await sql<{ placed: boolean; based: boolean }>`
    select ${area ?? null}::text is null or ${area ?? null} in (select id from app.district_places()) as placed,
      ${basis ?? null}::text is null or ${basis ?? null} in (select id from app.basis) as based`.execute(
    tx,
  )
  if (!rows[0]?.placed) throw invalid({ field: 'area', message: '本区没有这个街镇或居村委会' })
  if (!rows[0].based) throw invalid({ field: 'basis', message: '没有这一种数据依据' })
}

export type RegisteredThen = Readonly<{
  personId: number
  place: string
  from: string
  to: string | null
  verifiedOn: string
  source: string
  evidence: string | null
  /** Put right since: another record took its place for the same days. */
  supersededAt: string | null
}>

/** Where the members were registered from which day to which, the latest first. */
export async function registeredPlacesOf(tx: Tx, householdId: number): Promise<RegisteredThen[]> {
  const { rows } = await sql<RegisteredThen>`
    select place.person_id as "personId", ${placeName} as place, place.valid_from as "from", place.valid_to as "to",
      place.verified_on as "verifiedOn", place.source, evidence, place.superseded_at as "supersededAt"
    from app.registered_place place join app.member on member.person_id = place.person_id
    ${withPlaceName}
    where member.household_id = ${householdId} and member.superseded_at is null and member.valid_to is null
      -- Ended by the next one: it stands there with its last day.
      and (place.superseded_at is null or not exists (select from app.registered_place ended
        where ended.person_id = place.person_id and ended.superseded_at is null and ended.valid_from = place.valid_from
          and ended.valid_to is not null and ended.registered_in is not distinct from place.registered_in
          and ended.words is not distinct from place.words))
    order by place.person_id, place.valid_from desc, place.recorded_at desc`.execute(tx)
  return rows
}

/** The townships of the district by name, whoever asks. */
export async function townships(tx: Tx): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from app.district_places() where level = 'township' order by id`.execute(tx)
  return rows
}

/**
 * Who is registered in the caller's township, lives in another and has an open lead: a masked name and the township of
 * residence. The household is for the log, never for the answer.
 */
export async function registeredHere(
  tx: Tx,
): Promise<{ householdId: number; name: string; township: string }[]> {
  const { rows } = await sql<{ householdId: number; name: string; township: string }>`
    select household_id as "householdId", name, township from app.registered_here()`.execute(tx)
  return rows
}
