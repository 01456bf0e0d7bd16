import { sql } from 'kysely'
import type { Database, Tx } from '../../platform/db/database.ts'
import { writeAllCurrent } from './wide.ts'

/** Tables of schema staging that a load fills by COPY before {@link settleStaged}. */
export const stagingTables = [
  'household',
  'person',
  'fact',
  'award',
  'roll',
  'authorisation',
] as const

/**
 * Empties the staging tables, in a transaction of its own: PostgreSQL 18 does not recover when it is
 * killed together with a transaction that has emptied an unlogged table.
 */
export async function emptyStaging(owner: Database): Promise<void> {
  const tables = stagingTables.map((table) => `staging.${table}`).join(', ')
  await owner.pool.query(`truncate ${tables}`)
}

/** Whether no household is there yet. */
export async function isEmpty(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ empty: boolean }>`
    select not exists (select from app.household) as empty`.execute(tx)
  return rows[0]?.empty ?? false
}

/** Whether an invented household is there. */
export async function holdsDemonstration(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ holds: boolean }>`
    select exists (select from app.household where demo) as holds`.execute(tx)
  return rows[0]?.holds ?? false
}

/**
 * Takes over everything staged into an empty database, set by set.
 *
 * Numbers of the load become ids. Every household is marked as demonstration if `demo`.
 *
 * @param tx a transaction of role owner
 * @returns how many households and persons there are now
 */
export async function settleStaged(
  tx: Tx,
  { today, demo }: { today: string; demo: boolean },
): Promise<{ households: number; persons: number }> {
  await sql`insert into app.household (id, area_id, kind, register_no, address, story, demo)
    select number, area_id, kind, register_no, address, story, ${demo} from staging.household`.execute(
    tx,
  )
  await sql`insert into app.person (id, household_id, area_id, name, id_number_enc, id_number_index,
      phone_enc, phone_index, ethnicity, education, marital)
    select person.number, person.household_number, household.area_id, person.name,
      person.id_number_enc, person.id_number_index, person.phone_enc, person.phone_index,
      person.ethnicity, person.education, person.marital
    from staging.person join staging.household on household.number = person.household_number`.execute(
    tx,
  )
  await sql`insert into app.member (household_id, area_id, person_id, relation, valid_from)
    select person.household_number, household.area_id, person.number, person.relation, person.joined_on
    from staging.person join staging.household on household.number = person.household_number`.execute(
    tx,
  )
  await sql`insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source,
      basis, legal_basis, evidence, verified_on, shelf_until, sensitivity, recorded_by)
    select fact.household_number, household.area_id, fact.person_number, fact.fact, fact.value,
      least(fact.verified_on, case fact.fact when 'birth_date' then (fact.value #>> '{}')::date end),
      fact.source, fact.basis, fact.legal_basis, fact.evidence, fact.verified_on,
      fact.shelf_until, fact.sensitivity, 'job:load'
    from staging.fact join staging.household on household.number = fact.household_number`.execute(
    tx,
  )
  await sql`insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to, source)
    select award.household_number, household.area_id, award.person_number, award.programme,
      award.state, award.valid_from, award.valid_to, award.source
    from staging.award join staging.household on household.number = award.household_number`.execute(
    tx,
  )
  await sql`insert into app.authorisation (household_id, area_id, person_id, basis, valid_from, valid_to,
      evidence, recorded_by)
    select given.household_number, household.area_id, given.person_number, given.basis, given.valid_from,
      given.valid_to, given.evidence, 'job:load'
    from staging.authorisation given join staging.household on household.number = given.household_number`.execute(
    tx,
  )
  await sql`insert into app.roll (programme, area_id, on_day, complete, source)
    select programme, area_id, on_day, complete, source from staging.roll`.execute(tx)
  const { rows } = await sql<{ households: number; persons: number }>`
    select (select count(*) from app.household) as households,
      (select count(*) from app.person) as persons,
      setval(pg_get_serial_sequence('app.household', 'id'), (select max(id) from app.household)),
      setval(pg_get_serial_sequence('app.person', 'id'), (select max(id) from app.person))`.execute(
    tx,
  )
  await sql`analyze app.household, app.person, app.member, app.fact, app.award, app.roll,
    app.authorisation`.execute(tx)
  await writeAllCurrent(tx, today)
  await sql`analyze app.household_current, app.person_current`.execute(tx)
  return { households: rows[0]?.households ?? 0, persons: rows[0]?.persons ?? 0 }
}
