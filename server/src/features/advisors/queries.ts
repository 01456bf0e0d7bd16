import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import {
  type AdvisorContent,
  type CertificateContent,
  type Standing,
  unfitBecause,
} from './advisor.ts'

/** Somebody in case work, on record as an advisor or not. */
export type Person = Readonly<{
  staffId: string
  name: string
  role: string
  areaId: string
  areaName: string
  standing: Standing
}>

export type AdvisorRecord = AdvisorContent &
  Readonly<{
    version: number
    stationName: string | null
    recordedAt: string
    supersededAt: string | null
  }>

export type Certificate = CertificateContent &
  Readonly<{
    id: number
    demonstration: boolean
    endedOn: string | null
    endedBecause: string | null
  }>

export type AdvisorFilters = Readonly<{
  area?: string | undefined
  kind?: string | undefined
  standing?: string | undefined
  page: number
  size: number
}>

const record = sql`advisor.id as version, kind, advisor.level, areas, advisor.station, organisation, grades, advisor.from_day as "from",
  advisor.to_day as "to", advisor.recorded_at as "recordedAt", advisor.superseded_at as "supersededAt",
  (select station.name from app.station where station.number = advisor.station and station.superseded_at is null) as "stationName"`

/** The reader sees colleagues inside the own area; an advisor is told of nobody but themself. */
const people = (on: string) => sql`
  select staff.id as "staffId", staff.name, staff.role, staff.area_id as "areaId", area.name as "areaName",
    app.certificate_standing(staff.id, ${on}::date) as standing
  from app.staff join app.area on area.id = staff.area_id
  where staff.active and staff.role in ('advisor', 'township', 'district')
    and (auth.role() <> 'advisor' or staff.id = auth.staff_id())`

/** A page of whoever is in case work, by area and name. @param on 'YYYY-MM-DD' */
export async function listAdvisors(
  tx: Tx,
  { area = '', kind, standing, page, size }: AdvisorFilters,
  on: string,
): Promise<{
  total: number
  items: (Person & { record: AdvisorRecord | null; validTo: string | null })[]
}> {
  const { rows } = await sql<
    Person & { record: AdvisorRecord | null; validTo: string | null; total: number }
  >`
    with person as (${people(on)}),
    standing_record as (
      select staff_id, to_jsonb(one) - 'staff_id' as record, kind
      from (select staff_id, ${record} from app.advisor where superseded_at is null) one)
    select person.*, record, count(*) over ()::int as total,
      (select max(to_day) from app.certificate where staff_id = "staffId" and ended_on is null) as "validTo"
    from person left join standing_record on standing_record.staff_id = "staffId"
    where starts_with("areaId", ${area}) and (${kind ?? null}::text is null or kind = ${kind ?? null})
      and (${standing ?? null}::text is null or standing = ${standing ?? null})
    order by "areaId", name, "staffId" limit ${size} offset ${(page - 1) * size}`.execute(tx)
  return {
    total: rows[0]?.total ?? 0,
    items: rows.map(({ total: _, ...one }) => one),
  }
}

/** Somebody the reader looks after, or the reader; `undefined` for whoever else. */
export async function readPerson(tx: Tx, staffId: string, on: string): Promise<Person | undefined> {
  const { rows } = await sql<Person>`
    select * from (${people(on)}) person where "staffId" = ${staffId}::uuid`.execute(tx)
  return rows[0]
}

/** What stands of an advisor, then what stood before, the latest first. */
export async function readRecords(tx: Tx, staffId: string): Promise<AdvisorRecord[]> {
  const { rows } = await sql<AdvisorRecord>`
    select ${record} from app.advisor where staff_id = ${staffId}::uuid order by id desc`.execute(
    tx,
  )
  return rows
}

/** Certificates of somebody, the latest first. */
export async function readCertificates(tx: Tx, staffId: string): Promise<Certificate[]> {
  const { rows } = await sql<Certificate>`
    select id, number, from_day as "from", to_day as "to", because, demonstration, ended_on as "endedOn",
      ended_because as "endedBecause"
    from app.certificate where staff_id = ${staffId}::uuid order by id desc`.execute(tx)
  return rows
}

export type CommitteeDuty = Readonly<{
  id: number
  areaId: string
  areaName: string
  from: string
  to: string | null
}>

/** Committees that somebody answers or answered for, those without an end first. */
export async function readDuties(tx: Tx, staffId: string): Promise<CommitteeDuty[]> {
  const { rows } = await sql<CommitteeDuty>`
    select duty.id, area.id as "areaId", area.name as "areaName", valid_from as "from", valid_to as "to"
    from app.duty join app.area on area.id = area_id
    where staff_id = ${staffId}::uuid order by valid_to desc nulls first, area.id, duty.id`.execute(
    tx,
  )
  return rows
}

/** @param seen version of the record that the writer read; null for none. @returns null where somebody stated something since */
export async function stateAdvisor(
  tx: Tx,
  staffId: string,
  content: AdvisorContent,
  seen: number | null,
): Promise<number | null> {
  const { rows } = await sql<{ id: number | null }>`
    select app.state_advisor(${staffId}::uuid, ${JSON.stringify(content)}::jsonb, ${seen}) as id`.execute(
    tx,
  )
  return rows[0]?.id ?? null
}

/** @param badge what the code on the badge will lead to, not to be guessed. @returns number of the row */
export async function issueCertificate(
  tx: Tx,
  staffId: string,
  content: CertificateContent,
  badge: string,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select app.issue_certificate(${staffId}::uuid, ${JSON.stringify(content)}::jsonb, ${badge}) as id`.execute(
    tx,
  )
  return rows[0]?.id ?? 0
}

/** @returns whose it was; null where none stands */
export async function endCertificate(
  tx: Tx,
  id: number,
  ending: Readonly<{ on: string; because: string }>,
): Promise<string | null> {
  const { rows } = await sql<{ staffId: string | null }>`
    select app.end_certificate(${id}, ${ending.on}::date, ${ending.because}) as "staffId"`.execute(
    tx,
  )
  return rows[0]?.staffId ?? null
}

/** The token in the code of a badge, for whoever may print it. */
export async function badgeToken(tx: Tx, certificate: number): Promise<string | null> {
  const { rows } = await sql<{ token: string | null }>`
    select app.badge_of(${certificate}) as token`.execute(tx)
  return rows[0]?.token ?? null
}

/** Of some, whoever may be handed no lead on a day, with the reason. @param on 'YYYY-MM-DD' */
export async function unfitForLeads(
  tx: Tx,
  staffIds: readonly string[],
  on: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; standing: Standing }>`
    select id, app.certificate_standing(id, ${on}::date) as standing from unnest(${staffIds}::uuid[]) id`.execute(
    tx,
  )
  return new Map(
    rows.flatMap(({ id, standing }) => {
      const because = unfitBecause(standing)
      return because === null ? [] : [[id, because] as const]
    }),
  )
}
