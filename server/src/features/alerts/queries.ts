import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Finding, Pattern, Watched } from './pattern.ts'

/** Entries of a pattern within its minutes, in the order of their numbers. */
export async function watchedEntries(tx: Tx, { actions, minutes }: Pattern): Promise<Watched[]> {
  // As literals: a partial index is of use only where the statement itself names its actions.
  const { rows } = await sql<Watched>`
    select id, at, actor, subject, household_id as "householdId" from app.audit
    where action in (${sql.join(actions.map((one) => sql.lit(one)))})
      and at > now() - make_interval(mins => ${minutes})
    order by id`.execute(tx)
  return rows
}

/** By account, `''` for over all of them: up to which entry the pattern was settled. */
export async function settledUpTo(tx: Tx, pattern: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ account: string; last: number }>`
    select coalesce(staff_id::text, '') as account, max(last_entry) as last from app.alert
    where pattern = ${pattern} and settled_at is not null group by 1`.execute(tx)
  return new Map(rows.map(({ account, last }) => [account, last]))
}

/** @returns false where all of it is told already */
export async function raiseAlert(
  tx: Tx,
  pattern: string,
  { staffId, ...seen }: Finding,
): Promise<boolean> {
  const { rows } = await sql<{ id: number | null }>`select app.raise_alert(
    ${pattern}, ${staffId}, ${JSON.stringify(seen)}::jsonb, ${seen.entries.at(-1) ?? 0}) as id`.execute(
    tx,
  )
  return typeof rows[0]?.id === 'number'
}

export type Alert = Readonly<{
  id: number
  pattern: string
  staffId: string | null
  name: string | null
  role: string | null
  evidence: readonly Omit<Finding, 'staffId'>[]
  raisedAt: string
  lastAt: string
  settledAt: string | null
  settledBy: string | null
  note: string | null
  /** Of the account of whoever asks. */
  own: boolean
}>

/** Open ones first, the latest of each first. */
export async function listAlerts(tx: Tx, most: number): Promise<Alert[]> {
  const { rows } = await sql<Alert>`
    select alert.id, pattern, alert.staff_id as "staffId", about.name, about.role, evidence,
      raised_at as "raisedAt", last_at as "lastAt", settled_at as "settledAt",
      settler.name as "settledBy", note, alert.staff_id is not distinct from auth.staff_id() as own
    from app.alert left join app.staff about on about.id = alert.staff_id
      left join app.staff settler on settler.id = alert.settled_by
    order by settled_at is not null, last_at desc, alert.id desc limit ${most}`.execute(tx)
  return rows
}

/** @returns false where it is settled already, or there is none */
export async function settleAlert(tx: Tx, id: number, note: string): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select app.settle_alert(${id}, ${note}) as done`.execute(tx)
  return rows[0]?.done === true
}
