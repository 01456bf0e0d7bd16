import type { Fact } from '@qiao/rules'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import {
  type EvidenceKind,
  factOf,
  isOwnField,
  ownFields,
  type RequestState,
} from './change-request.ts'
import type { ChangeRequestListView } from './views.ts'

export type Asking = Readonly<{
  state?: RequestState
  /** One's own, or those one may decide. */
  whose?: 'mine' | 'to-check'
  area?: string
  household?: number
  page: number
  size: number
}>

type List = Static<typeof ChangeRequestListView>
type Listed = Omit<List['items'][number], 'fieldNames'> & Readonly<{ fields: readonly string[] }>

/** Whether the session's holder may decide it: an official, and not whoever asked. */
const toCheck = sql`(request.state = 'open' and request.made_by <> auth.staff_id()
  and auth.role() in ('township', 'district'))`
const isMine = sql`request.made_by = auth.staff_id()`

/** A colleague above one's own area is not to be seen by name. */
const nameOf = (staffId: string) =>
  sql`coalesce((select name from app.staff where id = ${sql.ref(staffId)}), '其他同事')`

/** A page of the requests of the households in sight: those that wait first, the latest first. */
export async function listRequests(tx: Tx, facts: readonly Fact[], asking: Asking): Promise<List> {
  const { state = null, whose, area = '', household = null, page, size } = asking
  const where = sql`(${state}::text is null or request.state = ${state})
    and starts_with(household.area_id, ${area})
    and (${household}::bigint is null or household.id = ${household})
    and ${whose === 'mine' ? isMine : whose === 'to-check' ? toCheck : sql`true`}`
  const from = sql`app.change_request request join app.household on household.id = request.household_id`
  const counted = await sql<Pick<List, 'total' | 'toCheck' | 'returned'>>`
    select count(*) filter (where ${where})::int as total, count(*) filter (where ${toCheck})::int as "toCheck",
      count(*) filter (where request.state = 'returned' and ${isMine})::int as returned
    from ${from}`.execute(tx)
  const { rows } = await sql<Listed>`
    select request.id, request.state, request.made_at as "madeAt", ${nameOf('request.made_by')} as "madeBy",
      ${isMine} as mine, json_build_object('id', household.id, 'registerNo', register_no) as household,
      json_build_object('id', area.id, 'name', area.name, 'level', area.level) as area,
      array(select distinct person.name from app.change_item item
        join app.person on person.id = coalesce(item.person_id, (
          select person_id from app.member where household_id = household.id and relation = '02'
            and superseded_at is null and valid_to is null limit 1))
        where request_id = request.id and item.superseded_at is null order by 1) as names,
      array(select distinct field from app.change_item item
        where request_id = request.id and superseded_at is null order by 1) as fields,
      waits and exists (select from app.conflicting_requests(request.id)) as conflicting,
      waits and exists (select from app.change_item item where request_id = request.id
        and superseded_at is null and app.is_out_of_date(item)) as "outOfDate"
    from ${from} join app.area on area.id = household.area_id
    cross join lateral (select request.state in ('open', 'returned') as waits) standing
    where ${where}
    order by waits desc, request.made_at desc, request.id desc
    limit ${size} offset ${(page - 1) * size}`.execute(tx)
  const items = rows.map(({ fields, ...row }) => ({ ...row, fieldNames: named(facts, fields) }))
  const { total = 0, toCheck: waiting = 0, returned = 0 } = counted.rows[0] ?? {}
  return { items, total, page, size, toCheck: waiting, returned }
}

/** Fields in words, in the order of a form; a fact no longer declared by its id. */
export function named(facts: readonly Fact[], fields: readonly string[]): string[] {
  return fields.toSorted(byField(facts)).map((field) => fieldName(facts, field))
}

/** As fields stand in a form. */
export function byField(facts: readonly Fact[]): (one: string, other: string) => number {
  const order = [...Object.keys(ownFields), ...facts.map(({ id }) => `fact:${id}`)]
  return (one, other) => order.indexOf(one) - order.indexOf(other)
}

export function fieldName(facts: readonly Fact[], field: string): string {
  return isOwnField(field) ? ownFields[field].name : (factOf(facts, field)?.name ?? field.slice(5))
}

export type RequestRow = Readonly<{
  id: number
  state: RequestState
  version: number
  household: { id: number; registerNo: string }
  area: { id: string; name: string; level: string }
  reason: string
  evidenceKind: EvidenceKind
  evidence: string
  seenOn: string
  madeAt: string
  madeBy: string
  mine: boolean
}>

/** @returns undefined where the household is none of the reader's */
export async function readRequest(tx: Tx, id: number): Promise<RequestRow | undefined> {
  const { rows } = await sql<RequestRow>`
    select request.id, request.state, request.version, reason, evidence_kind as "evidenceKind", evidence,
      seen_on as "seenOn", made_at as "madeAt", ${nameOf('request.made_by')} as "madeBy", ${isMine} as mine,
      json_build_object('id', household.id, 'registerNo', register_no) as household,
      json_build_object('id', area.id, 'name', area.name, 'level', area.level) as area
    from app.change_request request join app.household on household.id = request.household_id
    join app.area on area.id = household.area_id
    where request.id = ${id}`.execute(tx)
  return rows[0]
}

type Json = number | string | boolean | null

/** Numbers sealed; of the rest the value as JSON text, null for what is not on record. */
export type ItemRow = Readonly<{
  personId: number | null
  person: string
  field: string
  sensitivity: 'plain' | 'need-signal' | 'clinical'
  before: string | null
  now: string | null
  after: Json
  numberBefore: Uint8Array | null
  numberNow: Uint8Array | null
  numberAfter: Uint8Array | null
  phoneBefore: Uint8Array | null
  phoneNow: Uint8Array | null
  phoneAfter: Uint8Array | null
  outOfDate: boolean
  done: boolean
}>

/** What a request asks for, each beside what is on record now. */
export async function readItems(tx: Tx, requestId: number): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    select item.person_id as "personId", coalesce(person.name, '') as person, item.field, item.sensitivity,
      item.before::text as before, known.before::text as now, item.after,
      item.id_number_before_enc as "numberBefore", known.id_number_before_enc as "numberNow",
      item.id_number_after_enc as "numberAfter", item.phone_before_enc as "phoneBefore",
      known.phone_before_enc as "phoneNow", item.phone_after_enc as "phoneAfter",
      app.is_out_of_date(item) as "outOfDate", app.is_done_already(item) as done
    from app.change_item item left join app.person on person.id = item.person_id
    cross join lateral app.change_item_now(item) known
    where item.request_id = ${requestId} and item.superseded_at is null
    order by item.person_id nulls first`.execute(tx)
  return rows
}

export type ConflictRow = Readonly<{
  id: number
  version: number
  state: RequestState
  madeAt: string
  madeBy: string
  mine: boolean
  fields: readonly string[]
}>

/** Requests that wait and touch a field of this one, with the fields that both touch. */
export async function readConflicts(tx: Tx, requestId: number): Promise<ConflictRow[]> {
  const { rows } = await sql<ConflictRow>`
    select request.id, request.version, request.state, request.made_at as "madeAt",
      ${nameOf('request.made_by')} as "madeBy", ${isMine} as mine,
      array(select distinct theirs.field from app.change_item theirs join app.change_item ours
        on ours.field = theirs.field and ours.person_id is not distinct from theirs.person_id
        where theirs.request_id = request.id and ours.request_id = ${requestId}
          and theirs.superseded_at is null and ours.superseded_at is null) as fields
    from app.change_request request
    where request.id in (select app.conflicting_requests(${requestId}))
    order by request.made_at, request.id`.execute(tx)
  return rows
}

export type EventRow = Readonly<{ kind: string; at: string; by: string; because: string | null }>

export async function readEvents(tx: Tx, requestId: number): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select kind, at, because, ${nameOf('event.staff_id')} as by from app.change_request_event event
    where request_id = ${requestId} order by id`.execute(tx)
  return rows
}
