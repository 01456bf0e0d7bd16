import { sql } from 'kysely'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type Material, noWords, type ServiceContent, type Words } from './service.ts'
import type { TierOf } from './views.ts'

export type StoredService = Omit<ServiceContent, 'words'> &
  Readonly<{
    id: number
    version: number
    words: Words
    persons: readonly Readonly<{ personId: number; name: string }>[]
    because: string | null
    madeAt: string
    madeBy: string
    firstAt: string
    firstBy: string
    firstStaffId: string
    hasCounselling: boolean
  }>

type Row = Omit<StoredService, 'words'> & { wordsEnc: Uint8Array; materials: readonly Material[] }

/** A colleague above one's own area is not to be seen by name. */
const columns = sql`one.number as id, one.version, to_json(one.person_ids) as "personIds",
  -- As they are called today, wherever they live by now, as far as that is in sight.
  coalesce((select json_agg(json_build_object('personId', person.id, 'name', person.name) order by person.id)
    from app.person where person.id = any (one.person_ids)), '[]') as persons, one.on_day as day,
  to_char(one.begins, 'HH24:MI') as begins, to_char(one.ends, 'HH24:MI') as ends, one.method, one.outcome, one.services,
  one.programmes, one.materials, one.flags, one.next_day as "nextDay", one.words_enc as "wordsEnc", one.because,
  one.made_at as "madeAt", coalesce(maker.name, '其他同事') as "madeBy",
  original.made_at as "firstAt", original.made_by as "firstStaffId", coalesce(author.name, '其他同事') as "firstBy",
  exists (select from app.counselling_note note where note.record = one.number) as "hasCounselling"`
const joined = sql`join app.service_record original on original.number = one.number and original.version = 1
  left join app.staff maker on maker.id = one.made_by left join app.staff author on author.id = original.made_by`

/** Records of a household as they stand, the latest day first. */
export async function readServices(
  tx: Tx,
  cipher: FieldCipher,
  householdId: number,
  most = 200,
): Promise<StoredService[]> {
  const { rows } = await sql<Row>`select ${columns} from app.service_record one ${joined}
    where one.household_id = ${householdId} and one.superseded_at is null
    order by one.on_day desc, one.number desc limit ${most}`.execute(tx)
  return rows.map((row) => opened(cipher, row))
}

/** One record with all its versions, the latest first; empty where none is in sight. */
export async function readVersions(
  tx: Tx,
  cipher: FieldCipher,
  { householdId, id }: Readonly<{ householdId: number; id: number }>,
): Promise<StoredService[]> {
  const { rows } = await sql<Row>`select ${columns} from app.service_record one ${joined}
    where one.household_id = ${householdId} and one.number = ${id} order by one.version desc`.execute(
    tx,
  )
  return rows.map((row) => opened(cipher, row))
}

function opened(cipher: FieldCipher, { wordsEnc, ...row }: Row): StoredService {
  return { ...row, words: openWords(cipher, wordsEnc) }
}

export function openWords(cipher: FieldCipher, sealed: Uint8Array): Words {
  return { ...noWords, ...(JSON.parse(cipher.open('service', sealed)) as Partial<Words>) }
}

/**
 * Writes a record, or its next version.
 *
 * @returns its number; null where somebody wrote another version since `seen`
 */
export async function recordService(
  tx: Tx,
  cipher: FieldCipher,
  {
    householdId,
    id = null,
    seen = null,
    because = null,
  }: Readonly<{
    householdId: number
    id?: number | null
    seen?: number | null
    because?: string | null
  }>,
  { words, ...content }: ServiceContent,
): Promise<number | null> {
  const { sealed } = cipher.seal('service', JSON.stringify(words))
  const { rows } = await sql<{ id: number | null }>`
    select app.record_service(${householdId}, ${id}, ${seen}, ${JSON.stringify(content)}::jsonb, ${sealed}, ${because}) as id`.execute(
    tx,
  )
  return rows[0]?.id ?? null
}

export async function mayCounsel(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select auth.counsels() as may`.execute(tx)
  return rows[0]?.may ?? false
}

export async function noteCounselling(
  tx: Tx,
  cipher: FieldCipher,
  { householdId, id, note }: Readonly<{ householdId: number; id: number; note: string }>,
): Promise<void> {
  const { sealed } = cipher.seal('counselling', note)
  await sql`select app.note_counselling(${householdId}, ${id}, ${sealed})`.execute(tx)
}

/** Counselling notes of a record, the latest first; none for whoever may not read clinical facts. */
export async function readCounselling(
  tx: Tx,
  cipher: FieldCipher,
  { householdId, id }: Readonly<{ householdId: number; id: number }>,
): Promise<{ note: string; madeAt: string; madeBy: string }[]> {
  const { rows } = await sql<{ sealed: Uint8Array; madeAt: string; madeBy: string }>`
    select note_enc as sealed, made_at as "madeAt", coalesce(staff.name, '其他同事') as "madeBy"
    from app.counselling_note note left join app.staff on staff.id = note.made_by
    where household_id = ${householdId} and record = ${id} order by note.id desc`.execute(tx)
  return rows.map(({ sealed, ...row }) => ({ ...row, note: cipher.open('counselling', sealed) }))
}

/** How closely a household is followed, as it stands. */
export async function readTier(tx: Tx, householdId: number): Promise<TierOf | null> {
  const { rows } = await sql<TierOf>`
    select tier, because, from_day as "from", visit_tier.id as version, recorded_at as "recordedAt",
      case when recorded_by is not null then coalesce(staff.name, '其他同事') end as "recordedBy"
    from app.visit_tier left join app.staff on staff.id = recorded_by
    where household_id = ${householdId} and superseded_at is null`.execute(tx)
  return rows[0] ?? null
}

/** @returns false where somebody set another since `seen` */
export async function setTier(
  tx: Tx,
  householdId: number,
  {
    tier,
    because,
    from,
    seen,
  }: Pick<TierOf, 'tier' | 'because' | 'from'> & { seen: number | null },
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.set_visit_tier(${householdId}, ${tier}, ${because}, ${from}::date, ${seen}) as done`.execute(
    tx,
  )
  return rows[0]?.done ?? false
}

/** The programmes of open lines of a household: what there is to tell. */
export async function programmesToTell(tx: Tx, householdId: number): Promise<string[]> {
  const { rows } = await sql<{ programme: string }>`
    select distinct programme from app.lead_line
    where household_id = ${householdId} and state = 'open' order by 1`.execute(tx)
  return rows.map(({ programme }) => programme)
}
