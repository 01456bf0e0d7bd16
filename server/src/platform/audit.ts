import { sql } from 'kysely'
import type { Tx } from './db/database.ts'

/** A class of what there is to know of somebody, or one fact by its id; its value is noted nowhere. */
export type AuditField =
  | 'head'
  | 'members'
  | 'id-number'
  | 'phone'
  | 'address'
  | 'facts:plain'
  | 'facts:need-signal'
  | 'facts:clinical'
  | 'awards'
  | 'verdicts'
  | 'amounts'
  | 'leads'
  | 'services'
  | 'reliefs'
  | 'cases'
  | 'questions'
  | 'consents'
  | 'feedback'
  | 'assessments'
  | 'scales'
  | `fact:${string}`

export type AuditEntry = Readonly<{
  /** feature.happened, e.g. `household.read`. */
  action: string
  /** kind:id, e.g. `household:42`; never a name or number of a person. */
  subject?: string
  householdId?: number
  areaId?: string
  /** Where somebody stated one; else the database notes the duty, lead or office they act in. */
  reason?: string
  /** Noted by the database where left out, as is the address. */
  requestId?: string
  /** What was shown or written of somebody. */
  fields?: readonly AuditField[]
  detail?: Readonly<Record<string, unknown>>
}>

/** Notes who did what in the transaction that does it; the database itself says who and when. */
export async function audit(tx: Tx, entry: AuditEntry): Promise<void> {
  await sql`insert into app.audit
      (action, subject, household_id, area_id, reason, request_id, detail, fields)
    values (${entry.action}, ${entry.subject ?? null}, ${entry.householdId ?? null},
      ${entry.areaId ?? null}, ${entry.reason ?? null}, ${entry.requestId ?? null},
      ${entry.detail ? JSON.stringify(entry.detail) : null}::jsonb, ${[...(entry.fields ?? [])]}::text[])`.execute(
    tx,
  )
}
