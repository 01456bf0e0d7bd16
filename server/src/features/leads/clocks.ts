import { sql } from 'kysely'
import { instantOn } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { endClocks, reopenClocks, startClocks } from '../duties/clock-queries.ts'

type Kept = Readonly<{
  id: number
  householdId: number
  clinical: boolean
  assignee: string | null
  state: 'open' | 'closed'
  /** A line is open of which nobody has told the family anything yet, or whom nobody could reach. */
  waits: boolean
  running: boolean
}>

/**
 * Brings the clocks of leads in step with their lines: one runs as long as somebody still has to be told (社会救助法第三十九条),
 * and ends with the last line that is told, put to rest or closed. Putting a lead aside stops nothing.
 *
 * @param undone what was recorded is taken back, so that a clock goes on as if it had never ended
 */
export async function keepLeadClocks(
  tx: Tx,
  leadIds: readonly number[],
  today: string,
  undone = false,
): Promise<void> {
  const { rows } = await sql<Kept>`
    select lead.id, household_id as "householdId", clinical, assignee, state,
      coalesce(waiting.waits, false) as waits, coalesce(clock.running, false) as running
    from app.lead
    left join (select lead_id, true as waits from app.lead_line
      where state = 'open' and (disposition is null or disposition = 'unreachable') and lead_id = any(${leadIds}::bigint[])
      group by lead_id) waiting on waiting.lead_id = lead.id
    left join (select subject_id, true as running from app.clock
      where subject = 'lead' and ended_at is null and subject_id = any(${leadIds}::bigint[])) clock on clock.subject_id = lead.id
    where lead.id = any(${leadIds}::bigint[]) order by lead.id`.execute(tx)
  const at = instantOn(today)
  const idsOf = (leads: readonly Kept[]) => leads.map(({ id }) => id)
  const over = rows.filter(({ waits, running }) => running && !waits)
  for (const [state, how] of [
    ['open', 'handled'],
    ['closed', 'closed'],
  ] as const) {
    const ids = idsOf(over.filter((lead) => lead.state === state))
    if (ids.length > 0) await endClocks(tx, { subject: 'lead', ids, how, at })
  }
  const waiting = rows.filter(({ waits, running }) => waits && !running)
  if (waiting.length === 0) return
  if (undone) return reopenClocks(tx, { subject: 'lead', ids: idsOf(waiting), at })
  await startClocks(
    tx,
    { kind: 'lead', subject: 'lead' },
    waiting.map(({ id, householdId, clinical, assignee }) => ({
      id,
      householdId,
      sensitivity: clinical ? 'clinical' : 'plain',
      owner: assignee,
      startedAt: at,
    })),
  )
}
