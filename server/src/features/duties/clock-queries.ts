import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { readCalendar } from '../workdays/queries.ts'
import type { Calendar } from '../workdays/workday.ts'
import { type Clock, type Limit, markAt, type Mark, nextMark, type Pause } from './clock.ts'
import type { ClockKind } from './limit.ts'

/** What a clock runs for. Whoever sees the household, and such facts of it, sees the clock. */
export const subjects = [
  'lead',
  'correction',
  'warning',
  'relief',
  'case',
  'visit-due',
  'safety',
] as const
export type Subject = (typeof subjects)[number]

type Started = Readonly<{
  id: number
  householdId: number
  sensitivity: 'plain' | 'need-signal' | 'clinical'
  /** Who has it in hand. */
  owner: string | null
  /** Milliseconds since 1970. */
  startedAt: number
}>

/** The calendar with its version, by which a clock is known to be counted by another. */
export async function countingBy(
  tx: Tx,
): Promise<Readonly<{ calendar: Calendar; version: number }>> {
  const { rows } = await sql<{ version: number }>`select (select count(*) from app.workday_year)
    + (select count(*) from app.workday_exception) as version`.execute(tx)
  return { calendar: await readCalendar(tx), version: rows[0]?.version ?? 0 }
}

/**
 * Starts a clock for each of these, with the limit that is stated today; where one of the kind runs already it goes on.
 *
 * @param tx a transaction of the program, or of somebody who sees the households
 * @throws Error where the kind has no limit
 */
export async function startClocks(
  tx: Tx,
  { kind, subject }: Readonly<{ kind: ClockKind; subject: Subject }>,
  started: readonly Started[],
): Promise<void> {
  if (started.length === 0) return
  const limits = await sql<Limit>`
    select amount, unit from app.clock_limit where kind = ${kind} and superseded_at is null`.execute(
    tx,
  )
  const limit = limits.rows[0]
  if (!limit) throw new Error(`clocks of kind ${kind} have no limit`)
  const by = await countingBy(tx)
  // Thousands that begin at once are due at once.
  const counted = new Map<number, Due>()
  const dueOf = (startedAt: number) => {
    const due = counted.get(startedAt) ?? dueAfter({ limit, startedAt, pauses: [] }, 0, by.calendar)
    counted.set(startedAt, due)
    return due
  }
  const rows = started.map(({ id, householdId, sensitivity, owner, startedAt }) => ({
    subject_id: id,
    household_id: householdId,
    sensitivity,
    owner,
    started_at: instant(startedAt),
    ...dueOf(startedAt),
  }))
  const begun = await sql<{ id: number }>`
    insert into app.clock (kind, subject, subject_id, household_id, sensitivity, started_at, amount, unit, owner, due_at,
      next_at, counted_by)
    select ${kind}, ${subject}, subject_id, household_id, sensitivity, started_at, ${limit.amount}, ${limit.unit}, owner,
      due_at, next_at, ${by.version}
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (subject_id bigint, household_id bigint,
      sensitivity text, owner uuid, started_at timestamptz, due_at timestamptz, next_at timestamptz)
    on conflict (subject, subject_id, kind) where ended_at is null do nothing
    returning id`.execute(tx)
  // After it, not with it: who may write of a clock is asked of the clock, which has to be there.
  await sql`insert into app.clock_event (clock_id, household_id, sensitivity, kind, at)
    select id, household_id, sensitivity, 'started', started_at from app.clock
    where id = any(${begun.rows.map(({ id }) => id)}::bigint[]) order by id`.execute(tx)
}

/** Why a clock ended: what was to be done is done, what it was for is over, or was taken back. */
export type Ending = 'handled' | 'closed' | 'withdrawn'

/** Ends whatever runs for these: from now on nobody is told any more. */
export async function endClocks(
  tx: Tx,
  {
    subject,
    ids,
    how,
    at,
    kinds = null,
  }: Readonly<{
    subject: Subject
    ids: readonly number[]
    how: Ending
    at: number
    /** Only clocks of these kinds; all where left out. */
    kinds?: readonly ClockKind[] | null
  }>,
): Promise<void> {
  await sql`with over as (
      update app.clock set ended_at = ${instant(at)}, ended_how = ${how}, paused_at = null, due_at = null, next_at = null
      where subject = ${subject} and subject_id = any(${ids}::bigint[]) and ended_at is null
        and (${kinds}::text[] is null or kind = any(${kinds}::text[]))
      returning *
    )
    insert into app.clock_event (clock_id, household_id, sensitivity, kind, at, text)
    select id, household_id, sensitivity, 'ended', ended_at, ended_how from over order by id`.execute(
    tx,
  )
}

/** Lets the last clock of each of these go on as if it had never ended: what ended it was a mistake. */
export async function reopenClocks(
  tx: Tx,
  { subject, ids, at }: Readonly<{ subject: Subject; ids: readonly number[]; at: number }>,
): Promise<void> {
  const { rows } = await sql<{ id: number }>`with again as (
      update app.clock set ended_at = null, ended_how = null
      where id in (select max(id) from app.clock
          where subject = ${subject} and subject_id = any(${ids}::bigint[]) group by subject_id)
        and ended_at is not null
      returning *
    )
    insert into app.clock_event (clock_id, household_id, sensitivity, kind, at)
    select id, household_id, sensitivity, 'reopened', ${instant(at)} from again order by id
    returning clock_id as id`.execute(tx)
  await countClocks(
    tx,
    rows.map(({ id }) => id),
  )
}

/** Says who has it in hand from now on. */
export async function handClocks(
  tx: Tx,
  {
    subject,
    ids,
    owner,
    name,
    at,
  }: Readonly<{
    subject: Subject
    ids: readonly number[]
    owner: string | null
    name: string | null
    at: number
  }>,
): Promise<void> {
  await sql`with handed as (
      update app.clock set owner = ${owner}::uuid
      where subject = ${subject} and subject_id = any(${ids}::bigint[]) and ended_at is null
        and owner is distinct from ${owner}::uuid
      returning *
    )
    insert into app.clock_event (clock_id, household_id, sensitivity, kind, at, to_staff, to_name)
    select id, household_id, sensitivity, 'handed', ${instant(at)}, ${owner}::uuid, ${name} from handed order by id`.execute(
    tx,
  )
}

/**
 * Lets a clock stand still while it waits for the person.
 *
 * @returns false where it does already, or is over, or is none in sight
 */
export async function pauseClock(
  tx: Tx,
  { id, because, at }: Readonly<{ id: number; because: string; at: number }>,
): Promise<boolean> {
  const { rows } = await sql`with still as (
      update app.clock set paused_at = ${instant(at)}, due_at = null, next_at = null
      where id = ${id} and ended_at is null and paused_at is null
      returning *
    )
    insert into app.clock_event (clock_id, household_id, sensitivity, kind, at, text)
    select id, household_id, sensitivity, 'paused', paused_at, ${because} from still returning id`.execute(
    tx,
  )
  return rows.length > 0
}

/** @returns false where it does not stand still, or is none in sight */
export async function resumeClock(
  tx: Tx,
  { id, at }: Readonly<{ id: number; at: number }>,
): Promise<boolean> {
  const { rows } = await sql`with running as (
      update app.clock set paused_at = null where id = ${id} and paused_at is not null returning *
    )
    insert into app.clock_event (clock_id, household_id, sensitivity, kind, at)
    select id, household_id, sensitivity, 'resumed', ${instant(at)} from running returning id`.execute(
    tx,
  )
  if (rows.length > 0) await countClocks(tx, [id])
  return rows.length > 0
}

export type StoredClock = Clock & Readonly<{ id: number; reached: Mark | 0; ended: boolean }>

/** Clocks as they are counted from; locked, so that whoever writes next finds them so. */
export async function readClocks(tx: Tx, ids: readonly number[]): Promise<StoredClock[]> {
  const { rows } = await sql<{
    id: number
    amount: number
    unit: Limit['unit']
    startedAt: string
    reached: Mark | 0
    endedAt: string | null
    steps: readonly Readonly<{ kind: 'paused' | 'resumed' | 'ended'; at: string }>[]
  }>`
    select id, amount, unit, started_at as "startedAt", reached, ended_at as "endedAt", coalesce((
      select json_agg(json_build_object('kind', event.kind, 'at', event.at) order by event.id)
      from app.clock_event event
      where clock_id = clock.id and event.kind in ('paused', 'resumed', 'ended')), '[]') as steps
    from app.clock where id = any(${ids}::bigint[]) order by id`.execute(tx)
  return rows.map(({ id, amount, unit, startedAt, reached, endedAt, steps }) => ({
    id,
    limit: { amount, unit },
    startedAt: Date.parse(startedAt),
    reached,
    ended: endedAt !== null,
    pauses: pausesOf(steps),
  }))
}

/** A clock that ended while it stood still had stood still until then, if it was to go on after all. */
function pausesOf(
  steps: readonly Readonly<{ kind: 'paused' | 'resumed' | 'ended'; at: string }>[],
): Pause[] {
  const pauses: Pause[] = []
  for (const { kind, at } of steps) {
    const last = pauses.at(-1)
    if (kind === 'paused') pauses.push({ from: Date.parse(at), to: null })
    else if (last?.to === null) pauses[pauses.length - 1] = { ...last, to: Date.parse(at) }
  }
  return pauses
}

/** Counts anew when clocks are due, and when somebody is to be told next. */
async function countClocks(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const by = await countingBy(tx)
  const rows = (await readClocks(tx, ids))
    .filter(({ ended }) => !ended)
    .map((clock) => ({ id: clock.id, ...dueAfter(clock, clock.reached, by.calendar) }))
  await sql`update app.clock set due_at = row.due_at, next_at = row.next_at, counted_by = ${by.version}
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (id bigint, due_at timestamptz, next_at timestamptz)
    where clock.id = row.id`.execute(tx)
}

type Due = Readonly<{ due_at: string | null; next_at: string | null }>

export function dueAfter(clock: Clock, reached: Mark | 0, calendar: Calendar): Due {
  const due = markAt(clock, 100, calendar)
  const next = nextMark(clock, reached, calendar)
  const isStill = clock.pauses.some(({ to }) => to === null)
  return {
    due_at: due && !isStill ? instant(due.at) : null,
    next_at: next && !isStill ? instant(next.at) : null,
  }
}

export function instant(at: number): string {
  return new Date(at).toISOString()
}
