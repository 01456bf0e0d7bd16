import { sql } from 'kysely'
import type { Tx } from './db/database.ts'

export type AuditEntry = Readonly<{
  /** feature.happened, e.g. `household.read`. */
  action: string
  /** kind:id, e.g. `household:42`; never a name or number of a person. */
  subject?: string
  householdId?: number
  areaId?: string
  reason?: string
  requestId?: string
  address?: string
  detail?: Readonly<Record<string, unknown>>
}>

/** Notes who did what in the transaction that does it; the database itself says who and when. */
export async function audit(tx: Tx, entry: AuditEntry): Promise<void> {
  await sql`insert into app.audit
      (action, subject, household_id, area_id, reason, request_id, address, detail)
    values (${entry.action}, ${entry.subject ?? null}, ${entry.householdId ?? null},
      ${entry.areaId ?? null}, ${entry.reason ?? null}, ${entry.requestId ?? null},
      ${entry.address ?? null}, ${entry.detail ? JSON.stringify(entry.detail) : null}::jsonb)`.execute(
    tx,
  )
}
