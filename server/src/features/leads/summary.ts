import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/**
 * Brings leads in step with their lines: state, sums, first programme and sentence, version.
 *
 * Only eligible lines that pay by the month count into the sums. A lead without an open line closes
 * and keeps its last sentence; its snooze, too, so that an undo finds everything as it was.
 *
 * @param raised whether the run raised lines: a closed lead then starts afresh
 */
export async function summarise(
  tx: Tx,
  leadIds: readonly number[],
  today: string,
  raised: readonly number[] = [],
): Promise<void> {
  await sql`with counted as (
      select lead_id, programme, why, verdict, id,
        case when counts then coalesce(amount_min, 0) else 0 end as least,
        case when counts then amount_max else 0 end as most
      from app.lead_line
      cross join lateral (
        select verdict = 'eligible' and coalesce(per, '') = 'month'
          and amount_kind in ('exact', 'range') as counts
      ) kind
      where lead_id = any(${leadIds}::bigint[]) and state = 'open'
    ), summed as (
      select lead_id, count(*) as lines, sum(least) as least,
        case when bool_or(most is null) then null else sum(most) end as most,
        (array_agg(programme order by verdict, least desc, id))[1] as programme,
        (array_agg(why order by verdict, least desc, id))[1] as why
      from counted group by lead_id
    ), raised as (
      select unnest(${raised}::bigint[]) as id
    )
    update app.lead set
      version = lead.version + 1,
      state = case when summed.lead_id is null then 'closed' else 'open' end,
      closed_on = case when summed.lead_id is null then coalesce(lead.closed_on, ${today}::date) end,
      raised_on = case when afresh then ${today}::date else lead.raised_on end,
      snoozed_until = case when afresh then null else lead.snoozed_until end,
      monthly_min = coalesce(summed.least, 0),
      monthly_max = case when summed.lead_id is null then 0 else summed.most end,
      programme = coalesce(summed.programme, lead.programme),
      why = case when summed.lines > 1 then summed.why || '；另有 ' || summed.lines - 1 || ' 项'
        else coalesce(summed.why, lead.why) end
    from app.lead old
    left join summed on summed.lead_id = old.id
    cross join lateral (
      select old.state = 'closed' and old.id in (select id from raised) as afresh
    ) start
    where lead.id = old.id and old.id = any(${leadIds}::bigint[])`.execute(tx)
}
