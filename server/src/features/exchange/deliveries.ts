import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Delivery, DeliveryState, Mapping, RowOutcome } from './delivery.ts'
import { exchangeProblems } from './problems.ts'

const columns = sql`delivery.id, source, file_name as "fileName", bytes, on_day as "onDay",
  case when programme is not null then json_build_object('programme', programme, 'areaId', roll_area,
    'areaName', (select name from app.area where area.id = roll_area),
    'complete', roll_complete, 'holder', roll_holder) end as roll, ending,
  case when roll_complete then app.unsettled_rows(delivery.id) else 0 end as unsettled, state, problem, format,
  encoding, reading, mapping, file_rows as rows, done, delivery.of, applied, unchanged, held, refused, entitlements as found,
  coalesce(receiver.name,
    (select name from app.push_key sender where sender.id = delivery.push_key),
    case when drop_point_id is not null then '取件点' end, '其他同事') as "receivedBy", received_at as "receivedAt", confirmer.name as "confirmedBy",
  applied_at as "appliedAt", undoer.name as "undoneBy", undone_at as "undoneAt",
  (select count(*) from app.delivery_row settled where settled.delivery_id = delivery.id
    and (settled.decision = 'apply' or roll_complete) and settled.decided_at > applied_at) as settled,
  (select max(id) from app.delivery same where same.file_hash = delivery.file_hash and same.source = delivery.source
    and same.id < delivery.id and same.state in ('applying', 'applied')) as "sameAs"`
const from = sql`app.delivery
  left join app.staff receiver on receiver.id = received_by
  left join app.staff confirmer on confirmer.id = confirmed_by
  left join app.staff undoer on undoer.id = undone_by`

/** A page of deliveries, the latest first. */
export async function listDeliveries(
  tx: Tx,
  {
    source,
    state,
    page,
    size,
  }: Readonly<{ source?: string; state?: DeliveryState; page: number; size: number }>,
): Promise<{ total: number; items: Delivery[] }> {
  const chosen = sql`(${source ?? null}::text is null or source = ${source ?? null})
    and (${state ?? null}::text is null or state = ${state ?? null})`
  const counted = await sql<{ total: number }>`
    select count(*) as total from app.delivery where ${chosen}`.execute(tx)
  const { rows } = await sql<Delivery>`select ${columns} from ${from} where ${chosen}
    order by delivery.id desc limit ${size} offset ${(page - 1) * size}`.execute(tx)
  return { total: counted.rows[0]?.total ?? 0, items: rows }
}

/** @throws Problem `no-such-delivery` */
export async function readDelivery(tx: Tx, id: number): Promise<Delivery> {
  const { rows } =
    await sql<Delivery>`select ${columns} from ${from} where delivery.id = ${id}`.execute(tx)
  if (!rows[0]) throw problem(exchangeProblems, 'no-such-delivery')
  return rows[0]
}

/** How the columns of a source's file of this kind were last taken, by the heading they had. */
export async function rememberedMapping(
  tx: Tx,
  { source, roll }: Pick<Delivery, 'source' | 'roll'>,
): Promise<Mapping> {
  const { rows } = await sql<{ mapping: Mapping }>`select mapping from app.delivery
    where source = ${source} and (programme is not null) = ${roll !== null} and mapping is not null and state <> 'discarded' order by id desc limit 1`.execute(
    tx,
  )
  return rows[0]?.mapping ?? {}
}

/** What a step tells of its delivery. */
export type Told = Readonly<{
  problem?: string
  sha256?: string
  format?: string
  encoding?: string
  reading?: object
  mapping?: Mapping
  onDay?: string
}>

/**
 * Takes a delivery on by one step.
 *
 * @throws Problem `delivery-moved-on` where it is no longer where the caller saw it
 */
export async function step(
  tx: Tx,
  id: number,
  [before, after]: readonly [DeliveryState, DeliveryState],
  told: Told = {},
): Promise<void> {
  const { rows } = await sql<{ done: boolean }>`
    select app.step_delivery(${id}, ${before}, ${after}, ${JSON.stringify(told)}::jsonb) as done`.execute(
    tx,
  )
  if (!rows[0]?.done) throw problem(exchangeProblems, 'delivery-moved-on')
}

export type DeliveredRow = Readonly<{
  row: number
  outcome: RowOutcome
  reason: string | null
  column: string | null
  said: string | null
  /** The name in the file and that on record, where they differ and the caller may see who it is. */
  nameSaid: string | null
  name: string | null
  decision: 'apply' | 'leave' | null
  decidedBy: string | null
}>

/** Which rows of a delivery are wanted: of an outcome, or those that a roll lacks. */
export type RowKind = RowOutcome | 'absent'

/**
 * Rows after a row, in the order of the file; where no kind is asked for, those held and refused and those that a roll
 * lacks.
 */
export async function listRows(
  tx: Tx,
  {
    delivery,
    kind,
    after,
    most,
  }: Readonly<{ delivery: number; kind?: RowKind; after: number; most: number }>,
): Promise<DeliveredRow[]> {
  const absent = sql`reason is not distinct from 'absent-from-roll'`
  const wanted =
    kind === 'absent'
      ? absent
      : kind
        ? sql`outcome = ${kind} and not (${absent})`
        : sql`(outcome in ('held', 'refused') or ${absent})`
  const { rows } = await sql<DeliveredRow>`
    select row.row, outcome, reason, of_column as "column",
      case when reason is distinct from 'name-differs' then said end as said,
      case when reason = 'name-differs' then said end as "nameSaid", person.name, decision, staff.name as "decidedBy"
    from app.delivery_row row
    left join lateral (select coalesce(row.person_id, (select person_id from app.member
        where member.household_id = row.household_id and superseded_at is null and valid_to is null
        order by relation <> '02' limit 1)) as id
      where reason in ('name-differs', 'absent-from-roll')) shown on true
    left join app.person on person.id = shown.id
    left join app.staff on staff.id = decided_by
    where delivery_id = ${delivery} and ${wanted} and row.row > ${after}
    order by row.row limit ${most}`.execute(tx)
  return rows
}

/** Settles a row that waits. @returns false where it does not wait, or is nobody's the caller may see */
export async function decideRow(
  tx: Tx,
  of: Readonly<{ delivery: number; row: number; decision: 'apply' | 'leave' }>,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.decide_delivered(${of.delivery}, ${of.row}, ${of.decision}) as done`.execute(tx)
  return rows[0]?.done ?? false
}
