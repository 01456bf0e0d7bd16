import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/** Which entries an auditor looks for; days are Shanghai's, both ends included. */
export type EntryFilters = Readonly<{
  /** Part of a name, or the actor as it stands: `job:match`, `staff:…`. */
  who?: string
  action?: string
  household?: number
  lead?: number
  from?: string
  to?: string
  request?: string
  address?: string
}>

/** An entry as an auditor reads it: ids and names of fields, never what they say. */
export type AuditLine = Readonly<{
  id: number
  at: string
  actor: string
  name: string | null
  role: string | null
  action: string
  subject: string | null
  /** Whose account it is about, where it is about one. */
  subjectName: string | null
  householdId: number | null
  areaId: string | null
  reason: string | null
  requestId: string | null
  address: string | null
  fields: string[]
  /** How many rows left as a file or list. */
  rows: number | null
}>

/** Entries newest first, those below `before`. */
export async function listEntries(
  tx: Tx,
  filters: EntryFilters,
  { before, most }: { before?: number; most: number },
): Promise<AuditLine[]> {
  const { rows } = await sql<AuditLine>`
    select audit.id, audit.at, audit.actor, staff.name, staff.role, audit.action, audit.subject,
      concerned.name as "subjectName", audit.household_id as "householdId", audit.area_id as "areaId", audit.reason,
      audit.request_id as "requestId", audit.address, audit.fields,
      case when jsonb_typeof(audit.detail -> 'rows') = 'number' then (audit.detail ->> 'rows')::int
        when jsonb_typeof(audit.detail -> 'shown') = 'array' then jsonb_array_length(audit.detail -> 'shown')
        end as rows
    from app.audit left join app.staff on audit.actor = 'staff:' || staff.id
      left join app.staff concerned on audit.subject = 'staff:' || concerned.id
    where ${where(filters)} ${before === undefined ? sql`` : sql`and audit.id < ${before}`}
    order by audit.id desc limit ${most}`.execute(tx)
  return rows
}

function where({ who, action, household, lead, from, to, request, address }: EntryFilters) {
  const shown = (id: number) => sql`audit.detail ? 'shown'
    and audit.detail -> 'shown' @> to_jsonb(${id}::bigint)`
  const parts: RawBuilder<unknown>[] = [sql`true`]
  if (who !== undefined)
    parts.push(sql`(audit.actor = ${who} or strpos(coalesce(staff.name, ''), ${who}) > 0)`)
  if (action !== undefined) parts.push(sql`starts_with(audit.action, ${action})`)
  if (household !== undefined)
    parts.push(sql`(audit.household_id = ${household}
      or ${shown(household)} and audit.action !~ '^(lead|lab)\\.')`)
  if (lead !== undefined)
    parts.push(sql`(audit.subject = ${`lead:${lead}`}
      or ${shown(lead)} and starts_with(audit.action, 'lead.')
      or audit.detail -> 'leadIds' @> to_jsonb(${lead}::bigint))`)
  if (from !== undefined)
    parts.push(sql`audit.at >= ${from}::date::timestamp at time zone 'Asia/Shanghai'`)
  if (to !== undefined)
    parts.push(sql`audit.at < (${to}::date + 1)::timestamp at time zone 'Asia/Shanghai'`)
  if (request !== undefined) parts.push(sql`audit.request_id = ${request}`)
  if (address !== undefined) parts.push(sql`audit.address = ${address}`)
  return sql.join(parts, sql` and `)
}

export type Look = Readonly<{
  id: number
  at: string
  name: string | null
  role: string | null
  action: string
  reason: string | null
  fields: string[]
}>

/** Who looked at a household or wrote in it, latest first; nothing for whom it is not to tell. */
export async function looksAt(tx: Tx, householdId: number, most: number): Promise<Look[]> {
  const { rows } = await sql<Look>`select id, at, name, role, action, reason, fields
    from app.looks_at(${householdId}, ${most})`.execute(tx)
  return rows
}
