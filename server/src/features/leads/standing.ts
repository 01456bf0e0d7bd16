import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { mayBePushed } from '../consents/purpose.ts'
import { rollDays } from '../households/wide.ts'
import type { Disposition } from './lead.ts'

/** One programme and person on which something may have to be decided. */
export type Standing = Readonly<{
  householdId: number
  areaId: string
  personId: number | null
  programme: string
  /** Behind the wall of clinical facts; a line and an answer of either side do not meet. */
  clinical: boolean
  /** Nothing on the side of the line, but the household has clinical facts on record. */
  maybeWalled: boolean
  receiving: boolean
  /** They want no matching, or no push: nothing may be put on a worklist about them. */
  objected: boolean
  /** Day of the newest complete roll that covers the household, if one is fresh enough. */
  rollOn: string | null
  /** The roll on which the line rests was taken back. */
  withdrawn: boolean
  verdict: 'eligible' | 'unknown' | 'ineligible' | null
  follows: boolean
  needSignal: boolean
  amountKind: 'exact' | 'range' | 'official' | 'none' | 'unknown'
  amountMin: number | null
  amountMax: number | null
  per: 'month' | 'year' | 'once' | 'event' | null
  hash: number | null
  lineId: number | null
  leadId: number | null
  lineState: 'open' | 'cooling'
  lineVerdict: 'eligible' | 'unknown'
  lineHash: number
  lineRollOn: string
  disposition: Disposition | null
  coolsUntil: string | null
}>

/**
 * Every programme and person for which today's answers, awards and rolls do not simply leave things
 * as they are: what might be raised, and the live lines that may have to change.
 *
 * Works through temporary tables: under row-level security PostgreSQL cannot guess how many rows the
 * scope holds, and plans a district as if it were a village.
 */
export async function findStanding(
  tx: Tx,
  today: string,
  householdIds: readonly number[] | undefined,
): Promise<readonly Standing[]> {
  const chosen = householdIds ? sql`household_id = any(${householdIds}::bigint[])` : sql`true`
  await sql`drop table if exists live_line, telling_answer, silent_line, receiving_now, complete_roll,
    withdrawn_roll`.execute(tx)
  await sql`create temporary table live_line on commit drop as
    select id, lead_id, household_id, area_id, person_id, coalesce(person_id, 0) as person_key,
      programme, clinical, state, verdict, answer_hash, roll_on, disposition, cools_until
    from app.lead_line where state <> 'closed' and ${chosen}`.execute(tx)
  await sql`analyze live_line (household_id, person_key, programme)`.execute(tx)
  await sql`create temporary table telling_answer on commit drop as
    select household_id, area_id, person_id, coalesce(person_id, 0) as person_key, programme,
      clinical, verdict, cardinality(via) > 0 as follows, need_signal, amount_kind, amount_min, amount_max,
      per, content_hash,
      cardinality(via) = 0 and (verdict = 'eligible' or verdict = 'unknown' and need_signal) as worth
    from app.answer
    where superseded_at is null and ${chosen}
      and (verdict = 'eligible' or verdict = 'unknown' and need_signal
        or household_id in (select household_id from live_line))`.execute(tx)
  await sql`create temporary table silent_line on commit drop as
    select household_id, person_key, programme, clinical from live_line
    except select household_id, person_key, programme, clinical from telling_answer`.execute(tx)
  await sql`analyze silent_line`.execute(tx)
  // What became a bare 待核实 is kept as a kind, many to a row; only standing lines ask for it.
  await sql`insert into telling_answer
    select undecided.household_id, undecided.area_id, nullif(entry.person_id, 0), entry.person_id,
      kind.programme, undecided.clinical, 'unknown', false, false, kind.amount_kind, kind.amount_min, kind.amount_max,
      kind.per, kind.id, false
    from (select distinct household_id from silent_line) silent
    cross join lateral (select * from app.undecided
      where household_id = silent.household_id and superseded_at is null offset 0) undecided
    cross join lateral unnest(kinds, person_ids) as entry (kind_id, person_id)
    join app.undecided_kind kind on kind.id = entry.kind_id
    where (undecided.household_id, entry.person_id, kind.programme, undecided.clinical) in
      (select household_id, person_key, programme, clinical from silent_line)`.execute(tx)
  await sql`create temporary table receiving_now on commit drop as
    select household_id, programme, array_agg(coalesce(person_id, 0)) as persons
    from app.award
    where superseded_at is null and state = 'receiving' and ${chosen}
      and valid_from <= ${today}::date and (valid_to is null or valid_to >= ${today}::date)
    group by household_id, programme`.execute(tx)
  await sql`create temporary table complete_roll on commit drop as
    select area.id as area_id, roll.programme, max(roll.on_day) as on_day
    from app.area
    cross join lateral (values (left(area.id, 6)), (left(area.id, 9)), (area.id)) inside (area_id)
    join app.roll on roll.area_id = inside.area_id
    where area.id in (select area_id from telling_answer union select area_id from live_line)
      and roll.complete and roll.on_day <= ${today}::date
      and roll.on_day > ${today}::date - ${rollDays}::int
    group by area.id, roll.programme`.execute(tx)
  await sql`create temporary table withdrawn_roll on commit drop as
    select line.area_id, line.programme, line.roll_on
    from (select distinct area_id, programme, roll_on from live_line) line
    join app.roll on roll.programme = line.programme and roll.on_day = line.roll_on
      and roll.area_id in (left(line.area_id, 6), left(line.area_id, 9), line.area_id)
    group by line.area_id, line.programme, line.roll_on having not bool_or(roll.complete)`.execute(
    tx,
  )
  await sql`analyze telling_answer (household_id, person_key, programme),
    receiving_now (household_id, programme), complete_roll (area_id, programme)`.execute(tx)
  const { rows } = await sql<Standing>`
    select
      coalesce(answer.household_id, line.household_id) as "householdId",
      coalesce(answer.area_id, line.area_id) as "areaId",
      coalesce(answer.person_id, line.person_id) as "personId",
      coalesce(answer.programme, line.programme) as programme,
      coalesce(answer.clinical, line.clinical) as clinical,
      -- Asked of a few: with "exists", PostgreSQL would read every fact of the district beforehand.
      answer.household_id is null and (select true from app.fact
        where fact.household_id = line.household_id and fact.superseded_at is null
          and sensitivity = 'clinical' limit 1) is not null as "maybeWalled",
      coalesce(award.receiving, false) as receiving, not pushed.may as objected, roll.on_day as "rollOn",
      roll.on_day is null and coalesce((line.area_id, line.programme, line.roll_on) in (select * from withdrawn_roll), false)
        as withdrawn, answer.verdict, coalesce(answer.follows, false) as follows,
      coalesce(answer.need_signal, false) as "needSignal", answer.amount_kind as "amountKind",
      answer.amount_min as "amountMin", answer.amount_max as "amountMax", answer.per,
      answer.content_hash as hash,
      line.id as "lineId", line.lead_id as "leadId", line.state as "lineState",
      line.verdict as "lineVerdict", line.answer_hash as "lineHash", line.roll_on as "lineRollOn",
      line.disposition, line.cools_until as "coolsUntil"
    from (select * from telling_answer
      where worth or (household_id, person_key, programme, clinical) in
        (select household_id, person_key, programme, clinical from live_line)) answer
    full join live_line line on line.household_id = answer.household_id
      and line.person_key = answer.person_key and line.programme = answer.programme
      and line.clinical = answer.clinical
    left join complete_roll roll on roll.area_id = coalesce(answer.area_id, line.area_id)
      and roll.programme = coalesce(answer.programme, line.programme)
    left join lateral (
      select true as receiving from receiving_now
      where receiving_now.household_id = coalesce(answer.household_id, line.household_id)
        and receiving_now.programme = coalesce(answer.programme, line.programme)
        and (coalesce(answer.person_key, line.person_key) = 0 or 0 = any(persons)
          or coalesce(answer.person_key, line.person_key) = any(persons))
    ) award on true
    cross join lateral (select ${mayBePushed(
      sql`coalesce(answer.household_id, line.household_id)`,
      sql`coalesce(answer.person_id, line.person_id)`,
    )} as may) pushed
    where case
      when not pushed.may then line.id is not null
      when line.id is null then roll.on_day is not null and award.receiving is null
      when award.receiving then true
      when answer.content_hash is distinct from line.answer_hash then true
      when line.state = 'cooling' then line.cools_until <= ${today}::date
      else not answer.worth or roll.on_day is distinct from line.roll_on
    end
    order by 1, 3 nulls first, 4, 5`.execute(tx)
  return rows
}
