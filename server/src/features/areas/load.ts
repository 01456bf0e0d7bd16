import { readFile } from 'node:fs/promises'
import { type Area, readAreas } from './area.ts'

/** A connection as role `owner`: nobody else may write areas. */
type Connection = Readonly<{ query: (text: string, values: unknown[]) => Promise<unknown> }>

/**
 * Brings the district, its 11 townships and 355 committees into the database; run at every start,
 * it changes nothing when they are there.
 *
 * @source qingpu.csv: 国家统计局《2023年统计用区划代码和城乡划分代码》 (state of 2023-06-30) in the edition
 *   "Administrative-divisions-of-China" 2.7.0 by modood (package licence MIT; the figures belong to
 *   国家统计局). The bureau no longer publishes these codes: the table stays inside the product and
 *   is not offered as a download.
 */
export async function loadAreas(connection: Connection): Promise<void> {
  const areas = await districtAreas()
  const column = (read: (area: (typeof areas)[number]) => string | null) => areas.map(read)
  await connection.query(
    `insert into app.area (id, level, name, parent_id, kind)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
     on conflict (id) do update set name = excluded.name, kind = excluded.kind
     where (area.name, area.kind) is distinct from (excluded.name, excluded.kind)`,
    [
      column((area) => area.id),
      column((area) => area.level),
      column((area) => area.name),
      column((area) => area.parentId),
      column((area) => area.kind),
    ],
  )
}

/** The areas of the district as shipped, parents before children. */
export async function districtAreas(): Promise<(Area & { kind: string | null })[]> {
  return readAreas(await readFile(new URL('./qingpu.csv', import.meta.url), 'utf8'))
}
