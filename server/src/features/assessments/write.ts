import { sql } from 'kysely'
import type { Static } from 'typebox'
import { dayFromText, textFromDay } from '@qiao/rules'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { mayRead } from '../households/household.ts'
import { type HouseholdRecord, readerOf, readHousehold } from '../households/queries.ts'
import { monthsValid, weigh } from './assessment.ts'
import { assessmentProblems } from './problems.ts'
import {
  addNeeds,
  type AssessmentState,
  beginAssessment,
  confirmAssessment,
  readAssessments,
  returnAssessment,
  type StoredAssessment,
  submitAssessment,
  writeAssessment,
} from './queries.ts'
import type { AssessmentDecisionForm, AssessmentForm } from './views.ts'
import { weightsInForce } from './weight-queries.ts'
import { openWords, sealText, sealWords } from './words.ts'

/**
 * A household that is in sight, for somebody who may read what its assessment tells: whoever could write what they do not
 * see would overwrite it blindly.
 *
 * @throws Problem `not-found` or `assessment-not-yours`
 */
export async function householdToAssess(tx: Tx, id: number): Promise<HouseholdRecord> {
  const household = await readHousehold(tx, id)
  if (!household) throw problem(platformProblems, 'not-found')
  if (!(await mayAssess(tx, household))) throw problem(assessmentProblems, 'assessment-not-yours')
  // Two who begin at once follow one another.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`assessment ${id}`}, 0))`.execute(tx)
  return household
}

export async function mayAssess(tx: Tx, { area }: HouseholdRecord): Promise<boolean> {
  return mayRead('need-signal', await readerOf(tx, area.id))
}

/**
 * Writes the draft of a household's assessment, or begins one; weighed by the weights in force.
 *
 * @throws Problem `assessment-changed`, `assessment-step` or `assessment-invalid`
 */
export async function saveDraft(
  tx: Tx,
  householdId: number,
  form: Static<typeof AssessmentForm>,
  { cipher, today }: Readonly<{ cipher: FieldCipher; today: string }>,
): Promise<void> {
  refuseContradiction(form)
  const open = openOf(await readAssessments(tx, householdId))
  if (open?.state === 'submitted') throw problem(assessmentProblems, 'assessment-step')
  if (form.seen !== (open?.edit ?? 0)) throw problem(assessmentProblems, 'assessment-changed')
  const weights = await weightsInForce(tx)
  const { least, most, grade, proposed } = weigh(form.answers, form.redLines, weights)
  const written = {
    weights: weights.id,
    answers: form.answers,
    redLines: form.redLines,
    needs: form.needs.map(({ dimension, urgency }) => ({ dimension, urgency })),
    words: sealWords(cipher, {
      evidence: form.evidence,
      changedBecause: form.changedBecause,
      outcomes: form.needs.map(({ outcome }) => outcome.trim()),
    }),
    least,
    most,
    grade,
    proposed,
    changedTo: form.changedTo === proposed ? null : form.changedTo,
    onDay: today,
  }
  const done = open
    ? await writeAssessment(tx, { id: open.id, seen: form.seen }, written)
    : await beginAssessment(tx, householdId, written)
  if (!done) throw problem(assessmentProblems, 'assessment-changed')
}

function refuseContradiction({
  changedTo,
  changedBecause,
  redLines,
}: Static<typeof AssessmentForm>) {
  const wrong = (field: string, message: string) =>
    problem(assessmentProblems, 'assessment-invalid', message, [
      { path: `/body/${field}`, message },
    ])
  if (redLines.length > 0 && changedTo !== null && changedTo !== 'urgent')
    throw wrong('changedTo', '有紧急情形时是“紧急保护”；不属实请先取消红线')
  if (changedTo !== null && changedBecause === null)
    throw wrong('changedBecause', '改变分类要说明理由')
}

/**
 * Confirms a draft: it holds from now on. One of the highest grade waits for somebody else to approve it.
 *
 * @throws Problem `assessment-step`, `assessment-changed` or `assessment-unfinished`
 */
export async function confirmDraft(
  tx: Tx,
  householdId: number,
  seen: number,
  parts: Readonly<{ cipher: FieldCipher; today: string }>,
): Promise<'submitted' | 'confirmed'> {
  const draft = atStep(await readAssessments(tx, householdId), 'draft', seen)
  if (draft.proposed === null) throw problem(assessmentProblems, 'assessment-unfinished')
  if (draft.grade === 'high') {
    await submitAssessment(tx, { id: draft.id, seen })
    return 'submitted'
  }
  await putIntoForce(tx, householdId, draft, parts)
  return 'confirmed'
}

/** @throws Problem `assessment-step`, `assessment-changed`, `assessment-own` or `assessment-invalid` */
export async function decideSubmitted(
  tx: Tx,
  householdId: number,
  { seen, decision, because }: Static<typeof AssessmentDecisionForm>,
  parts: Readonly<{ cipher: FieldCipher; today: string }>,
): Promise<void> {
  const submitted = atStep(await readAssessments(tx, householdId), 'submitted', seen)
  if (submitted.own) throw problem(assessmentProblems, 'assessment-own')
  if (decision === 'approved') return putIntoForce(tx, householdId, submitted, parts)
  if (because === undefined) {
    const message = '退回要说明理由'
    throw problem(assessmentProblems, 'assessment-invalid', message, [
      { path: '/body/because', message },
    ])
  }
  await returnAssessment(tx, { id: submitted.id, seen }, because.trim())
}

async function putIntoForce(
  tx: Tx,
  householdId: number,
  { id, edit, state, grade, redLines, needs, words }: StoredAssessment,
  { cipher, today }: Readonly<{ cipher: FieldCipher; today: string }>,
): Promise<void> {
  const validUntil = monthsAfter(today, monthsValid(grade, redLines))
  const from = state === 'submitted' ? 'submitted' : 'draft'
  if (!(await confirmAssessment(tx, { id, seen: edit, from }, validUntil)))
    throw problem(assessmentProblems, 'assessment-changed')
  const { outcomes } = openWords(cipher, words)
  await addNeeds(
    tx,
    { assessmentId: id, householdId },
    needs.map((need, place) => ({ ...need, outcome: sealText(cipher, outcomes[place] ?? '') })),
  )
}

/** The assessment that somebody is writing, or that waits for approval. */
function openOf(all: readonly StoredAssessment[]): StoredAssessment | undefined {
  return all.find(({ state }) => state === 'draft' || state === 'submitted')
}

function atStep(
  all: readonly StoredAssessment[],
  step: AssessmentState,
  seen: number,
): StoredAssessment {
  const open = openOf(all)
  if (open?.state !== step) throw problem(assessmentProblems, 'assessment-step')
  if (open.edit !== seen) throw problem(assessmentProblems, 'assessment-changed')
  return open
}

/** The same day so many months later, or the last of that month. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const place = year * 12 + (month - 1) + months
  const [toYear, toMonth] = [Math.floor(place / 12), (place % 12) + 1]
  const first = `${String(toYear).padStart(4, '0')}-${String(toMonth).padStart(2, '0')}-01`
  const next =
    toMonth === 12 ? `${toYear + 1}-01-01` : `${toYear}-${String(toMonth + 1).padStart(2, '0')}-01`
  const length = (dayFromText(next) ?? 0) - (dayFromText(first) ?? 0)
  return textFromDay((dayFromText(first) ?? 0) + Math.min(date, length) - 1)
}
