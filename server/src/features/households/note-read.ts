import { audit, type AuditField } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import { mayRead, type Reader } from './household.ts'
import { readHousehold } from './queries.ts'

export type HouseholdRead = Readonly<{
  action: string
  householdId: number
  fields: readonly AuditField[]
  detail?: Readonly<Record<string, unknown>>
}>

/**
 * Notes in the reader's own transaction that they looked at something of a household; nothing for one
 * that is none of theirs.
 */
export async function noteRead(
  tx: Tx,
  { action, householdId, fields, detail }: HouseholdRead,
): Promise<void> {
  const household = await readHousehold(tx, householdId)
  if (!household) return
  const subject = `household:${householdId}`
  const areaId = household.area.id
  await audit(tx, { action, subject, householdId, areaId, fields, ...(detail ? { detail } : {}) })
}

/** The classes of facts that a reader is shown. */
export function factFields(reader: Reader): AuditField[] {
  const classes = ['plain', 'need-signal', 'clinical'] as const
  return classes.filter((one) => mayRead(one, reader)).map((one): AuditField => `facts:${one}`)
}
