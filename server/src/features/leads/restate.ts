import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { type Reasoned, reasonsOf } from './reasons.ts'

/** An open line with the sentence it should carry now. */
export type Outdated = Readonly<{
  lineId: number
  leadId: number
  householdId: number
  why: string
}>

/**
 * Open lines that say something else than today's facts: an income can change, or a standard, and
 * the answer be the same.
 */
export async function outdatedLines(
  tx: Tx,
  {
    pack,
    today,
    householdIds,
  }: Readonly<{ pack: Pack; today: string; householdIds?: readonly number[] }>,
): Promise<readonly Outdated[]> {
  const chosen = householdIds ? sql`household_id = any(${householdIds}::bigint[])` : sql`true`
  const { rows } = await sql<Reasoned & Outdated>`
    select id as "lineId", lead_id as "leadId", household_id as "householdId",
      person_id as "personId", programme, verdict, amount_kind as "amountKind", why
    from app.lead_line where state = 'open' and ${chosen}`.execute(tx)
  const sentences = await reasonsOf(tx, { pack, today }, rows)
  return rows.flatMap(({ lineId, leadId, householdId, why }, i) => {
    const now = sentences[i] ?? why
    return now === why ? [] : [{ lineId, leadId, householdId, why: now }]
  })
}

export async function restateLines(tx: Tx, lines: readonly Outdated[]): Promise<void> {
  if (lines.length === 0) return
  const rows = lines.map(({ lineId, why }) => ({ line_id: lineId, why }))
  await sql`update app.lead_line set why = row.why
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (line_id bigint, why text)
    where lead_line.id = row.line_id and state = 'open'`.execute(tx)
}
