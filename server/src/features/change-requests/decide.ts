import { sql } from 'kysely'
import type { Static } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { FactValue } from '../households/fact-value.ts'
import { type FactParts, recordFact } from '../households/facts.ts'
import { finishChange, lockHousehold } from '../households/household-change.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import { readerOf } from '../households/queries.ts'
import { isClear } from '../staff/field-classes.ts'
import { refuseBorneNumbers } from './borne-number.ts'
import { basisOf, classOf, evidenceKinds, isOwnField } from './change-request.ts'
import { explained } from './explained.ts'
import { changeRequestProblems } from './problems.ts'
import { type ItemRow, readConflicts, readItems, readRequest, type RequestRow } from './queries.ts'
import type { ApprovalForm } from './views.ts'

export type DecideParts = FactParts & Readonly<{ cipher: FieldCipher }>
type Of = Readonly<{ id: number; version: number; requestId: string }>

/** @throws Problem `not-found` where the household is none of the caller's */
export async function requestInSight(tx: Tx, id: number): Promise<RequestRow> {
  const request = await readRequest(tx, id)
  if (!request) throw problem(platformProblems, 'not-found')
  return request
}

/**
 * Returns or refuses a request, by another than who asked; or withdraws it, by who asked.
 *
 * @throws Problem `not-found`, `request-changed`, `request-own` or `forbidden`
 */
export async function stepRequest(
  tx: Tx,
  { id, version, requestId }: Of,
  { step, because }: { step: 'returned' | 'refused' | 'withdrawn'; because: string | null },
): Promise<void> {
  const request = await requestInSight(tx, id)
  await sql`select app.step_change_request(${id}, ${step}, ${because}, ${version})`
    .execute(tx)
    .catch(explained)
  await note(tx, request, `household.change-${step}`, requestId)
}

/**
 * What is on record now takes the place of what was; what is done already is asked for no longer.
 *
 * @throws Problem `not-found`, `request-changed`, `request-asks-nothing` or `forbidden`
 */
export async function rebaseRequest(tx: Tx, { id, version, requestId }: Of): Promise<void> {
  const request = await requestInSight(tx, id)
  await sql`select app.rebase_change_request(${id}, ${version})`.execute(tx).catch(explained)
  await note(tx, request, 'household.change-rebased', requestId)
}

/**
 * Puts on record what is asked for, on the ways of every other write: facts with source, evidence and basis, the version
 * counted up, `household.changed` enqueued. Others that wait for the same are refused before, or rebased after.
 *
 * @returns the household's new version
 * @throws Problem `not-found`, `request-changed`, `request-own`, `request-unseen`, `request-conflicts`,
 *   `request-out-of-date`, `request-person-left`, `number-borne`, `fact-not-yours` or `request-asks-nothing`
 */
export async function approveRequest(
  tx: Tx,
  parts: DecideParts,
  { id, version, others = [], requestId }: Static<typeof ApprovalForm> & Of,
): Promise<number> {
  const request = await requestInSight(tx, id)
  const household = await lockHousehold(tx, request.household.id)
  const items = await readItems(tx, id)
  await refuseUnseen(tx, request, items)
  const conflicting = new Set((await readConflicts(tx, id)).map((one) => one.id))
  if (others.some((one) => !conflicting.has(one.id)))
    throw problem(
      changeRequestProblems,
      'request-conflicts',
      '相互冲突的申请已有变动，请刷新页面。',
    )
  for (const other of others.filter(({ becomes }) => becomes === 'refused')) {
    const because = `已同意第 ${id} 号申请，两份申请更正同一项`
    await stepRequest(tx, { ...other, requestId }, { step: 'refused', because })
  }
  await refuseBorne(tx, parts.cipher, items)
  const rebased = others.filter(({ becomes }) => becomes === 'rebased')
  await sql`select app.approve_change_request(${id}, ${version}, ${rebased.map((one) => one.id)}::bigint[])`
    .execute(tx)
    .catch(explained)
  let seen = await finishChange(tx, parts, household)
  for (const item of items.filter(({ field }) => !isOwnField(field)))
    seen = (await recordFact(tx, parts, { ...factRecord(request, item), version: seen, requestId }))
      .version
  for (const other of rebased) await rebaseRequest(tx, { ...other, requestId })
  await note(tx, request, 'household.change-approved', requestId)
  return seen
}

function factRecord(request: RequestRow, { personId, field, after }: ItemRow) {
  return {
    householdId: request.household.id,
    personId,
    fact: field.slice('fact:'.length),
    value: after as FactValue,
    money: 'fen',
    verifiedOn: request.seenOn,
    source: evidenceKinds[request.evidenceKind],
    evidence: `${request.evidence}（更正申请第 ${request.id} 号）`,
    basis: basisOf(request.evidenceKind),
    settles: `同意更正申请第 ${request.id} 号`,
  } as const
}

/** Nobody agrees to what they were not shown: a number in the request, or why it is asked. */
async function refuseUnseen(
  tx: Tx,
  { area }: RequestRow,
  items: readonly ItemRow[],
): Promise<void> {
  const reader = await readerOf(tx, area.id)
  const classes = items.map(({ field, sensitivity }) => classOf(field, sensitivity))
  if (!['free-text' as const, ...classes].every((one) => isClear(one, reader)))
    throw problem(changeRequestProblems, 'request-unseen')
}

/** Asked again when it is decided: somebody may have been entered with the number meanwhile. */
async function refuseBorne(tx: Tx, cipher: FieldCipher, items: readonly ItemRow[]): Promise<void> {
  const numbers = items.flatMap(({ personId, field, numberAfter }) =>
    numberAfter ? [{ personId, field, after: cipher.open('id-number', numberAfter) }] : [],
  )
  await refuseBorneNumbers(tx, cipher, numbers)
}

export async function note(
  tx: Tx,
  { id, household, area }: RequestRow,
  action: string,
  requestId: string,
): Promise<void> {
  await audit(tx, {
    action,
    subject: `household:${household.id}`,
    householdId: household.id,
    areaId: area.id,
    fields: ['members'],
    detail: { request: id },
    requestId,
  })
}
