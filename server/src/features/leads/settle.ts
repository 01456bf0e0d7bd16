import { dayProgram, dayView, type Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { clinicalProgrammes } from '../eligibility/clinical.ts'
import {
  type CloseReason,
  closeTexts,
  decide,
  decideForObjection,
  type Move,
  type StandingLine,
} from './lead.ts'
import { reasonsOf } from './reasons.ts'
import { outdatedLines, restateLines } from './restate.ts'
import { findStanding, type Standing } from './standing.ts'
import { summarise } from './summary.ts'

export type SettleOptions = Readonly<{
  today: string
  /** The run whose answers these are. */
  run: Readonly<{ id: number }>
  /** The policies it answered by. */
  pack: Pack
  /** Only these; everybody when left out. */
  householdIds?: readonly number[]
}>

type Known = Omit<SettleOptions, 'householdIds'> &
  Readonly<{
    /** Programmes of which an answer may tell a clinical fact. */
    walled: ReadonlySet<string>
    /** Why, by what is raised or refreshed. */
    sentences: ReadonlyMap<Standing, string>
  }>

type LiveLead = Readonly<{
  id: number
  householdId: number
  clinical: boolean
  state: 'open' | 'closed'
}>

type Decided = Readonly<{ standing: Standing; move: Move }>

/**
 * Raises, refreshes and closes lead lines after a run, in the run's own transaction.
 *
 * A second call with nothing changed writes nothing.
 *
 * @param tx a transaction of the program itself: staff can raise nothing
 * @returns how many leads came onto the list, and how many lines were closed for good; what is behind
 * the wall of clinical facts is not counted, for everybody with cases reads these numbers
 */
export async function settleLeads(
  tx: Tx,
  options: SettleOptions,
): Promise<{ raised: number; closed: number }> {
  // One at a time: a run and the job of a single household would wait for each other's new leads.
  await sql`select pg_advisory_xact_lock(hashtext('settle leads'))`.execute(tx)
  const { householdIds } = options
  if (householdIds && householdIds.length <= many) return settle(tx, options)
  await sql`set local enable_nestloop = off`.execute(tx)
  const settled = await settle(tx, options)
  await sql`set local enable_nestloop = on`.execute(tx)
  return settled
}

/**
 * From here on households are joined as sets. Under row-level security PostgreSQL guesses that one
 * row in 200 is in scope, and would compare thousands of lines one by one with thousands of others.
 */
const many = 200

async function settle(tx: Tx, options: SettleOptions): Promise<{ raised: number; closed: number }> {
  const { today, householdIds } = options
  const decided = (await findStanding(tx, today, householdIds))
    .map((standing) => ({ standing, move: moveOf(standing, today) }))
    .filter(({ move }) => move.kind !== 'keep')
  const touched = new Set(decided.map(({ standing }) => standing.lineId))
  const outdated = (await outdatedLines(tx, options)).filter(({ lineId }) => !touched.has(lineId))
  if (decided.length + outdated.length === 0) return { raised: 0, closed: 0 }
  const raises = decided.filter(({ move }) => move.kind === 'raise' || move.kind === 'replace')
  const refreshes = decided.filter(({ move }) => move.kind === 'refresh')
  const closes = decided.filter(({ move }) => move.kind === 'close' || move.kind === 'replace')
  const sentences = await sentencesOf(tx, options, [...raises, ...refreshes])
  const live = await lockLeads(tx, [...decided.map(({ standing }) => standing), ...outdated])
  const walled = clinicalProgrammes(options.pack, dayView(dayProgram(options.pack, today, {})))
  const known = { ...options, sentences, walled }
  await closeLines(tx, closes, known)
  await refreshLines(tx, refreshes, known)
  await restateLines(tx, outdated)
  const leads = await leadsFor(tx, raises, live, today)
  const raised = await raiseLines(tx, raises, leads, known)
  const changed = [...closes, ...refreshes].flatMap(({ standing }) => standing.leadId ?? [])
  const restated = outdated.map(({ leadId }) => leadId)
  await summarise(tx, [...new Set([...raised, ...changed, ...restated])], today, { raised })
  const wasOpen = new Set(live.filter(({ state }) => state === 'open').map(({ id }) => id))
  const walledLeads = new Set(
    raises.flatMap(({ standing }) => (standing.clinical ? (leads.get(keyOf(standing)) ?? []) : [])),
  )
  return {
    raised: raised.filter((id) => !wasOpen.has(id) && !walledLeads.has(id)).length,
    closed: closes.filter(({ move, standing }) => move.kind === 'close' && !standing.clinical)
      .length,
  }
}

async function sentencesOf(
  tx: Tx,
  options: SettleOptions,
  decided: readonly Decided[],
): Promise<ReadonlyMap<Standing, string>> {
  const standings = decided.map(({ standing }) => standing)
  const sentences = await reasonsOf(
    tx,
    options,
    standings.map((standing) => ({ ...standing, verdict: verdictOf(standing) })),
  )
  return new Map(standings.map((standing, i) => [standing, sentences[i] ?? '']))
}

function moveOf(standing: Standing, today: string): Move {
  const { verdict, follows, needSignal, hash, receiving, rollOn } = standing
  const answer = verdict && hash !== null ? { verdict, follows, needSignal, hash } : undefined
  const receipt = receiving
    ? ({ known: 'yes' } as const)
    : rollOn
      ? ({ known: 'no', rollOn } as const)
      : ({ known: 'unknown', withdrawn: standing.withdrawn } as const)
  const line = lineOf(standing)
  return standing.objected ? decideForObjection(line) : decide(line, answer, receipt, today)
}

function lineOf(standing: Standing): StandingLine | undefined {
  if (standing.lineId === null) return undefined
  return {
    state: standing.lineState,
    disposition: standing.disposition,
    reason: null,
    note: null,
    coolsUntil: standing.coolsUntil,
    verdict: standing.lineVerdict,
    hash: standing.lineHash,
    rollOn: standing.lineRollOn,
  }
}

/**
 * Locks, in the order of their ids like every other writer, the leads of these households that are
 * open or have a line at rest.
 */
async function lockLeads(
  tx: Tx,
  concerned: readonly Readonly<{ householdId: number }>[],
): Promise<readonly LiveLead[]> {
  const households = [...new Set(concerned.map(({ householdId }) => householdId))]
  const { rows } = await sql<LiveLead>`
    select id, household_id as "householdId", clinical, state from app.lead
    where household_id = any(${households}::bigint[])
      and (state = 'open'
        or exists (select from app.lead_line where lead_id = lead.id and state <> 'closed'))
    order by id for update`.execute(tx)
  return rows
}

async function closeLines(tx: Tx, closes: readonly Decided[], known: Known): Promise<void> {
  const rows = closes.map(({ standing, move }) => {
    const reason = closeReasonOf(standing, move, known)
    const name = nameOf(known, standing)
    return { line_id: standing.lineId, reason, text: `${name}：${closeTexts[reason]}` }
  })
  await sql`with row as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json)
        as row (line_id bigint, reason text, text text)
    ), line as (
      update app.lead_line set state = 'closed', close_reason = row.reason, closed_on = ${known.today}
      from row where lead_line.id = row.line_id and state <> 'closed'
      returning lead_line.*, row.text
    )
    insert into app.lead_event (lead_id, household_id, area_id, clinical, line_id, on_day, kind, text)
    select lead_id, household_id, area_id, clinical, id, ${known.today}::date, 'closed', text
    from line order by lead_id, id`.execute(tx)
}

async function refreshLines(tx: Tx, refreshes: readonly Decided[], known: Known): Promise<void> {
  const rows = refreshes.map(({ standing, move }) => ({
    line_id: standing.lineId,
    ...contentOf(standing, 'rollOn' in move ? move.rollOn : standing.lineRollOn, known),
  }))
  await sql`update app.lead_line set
      verdict = row.verdict, amount_kind = row.amount_kind, amount_min = row.amount_min,
      amount_max = row.amount_max, per = row.per, answer_hash = row.answer_hash,
      roll_on = row.roll_on, why = row.why, run_id = ${known.run.id}
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (line_id bigint, ${contentColumns})
    where lead_line.id = row.line_id and state = 'open'`.execute(tx)
}

/**
 * Why a line closes, as everybody who sees it may know. A line of a programme on which the household
 * has a clinical fact closes in the same words whatever follows from that fact: 转为待核实 is what
 * all of it comes to for whoever may not read it.
 */
function closeReasonOf(standing: Standing, move: Move, { walled }: Known): CloseReason {
  const reason = 'reason' in move ? move.reason : 'no-longer-eligible'
  const { clinical, maybeWalled, programme } = standing
  const tells = reason === 'no-longer-eligible' && !clinical && maybeWalled && walled.has(programme)
  return tells ? 'unverified' : reason
}

/** A household has a lead on either side of the wall. */
function keyOf({ householdId, clinical }: Pick<Standing, 'householdId' | 'clinical'>): string {
  return `${householdId} ${clinical}`
}

/** By {@link keyOf}. */
type Leads = ReadonlyMap<string, number>

/** The lead of every household that gets a line: the one it has, else a new one. */
async function leadsFor(
  tx: Tx,
  raises: readonly Decided[],
  live: readonly LiveLead[],
  today: string,
): Promise<Leads> {
  const leads = new Map(live.map((lead) => [keyOf(lead), lead.id]))
  const missing = new Map(
    raises
      .map(({ standing }) => standing)
      .filter((standing) => !leads.has(keyOf(standing)))
      .map(({ householdId, areaId, clinical }) => [
        keyOf({ householdId, clinical }),
        { household_id: householdId, area_id: areaId, clinical },
      ]),
  )
  const { rows } = await sql<Omit<LiveLead, 'state'>>`
    insert into app.lead (household_id, area_id, clinical, raised_on)
    select row.*, ${today}::date
    from json_to_recordset(${JSON.stringify([...missing.values()])}::json) as
      row (household_id bigint, area_id text, clinical boolean)
    returning id, household_id as "householdId", clinical`.execute(tx)
  for (const lead of rows) leads.set(keyOf(lead), lead.id)
  return leads
}

/** @returns the leads that have a new line */
async function raiseLines(
  tx: Tx,
  raises: readonly Decided[],
  leads: Leads,
  known: Known,
): Promise<readonly number[]> {
  const rows = raises.map(({ standing, move }) => ({
    lead_id: leads.get(keyOf(standing)),
    household_id: standing.householdId,
    area_id: standing.areaId,
    clinical: standing.clinical,
    person_id: standing.personId,
    programme: standing.programme,
    ...contentOf(standing, 'rollOn' in move ? move.rollOn : standing.lineRollOn, known),
  }))
  const { rows: events } = await sql<{ id: number }>`with line as (
      insert into app.lead_line (lead_id, household_id, area_id, clinical, person_id, programme, verdict,
        amount_kind, amount_min, amount_max, per, answer_hash, roll_on, why, run_id, raised_on)
      select row.*, ${known.run.id}, ${known.today}::date
      from json_to_recordset(${JSON.stringify(rows)}::json) as row (lead_id bigint,
        household_id bigint, area_id text, clinical boolean, person_id bigint, programme text, ${contentColumns})
      returning *
    )
    insert into app.lead_event (lead_id, household_id, area_id, clinical, on_day, kind, text)
    select lead_id, household_id, area_id, clinical, ${known.today}::date, 'raised',
      string_agg(why || '（名册 ' || roll_on || '）', e'\n' order by id)
    from line group by lead_id, household_id, area_id, clinical order by lead_id
    returning lead_id as id`.execute(tx)
  return events.map(({ id }) => id)
}

const contentColumns = sql`verdict text, amount_kind text, amount_min bigint, amount_max bigint,
  per text, answer_hash bigint, roll_on date, why text`

/** What a line says of its answer, in the order of {@link contentColumns}. */
function contentOf(standing: Standing, rollOn: string, { sentences }: Known) {
  const { amountKind, amountMin, amountMax, per, hash } = standing
  return {
    verdict: verdictOf(standing),
    amount_kind: amountKind,
    amount_min: amountMin,
    amount_max: amountMax,
    per,
    answer_hash: hash,
    roll_on: rollOn,
    why: sentences.get(standing) ?? '',
  } as const
}

function verdictOf({ verdict }: Standing): 'eligible' | 'unknown' {
  return verdict === 'eligible' ? 'eligible' : 'unknown'
}

function nameOf({ pack }: Known, { programme }: Standing): string {
  return pack.programmes.find(({ id }) => id === programme)?.name ?? programme
}
