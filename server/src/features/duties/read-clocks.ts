import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { standingOf } from './clock.ts'
import { countingBy, readClocks, type Subject } from './clock-queries.ts'
import { waitsForPerson } from './limit.ts'
import type { ClockStandingView, ClockView, ToldClockView } from './clock-views.ts'

type Shown = Static<typeof ClockStandingView>
type Whole = Static<typeof ClockView>
type Told = Static<typeof ToldClockView>

/** How clocks stand, by their ids. */
async function standingsOf(
  tx: Tx,
  ids: readonly number[],
  at: number,
): Promise<ReadonlyMap<number, Shown>> {
  if (ids.length === 0) return new Map()
  const { calendar } = await countingBy(tx)
  const clocks = await readClocks(tx, ids)
  return new Map(
    clocks.map((clock) => {
      const { state, dueDay, dueAt, left, urgency, certain } = standingOf(clock, at, calendar)
      const isOpen = state === 'running' && !clock.ended
      return [
        clock.id,
        {
          id: clock.id,
          state: clock.ended ? 'ended' : state,
          unit: clock.limit.unit,
          dueDay: isOpen ? dueDay : null,
          dueAt: isOpen && dueAt !== null ? new Date(dueAt).toISOString() : null,
          left: isOpen ? left : null,
          urgency: isOpen ? urgency : 'calm',
          certain,
        },
      ]
    }),
  )
}

/** The last clock of each of these that has one: how it stands, or that it is over. */
export async function clocksOf(
  tx: Tx,
  subject: Subject,
  ids: readonly number[],
  at: number,
): Promise<ReadonlyMap<number, Shown>> {
  const { rows } = await sql<{ id: number; of: number }>`
    select max(id) as id, subject_id as of from app.clock
    where subject = ${subject} and subject_id = any(${ids}::bigint[]) group by subject_id`.execute(
    tx,
  )
  const standings = await standingsOf(
    tx,
    rows.map(({ id }) => id),
    at,
  )
  return new Map(
    rows.flatMap(({ id, of }) => {
      const one = standings.get(id)
      return one ? [[of, one] as const] : []
    }),
  )
}

/** What still runs for each of these, by what it is for; the first to be over first. */
export async function runningClocksOf(
  tx: Tx,
  subject: Subject,
  ids: readonly number[],
  at: number,
): Promise<ReadonlyMap<number, readonly (Shown & { kind: Whole['kind'] })[]>> {
  const { rows } = await sql<{ id: number; of: number; kind: Whole['kind'] }>`
    select id, subject_id as of, kind from app.clock
    where subject = ${subject} and subject_id = any(${ids}::bigint[]) and ended_at is null
    order by due_at nulls last, id`.execute(tx)
  const standings = await standingsOf(
    tx,
    rows.map(({ id }) => id),
    at,
  )
  const found = new Map<number, (Shown & { kind: Whole['kind'] })[]>()
  for (const { id, of, kind } of rows) {
    const one = standings.get(id)
    if (one) found.set(of, [...(found.get(of) ?? []), { ...one, kind }])
  }
  return found
}

const whose = sql`clock.kind, clock.subject, clock.subject_id as "subjectId", clock.household_id as "householdId",
  household.register_no as "registerNo", area.id as "areaId", area.name as "areaName",
  case when clock.owner is not null then coalesce(owner.name, '其他同事') end as owner`
const joined = sql`join app.household on household.id = clock.household_id
  join app.area on area.id = household.area_id
  left join app.staff owner on owner.id = clock.owner`

/** One clock with everything that happened to it; undefined where it is none in sight. */
export async function readClock(
  tx: Tx,
  id: number,
  { at, may }: Readonly<{ at: number; may: readonly string[] }>,
): Promise<Whole | undefined> {
  type Row = Omit<Whole, keyof Shown | 'events' | 'may'>
  const { rows } = await sql<Row>`
    select ${whose}, clock.amount, clock.started_at as "startedAt" from app.clock ${joined} where clock.id = ${id}`.execute(
    tx,
  )
  const standing = (await standingsOf(tx, [id], at)).get(id)
  if (!rows[0] || !standing) return undefined
  const { rows: events } = await sql<Whole['events'][number]>`
    select event.at, event.kind, mark, level, skipped, to_name as "toName",
      case event.kind when 'paused' then event.text end as because, case event.kind when 'ended' then event.text end as how,
      -- A colleague above one's own area is not to be seen by name.
      case when starts_with(event.by, 'staff:') then coalesce(staff.name, '其他同事') end as by
    from app.clock_event event
    left join app.staff on starts_with(event.by, 'staff:') and staff.id = substr(event.by, 7)::uuid
    where clock_id = ${id} order by event.id desc limit 200`.execute(tx)
  const step = ({ running: ['pause'], paused: ['resume'], ended: [] } as const)[standing.state]
  const mayStep = may.includes('clocks.write') && waitsForPerson(rows[0].kind)
  return { ...rows[0], ...standing, events, may: mayStep ? [...step] : [] }
}

/** What whoever asks was reminded of or got from below and is not handled: over longest first, standing still last. */
export async function toldClocks(
  tx: Tx,
  at: number,
  most: number,
): Promise<{ items: Told[]; total: number }> {
  type Row = Omit<Told, keyof Shown> & { id: number; total: number }
  const { rows } = await sql<Row>`
    select clock.id, ${whose}, told.mark, told.at as "toldAt", count(*) over ()::int as total
    from app.clock
    join lateral (
      select mark, at from app.clock_event event
      where event.clock_id = clock.id and mark is not null and to_staff = auth.staff_id()
      order by mark desc limit 1) told on true
    ${joined}
    where clock.ended_at is null
    order by clock.due_at nulls last, clock.id limit ${most}`.execute(tx)
  const standings = await standingsOf(
    tx,
    rows.map(({ id }) => id),
    at,
  )
  return {
    items: rows.flatMap(({ total, ...row }) => {
      const standing = standings.get(row.id)
      return standing ? [{ ...row, ...standing }] : []
    }),
    total: rows[0]?.total ?? 0,
  }
}
