import { type RawBuilder, sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { clocksOf } from '../duties/read-clocks.ts'
import { headName } from '../households/head-name.ts'
import {
  isDecision,
  type Line,
  openStates,
  type ReliefState,
  type Stepping,
  stepsFor,
} from './relief.ts'
import type { HouseholdReliefsView, ReliefListView, ReliefView } from './views.ts'

type Shown = Static<typeof ReliefView>
type List = Static<typeof ReliefListView>
type Row = List['items'][number]
type OfHousehold = Static<typeof HouseholdReliefsView>['items']

export type Reading = Stepping &
  Readonly<{
    today: string
    at: number
    line: Line
    /** Classes that the reader is shown only for a reason, and gave none. */
    reasonShows: readonly string[]
  }>

const row = (
  today: string,
) => sql`relief.id, relief.household_id as "householdId", household.register_no as "registerNo",
  coalesce(${headName(sql`relief.household_id`, today)}, '') as head, area.id as "areaId", area.name as "areaName", relief.state, cause, people,
  reported_on as "reportedOn", granted_fen as "grantedFen", relief.version`
const joined = sql`app.quick_relief relief
  join app.household on household.id = relief.household_id
  join app.area on area.id = household.area_id`
// A colleague above one's own area is not to be seen by name.
const named = (column: RawBuilder<unknown>) =>
  sql`coalesce((select staff.name from app.staff where staff.id = ${column}), '其他同事')`

export type ReliefFilters = Readonly<{
  state: 'open' | 'ended' | ReliefState
  /** An area and everything inside it. */
  area?: string | undefined
  page: number
  size: number
}>

const isOpen = sql`relief.state = any(${[...openStates]}::text[])`
const inState = (state: ReliefFilters['state']) =>
  state === 'open' ? isOpen : state === 'ended' ? sql`not ${isOpen}` : sql`relief.state = ${state}`

/** A page of them: what is still to be done and due first is first, then the latest. */
export async function listReliefs(
  tx: Tx,
  { state, area, page, size }: ReliefFilters,
  { today, at }: Pick<Reading, 'today' | 'at'>,
): Promise<List> {
  const where = sql`(${area ?? null}::text is null or household.area_id >= ${area ?? null} and household.area_id < ${`${area}:`})`
  const counted = await sql<{ total: number; open: number }>`
    select count(*) filter (where ${inState(state)})::int as total, count(*) filter (where ${isOpen})::int as open
    from ${joined} where ${where}`.execute(tx)
  const { rows } = await sql<Omit<Row, 'clock'>>`
    select ${row(today)} from ${joined} where ${where} and ${inState(state)}
    order by ${isOpen} desc, (select min(due_at) from app.clock
        where subject = 'relief' and subject_id = relief.id and ended_at is null) nulls last, relief.id desc
    limit ${size} offset ${(page - 1) * size}`.execute(tx)
  return {
    total: counted.rows[0]?.total ?? 0,
    open: counted.rows[0]?.open ?? 0,
    page,
    size,
    items: await withClocks(tx, rows, at),
  }
}

/** All of one household, the latest first. */
export async function reliefsOf(
  tx: Tx,
  householdId: number,
  { today, at }: Pick<Reading, 'today' | 'at'>,
): Promise<OfHousehold> {
  const { rows } = await sql<Omit<OfHousehold[number], 'clock'>>`
    select ${row(today)} from ${joined} where relief.household_id = ${householdId} order by relief.id desc limit 50`.execute(
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
    'relief',
    rows.map(({ id }) => id),
    at,
  )
  return rows.map((one) => ({ ...one, clock: clocks.get(one.id) ?? null }))
}

/** @throws Problem `not-found` where it is none in sight */
export async function readRelief(tx: Tx, id: number, reading: Reading): Promise<Shown> {
  type Found = Omit<Shown, 'clock' | 'events' | 'earlier' | 'line' | 'reasonShows' | 'may'> & {
    decidedBy: string | null
  }
  const { rows } = await sql<Found>`
    select ${row(reading.today)}, happened, ${named(sql`reported_by`)} as "reportedBy", seen, visited_on as "visitedOn", way,
      line_fen as "lineFen", line_source as "lineSource", line_stated as "lineStated", decided_on as "decidedOn", because,
      decided_by as "decidedBy", explanation, explained_on as "explainedOn", closed_on as "closedOn"
    from ${joined} where relief.id = ${id}`.execute(tx)
  const [found] = await withClocks(tx, rows, reading.at)
  if (!found) throw problem(platformProblems, 'not-found')
  const events = await sql<Shown['events'][number]>`
    select step, on_day as day, ${named(sql`event.by`)} as by, text from app.quick_relief_event event
    where relief_id = ${id} order by event.id`.execute(tx)
  const earlier = await sql<Shown['earlier'][number]>`
    select id, decided_on as on, granted_fen as fen from app.quick_relief
    where household_id = ${found.householdId} and id < ${id} and granted_fen is not null
      and decided_on > ${found.reportedOn}::date - interval '12 months' order by id desc`.execute(
    tx,
  )
  const { decidedBy, ...shown } = found
  return {
    ...shown,
    events: events.rows,
    earlier: earlier.rows,
    line: reading.line,
    reasonShows: [...reading.reasonShows],
    // Nobody decides on what they were not shown.
    may: stepsFor({ state: found.state, decidedBy }, reading).filter(
      (step) => reading.reasonShows.length === 0 || !isDecision(step),
    ),
  }
}
