import type { Fact } from '@qiao/rules'
import type { Static } from 'typebox'
import { audit, type AuditField } from '../../platform/audit.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { type FactValue, valueText } from '../households/fact-value.ts'
import { readerOf } from '../households/queries.ts'
import { shownForReason } from '../staff/field-classes.ts'
import { classOf, factOf, stepsOf } from './change-request.ts'
import {
  byField,
  fieldName,
  type ItemRow,
  named,
  readConflicts,
  readEvents,
  readItems,
  readRequest,
} from './queries.ts'
import type { ChangeRequestView } from './views.ts'

type View = Static<typeof ChangeRequestView>
type Item = View['items'][number]

export type ShowParts = Readonly<{ cipher: FieldCipher; facts: readonly Fact[] }>

/**
 * One request with what is on record now beside it; that somebody looked is noted.
 *
 * @throws Problem `not-found` where the household is none of the reader's
 */
export async function showRequest(
  tx: Tx,
  { cipher, facts }: ShowParts,
  { id, mayDecide }: Readonly<{ id: number; mayDecide: boolean }>,
): Promise<View> {
  const request = await readRequest(tx, id)
  if (!request) throw problem(platformProblems, 'not-found')
  const inOrder = byField(facts)
  const items = (await readItems(tx, id))
    .toSorted(
      (one, other) =>
        (one.personId ?? 0) - (other.personId ?? 0) || inOrder(one.field, other.field),
    )
    .map((row) => itemView(row, { cipher, facts }))
  const conflicts = await readConflicts(tx, id)
  const reader = await readerOf(tx, request.area.id)
  await audit(tx, {
    action: 'household.change-request-read',
    subject: `household:${request.household.id}`,
    householdId: request.household.id,
    areaId: request.area.id,
    fields: ['members', ...new Set(items.flatMap(auditFields))],
    detail: { request: id },
  })
  const classes = new Set<string>(['free-text', ...items.map((item) => item.class)])
  return {
    ...request,
    items,
    conflicts: conflicts.map(({ fields, ...one }) => ({
      ...one,
      fieldNames: named(facts, fields),
    })),
    events: await readEvents(tx, id),
    steps: stepsOf(request, mayDecide),
    reasonShows: reader.hasReason
      ? []
      : shownForReason(reader.role).filter((one) => classes.has(one)),
  }
}

function auditFields({ field }: Item): AuditField[] {
  if (field === 'name') return []
  if (field === 'id-number' || field === 'phone' || field === 'address') return [field]
  return [field as `fact:${string}`]
}

function itemView(row: ItemRow, { cipher, facts }: ShowParts): Item {
  const { personId, person, field, outOfDate, done } = row
  const fact = factOf(facts, field)
  const [before, now, after] = textsOf(row, cipher, fact)
  return {
    personId,
    person,
    field,
    fieldName: fieldName(facts, field),
    class: classOf(field, row.sensitivity),
    before,
    now,
    after: after ?? '',
    // A form takes the value up again; numbers are written anew.
    ...(field === 'id-number' || field === 'phone' ? {} : { value: row.after }),
    outOfDate,
    done,
  }
}

function textsOf(
  row: ItemRow,
  cipher: FieldCipher,
  fact: Fact | undefined,
): [string | null, string | null, string | null] {
  const opened = (field: 'id-number' | 'phone', sealed: (Uint8Array | null)[]) =>
    sealed.map((one) => one && cipher.open(field, one)) as [
      string | null,
      string | null,
      string | null,
    ]
  if (row.field === 'id-number')
    return opened('id-number', [row.numberBefore, row.numberNow, row.numberAfter])
  if (row.field === 'phone') return opened('phone', [row.phoneBefore, row.phoneNow, row.phoneAfter])
  const inWords = (value: FactValue) => (fact ? valueText(fact, value) : String(value))
  const read = (text: string | null) =>
    text === null ? null : inWords(JSON.parse(text) as FactValue)
  return [read(row.before), read(row.now), inWords(row.after)]
}
