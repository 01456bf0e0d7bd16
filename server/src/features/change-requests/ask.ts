import type { Fact } from '@qiao/rules'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Clock } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import { isMember, lockHousehold, refuseStale } from '../households/household-change.ts'
import { mayRead, sensitivityOf } from '../households/household.ts'
import { readerOf, readFacts } from '../households/queries.ts'
import { type Checked, checkItems, factOf, identityFacts } from './change-request.ts'
import { refuseBorneNumbers } from './borne-number.ts'
import { note, requestInSight } from './decide.ts'
import { explained } from './explained.ts'
import { changeRequestProblems } from './problems.ts'
import { fieldName } from './queries.ts'
import type { AmendmentForm, ChangeRequestForm } from './views.ts'

export type AskParts = Readonly<{ clock: Clock; cipher: FieldCipher; facts: readonly Fact[] }>

type Form = Omit<Static<typeof AmendmentForm>, 'version'>

/**
 * Asks that what is on record be put right; what stands there is taken down as it is on record.
 *
 * @returns the request's number
 * @throws Problem `not-found`, `household-changed`, `request-invalid`, `request-not-yours` or `number-borne`
 */
export async function askForChange(
  tx: Tx,
  parts: AskParts,
  form: Static<typeof ChangeRequestForm> & { householdId: number; requestId: string },
): Promise<number> {
  const household = await lockHousehold(tx, form.householdId)
  refuseStale(household, form.version)
  const items = await itemsToWrite(tx, parts, { household, form })
  const { rows } = await sql<{ id: number }>`
    select app.ask_for_change(${household.id}, ${written(parts.cipher, form, items)}::jsonb,
      ${parts.clock.today()}::date) as id`
    .execute(tx)
    .catch(explained)
  const id = rows[0]?.id ?? 0
  await note(tx, await requestInSight(tx, id), 'household.change-asked', form.requestId)
  return id
}

/**
 * Hands a returned request in again, by whoever asked; what is not written anew stays as asked.
 *
 * @throws Problem `not-found`, `request-invalid`, `request-changed`, `request-not-yours` or `number-borne`
 */
export async function amendRequest(
  tx: Tx,
  parts: AskParts,
  { id, form, requestId }: { id: number; form: Static<typeof AmendmentForm>; requestId: string },
): Promise<void> {
  const request = await requestInSight(tx, id)
  const household = await lockHousehold(tx, request.household.id)
  const items = await itemsToWrite(tx, parts, { household, form })
  await sql`select app.amend_change_request(${id}, ${written(parts.cipher, form, items)}::jsonb,
    ${parts.clock.today()}::date, ${form.version})`
    .execute(tx)
    .catch(explained)
  await note(tx, request, 'household.change-amended', requestId)
}

type Asking = Readonly<{ household: { id: number; areaId: string }; form: Form }>

async function itemsToWrite(
  tx: Tx,
  { clock, cipher, facts }: AskParts,
  { household, form }: Asking,
): Promise<readonly Checked[]> {
  const recorded = await readFacts(tx, household.id)
  const reader = await readerOf(tx, household.areaId)
  for (const [at, { personId, field }] of form.items.entries()) {
    const fact = factOf(facts, field)
    if (fact && !mayRead(sensitivityOf(fact), reader))
      throw problem(changeRequestProblems, 'request-not-yours')
    if (personId !== null && !(await isMember(tx, household.id, personId)))
      throw invalid(at, 'personId', '这户没有这位成员')
    // What an ID number says was asked for with it, whether or not it was known.
    const isKnown = recorded.some((one) => one.fact === fact?.id && one.personId === personId)
    if (fact && !isKnown && !identityFacts.includes(fact.id))
      throw invalid(at, 'field', `${fact.name}还没有登记，可以直接登记`)
  }
  const known = recorded.flatMap(({ personId, fact, value }) =>
    personId === null ? [] : [{ personId, fact, value }],
  )
  const checked = checkItems(form.items, { facts, known, today: clock.today() })
  if ('wrong' in checked) {
    const field = form.items[checked.at]?.field ?? ''
    throw invalid(checked.at, 'after', `${fieldName(facts, field)}：${checked.wrong}`)
  }
  await refuseBorneNumbers(tx, cipher, checked.items)
  return checked.items
}

function invalid(at: number, field: string, message: string) {
  return problem(changeRequestProblems, 'request-invalid', message, [
    { path: `/body/items/${at}/${field}`, message },
  ])
}

function written(cipher: FieldCipher, form: Form, items: readonly Checked[]): string {
  const { reason, evidenceKind, evidence } = form
  return JSON.stringify({
    reason: reason.trim(),
    evidenceKind,
    evidence: evidence.trim(),
    items: items.map((item) => sealedItem(cipher, item)),
  })
}

/** Numbers leave for the database sealed only. */
function sealedItem(cipher: FieldCipher, item: Checked) {
  if ('keep' in item || (item.field !== 'id-number' && item.field !== 'phone')) return item
  const { sealed, index } = cipher.seal(item.field, String(item.after))
  const { personId, field } = item
  return { personId, field, sealed: hex(sealed), index: hex(index) }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
