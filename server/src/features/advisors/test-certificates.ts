import { randomUUID } from 'node:crypto'
import type { Database } from '../../platform/db/database.ts'

/** Certifies somebody of a test, past everybody who could; valid in all years that tests use unless said. */
export async function putCertificate(
  owner: Database,
  staffId: string,
  { from, to }: Readonly<{ from: string; to: string }> = { from: '2020-01-01', to: '2039-12-31' },
): Promise<number> {
  const { rows } = await owner.pool.query<{ id: number }>(
    `insert into app.certificate (staff_id, area_id, number, from_day, to_day, because, demonstration, badge)
     select id, area_id, $4::text, $2, $3, '测试用', true, 'badge-' || $4::text from app.staff where id = $1 returning id`,
    [staffId, from, to, randomUUID()],
  )
  return rows[0]?.id ?? 0
}
