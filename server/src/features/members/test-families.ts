import { sql } from 'kysely'
import { asOwner } from '../../platform/db/actor.ts'
import type { Database } from '../../platform/db/database.ts'

export const here = '310118001001'
export const nextDoor = '310118001002'
export const otherTownship = '310118002001'

let last = 0

/** A family since 2020: its head and others in the relations given. Persons are numbered from `id` × 10. */
export async function putFamily(
  owner: Database,
  relations: readonly string[],
  area: string = here,
): Promise<{ id: number; persons: number[] }> {
  const id = (last += 1)
  const persons = relations.map((_, place) => id * 10 + place)
  await asOwner(owner, async (tx) => {
    await sql`insert into app.household (id, area_id, register_no, address)
      overriding system value values (${id}, ${area}, ${`M-${id}`}, '某路 1 号')`.execute(tx)
    for (const [place, relation] of relations.entries()) {
      const person = id * 10 + place
      await sql`insert into app.person (id, household_id, area_id, name)
        values (${person}, ${id}, ${area}, ${`成员${person}`})`.execute(tx)
      await sql`insert into app.member (household_id, area_id, person_id, relation, valid_from, recorded_at)
        values (${id}, ${area}, ${person}, ${relation}, '2020-01-01', '2020-01-01')`.execute(tx)
      await sql`insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, recorded_at,
          recorded_by, source, verified_on, sensitivity)
        values (${id}, ${area}, ${person}, 'labour_income', to_jsonb(${person * 100}::bigint), '2020-01-01',
          '2020-01-01', 'owner', '入户', '2020-01-01', 'plain')`.execute(tx)
    }
    await sql`select setval(pg_get_serial_sequence('app.household', 'id'), greatest(1000, max(id))) from app.household`.execute(
      tx,
    )
  })
  return { id, persons }
}

/** Something is paid to a household, or to one of its members. */
export async function pay(
  owner: Database,
  household: number,
  person: number | null = null,
): Promise<void> {
  await asOwner(owner, async (tx) => {
    await sql`insert into app.award (household_id, area_id, person_id, programme, state, valid_from, source, recorded_at)
      select id, area_id, ${person}::bigint, 'dibao', 'receiving', '2021-01-01', '民政', '2021-01-01'
      from app.household where id = ${household}`.execute(tx)
  })
}
