import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import { rollDays } from '../features/households/wide.ts'

/** How many rows of each kind a load wrote. */
export type Written = Readonly<{
  households: number
  persons: number
  facts: number
  awards: number
  authorisations: number
  rolls: number
}>

/**
 * Takes over what is staged, beside what is there: a household is known again by its register
 * number, a person by the ID number. A fact or award that is on record already is left, a fact that its source
 * verified later than the delivered one, too; what a row takes the place of is closed, never
 * overwritten, and what another source says of a fact lies beside what goes first. The same delivery once more writes nothing.
 *
 * @param tx a transaction of role owner in which everything staged was checked row by row
 */
export async function mergeStaged(tx: Tx, today: string): Promise<Written> {
  const households = await putHouseholds(tx)
  const persons = await putPersons(tx)
  const facts = await putFacts(tx, today)
  const awards = await putAwards(tx)
  const authorisations = await putAuthorisations(tx)
  const rolls = await putRolls(tx)
  await refreshWide(tx, today)
  return { households, persons, facts, awards, authorisations, rolls }
}

async function putHouseholds(tx: Tx): Promise<number> {
  await sql`create temporary table changed (household_id bigint) on commit drop`.execute(tx)
  const { numAffectedRows } =
    await sql`insert into app.household (area_id, kind, register_no, address)
    select area_id, kind, register_no, address from staging.household staged
    where not exists (select from app.household where register_no = staged.register_no)
    order by number`.execute(tx)
  await sql`create temporary table household_place on commit drop as
    select staged.number, household.id, household.area_id
    from staging.household staged join app.household using (register_no)`.execute(tx)
  // Whoever records something of one of them now waits, as with one another.
  await sql`select from app.household where id in (select id from household_place)
    order by id for update`.execute(tx)
  await sql`analyze household_place`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

async function putPersons(tx: Tx): Promise<number> {
  await sql`create temporary table fresh_person on commit drop as
    select staged.number, place.id as household_id, place.area_id
    from staging.person staged join household_place place on place.number = staged.household_number
    where not exists (select from app.person where id_number_index = staged.id_number_index)`.execute(
    tx,
  )
  await sql`insert into app.person (household_id, area_id, name, id_number_enc, id_number_index,
      phone_enc, phone_index, ethnicity, education, marital)
    select fresh.household_id, fresh.area_id, name, id_number_enc, id_number_index, phone_enc,
      phone_index, ethnicity, education, marital
    from staging.person join fresh_person fresh using (number) order by number`.execute(tx)
  await sql`create temporary table person_place on commit drop as
    select staged.number, person.id, person.household_id
    from staging.person staged join app.person using (id_number_index)`.execute(tx)
  await sql`analyze person_place`.execute(tx)
  const { numAffectedRows } =
    await sql`insert into app.member (household_id, area_id, person_id, relation, valid_from)
    select fresh.household_id, fresh.area_id, place.id, staged.relation, staged.joined_on
    from fresh_person fresh join staging.person staged using (number)
    join person_place place using (number)`.execute(tx)
  await sql`insert into changed select household_id from fresh_person`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

async function putFacts(tx: Tx, today: string): Promise<number> {
  await sql`select app.begin_words()`.execute(tx)
  await sql`insert into pg_temp.word (household_id, person_id, fact, value, valid_from, source, basis, legal_basis, evidence,
      verified_on, shelf_until, recorded_by)
    select place.id, person.id, staged.fact, staged.value,
      least(staged.verified_on, case staged.fact when 'birth_date' then (staged.value #>> '{}')::date end),
      staged.source, coalesce(staged.basis, app.basis_of(staged.legal_basis, staged.source)), staged.legal_basis,
      staged.evidence, staged.verified_on, staged.shelf_until, 'job:load'
    from staging.fact staged
    join household_place place on place.number = staged.household_number
    left join person_place person on person.number = staged.person_number
    where ${['app.fact', 'app.other_word'].map((table) => unsaid(table)).reduce((one, other) => sql`${one} and ${other}`)}`.execute(
    tx,
  )
  await sql`analyze pg_temp.word`.execute(tx)
  // What the same source said of a later day stays; what others say, the order of sources settles.
  await sql`select app.put_words(${today}::date, clock_timestamp(), true)`.execute(tx)
  await sql`insert into changed select household_id from pg_temp.word`.execute(tx)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_temp.word`.execute(tx)
  return rows[0]?.n ?? 0
}

/** The same was never said by the same source of the same day. */
function unsaid(table: string) {
  return sql`not exists (
    select from ${sql.table(table)} known
    where known.household_id = place.id and coalesce(known.person_id, 0) = coalesce(person.id, 0)
      and known.fact = staged.fact and known.verified_on = staged.verified_on
      and known.value = staged.value and known.source = staged.source)`
}

async function putAwards(tx: Tx): Promise<number> {
  await sql`create temporary table fresh_award on commit drop as
    select distinct place.id as household_id, place.area_id, person.id as person_id, staged.programme,
      staged.state, staged.valid_from, staged.valid_to, staged.source
    from staging.award staged
    join household_place place on place.number = staged.household_number
    left join person_place person on person.number = staged.person_number
    where not exists (
      select from app.award known
      where known.household_id = place.id and known.person_id is not distinct from person.id
        and known.programme = staged.programme and known.state = staged.state
        and known.valid_from = staged.valid_from
        and known.valid_to is not distinct from staged.valid_to and known.source = staged.source)`.execute(
    tx,
  )
  // What was true before the new record's first day stays on record as true until then.
  await sql`with closed as (
      update app.award known set superseded_at = clock_timestamp() from fresh_award fresh
      where known.household_id = fresh.household_id
        and known.person_id is not distinct from fresh.person_id
        and known.programme = fresh.programme and known.superseded_at is null
        and (known.valid_to is null or known.valid_to >= fresh.valid_from)
        and (fresh.valid_to is null or known.valid_from <= fresh.valid_to)
      returning known.*, fresh.valid_from as until
    )
    insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to,
      source, recorded_by)
    select household_id, area_id, person_id, programme, state, valid_from, until - 1, source, recorded_by
    from closed where valid_from < until`.execute(tx)
  const { numAffectedRows } = await sql`insert into app.award (household_id, area_id, person_id,
      programme, state, valid_from, valid_to, source, recorded_by)
    select *, 'job:load' from fresh_award`.execute(tx)
  await sql`insert into changed select household_id from fresh_award`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** An authorisation that was taken back stays so, also when it is delivered again. */
async function putAuthorisations(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: number }>`with fresh as (
      insert into app.authorisation (household_id, area_id, person_id, basis, valid_from, valid_to,
        evidence, recorded_at, recorded_by)
      select distinct place.id, place.area_id, person.id, staged.basis, staged.valid_from,
        staged.valid_to, staged.evidence, statement_timestamp(), 'job:load'
      from staging.authorisation staged
      join household_place place on place.number = staged.household_number
      left join person_place person on person.number = staged.person_number
      where not exists (
        select from app.authorisation known
        where known.household_id = place.id and known.person_id is not distinct from person.id
          and known.basis = staged.basis and known.valid_from = staged.valid_from
          and known.valid_to = staged.valid_to and known.evidence = staged.evidence)
      returning household_id as id
    ), noted as (insert into changed select id from fresh)
    select id from fresh`.execute(tx)
  return rows.length
}

async function putRolls(tx: Tx): Promise<number> {
  // A roll bears on households all over its area: who writes one of them now waits until it is there.
  await sql`select from app.household
    where exists (select from staging.roll where starts_with(household.area_id, roll.area_id))
    order by id for update`.execute(tx)
  const { rows } = await sql<{ area: string }>`
    insert into app.roll as known (programme, area_id, on_day, complete, source)
    select programme, area_id, on_day, complete, source from staging.roll
    on conflict (programme, area_id, on_day) do update
      set complete = excluded.complete, source = excluded.source
      where (known.complete, known.source) is distinct from (excluded.complete, excluded.source)
    returning area_id as area`.execute(tx)
  const areas = [...new Set(rows.map(({ area }) => area))]
  await sql`insert into changed select household.id from app.household
    join unnest(${areas}::text[]) area on starts_with(household.area_id, area)`.execute(tx)
  return rows.length
}

/** The wide rows of every household something was written of, in which matching then sees a change. */
async function refreshWide(tx: Tx, today: string): Promise<void> {
  const ids = sql`(select array_agg(distinct household_id) from changed)`
  await sql`analyze app.household, app.person, app.member, app.fact, app.award, app.roll,
    app.authorisation`.execute(tx)
  await sql`update app.household set version = version + 1
    where id in (select household_id from app.household_current)
      and id in (select household_id from changed)`.execute(tx)
  for (const table of ['person_current', 'household_current']) {
    await sql`delete from ${sql.id('app', table)} where household_id in (select household_id from changed)`.execute(
      tx,
    )
  }
  await sql`select app.insert_current(${ids}, ${today}::date, ${rollDays})
    where exists (select from changed)`.execute(tx)
  await sql`analyze app.household_current, app.person_current`.execute(tx)
  // Whoever had no wide row before has no later version, either.
  await sql`insert into app.change_marker (household_id, version)
    select id, version from app.household where id in (select household_id from changed)
    on conflict do nothing`.execute(tx)
}
