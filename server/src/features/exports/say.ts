import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/** Filters that several lists have, in words; nothing for one that is not set. */
export async function sayArea(tx: Tx, area: string | undefined): Promise<readonly string[]> {
  if (area === undefined) return []
  const { rows } = await sql<{ name: string }>`
    select name from app.area where id = ${area}`.execute(tx)
  return [`辖区：${rows[0]?.name ?? area}`]
}

export function sayProgramme(
  names: ReadonlyMap<string, string>,
  programme: string | undefined,
): readonly string[] {
  return programme === undefined ? [] : [`政策：${names.get(programme) ?? programme}`]
}
