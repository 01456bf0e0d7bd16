import { sql } from 'kysely'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { keepClocks } from './clocks.ts'
import {
  afterStep,
  type CaseStanding,
  type CaseStep,
  type Cause,
  type ClosingReason,
  hindrance,
} from './case.ts'
import { caseProblems } from './problems.ts'
import { readGoals } from './queries.ts'
import { sealWords } from './words.ts'

export type Acting = Readonly<{
  staffId: string
  today: string
  at: number
  cipher: FieldCipher
}>

/**
 * Opens the case of a household, in the hands of whoever does.
 *
 * @returns its id
 * @throws Problem `case-open` where it has one that is not archived
 */
export async function openCase(
  tx: Tx,
  householdId: number,
  { cause, text }: Readonly<{ cause: Cause; text: string }>,
  acting: Acting,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into app.household_case (household_id, cause, opened_on)
    select ${householdId}, ${cause}, ${acting.today}::date
    where not exists (select from app.household_case where household_id = ${householdId} and state <> 'archived')
    returning id`.execute(tx)
  const id = rows[0]?.id
  if (id === undefined) throw problem(caseProblems, 'case-open')
  const of = { id, householdId }
  await note(tx, of, 'open', text, acting)
  await keepClocks(tx, of, 'open', acting)
  return id
}

/** A step with what it says. */
export type Taken = Readonly<{
  step: CaseStep
  text?: string | undefined
  agreedHow?: 'signed' | 'spoken' | undefined
  closingReason?: ClosingReason | undefined
  householdWord?: string | undefined
  version: number
}>

type Stored = CaseStanding &
  Readonly<{
    id: number
    householdId: number
    version: number
    owner: string
    handedTo: string | null
    submittedBy: string | null
    closingAskedBy: string | null
  }>

/** Steps that go nowhere without words: why, or what was found. */
const worded: readonly CaseStep[] = [
  'return',
  'keep-open',
  'suspend',
  'urgent',
  'calm',
  'review',
  'follow-up',
  'relapse',
]

/**
 * Takes a step of a case.
 *
 * @throws Problem `not-found`, `case-changed`, `case-step-wrong`, `case-says-nothing`, `case-no-goals`, `case-goals-open` or
 *   `case-decided-by-another`
 */
export async function takeStep(tx: Tx, id: number, taken: Taken, acting: Acting): Promise<void> {
  const stored = await lockCase(tx, id, taken.version)
  const { step } = taken
  const text = taken.text?.trim() ?? ''
  const closing = step === 'ask-closing' ? (taken.closingReason ?? null) : stored.closingReason
  const after = afterStep({ ...stored, closingReason: closing }, step)
  if (!after) throw problem(caseProblems, 'case-step-wrong')
  refuseUnsaid(taken, text)
  const hindered = hindrance(step, await readGoals(tx, id))
  if (hindered) throw problem(caseProblems, `case-${hindered}`)
  const own =
    (step === 'approve' && stored.submittedBy === acting.staffId) ||
    (step === 'close' && stored.closingAskedBy === acting.staffId)
  if (own) throw problem(caseProblems, 'case-decided-by-another')
  const word = taken.householdWord?.trim()
  await sql`update app.household_case set state = ${after.state}, resumes_to = ${after.resumesTo}, urgent = ${after.urgent},
      agreed_how = ${step === 'submit' ? (taken.agreedHow ?? null) : sql`agreed_how`},
      agreed_on = ${step === 'submit' ? acting.today : sql`agreed_on`}::date,
      closing_reason = ${closing},
      household_word_enc = ${step === 'ask-closing' && word ? sealWords(acting.cipher, word) : sql`household_word_enc`},
      closed_on = ${step === 'close' ? acting.today : step === 'relapse' ? null : sql`closed_on`}::date
    where id = ${id}`.execute(tx)
  if (step === 'approve')
    await sql`update app.case_goal set state = 'in-progress' where case_id = ${id} and state = 'proposed'`.execute(
      tx,
    )
  await note(tx, stored, step, text || null, acting)
  await keepClocks(tx, { ...stored, ...after, closingReason: closing }, step, acting)
}

/** What a step has to say beside itself. */
function refuseUnsaid(
  { step, agreedHow, closingReason, householdWord }: Taken,
  text: string,
): void {
  const missing = (path: string, message: string) =>
    problem(caseProblems, 'case-says-nothing', message, [{ path, message }])
  if (worded.includes(step) && text.length < 2)
    throw missing('/body/text', '请写明情况，至少两个字')
  if (step === 'submit' && !agreedHow)
    throw missing('/body/agreedHow', '请登记家庭怎样同意这份方案')
  if (step === 'ask-closing' && !closingReason)
    throw missing('/body/closingReason', '请选择结案原因')
  if (step === 'ask-closing' && (householdWord?.trim().length ?? 0) < 2)
    throw missing('/body/householdWord', '请写明家庭对结案的意见；联系不上的，写明怎样联系过')
}

/** @throws Problem `not-found` or `case-changed` */
export async function lockCase(tx: Tx, id: number, version: number): Promise<Stored> {
  const { rows } = await sql<Stored>`
    select id, household_id as "householdId", state, resumes_to as "resumesTo", urgent, closing_reason as "closingReason",
      version, owner, handed_to as "handedTo", submitted_by as "submittedBy", closing_asked_by as "closingAskedBy"
    from app.household_case where id = ${id} for update`.execute(tx)
  const stored = rows[0]
  if (!stored) throw problem(platformProblems, 'not-found')
  if (stored.version !== version) throw problem(caseProblems, 'case-changed')
  return stored
}

export async function note(
  tx: Tx,
  { id, householdId }: Readonly<{ id: number; householdId: number }>,
  step: string,
  text: string | null,
  { today, cipher }: Pick<Acting, 'today' | 'cipher'>,
): Promise<void> {
  await sql`insert into app.case_event (case_id, household_id, step, on_day, text_enc)
    values (${id}, ${householdId}, ${step}, ${today}::date, ${text ? sealWords(cipher, text) : null}::bytea)`.execute(
    tx,
  )
}
