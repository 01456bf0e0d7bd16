import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import {
  type ChangeParts,
  finishChange,
  lockHousehold,
  refuseStale,
} from '../households/household-change.ts'
import { refreshCurrent } from '../households/wide.ts'
import { invalid, note, type Of } from './change.ts'
import { type MemberParts, settleHukou } from './hukou.ts'
import { memberProblems } from './problems.ts'
import type { MoveForm, TakingBackForm } from './views.ts'

/**
 * A household moves to another committee in the writer's area, with all that is recorded of it; the fact `hukou`
 * of its members is worked out anew.
 *
 * @returns the household's new version
 * @throws Problem `not-found`, `household-changed` or `composition-invalid`
 */
export async function moveHousehold(
  tx: Tx,
  parts: MemberParts,
  form: Static<typeof MoveForm> & Of,
): Promise<number> {
  const { householdId, area } = form
  const household = await lockHousehold(tx, householdId)
  refuseStale(household, form.version)
  if (area === household.areaId) throw invalid({ field: 'area', message: '已在这个居村委会' })
  const { rows } = await sql`select from app.area where id = ${area} and level = 'committee'
    and id >= auth.scope_from() and id < auth.scope_to()`.execute(tx)
  if (rows.length === 0)
    throw invalid({ field: 'area', message: '须选本辖区内的居村委会；跨街镇的由区级办理' })
  // Noted where it lived; from then on the entry is found by the household.
  const { requestId, source } = form
  await note(tx, household, 'household.moved', requestId, { from: household.areaId, area, source })
  await sql`select app.move_household(${householdId}, ${area}, ${form.address.trim()})`
    .execute(tx)
    .catch((error: { constraint?: string }) => {
      if (error.constraint === 'restriction_viewer_works_there')
        throw invalid({
          field: 'area',
          message: '这户限制查阅，可查阅人员须先改为负责新居村的在岗人员',
        })
      throw error
    })
  await finishChange(tx, parts, { ...household, areaId: area })
  return settleHukou(tx, parts, { householdId, requestId })
}

/**
 * Takes back the last change of who lives in a household, where nothing was recorded on top of it.
 *
 * @returns the household's new version
 * @throws Problem `not-found`, `household-changed` or `nothing-to-take-back`
 */
export async function takeBackChange(
  tx: Tx,
  parts: ChangeParts,
  form: Static<typeof TakingBackForm> & Of,
): Promise<number> {
  const { householdId, because, requestId } = form
  const household = await lockHousehold(tx, householdId)
  refuseStale(household, form.version)
  const { rows } = await sql<{ households: number[] }>`
    select app.take_back_change(${householdId}) as households`
    .execute(tx)
    .catch((error: { code?: string }) => {
      // A household without a head, or somebody in two: what stood before no longer fits what came since. Insufficient
      // privilege: the other household of the change is not in sight.
      if (['23514', '23505', '42501'].includes(error.code ?? ''))
        throw problem(memberProblems, 'nothing-to-take-back')
      throw error
    })
  const others = (rows[0]?.households ?? []).map(Number).filter((id) => id !== householdId)
  await dropWide(tx, parts, [householdId, ...others])
  for (const id of others) {
    const other = await lockHousehold(tx, id)
    await finishChange(tx, parts, other)
    await note(tx, other, 'household.change-taken-back', requestId, { because, other: householdId })
  }
  await note(tx, household, 'household.change-taken-back', requestId, { because, others })
  return finishChange(tx, parts, household)
}

/** All at once: a person has one wide row, and either household may have it. */
async function dropWide(tx: Tx, { clock }: ChangeParts, ids: readonly number[]): Promise<void> {
  await refreshCurrent(tx, ids, clock.today())
}
