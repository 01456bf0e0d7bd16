import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Size } from './memory.ts'
import type { Part } from './read-population.ts'

export type Township = Readonly<{ id: string; name: string }>

export async function districtSize(tx: Tx): Promise<Size> {
  const { rows } = await sql<Size>`select
    (select count(*) from app.household_current) as households,
    (select count(*) from app.person_current) as persons`.execute(tx)
  return rows[0] ?? { households: 0, persons: 0 }
}

export async function townshipsOf(tx: Tx): Promise<Township[]> {
  const { rows } =
    await sql<Township>`select id, name from app.area where level = 'township' order by id`.execute(
      tx,
    )
  return rows
}

/** The households in so many parts of about the same size; one empty part where there are none. */
export async function partsOf(tx: Tx, count: number): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select coalesce(lag(max(id)) over (order by part), 0) as after, max(id) as "upTo"
    from (select household_id as id, ntile(${count}::int) over (order by household_id) as part
      from app.household_current) numbered
    group by part order by part`.execute(tx)
  return rows.length > 0 ? rows : [{ after: 0, upTo: 0 }]
}

/** A number that grows with every run, the small ones after a change among them. */
export async function lastChange(tx: Tx): Promise<number> {
  const { rows } = await sql<{
    id: number
  }>`select coalesce(max(id), 0) as id from app.match_run`.execute(tx)
  return rows[0]?.id ?? 0
}
