import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { endClocks, startClocks } from '../duties/clock-queries.ts'

type Sent = Readonly<{
  id: number
  householdId: number
  sensitivity: 'plain' | 'need-signal' | 'clinical'
  sentAt: string
}>

/**
 * Brings the clocks of corrections in step with them: one runs from when a correction was sent until its source answers, or
 * nothing is asked any more. What departments' systems fetch and deliveries settle comes here with the job of the clocks.
 *
 * @param at the instant it is, in milliseconds since 1970; where the installation stands on an earlier day, clocks begin then
 */
export async function keepCorrectionClocks(tx: Tx, at: number): Promise<void> {
  const sent = await sql<Sent>`
    select id, household_id as "householdId", sensitivity, sent_at as "sentAt" from app.correction
    where state = 'sent' and not exists (select from app.clock
      where subject = 'correction' and subject_id = correction.id and ended_at is null)
    order by id`.execute(tx)
  await startClocks(
    tx,
    { kind: 'correction', subject: 'correction' },
    sent.rows.map(({ sentAt, ...one }) => ({
      ...one,
      owner: null,
      startedAt: Math.min(Date.parse(sentAt), at),
    })),
  )
  const over = await sql<{ id: number; answered: boolean }>`
    select correction.id, state in ('adopted', 'refused') as answered from app.clock
    join app.correction on correction.id = subject_id
    where subject = 'correction' and ended_at is null and state <> 'sent' order by 1`.execute(tx)
  for (const [answered, how] of [
    [true, 'handled'],
    [false, 'withdrawn'],
  ] as const) {
    const ids = over.rows.filter((one) => one.answered === answered).map(({ id }) => id)
    if (ids.length > 0) await endClocks(tx, { subject: 'correction', ids, how, at })
  }
}
