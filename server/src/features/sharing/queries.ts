import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Content, Step, StepKind } from './sharing.ts'

export type StepRow = Step &
  Readonly<{ text: string | null; recordedAt: string; recordedBy: string }>

/** A request as it is kept; where it stands follows from its steps and the day. */
export type SharingRow = Readonly<{
  id: number
  source: string
  madeAt: string
  madeBy: string
  contentId: number
  content: Content
  steps: Step[]
  /** Days on which something was asked to be corrected that is not answered yet. */
  correctionsOpen: string[]
}>

const contentColumns = sql`data, sharing, legal_basis as "legalBasis", scenario, scope, method,
  use_from as "useFrom", use_to as "useTo", flows_back as "flowsBack"`

/**
 * Requests with their steps, one or all, the latest first. A district asks some dozens of times a year, so that
 * all are read and sorted by their due days, which no column holds.
 */
export async function readRequests(
  tx: Tx,
  { id }: Readonly<{ id?: number }>,
): Promise<SharingRow[]> {
  const { rows } = await sql<SharingRow>`
    select request.id, request.source, made_at as "madeAt", coalesce(staff.name, '其他同事') as "madeBy",
      content.id as "contentId",
      (select to_jsonb(one) from (select ${contentColumns} from app.sharing_content where sharing_content.id = content.id) one)
        as content,
      coalesce((select jsonb_agg(jsonb_build_object('kind', kind, 'onDay', on_day) order by number)
        from app.sharing_step where request_id = request.id), '[]') as steps,
      coalesce((select jsonb_agg(asked.on_day order by asked.on_day) from app.sharing_correction asked
        where asked.request_id = request.id and asked.answers is null
          and not exists (select from app.sharing_correction where answers = asked.id)), '[]') as "correctionsOpen"
    from app.sharing_request request
    join app.sharing_content content on content.request_id = request.id and superseded_at is null
    left join app.staff on staff.id = made_by
    where (${id ?? null}::bigint is null or request.id = ${id ?? null})
    order by request.id desc`.execute(tx)
  return rows
}

export async function readSteps(tx: Tx, id: number): Promise<StepRow[]> {
  const { rows } = await sql<StepRow>`
    select kind, on_day as "onDay", text, recorded_at as "recordedAt", coalesce(staff.name, '其他同事') as "recordedBy"
    from app.sharing_step left join app.staff on staff.id = recorded_by
    where request_id = ${id} order by number`.execute(tx)
  return rows
}

export type PastContent = Content &
  Readonly<{ recordedAt: string; recordedBy: string; supersededAt: string | null }>

/** What the request ever stated, the latest first. */
export async function readContents(tx: Tx, id: number): Promise<PastContent[]> {
  const { rows } = await sql<PastContent>`
    select ${contentColumns}, recorded_at as "recordedAt", coalesce(staff.name, '其他同事') as "recordedBy",
      superseded_at as "supersededAt"
    from app.sharing_content left join app.staff on staff.id = recorded_by
    where request_id = ${id} order by sharing_content.id desc`.execute(tx)
  return rows
}

export async function makeRequest(tx: Tx, source: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into app.sharing_request (source) values (${source}) returning id`.execute(tx)
  return rows[0]?.id ?? 0
}

/**
 * @param seen the number of the content the writer has seen; null where there was none
 * @returns false where somebody else stated something meanwhile
 */
export async function stateContent(
  tx: Tx,
  id: number,
  content: Content,
  seen: number | null,
): Promise<boolean> {
  const { rows } = await sql<{ made: number | null }>`
    select app.state_sharing(${id}, ${JSON.stringify(content)}::jsonb, ${seen}) as made`.execute(tx)
  return rows[0]?.made !== null
}

export type NewStep = Readonly<{ kind: StepKind; onDay: string; text: string | null }>

/** @returns false where somebody else took a step meanwhile */
export async function takeStep(
  tx: Tx,
  id: number,
  { kind, onDay, text }: NewStep,
  after: number,
): Promise<boolean> {
  const { rows } = await sql`
    insert into app.sharing_step (request_id, number, kind, on_day, text)
    values (${id}, ${after + 1}, ${kind}, ${onDay}::date, ${text})
    on conflict do nothing returning number`.execute(tx)
  return rows.length > 0
}
