import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Calendar, Exception } from './workday.ts'

/** Every year that is known, for whoever counts. */
export async function readCalendar(tx: Tx): Promise<Calendar> {
  const years = await sql<{ year: number }>`
    select year from app.workday_year where superseded_at is null and known`.execute(tx)
  const days = await sql<{ day: string; kind: Exception }>`
    select day, kind from app.workday_exception
    where superseded_at is null and kind <> 'by-weekday'`.execute(tx)
  return {
    years: new Set(years.rows.map(({ year }) => year)),
    exceptions: new Map(days.rows.map(({ day, kind }) => [day, kind])),
  }
}

type YearChange = Readonly<{
  /** Null where it says whether the year is known. */
  day: string | null
  kind: Exception | 'by-weekday' | 'known' | 'unknown'
  name: string | null
  because: string
  recordedAt: string
  recordedBy: string
}>

export type WorkdayYear = Readonly<{
  year: number
  known: boolean
  /** Number of statements so far, for whoever states another. */
  version: number
  days: Readonly<{ day: string; kind: Exception; name: string | null }>[]
  /** What people stated, the latest first; what was shipped is left out. */
  changes: YearChange[]
}>

export async function readYear(tx: Tx, year: number): Promise<WorkdayYear> {
  const head = await sql<{ known: boolean; version: number }>`
    select coalesce((select known from app.workday_year where year = ${year} and superseded_at is null), false) as known,
      app.workdays_version(${year}) as version`.execute(tx)
  const days = await sql<WorkdayYear['days'][number]>`
    select day, kind, name from app.workday_exception
    where superseded_at is null and kind <> 'by-weekday' and extract(year from day) = ${year}
    order by day`.execute(tx)
  const changes = await sql<YearChange>`
    select day, kind, change.name, because, recorded_at as "recordedAt", coalesce(staff.name, '其他同事') as "recordedBy"
    from (
      select day, kind, name, because, recorded_at, recorded_by from app.workday_exception
      where recorded_by is not null and extract(year from day) = ${year}
      union all
      select null, case when known then 'known' else 'unknown' end, null, because, recorded_at, recorded_by
      from app.workday_year where recorded_by is not null and year = ${year}) change
    left join app.staff on staff.id = recorded_by
    order by recorded_at desc, day desc limit 200`.execute(tx)
  return {
    year,
    known: head.rows[0]?.known ?? false,
    version: head.rows[0]?.version ?? 0,
    days: days.rows,
    changes: changes.rows,
  }
}

export type StatedDays = Readonly<{
  from: string
  to: string
  kind: Exception | 'by-weekday'
  name: string | null
  because: string
}>

/** @returns false where somebody stated something of the year since `seen` */
export async function stateDays(
  tx: Tx,
  { from, to, kind, name, because }: StatedDays,
  seen: number,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.state_workdays(${from}, ${to}, ${kind}, ${name}, ${because}, ${seen}) as done`.execute(
    tx,
  )
  return rows[0]?.done ?? false
}

/** @returns false where somebody stated something of the year since `seen` */
export async function stateYear(
  tx: Tx,
  year: number,
  stated: Readonly<{ known: boolean; because: string }>,
  seen: number,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.state_workday_year(${year}, ${stated.known}, ${stated.because}, ${seen}) as done`.execute(
    tx,
  )
  return rows[0]?.done ?? false
}
