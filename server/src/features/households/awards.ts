import { dayFromText, type Programme } from '@qiao/rules'
import { sql } from 'kysely'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import {
  type ChangeParts,
  finishChange,
  isMember,
  lockHousehold,
  refuseStale,
  wrongField,
} from './household-change.ts'
import type { AwardRecord } from './queries.ts'

export type AwardParts = ChangeParts &
  Readonly<{
    /** The programmes in force: an award of another one cannot be recorded. */
    programmes: readonly Pick<Programme, 'id'>[]
  }>

/** What an official decided or stopped, for the household or, with `personId`, for one member. */
export type AwardDecision = Omit<AwardRecord, 'personId' | 'to'> &
  Readonly<{
    householdId: number
    personId?: number | null
    /** The last day, where it is known to end. */
    to?: string | null
    /** The household's version that the writer has seen. */
    version: number
    requestId?: string
  }>

/**
 * Records that something is received, has ended or was refused: what is thereby no longer true is
 * closed, the wide rows follow, and `household.changed` is enqueued, all in the caller's transaction.
 *
 * The database lets officials do it, within their area, and nobody else.
 *
 * @returns the household's new version
 * @throws Problem `not-found`, `award-invalid` or `household-changed`
 */
export async function recordAward(
  tx: Tx,
  parts: AwardParts,
  decision: AwardDecision,
): Promise<number> {
  const { householdId, programme, state, from, to = null, source } = decision
  const personId = decision.personId ?? null
  const household = await lockHousehold(tx, householdId)
  refuseWrong(parts, decision)
  if (personId !== null && !(await isMember(tx, householdId, personId))) {
    throw wrongField('award-invalid', 'personId', '这户没有这位成员')
  }
  refuseStale(household, decision.version)
  await sql`select app.record_award(${householdId}, ${personId}, ${programme}, ${state},
    ${from}::date, ${to}::date, ${source})`.execute(tx)
  const version = await finishChange(tx, parts, household)
  await audit(tx, {
    fields: ['awards'],
    action: 'household.award-recorded',
    subject: `household:${householdId}`,
    householdId,
    areaId: household.areaId,
    detail: { programme, state, ...(personId === null ? {} : { personId }) },
    ...(decision.requestId === undefined ? {} : { requestId: decision.requestId }),
  })
  return version
}

function refuseWrong({ programmes }: AwardParts, { programme, from, to }: AwardDecision): void {
  if (!programmes.some(({ id }) => id === programme)) {
    throw wrongField('award-invalid', 'programme', `没有这项政策：${programme}`)
  }
  if (dayFromText(from) === null) throw wrongField('award-invalid', 'from', '没有这一天')
  if (to === null || to === undefined) return
  if (dayFromText(to) === null) throw wrongField('award-invalid', 'to', '没有这一天')
  if (to < from) throw wrongField('award-invalid', 'to', '终止日期不能早于起始日期')
}
