import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import { unfitForLeads } from '../advisors/queries.ts'
import { handClocks } from '../duties/clock-queries.ts'
import { caseProblems } from './problems.ts'
import { type Acting, lockCase, note } from './steps.ts'

/**
 * Hands a case to a colleague; whoever has it in hand keeps it until they take it.
 *
 * @throws Problem `not-found`, `case-changed`, `case-step-wrong`, or `case-handover-wrong` for whom it cannot be handed to
 */
export async function handOver(
  tx: Tx,
  id: number,
  { to, text, version }: Readonly<{ to: string; text: string; version: number }>,
  acting: Acting,
): Promise<void> {
  const one = await lockCase(tx, id, version)
  if (one.state === 'archived' || one.handedTo) throw problem(caseProblems, 'case-step-wrong')
  const colleague = await colleagueFor(tx, to, one.householdId)
  const because = colleague && (await unfitForLeads(tx, [to], acting.today)).get(to)
  if (!colleague || because !== undefined || to === one.owner) {
    const message = because ? `${colleague?.name}${because}` : '请选择看得到这一家的另一位同事'
    throw problem(caseProblems, 'case-handover-wrong', message, [{ path: '/body/to', message }])
  }
  await sql`update app.household_case set handed_to = ${to}::uuid where id = ${id}`.execute(tx)
  await note(tx, one, 'hand', `${colleague.name}：${text.trim()}`, acting)
}

/** @throws Problem `not-found`, `case-changed` or `case-not-handed` */
export async function answerHandover(
  tx: Tx,
  id: number,
  {
    takes,
    text,
    version,
  }: Readonly<{ takes: boolean; text?: string | undefined; version: number }>,
  acting: Acting,
): Promise<void> {
  const one = await lockCase(tx, id, version)
  if (one.handedTo !== acting.staffId) throw problem(caseProblems, 'case-not-handed')
  await sql`update app.household_case set handed_to = null,
      owner = ${takes ? acting.staffId : one.owner}::uuid where id = ${id}`.execute(tx)
  await note(tx, one, takes ? 'taken' : 'declined', text?.trim() || null, acting)
  if (!takes) return
  const { rows } = await sql<{ name: string }>`
    select name from app.staff where id = ${acting.staffId}::uuid`.execute(tx)
  await handClocks(tx, {
    subject: 'case',
    ids: [id],
    owner: acting.staffId,
    name: rows[0]?.name ?? null,
    at: acting.at,
  })
}

/** Somebody in case work whose area holds the household, and whom the caller may see. */
async function colleagueFor(tx: Tx, staffId: string, householdId: number) {
  const { rows } = await sql<{ name: string }>`
    select staff.name from app.staff join app.household on household.id = ${householdId}
    where staff.id = ${staffId}::uuid and active and role in ('advisor', 'township', 'district')
      and starts_with(household.area_id, staff.area_id)`.execute(tx)
  return rows[0]
}
