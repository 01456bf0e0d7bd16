import { sql } from 'kysely'
import { instantOn } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { unfitForLeads } from '../advisors/queries.ts'
import { handClocks } from '../duties/clock-queries.ts'
import { addDays } from '../leads/lead.ts'
import { keepWarningClocks } from './clocks.ts'
import { warningProblems } from './problems.ts'
import type { StepAsked, WordAsked } from './views.ts'
import { afterStep, type Handling, type Step } from './warning.ts'

type Acting = Readonly<{
  staffId: string
  role: string
  today: string
  cipher: FieldCipher
  /** Days in which nothing but red is raised of the topic after a warning was closed; a setting, 待核. */
  restDays: number
}>

type Locked = Handling &
  Readonly<{
    version: number
    householdId: number
    areaId: string
    sensitivity: string
    restricted: boolean
  }>

async function lockWarning(tx: Tx, id: number): Promise<Locked> {
  const { rows } = await sql<
    Omit<Locked, 'reported'> & { to: 'police' | 'civil-affairs' | null; receipt: string | null }
  >`select version, household_id as "householdId", area_id as "areaId", sensitivity, restricted, state, severity,
      must_report as "mustReport", assignee, contacted_at is not null as contacted, topic, outcome, disposal,
      reported_to as "to", report_receipt as receipt
    from app.warning where id = ${id} for update`.execute(tx)
  const [found] = rows
  if (!found) throw problem(platformProblems, 'not-found')
  const { to, receipt, ...rest } = found
  return { ...rest, reported: to && receipt ? { to, receipt } : null }
}

/**
 * What the step says to the decisions, and the code under which it is noted.
 *
 * @throws Problem `warning-step-incomplete` naming what is wanting
 */
function stepOf(
  asked: StepAsked,
  { staffId }: Acting,
): Readonly<{ step: Step; code: string | null }> {
  switch (asked.kind) {
    case 'dispatch':
      return { step: { kind: 'dispatch', to: needed(asked, 'to') }, code: null }
    case 'acknowledge':
      return { step: { kind: 'acknowledge', by: staffId }, code: null }
    case 'contact':
      return { step: { kind: 'contact', severity: asked.severity }, code: asked.severity ?? null }
    case 'visit': {
      const way = needed(asked, 'way')
      return { step: { kind: 'visit', way }, code: way }
    }
    case 'find': {
      const outcome = needed(asked, 'outcome')
      return { step: { kind: 'find', outcome }, code: outcome }
    }
    case 'report': {
      const [to, receipt] = [needed(asked, 'authority'), needed(asked, 'receipt').trim()]
      needed(asked, 'at')
      return { step: { kind: 'report', to, receipt }, code: to }
    }
    case 'dispose': {
      const disposal = needed(asked, 'disposal')
      return { step: { kind: 'dispose', disposal, reason: asked.words ?? '' }, code: disposal }
    }
    default:
      return { step: { kind: asked.kind }, code: null }
  }
}

function needed<K extends keyof StepAsked>(asked: StepAsked, key: K): NonNullable<StepAsked[K]> {
  const value = asked[key]
  if (value !== undefined && value !== null) return value as NonNullable<StepAsked[K]>
  const missing = [{ path: `/body/${key}`, message: '这一步要填写' }]
  throw problem(warningProblems, 'warning-step-incomplete', undefined, missing)
}

/** What each step is called in the record. */
const eventOf = {
  dispatch: 'dispatched',
  acknowledge: 'acknowledged',
  contact: 'contacted',
  visit: 'visited',
  find: 'found',
  report: 'reported',
  dispose: 'disposed',
  'feed-back': 'fed-back',
  close: 'closed',
} as const satisfies Record<Step['kind'], string>

/**
 * Takes a step with a warning, and lets its clocks follow.
 *
 * @throws Problem where it is out of turn, changed meanwhile, or wants something first
 */
export async function takeStep(
  tx: Tx,
  id: number,
  asked: StepAsked,
  acting: Acting,
): Promise<Readonly<{ restricted: boolean }>> {
  const warning = await lockWarning(tx, id)
  if (warning.version !== asked.version) throw problem(warningProblems, 'warning-changed')
  const { step, code } = stepOf(asked, acting)
  const taken = afterStep(warning, step)
  if ('refused' in taken) throw problem(warningProblems, taken.refused)
  const toName =
    step.kind === 'dispatch' ? await nameOfFit(tx, { ...warning, id }, step.to, acting.today) : null
  const at = instantOn(acting.today)
  await writeHandling(tx, id, taken.handling, { asked, at, acting })
  await note(
    tx,
    { id, householdId: warning.householdId, at, cipher: acting.cipher },
    {
      kind: eventOf[asked.kind],
      code,
      toName,
      words: asked.words,
    },
  )
  if (!warning.restricted || acting.role === 'district') {
    const { assignee } = taken.handling
    if (assignee !== warning.assignee && !warning.restricted)
      await handClocks(tx, { subject: 'warning', ids: [id], owner: assignee, name: toName, at })
    await keepWarningClocks(tx, at, [id])
  }
  return { restricted: warning.restricted }
}

async function writeHandling(
  tx: Tx,
  id: number,
  { state, severity, assignee, outcome, disposal, reported, contacted }: Handling,
  { asked, at, acting }: Readonly<{ asked: StepAsked; at: number; acting: Acting }>,
): Promise<void> {
  const now = new Date(at).toISOString()
  const reportedAt = asked.kind === 'report' ? (asked.at ?? now) : null
  const isClosed = state === 'closed'
  await sql`update app.warning set state = ${state}, severity = ${severity}, assignee = ${assignee}::uuid, outcome = ${outcome}, disposal = ${disposal},
      contacted_at = case when ${contacted} then coalesce(contacted_at, ${now}::timestamptz) end,
      visited_at = case when ${asked.kind === 'visit'} then ${now}::timestamptz else visited_at end,
      fed_back_at = case when ${asked.kind === 'feed-back'} then ${now}::timestamptz else fed_back_at end,
      reported_to = ${reported?.to ?? null}, report_receipt = ${reported?.receipt ?? null},
      reported_at = coalesce(reported_at, ${reportedAt}::timestamptz),
      closed_on = ${isClosed ? acting.today : null}::date,
      cools_until = ${isClosed ? addDays(acting.today, acting.restDays) : null}::date,
      version = version + 1
    where id = ${id}`.execute(tx)
}

/** The name of a colleague who may see the warning and is certified. 先培训后上岗 */
async function nameOfFit(
  tx: Tx,
  warning: Locked & { id: number },
  staffId: string,
  today: string,
): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select name from app.staff where id = ${staffId}::uuid and active and role in ('advisor', 'township', 'district')
      and starts_with(${warning.areaId}, area_id)
      and (${warning.sensitivity} <> 'clinical' or role = 'district')
      and (${warning.sensitivity} <> 'need-signal' or role <> 'advisor' or exists (select from app.duty
        where duty.staff_id = staff.id and duty.area_id = ${warning.areaId}
          and valid_from <= ${today}::date and (valid_to is null or valid_to >= ${today}::date)))
      and (not ${warning.restricted} or role = 'district' or exists (select from app.warning_named named
        where named.warning_id = ${warning.id} and named.staff_id = staff.id))`.execute(tx)
  const [found] = rows
  const because = found ? (await unfitForLeads(tx, [staffId], today)).get(staffId) : undefined
  if (!found || because !== undefined) {
    const detail = found ? `${found.name}${because}，不能承接预警。` : undefined
    throw problem(warningProblems, 'warning-assignee-unfit', detail)
  }
  return found.name
}

type Noted = Readonly<{
  kind: string
  code?: string | null
  toName?: string | null
  words?: string | undefined
}>

async function note(
  tx: Tx,
  {
    id,
    householdId,
    at,
    cipher,
  }: Readonly<{ id: number; householdId: number; at: number; cipher: FieldCipher }>,
  { kind, code = null, toName = null, words }: Noted,
): Promise<void> {
  const sealed = words?.trim() ? Buffer.from(cipher.seal('words', words.trim()).sealed) : null
  await sql`insert into app.warning_event (warning_id, household_id, kind, code, to_name, words_enc, at)
    values (${id}, ${householdId}, ${kind}, ${code}, ${toName}, ${sealed}, ${new Date(at).toISOString()})`.execute(
    tx,
  )
}

/** Adds a line to what is known of a warning; it changes nothing else. */
export async function addNote(tx: Tx, id: number, words: string, acting: Acting): Promise<void> {
  const { householdId } = await lockWarning(tx, id)
  const at = instantOn(acting.today)
  await note(tx, { id, householdId, at, cipher: acting.cipher }, { kind: 'note', words })
}

/** How what somebody said stands among the signals: one's own word, or that of others. */
function signalFor({ harm, group }: WordAsked): string {
  if (harm) return 'A10'
  return group === 'household' ? 'A24' : 'A25'
}

/** What is told of a word where the words themselves are not shown. */
const groupNames = {
  household: '家庭主动求助',
  neighbours: '邻里反映',
  community: '社区反映',
} as const
const channelNames = {
  visit: '走访时',
  call: '来电',
  hotline: '12345 热线',
  neighbour: '当面',
  station: '到服务站点',
  event: '社区活动上',
  'self-help': '一键求助',
} as const

/**
 * Puts what somebody said with the warning of the household that lives, or raises one.
 *
 * @returns the number of the warning
 * @throws Problem `not-found` where the household is out of sight
 */
export async function takeWord(tx: Tx, asked: WordAsked, acting: Acting): Promise<number> {
  const { rows } = await sql`select 1 from app.household where id = ${asked.householdId}`.execute(
    tx,
  )
  if (rows.length === 0) throw problem(platformProblems, 'not-found')
  const at = instantOn(acting.today)
  const words = asked.words.trim()
  const { sealed, index } = acting.cipher.seal('words', words)
  const content = {
    signal: signalFor(asked),
    group: asked.group,
    channel: asked.channel,
    severity: asked.group === 'household' ? 'red' : asked.severity,
    harm: asked.harm,
    text: asked.harm
      ? '疑似家庭暴力或儿童受侵害'
      : `${groupNames[asked.group]}（${channelNames[asked.channel]}）`,
    // The same words on one day are the same news; nothing can be read from it.
    content: `${acting.today} ${Buffer.from(index).toString('hex').slice(0, 16)}`,
  }
  const { rows: made } = await sql<{ id: number }>`
    select app.take_word(${asked.householdId}, ${JSON.stringify(content)}::jsonb, ${Buffer.from(sealed)},
      ${new Date(at).toISOString()}::timestamptz, ${acting.today}::date) as id`.execute(tx)
  const id = made[0]?.id ?? 0
  if (!asked.harm) await keepWarningClocks(tx, at, [id])
  return id
}

/** @throws Problem where the warning is no restricted one, or they do not work there */
export async function namePerson(
  tx: Tx,
  id: number,
  staffId: string,
  { today }: Acting,
): Promise<void> {
  const { restricted } = await lockWarning(tx, id)
  if (!restricted) throw problem(warningProblems, 'warning-not-restricted')
  const at = new Date(instantOn(today)).toISOString()
  const { rows } = await sql<{ done: boolean }>`
    select app.name_for_warning(${id}, ${staffId}::uuid, ${at}::timestamptz) as done`.execute(tx)
  if (!rows[0]?.done) throw problem(warningProblems, 'warning-assignee-unfit')
}
