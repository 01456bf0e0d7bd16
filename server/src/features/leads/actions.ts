import { sql } from 'kysely'
import { instantOn } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { type FieldProblem, problem } from '../../platform/http/problem.ts'
import { handClocks } from '../duties/clock-queries.ts'
import { unfitForLeads } from '../advisors/queries.ts'
import { mayRead } from '../households/household.ts'
import {
  afterDisposition,
  type Disposition,
  dispositionNames,
  type Handling,
  isLive,
  isSnoozeDay,
  needsReason,
} from './lead.ts'
import { leadProblems } from './problems.ts'
import { summarise } from './summary.ts'

export type Recorded = Readonly<{
  disposition: Disposition
  reason?: string | undefined
  note?: string | undefined
  /** How long the line rests, in days, if it does; the usual time when left out. */
  coolDays?: number | undefined
  /** The version of the lead that the advisor has seen. */
  version: number
}>

type Acting = Readonly<{ today: string; programmeNames: ReadonlyMap<string, string> }>

/** Records what came of a line. Everything about it can be undone. */
export async function recordDisposition(
  tx: Tx,
  { leadId, lineId }: LinePlace,
  recorded: Recorded,
  { today, programmeNames }: Acting,
): Promise<void> {
  const { disposition, coolDays } = recorded
  const reason = recorded.reason?.trim() || undefined
  const note = recorded.note?.trim() || undefined
  if (needsReason(disposition) && !reason) {
    const missing = [{ path: '/body/reason', message: '请写明原因' }]
    throw problem(leadProblems, 'reason-missing', undefined, missing)
  }
  const line = await lockLine(tx, { leadId, lineId })
  if (line.version !== recorded.version) throw problem(leadProblems, 'lead-changed')
  if (!isLive(line.handling)) throw problem(leadProblems, 'line-closed')
  await writeHandling(tx, lineId, afterDisposition(disposition, { reason, note, coolDays }, today))
  const name = programmeNames.get(line.programme) ?? line.programme
  const text = [`${name}：${dispositionNames[disposition]}`, reason, note]
    .filter(Boolean)
    .join('；')
  await sql`insert into app.lead_event (lead_id, household_id, area_id, clinical, line_id, on_day, kind, text, before)
    select lead_id, household_id, area_id, clinical, id, ${today}::date, 'disposition', ${text},
      ${JSON.stringify(line.handling)}::jsonb
    from app.lead_line where id = ${lineId}`.execute(tx)
  await summarise(tx, [leadId], today)
}

/** Takes back the last disposition of a line that has not been taken back yet. */
export async function undoDisposition(
  tx: Tx,
  { leadId, lineId }: LinePlace,
  { today, programmeNames }: Acting,
): Promise<void> {
  const line = await lockLine(tx, { leadId, lineId })
  if (!isLive(line.handling)) throw problem(leadProblems, 'line-closed')
  const { rows } = await sql<{ id: number; before: Handling }>`
    select id, before from app.lead_event event
    where line_id = ${lineId} and kind = 'disposition'
      and not exists (select from app.lead_event undo where undo.undoes = event.id)
    order by id desc limit 1`.execute(tx)
  const last = rows[0]
  if (!last) throw problem(leadProblems, 'nothing-to-undo')
  await writeHandling(tx, lineId, last.before)
  const { disposition } = line.handling
  const name = programmeNames.get(line.programme) ?? line.programme
  const text = `${name}：撤销“${disposition ? dispositionNames[disposition] : ''}”`
  await sql`insert into app.lead_event (lead_id, household_id, area_id, clinical, line_id, on_day, kind, text, undoes)
    select lead_id, household_id, area_id, clinical, id, ${today}::date, 'undo', ${text}, ${last.id}
    from app.lead_line where id = ${lineId}`.execute(tx)
  await summarise(tx, [leadId], today, { undone: true })
}

/**
 * Puts leads into somebody's hands, or into nobody's: all of them or none.
 *
 * @returns how many changed hands
 */
export async function assignLeads(
  tx: Tx,
  leadIds: readonly number[],
  staffId: string | null,
  today: string,
): Promise<number> {
  const leads = await lockOpenLeads(tx, leadIds)
  const colleague = staffId ? await findColleague(tx, staffId) : null
  if (staffId && !colleague) throw problem(leadProblems, 'assignee-out-of-area')
  if (colleague) {
    const outside = leads.filter(
      ({ areaId, clinical }) =>
        !areaId.startsWith(colleague.areaId) ||
        (clinical &&
          !mayRead('clinical', { role: colleague.role, hasDuty: false, hasReason: true })),
    )
    const errors = outside.map(({ id }) =>
      fieldOf(leadIds, id, `${colleague.name}看不到线索 ${id}`),
    )
    if (errors.length > 0) throw problem(leadProblems, 'assignee-out-of-area', undefined, errors)
    await refuseUncertified(tx, colleague, today)
  }
  const text = colleague ? `指派给${colleague.name}` : '放回，暂不指派'
  const { rows } = await sql<{ id: number }>`with changed as (
      update app.lead set assignee = ${staffId}::uuid, version = version + 1
      where id = any(${leadIds}::bigint[]) and assignee is distinct from ${staffId}::uuid
      returning id, household_id, area_id, clinical
    )
    insert into app.lead_event (lead_id, household_id, area_id, clinical, on_day, kind, text)
    select id, household_id, area_id, clinical, ${today}::date, 'assigned', ${text} from changed order by id
    returning lead_id as id`.execute(tx)
  await handClocks(tx, {
    subject: 'lead',
    ids: rows.map(({ id }) => id),
    owner: staffId,
    name: colleague?.name ?? null,
    at: instantOn(today),
  })
  return rows.length
}

/** Takes leads off the list until a day, or brings them back: all of them or none. */
export async function snoozeLeads(
  tx: Tx,
  leadIds: readonly number[],
  until: string | null,
  today: string,
): Promise<number> {
  if (until && !isSnoozeDay(until, today)) {
    const wrong = [{ path: '/body/until', message: `须在 ${today} 之后、一年以内` }]
    throw problem(leadProblems, 'snooze-day-wrong', undefined, wrong)
  }
  await lockOpenLeads(tx, leadIds)
  const text = until ? `搁置到 ${until}` : '取消搁置'
  const { rows } = await sql`with changed as (
      update app.lead set snoozed_until = ${until}::date, version = version + 1
      where id = any(${leadIds}::bigint[]) and snoozed_until is distinct from ${until}::date
      returning id, household_id, area_id, clinical
    )
    insert into app.lead_event (lead_id, household_id, area_id, clinical, on_day, kind, text)
    select id, household_id, area_id, clinical, ${today}::date, 'snoozed', ${text} from changed order by id
    returning id`.execute(tx)
  return rows.length
}

/** Adds a line to what is known about a lead; it changes nothing else. */
export async function addNote(tx: Tx, leadId: number, text: string, today: string): Promise<void> {
  const { rows } = await sql`
    insert into app.lead_event (lead_id, household_id, area_id, clinical, on_day, kind, text)
    select id, household_id, area_id, clinical, ${today}::date, 'note', ${text} from app.lead where id = ${leadId}
    returning id`.execute(tx)
  if (rows.length === 0) throw problem(platformProblems, 'not-found')
}

export type LinePlace = Readonly<{ leadId: number; lineId: number }>

/** Locks the lead first, like every other writer, then reads the line. */
async function lockLine(tx: Tx, { leadId, lineId }: LinePlace) {
  const lead = await sql<{ version: number }>`
    select version from app.lead where id = ${leadId} for update`.execute(tx)
  const { rows } = await sql<Handling & { programme: string }>`
    select programme, state, disposition, reason, note, cools_until as "coolsUntil"
    from app.lead_line where id = ${lineId} and lead_id = ${leadId}`.execute(tx)
  const [found, line] = [lead.rows[0], rows[0]]
  if (!found || !line) throw problem(platformProblems, 'not-found')
  const { programme, ...handling } = line
  return { version: found.version, programme, handling: handling as Handling }
}

async function writeHandling(tx: Tx, lineId: number, handling: Handling): Promise<void> {
  const { state, disposition, reason, note, coolsUntil } = handling
  await sql`update app.lead_line set state = ${state}, disposition = ${disposition},
      reason = ${reason}, note = ${note}, cools_until = ${coolsUntil}
    where id = ${lineId}`.execute(tx)
}

async function lockOpenLeads(tx: Tx, leadIds: readonly number[]) {
  const { rows } = await sql<{ id: number; areaId: string; clinical: boolean; state: string }>`
    select id, area_id as "areaId", clinical, state from app.lead
    where id = any(${leadIds}::bigint[]) order by id for update`.execute(tx)
  const found = new Set(rows.map(({ id }) => id))
  const missing = leadIds.filter((id) => !found.has(id))
  if (missing.length > 0) {
    const errors = missing.map((id) => fieldOf(leadIds, id, `线索 ${id} 没有找到`))
    throw problem(leadProblems, 'leads-not-all-visible', undefined, errors)
  }
  const closed = rows.filter(({ state }) => state === 'closed')
  if (closed.length > 0) {
    const errors = closed.map(({ id }) => fieldOf(leadIds, id, `线索 ${id} 已办结`))
    throw problem(leadProblems, 'lead-closed', undefined, errors)
  }
  return rows
}

/** Somebody in case work whom the caller may see. */
async function findColleague(tx: Tx, staffId: string) {
  const { rows } = await sql<{ id: string; name: string; areaId: string; role: string }>`
    select id, name, area_id as "areaId", role from app.staff
    where id = ${staffId}::uuid and active
      and role in ('advisor', 'township', 'district')`.execute(tx)
  return rows[0]
}

/** No duty before training: leads go to nobody without a valid certificate. 先培训后上岗 */
async function refuseUncertified(
  tx: Tx,
  { id, name }: Readonly<{ id: string; name: string }>,
  today: string,
): Promise<void> {
  const because = (await unfitForLeads(tx, [id], today)).get(id)
  if (because === undefined) return
  const who = [{ path: '/body/staffId', message: `${name}${because}` }]
  throw problem(leadProblems, 'assignee-not-certified', `${name}${because}，不能承接线索。`, who)
}

function fieldOf(leadIds: readonly number[], id: number, message: string): FieldProblem {
  return { path: `/body/leadIds/${leadIds.indexOf(id)}`, message }
}
