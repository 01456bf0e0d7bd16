import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { FeedbackCount, FeedbackForm } from './feedback.ts'

export type FeedbackRow = Readonly<{
  id: number
  programme: string
  works: boolean
  because: string
  areaName: string | null
  by: string | null
  at: string
  households: { id: number; registerNo: string }[]
  answer: string | null
  answeredBy: string | null
  answeredAt: string | null
}>

export type FeedbackFilter = Readonly<{ programme?: string; open?: boolean }>

/** What the caller may see, unanswered first, the latest first. */
export async function listFeedback(
  tx: Tx,
  { programme, open }: FeedbackFilter,
  most = 200,
): Promise<FeedbackRow[]> {
  const { rows } = await sql<FeedbackRow>`
    select feedback.id, programme, works, because, area.name as "areaName", staff.name as by, at,
      coalesce((select jsonb_agg(jsonb_build_object('id', household.id, 'registerNo', register_no)
          order by household.id)
        from app.policy_feedback_household link join app.household on household.id = link.household_id
        where link.feedback_id = feedback.id), '[]') as households,
      answer, answerer.name as "answeredBy", answered_at as "answeredAt"
    from app.policy_feedback feedback
    left join app.area on area.id = feedback.area_id
    left join app.staff on staff.id = feedback.by
    left join app.staff answerer on answerer.id = feedback.answered_by
    where (${programme ?? null}::text is null or programme = ${programme ?? null})
      and (${open ?? null}::boolean is null or (answer is null) = ${open ?? null})
    order by answer is not null, feedback.id desc limit ${most}`.execute(tx)
  return rows
}

/** By programme, those that fail most first. */
export async function countFeedback(tx: Tx): Promise<FeedbackCount[]> {
  const { rows } = await sql<FeedbackCount>`
    select programme, count(*) filter (where works)::int as works,
      count(*) filter (where not works)::int as fails,
      count(*) filter (where answer is null)::int as open,
      (select count(distinct household_id)::int from app.policy_feedback_household link
        join app.policy_feedback one on one.id = link.feedback_id
        where one.programme = feedback.programme) as households
    from app.policy_feedback feedback
    group by programme order by fails desc, works desc, programme`.execute(tx)
  return rows
}

/** @returns the id, and how many of the households were attached: fewer than given where the caller may not see all */
export async function keepFeedback(
  tx: Tx,
  { programme, works, because, households }: FeedbackForm,
): Promise<{ id: number; attached: number }> {
  const { rows } = await sql<{ id: number }>`
    insert into app.policy_feedback (programme, works, because)
    values (${programme}, ${works}, ${because.trim()}) returning id`.execute(tx)
  const id = rows[0]?.id ?? 0
  const { numAffectedRows } = await sql`
    insert into app.policy_feedback_household (feedback_id, household_id, area_id)
    select ${id}, id, area_id from app.household where id = any(${[...households]}::bigint[])`.execute(
    tx,
  )
  return { id, attached: Number(numAffectedRows ?? 0) }
}

/** @returns whether it was still open; `undefined` where there is none that the caller may see */
export async function answerFeedback(
  tx: Tx,
  id: number,
  text: string,
): Promise<boolean | undefined> {
  const { numAffectedRows } = await sql`
    update app.policy_feedback
    set answer = ${text}, answered_by = auth.staff_id(), answered_at = clock_timestamp()
    where id = ${id}`.execute(tx)
  if (numAffectedRows) return true
  const { rows } = await sql`select from app.policy_feedback where id = ${id}`.execute(tx)
  return rows.length > 0 ? false : undefined
}
