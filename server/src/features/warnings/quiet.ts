import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { headName } from '../households/head-name.ts'
import type { QuietList } from './views.ts'

/**
 * Households nobody has been in touch with for so many days, those with marks of risk first: what lives is red, orange or
 * yellow; then those of whom it is not known whether they are well, and those who are, last. Unknown is never taken for well.
 *
 * Contact is what staff recorded: of a lead that the family was told or answered, of a warning that they were seen or
 * spoken to, of a service that they were met, of quick relief that it was seen on the spot, of a fact that it was verified on a
 * visit.
 *
 * @param today 'YYYY-MM-DD'
 */
export async function quietHouseholds(
  tx: Tx,
  { days, page, size, area }: Readonly<{ days: number; page: number; size: number; area?: string }>,
  today: string,
): Promise<QuietList> {
  const { rows } = await sql<
    Omit<QuietList['items'][number], 'area'> & { areaId: string; areaName: string; total: number }
  >`
    with home as materialized (
      select id, register_no, area_id from app.household
      where ${area ? sql`area_id >= ${area} and area_id < ${`${area}:`}` : sql`true`}
    ), contact as materialized (
      select household_id, max(day) as day from (
        select household_id, max(on_day) as day from app.lead_event
          where starts_with(by, 'staff:') and kind in ('disposition', 'note') group by 1
        union all
        select household_id, max((at at time zone 'Asia/Shanghai')::date) from app.warning_event
          where kind in ('contacted', 'visited') group by 1
        union all
        select household_id, max(on_day) from app.service_record where outcome = 'met' and superseded_at is null group by 1
        union all
        select household_id, max(visited_on) from app.quick_relief group by 1
        union all
        select household_id, max(verified_on) from app.fact where basis = 'visit' and superseded_at is null group by 1
      ) said where day <= ${today}::date group by 1
    ), mark as materialized (
      select household_id, count(*)::int as live, min(array_position(array['red', 'orange', 'yellow'], severity)) as worst
      from app.warning where state <> 'closed' group by 1
    ), known as materialized (
      -- The district asked somebody, and nothing came of it: that, and no less, is known to be well.
      select distinct household_id from app.warning where state = 'closed' and outcome in ('false_positive', 'already_covered')
        and closed_on > ${today}::date - ${days}::int
    ), quiet as (
      select home.*, contact.day, coalesce(mark.live, 0) as live,
        case when mark.worst is not null then mark.worst when known.household_id is null then 4 else 5 end as rank
      from home
      left join contact on contact.household_id = home.id
      left join mark on mark.household_id = home.id
      left join known on known.household_id = home.id
      where contact.day is null or contact.day <= ${today}::date - ${days}::int
    ), chosen as (
      select *, (count(*) over ())::int as total from quiet
      order by rank, day nulls first, id limit ${size} offset ${(page - 1) * size}
    )
    select chosen.id as "householdId", register_no as "registerNo", coalesce(${headName(sql`chosen.id`, today)}, '') as head,
      area.id as "areaId", area.name as "areaName",
      (array['red', 'orange', 'yellow', 'unknown', 'calm'])[rank] as rank, live, day as "lastContact",
      ${today}::date - day as "quietDays", total
    from chosen join app.area on area.id = chosen.area_id
    order by chosen.rank, chosen.day nulls first, chosen.id`.execute(tx)
  return {
    total: rows[0]?.total ?? 0,
    page,
    size,
    days,
    items: rows.map(({ areaId, areaName, total: _total, ...row }) => ({
      ...row,
      area: { id: areaId, name: areaName },
    })),
  }
}
