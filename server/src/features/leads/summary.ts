import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { keepLeadClocks } from './clocks.ts'

/**
 * Brings leads in step with their lines: state, sums, first programme and sentence, version, clock.
 *
 * Only eligible lines that pay by the month count into the sums. A lead without an open line closes
 * and keeps its last sentence; its snooze, too, so that an undo finds everything as it was.
 *
 * @param raised whether the run raised lines: a closed lead then starts afresh
 * @param undone what was recorded is taken back
 */
export async function summarise(
  tx: Tx,
  leadIds: readonly number[],
  today: string,
  { raised = [], undone = false }: Readonly<{ raised?: readonly number[]; undone?: boolean }> = {},
): Promise<void> {
  const afresh = sql`(lead.state = 'closed' and lead.id = any(${raised}::bigint[]))`
  // Line by line through the index: the same plan for one lead and for ten thousand.
  await sql`update app.lead set
      version = version + 1,
      raised_on = case when ${afresh} then ${today}::date else raised_on end,
      snoozed_until = case when ${afresh} then null else snoozed_until end,
      (state, closed_on, monthly_min, monthly_max, programme, why) = (
        select case when count(*) > 0 then 'open' else 'closed' end,
          case when count(*) = 0 then coalesce(lead.closed_on, ${today}::date) end,
          coalesce(sum(least), 0),
          case when bool_or(most is null) then null else coalesce(sum(most), 0) end,
          coalesce((array_agg(line.programme order by verdict, least desc, id))[1], lead.programme),
          coalesce((array_agg(line.why order by verdict, least desc, id))[1]
            || case when count(*) > 1 then '；另有 ' || count(*) - 1 || ' 项' else '' end, lead.why)
        from (
          select id, programme, why, verdict, case when counts then amount_min else 0 end as least,
            case when counts then amount_max else 0 end as most
          from app.lead_line
          cross join lateral (
            select verdict = 'eligible' and coalesce(per, '') = 'month'
              and amount_kind in ('exact', 'range') as counts
          ) kind
          where lead_id = lead.id and lead_line.state = 'open'
        ) line
      )
    where id = any(${leadIds}::bigint[])`.execute(tx)
  await keepLeadClocks(tx, leadIds, today, undone)
}
