import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { endClocks, startClocks } from '../duties/clock-queries.ts'
import type { InstrumentId, Mode } from './instrument.ts'
import type { Alarm } from './score.ts'

/** The wording of one item with its options, as the district states it. */
type ItemText = Readonly<{ text: string; options: readonly string[] }>

export type InstrumentText = Readonly<{
  id: number
  instrument: InstrumentId
  language: 'zh-CN' | 'en'
  version: number
  items: readonly ItemText[]
  source: string
  hash: string
  statedAt: string
  statedBy: string
}>

/** What stands of every text. */
export async function readTexts(tx: Tx): Promise<InstrumentText[]> {
  const { rows } = await sql<InstrumentText>`
    select instrument_text.id, instrument, language, version, items, source, encode(text_hash, 'hex') as hash,
      stated_at as "statedAt", coalesce(staff.name, '其他同事') as "statedBy"
    from app.instrument_text left join app.staff on staff.id = stated_by
    where superseded_at is null order by instrument, language`.execute(tx)
  return rows
}

/** @param seen the number of what stood; null for none. @returns false where another stands meanwhile */
export async function stateText(
  tx: Tx,
  instrument: InstrumentId,
  text: Pick<InstrumentText, 'language' | 'items' | 'source'>,
  seen: number | null,
): Promise<boolean> {
  const { rows } = await sql<{ id: number | null }>`
    select app.state_instrument_text(${instrument}, ${text.language}, ${JSON.stringify(text.items)}::jsonb,
      ${text.source}, ${seen}::bigint) as id`.execute(tx)
  return typeof rows[0]?.id === 'number'
}

export type Assessor = Readonly<{
  staffId: string
  name: string
  instrument: InstrumentId
  credential: string
  from: string
  to: string
}>

/** Who may use which scale: all for staff of the whole district, oneself for others. */
export async function readAssessors(tx: Tx): Promise<Assessor[]> {
  const { rows } = await sql<Assessor>`
    select staff_id as "staffId", coalesce(staff.name, '其他同事') as name, instrument, credential,
      from_day as "from", to_day as "to"
    from app.scale_assessor left join app.staff on staff.id = staff_id
    where superseded_at is null order by instrument, staff.name, staff_id`.execute(tx)
  return rows
}

export async function stateAssessor(
  tx: Tx,
  instrument: InstrumentId,
  staffId: string,
  content: Readonly<{ credential: string; from: string; to: string }> | null,
): Promise<void> {
  await sql`select app.state_scale_assessor(${staffId}::uuid, ${instrument},
    ${content === null ? null : JSON.stringify(content)}::jsonb)`.execute(tx)
}

/** @returns the scales the session's holder is trained to use today */
export async function ownScales(tx: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ scales: string[] }>`select auth.scales() as scales`.execute(tx)
  return rows[0]?.scales ?? []
}

export type ScaleResult = Readonly<{
  id: number
  personId: number
  personName: string
  instrument: InstrumentId
  scoring: number
  textVersion: number | null
  total: number
  parts: Readonly<Record<string, number>>
  band: string | null
  lines: readonly string[]
  prorated: boolean
  mode: Mode
  onDay: string
  assessor: string
  answers: Uint8Array
}>

/** What members answered, the latest first; of the scales the reader is trained for, all for the district. */
export async function readResults(tx: Tx, householdId: number): Promise<ScaleResult[]> {
  const { rows } = await sql<ScaleResult>`
    select result.id, person_id as "personId", coalesce(person.name, '') as "personName", result.instrument, scoring,
      text.version as "textVersion", total, parts, band, lines, prorated, mode, on_day as "onDay",
      coalesce(staff.name, '其他同事') as assessor, answers_enc as answers
    from app.scale_result result
    left join app.person on person.id = person_id
    left join app.instrument_text text on text.id = text_id
    left join app.staff on staff.id = assessor
    where result.household_id = ${householdId} order by on_day desc, result.id desc`.execute(tx)
  return rows
}

export type NewResult = Readonly<{
  householdId: number
  personId: number
  instrument: InstrumentId
  scoring: number
  textId: number | null
  answers: Uint8Array
  total: number
  parts: Readonly<Record<string, number>>
  band: string | null
  lines: readonly string[]
  prorated: boolean
  mode: Mode
  onDay: string
}>

export async function recordResult(tx: Tx, one: NewResult): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into app.scale_result (household_id, person_id, instrument, scoring, text_id, answers_enc, total, parts, band,
      lines, prorated, mode, on_day)
    values (${one.householdId}, ${one.personId}, ${one.instrument}, ${one.scoring}, ${one.textId}, ${one.answers}::bytea,
      ${one.total}, ${JSON.stringify(one.parts)}::jsonb, ${one.band}, ${[...one.lines]}::text[], ${one.prorated}, ${one.mode},
      ${one.onDay}::date)
    returning id`.execute(tx)
  return rows[0]?.id ?? 0
}

/**
 * Somebody has to be spoken with at once: a task for whoever asked, and its clock of hours from this instant on.
 *
 * @param at in milliseconds since 1970
 */
export async function raiseSafetyTask(
  tx: Tx,
  of: Readonly<{ resultId: number; householdId: number; owner: string }>,
  because: readonly Alarm[],
  at: number,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into app.safety_task (scale_result_id, household_id, because, raised_at)
    values (${of.resultId}, ${of.householdId}, ${[...because]}::text[], ${new Date(at).toISOString()}) returning id`.execute(
    tx,
  )
  const id = rows[0]?.id ?? 0
  await startClocks(tx, { kind: 'safety-contact', subject: 'safety' }, [
    {
      id,
      householdId: of.householdId,
      sensitivity: 'clinical',
      owner: of.owner,
      startedAt: at,
    },
  ])
  return id
}

export type SafetyTask = Readonly<{
  id: number
  householdId: number
  registerNo: string
  area: Readonly<{ id: string; name: string }>
  personId: number
  personName: string
  because: readonly Alarm[]
  raisedAt: string
  owner: string
  own: boolean
  handledAt: string | null
  handledBy: string | null
  outcome: Uint8Array | null
}>

/** What is open, and what was handled of one household; of one's own, all for the district. */
export async function readSafetyTasks(tx: Tx, householdId: number | null): Promise<SafetyTask[]> {
  const { rows } = await sql<SafetyTask>`
    select task.id, task.household_id as "householdId", household.register_no as "registerNo",
      json_build_object('id', area.id, 'name', area.name) as area, result.person_id as "personId",
      coalesce(person.name, '') as "personName", because, raised_at as "raisedAt", coalesce(staff.name, '其他同事') as owner,
      owner is not distinct from auth.staff_id() as own, handled_at as "handledAt",
      case when handled_by is not null then coalesce(handler.name, '其他同事') end as "handledBy", outcome_enc as outcome
    from app.safety_task task
    join app.scale_result result on result.id = scale_result_id
    join app.household on household.id = task.household_id
    join app.area on area.id = household.area_id
    left join app.person on person.id = result.person_id
    left join app.staff on staff.id = owner
    left join app.staff handler on handler.id = handled_by
    where ${householdId === null ? sql`handled_at is null` : sql`task.household_id = ${householdId}`}
    order by handled_at is not null, raised_at, task.id`.execute(tx)
  return rows
}

/** @returns undefined where there is none in sight */
export async function handleSafetyTask(
  tx: Tx,
  id: number,
  outcome: Uint8Array,
  at: number,
): Promise<Readonly<{ householdId: number; areaId: string; done: boolean }> | undefined> {
  const { rows } = await sql<{ householdId: number; areaId: string; open: boolean }>`
    select task.household_id as "householdId", household.area_id as "areaId", handled_at is null as open
    from app.safety_task task join app.household on household.id = task.household_id
    where task.id = ${id} for update of task`.execute(tx)
  const [task] = rows
  if (!task) return undefined
  const { householdId, areaId, open } = task
  if (!open) return { householdId, areaId, done: false }
  await sql`update app.safety_task set handled_at = ${new Date(at).toISOString()}, handled_by = auth.staff_id(),
    outcome_enc = ${outcome}::bytea where id = ${id}`.execute(tx)
  await endClocks(tx, { subject: 'safety', ids: [id], how: 'handled', at })
  return { householdId, areaId, done: true }
}
