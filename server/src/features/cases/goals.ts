import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { readNeeds } from '../assessments/queries.ts'
import { readMembers } from '../households/queries.ts'
import { type SettledState, services } from './case.ts'
import { caseProblems } from './problems.ts'
import { type Acting, lockCase, note } from './steps.ts'
import type { CaseGoalForm } from './views.ts'
import { sealWords } from './words.ts'

type Written = Static<typeof CaseGoalForm>
type Planning = Acting & Readonly<{ programmes: readonly Readonly<{ id: string }>[] }>

/**
 * Adds a goal to the plan of a case, or writes one anew.
 *
 * @param goalId null for another goal
 * @throws Problem `not-found`, `case-changed`, `case-goal-not-planned` or `case-goal-wrong`
 */
export async function writeGoal(
  tx: Tx,
  { caseId, goalId }: Readonly<{ caseId: number; goalId: number | null }>,
  written: Written,
  acting: Planning,
): Promise<void> {
  const one = await lockCase(tx, caseId, written.version)
  if (one.state !== 'planning') throw problem(caseProblems, 'case-goal-not-planned')
  await refuseStrange(tx, one.householdId, written, acting)
  const { cipher } = acting
  const values = {
    person: written.personId ?? null,
    need: written.needId ?? null,
    text: sealWords(cipher, written.text),
    measure: sealWords(cipher, written.measure),
    ref: written.means === 'own' ? null : (written.meansRef?.trim() ?? null),
  }
  const { means, owner, dueOn } = written
  const { rows } =
    goalId === null
      ? await sql`insert into app.case_goal (case_id, household_id, person_id, need_id, text_enc, measure_enc, means,
          means_ref, owner, due_on)
        values (${caseId}, ${one.householdId}, ${values.person}, ${values.need}, ${values.text}, ${values.measure}, ${means},
          ${values.ref}, ${owner}, ${dueOn}::date) returning id`.execute(tx)
      : await sql`update app.case_goal set person_id = ${values.person}, need_id = ${values.need}, text_enc = ${values.text},
          measure_enc = ${values.measure}, means = ${means}, means_ref = ${values.ref}, owner = ${owner},
          due_on = ${dueOn}::date
        where id = ${goalId} and case_id = ${caseId} and state in ('proposed', 'in-progress') returning id`.execute(
          tx,
        )
  if (rows.length === 0) throw problem(platformProblems, 'not-found')
  await note(tx, one, goalId === null ? 'goal-added' : 'goal-changed', written.text, acting)
}

/** @throws Problem `case-goal-wrong` where it names what is not this household's, or is due before today */
async function refuseStrange(
  tx: Tx,
  householdId: number,
  { personId, needId, means, meansRef, dueOn }: Written,
  { today, programmes }: Planning,
): Promise<void> {
  const wrong = (path: string, message: string) =>
    problem(caseProblems, 'case-goal-wrong', message, [{ path, message }])
  if (dueOn < today) throw wrong('/body/dueOn', '完成日期不能早于今天')
  if (
    personId &&
    !(await readMembers(tx, householdId, today)).some((one) => one.personId === personId)
  )
    throw wrong('/body/personId', '这位不是现在的家庭成员')
  if (needId && !(await readNeeds(tx, householdId)).some(({ id }) => id === needId))
    throw wrong('/body/needId', '需求清单里没有这一项')
  if (means === 'policy' && !programmes.some(({ id }) => id === meansRef))
    throw wrong('/body/meansRef', '请选择现行的政策')
  if (means === 'service' && !(services as readonly string[]).includes(meansRef ?? ''))
    throw wrong('/body/meansRef', '请选择五项服务之一')
  if (means === 'resource' && !meansRef?.trim()) throw wrong('/body/meansRef', '请写明是什么资源')
}

/**
 * Records what came of a goal; it stays so.
 *
 * @throws Problem `not-found`, `case-changed` or `case-goal-settled`
 */
export async function settleGoal(
  tx: Tx,
  { caseId, goalId }: Readonly<{ caseId: number; goalId: number }>,
  { state, outcome, version }: Readonly<{ state: SettledState; outcome: string; version: number }>,
  acting: Acting,
): Promise<void> {
  const one = await lockCase(tx, caseId, version)
  const { rows } = await sql<{ state: string }>`
    select state from app.case_goal where id = ${goalId} and case_id = ${caseId} for update`.execute(
    tx,
  )
  if (!rows[0]) throw problem(platformProblems, 'not-found')
  const served = ['planning', 'submitted', 'in-service', 'reviewing'].includes(one.state)
  if (!served || !['proposed', 'in-progress'].includes(rows[0].state))
    throw problem(caseProblems, 'case-goal-settled')
  await sql`update app.case_goal set state = ${state}, outcome_enc = ${sealWords(acting.cipher, outcome)},
      settled_on = ${acting.today}::date where id = ${goalId}`.execute(tx)
  await note(tx, one, `goal-${state}`, outcome, acting)
}
