import { type RawBuilder, sql } from 'kysely'
import type { Static } from 'typebox'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { readNeeds } from '../assessments/queries.ts'
import { openText } from '../assessments/words.ts'
import { clocksOf } from '../duties/read-clocks.ts'
import { headName } from '../households/head-name.ts'
import { readMembers } from '../households/queries.ts'
import {
  type Acting,
  type CaseState,
  type GoalState,
  isDecision,
  type Resumable,
  stepsFor,
} from './case.ts'
import type { CaseListView, CaseShown, HouseholdCasesView } from './views.ts'
import { openWords } from './words.ts'

type List = Static<typeof CaseListView>
type Row = List['items'][number]
type OfHousehold = Static<typeof HouseholdCasesView>['items']

export type Reading = Acting &
  Readonly<{
    cipher: FieldCipher
    today: string
    at: number
    /** Classes that the reader is shown only for a reason, and gave none. */
    reasonShows: readonly string[]
  }>

// A colleague above one's own area is not to be seen by name.
const named = (column: RawBuilder<unknown>) =>
  sql`coalesce((select staff.name from app.staff where staff.id = ${column}), '其他同事')`
const row = (
  today: string,
) => sql`one.id, one.household_id as "householdId", household.register_no as "registerNo",
  coalesce(${headName(sql`one.household_id`, today)}, '') as head, area.id as "areaId", area.name as "areaName", one.state, cause, urgent,
  opened_on as "openedOn", json_build_object('id', one.owner, 'name', ${named(sql`one.owner`)}) as owner,
  (select json_build_object('settled', count(*) filter (where goal.state in ('done', 'not-achieved', 'withdrawn')),
      'total', count(*)) from app.case_goal goal where goal.case_id = one.id) as goals, one.version`
const joined = sql`app.household_case one
  join app.household on household.id = one.household_id
  join app.area on area.id = household.area_id`

export const caseViews = ['open', 'mine', 'to-decide', 'archived'] as const
export type CaseFilters = Readonly<{
  view: (typeof caseViews)[number]
  state?: CaseState | undefined
  /** An area and everything inside it. */
  area?: string | undefined
  page: number
  size: number
}>

const isOpen = sql`one.state <> 'archived'`
const mine = ({ staffId }: Acting) =>
  sql`(${isOpen} and (one.owner = ${staffId}::uuid or one.handed_to = ${staffId}::uuid))`
const toDecide = ({ staffId, may }: Acting) =>
  may.includes('cases.decide')
    ? sql`(one.state = 'submitted' and one.submitted_by <> ${staffId}::uuid
        or one.state = 'closing' and one.closing_asked_by <> ${staffId}::uuid)`
    : sql`false`

/** A page of them: urgent ones first, then what is due first. */
export async function listCases(
  tx: Tx,
  { view, state, area, page, size }: CaseFilters,
  reading: Pick<Reading, 'today' | 'at' | 'staffId' | 'may'>,
): Promise<List> {
  const within = sql`(${area ?? null}::text is null or household.area_id >= ${area ?? null} and household.area_id < ${`${area}:`})`
  const chosen = {
    open: isOpen,
    mine: mine(reading),
    'to-decide': toDecide(reading),
    archived: sql`not ${isOpen}`,
  }[view]
  const where = state ? sql`${chosen} and one.state = ${state}` : chosen
  const counted = await sql<{ total: number; toDecide: number; mine: number }>`
    select count(*) filter (where ${where})::int as total, count(*) filter (where ${toDecide(reading)})::int as "toDecide",
      count(*) filter (where ${mine(reading)})::int as mine
    from ${joined} where ${within}`.execute(tx)
  const { rows } = await sql<Omit<Row, 'clock'>>`
    select ${row(reading.today)} from ${joined} where ${within} and ${where}
    order by urgent and ${isOpen} desc, (select min(due_at) from app.clock
        where subject = 'case' and subject_id = one.id and ended_at is null) nulls last, one.id desc
    limit ${size} offset ${(page - 1) * size}`.execute(tx)
  return {
    total: counted.rows[0]?.total ?? 0,
    toDecide: counted.rows[0]?.toDecide ?? 0,
    mine: counted.rows[0]?.mine ?? 0,
    page,
    size,
    items: await withClocks(tx, rows, reading.at),
  }
}

/** All of one household, the latest first. */
export async function casesOf(
  tx: Tx,
  householdId: number,
  { today, at }: Pick<Reading, 'today' | 'at'>,
): Promise<OfHousehold> {
  const { rows } = await sql<Omit<OfHousehold[number], 'clock'>>`
    select ${row(today)} from ${joined} where one.household_id = ${householdId} order by one.id desc limit 50`.execute(
    tx,
  )
  return withClocks(tx, rows, at)
}

async function withClocks<R extends Readonly<{ id: number }>>(
  tx: Tx,
  rows: readonly R[],
  at: number,
): Promise<(R & Pick<Row, 'clock'>)[]> {
  const clocks = await clocksOf(
    tx,
    'case',
    rows.map(({ id }) => id),
    at,
  )
  return rows.map((one) => ({ ...one, clock: clocks.get(one.id) ?? null }))
}

export type StoredGoal = Omit<CaseShown['goals'][number], 'text' | 'measure' | 'outcome'> &
  Readonly<{ text: Uint8Array; measure: Uint8Array; outcome: Uint8Array | null; state: GoalState }>

export async function readGoals(tx: Tx, caseId: number): Promise<StoredGoal[]> {
  const { rows } = await sql<StoredGoal>`
    select goal.id, person_id as "personId", person.name as member, need_id as "needId", text_enc as text,
      measure_enc as measure, means, means_ref as "meansRef", owner, due_on as "dueOn", state, outcome_enc as outcome,
      settled_on as "settledOn"
    from app.case_goal goal left join app.person on person.id = person_id
    where case_id = ${caseId} order by goal.id`.execute(tx)
  return rows
}

/** @throws Problem `not-found` where it is none in sight */
export async function readCase(tx: Tx, id: number, reading: Reading): Promise<CaseShown> {
  type Found = Omit<Row, 'clock' | 'goals'> &
    Pick<
      CaseShown,
      'openedBy' | 'handedTo' | 'agreedHow' | 'agreedOn' | 'closingReason' | 'closedOn'
    > &
    Readonly<{
      resumesTo: Resumable | null
      word: Uint8Array | null
      submittedBy: string | null
      closingAskedBy: string | null
    }>
  const { rows } = await sql<Found>`
    select ${row(reading.today)}, ${named(sql`opened_by`)} as "openedBy", resumes_to as "resumesTo",
      case when handed_to is not null then json_build_object('id', handed_to, 'name', ${named(sql`handed_to`)}) end as "handedTo",
      agreed_how as "agreedHow", agreed_on as "agreedOn", closing_reason as "closingReason", household_word_enc as word,
      closed_on as "closedOn", submitted_by as "submittedBy", closing_asked_by as "closingAskedBy"
    from ${joined} where one.id = ${id}`.execute(tx)
  const [found] = await withClocks(tx, rows, reading.at)
  if (!found) throw problem(platformProblems, 'not-found')
  const { word, submittedBy, closingAskedBy, ...shown } = found
  const goals = await readGoals(tx, id)
  const { cipher } = reading
  return {
    ...shown,
    householdWord: openWords(cipher, word),
    goals: goals.map((goal) => ({
      ...goal,
      text: openWords(cipher, goal.text) ?? '',
      measure: openWords(cipher, goal.measure) ?? '',
      outcome: openWords(cipher, goal.outcome),
    })),
    needs: await openNeeds(tx, found.householdId, goals, cipher),
    members: (await readMembers(tx, found.householdId, reading.today)).map(
      ({ personId, name }) => ({
        personId,
        name,
      }),
    ),
    events: await readEvents(tx, id, cipher),
    reasonShows: [...reading.reasonShows],
    may: mayOf({ ...found, submittedBy, closingAskedBy }, goals, reading),
  }
}

async function openNeeds(
  tx: Tx,
  householdId: number,
  goals: readonly StoredGoal[],
  cipher: FieldCipher,
): Promise<CaseShown['needs']> {
  const planned = new Set(goals.map(({ needId }) => needId))
  return (await readNeeds(tx, householdId))
    .filter(({ state }) => state === 'open')
    .map(({ id, dimension, urgency, outcome }) => ({
      id,
      dimension,
      urgency,
      outcome: openText(cipher, outcome),
      planned: planned.has(id),
    }))
}

async function readEvents(tx: Tx, id: number, cipher: FieldCipher): Promise<CaseShown['events']> {
  type Event = Omit<CaseShown['events'][number], 'text'> & { text: Uint8Array | null }
  const { rows } = await sql<Event>`
    select step, on_day as day, ${named(sql`event.by`)} as by, text_enc as text from app.case_event event
    where case_id = ${id} order by event.id`.execute(tx)
  return rows.map((event) => ({ ...event, text: openWords(cipher, event.text) }))
}

type Standing = Parameters<typeof stepsFor>[0] &
  Readonly<{ owner: { id: string }; handedTo: { id: string } | null }>

function mayOf(
  standing: Standing,
  goals: readonly StoredGoal[],
  reading: Reading,
): CaseShown['may'] {
  const { state, owner, handedTo } = standing
  if (!reading.may.includes('cases.write')) return []
  const isUnread = reading.reasonShows.length > 0
  const isOpen = state !== 'archived'
  const isOwn = owner.id === reading.staffId || reading.may.includes('cases.decide')
  const served = ['planning', 'submitted', 'in-service', 'reviewing'].includes(state)
  return [
    ...stepsFor(standing, goals, reading).filter((step) => !isUnread || !isDecision(step)),
    ...(state === 'planning' ? (['plan-goals'] as const) : []),
    ...(served ? (['settle-goals'] as const) : []),
    ...(isOpen && isOwn && handedTo === null ? (['hand'] as const) : []),
    ...(isOpen && handedTo?.id === reading.staffId ? (['answer'] as const) : []),
  ]
}
