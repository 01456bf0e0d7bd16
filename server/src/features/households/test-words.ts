import { sql } from 'kysely'
import type { Database } from '../../platform/db/database.ts'
import { asOwner } from '../../platform/db/actor.ts'

/** Somebody who lives alone in the first committee; household and person bear the same number. */
export async function enterSomebody(owner: Database, id: number): Promise<void> {
  const home = `${id}, '310118001001'`
  await owner.pool.query(`
    insert into app.household (id, area_id, register_no, address) values (${home}, 'Q-${id}', '${id}号');
    insert into app.person (id, household_id, area_id, name) values (${id}, ${home}, '户主${id}');
    insert into app.member (household_id, area_id, person_id, relation, valid_from) values (${home}, ${id}, '02', '2020-01-01')`)
}

export type TestWord = Readonly<{
  id: number
  fact: string
  value: number
  source: string
  basis: string
  by: string
  day: string
  until?: string
}>

/** What a source says of them, on the way of a load. */
export async function say(
  owner: Database,
  { id, fact, value, source, basis, by, day, until }: TestWord,
  { today, keepsLater }: Readonly<{ today: string; keepsLater: boolean }>,
): Promise<void> {
  await asOwner(owner, async (tx) => {
    await sql`select app.begin_words()`.execute(tx)
    await sql`insert into pg_temp.word (household_id, person_id, fact, value, valid_from, source, basis, verified_on, shelf_until, recorded_by)
      values (${id}, ${id}, ${fact}, ${String(value)}::jsonb, ${day}::date, ${source}, ${basis}, ${day}::date,
        ${until ?? null}::date, ${by})`.execute(tx)
    await sql`select app.put_words(${today}::date, clock_timestamp(), ${keepsLater})`.execute(tx)
  })
}
