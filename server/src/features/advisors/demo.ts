import { randomBytes } from 'node:crypto'
import type pg from 'pg'

/**
 * Puts the advisors of a demonstration on record, with a duty for their committee and certificates that say that they are
 * none; only for a database of mode demo, at each start. Once anybody is on record it changes nothing.
 */
export async function makeDemoAdvisors(owner: Pick<pg.ClientBase, 'query'>): Promise<void> {
  const { rows } = await owner.query<{ id: string; areaId: string }>(
    `insert into app.advisor (staff_id, area_id, kind, level, areas, from_day)
     select id, area_id, 'community-cadre', 'committee', array[area_id], '2024-01-01'
     from app.staff where role = 'advisor' and not exists (select from app.advisor) order by name
     returning staff_id as id, area_id as "areaId"`,
  )
  for (const [place, { id, areaId }] of rows.entries()) {
    await owner.query(
      `insert into app.duty (staff_id, area_id, kind, valid_from, recorded_by)
       values ($1, $2, 'advisor-of-area', '2024-01-01', 'owner') on conflict on constraint duty_once_at_a_time do nothing`,
      [id, areaId],
    )
    await owner.query(
      `insert into app.certificate (staff_id, area_id, number, from_day, to_day, because, demonstration, badge)
       values ($1, $2, $3, '2024-01-01', '2033-12-31', '演示用，不是真实的上岗证', true, $4)`,
      [id, areaId, `演示-${place + 1}`, randomBytes(32).toString('base64url')],
    )
  }
}
