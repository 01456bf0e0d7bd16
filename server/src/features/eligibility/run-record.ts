import { engineVersion, type Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { rollDays } from '../households/wide.ts'

export type RunSummary = Readonly<{
  id: number
  households: number
  persons: number
  written: number
  closed: number
  unchanged: number
  leftOut: number
  leadsRaised: number
  linesClosed: number
  ms: number
}>

/** What a run is known by: why, on which day, by which pack, and over whom. */
export type RunBasis = Readonly<{
  cause: string
  today: string
  pack: Pack
  /** Everybody, those whose households changed, or everybody to see whether the answers are right. */
  scope: 'district' | 'marked' | 'comparison'
}>

/** @returns its number; whether others see it before it is done is for the transaction to say */
export async function openRun(tx: Tx, { pack, today, cause, scope }: RunBasis): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into app.match_run (cause, scope, on_day, pack_version, pack_hash, engine_version)
    values (${cause}, ${scope}, ${today}, ${pack.version}, ${pack.hash}, ${engineVersion})
    returning id`.execute(tx)
  return rows[0]?.id ?? 0
}

/**
 * A run over the district on the same day, by the same pack and engine, that its process did not live
 * to finish.
 *
 * @param tx of whoever alone may lead a run: then nobody is leading it
 */
export async function interruptedRun(
  tx: Tx,
  { pack, today }: Pick<RunBasis, 'pack' | 'today'>,
): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from app.match_run
    where state = 'running' and scope = 'district' and on_day = ${today}::date
      and pack_hash = ${pack.hash} and engine_version = ${engineVersion}
      and exists (select from app.match_shard where run_id = match_run.id)
    order by id desc limit 1`.execute(tx)
  return rows[0]?.id
}

/** Runs that nobody leads any more, but for one; they are over, and what they staged goes. */
export async function endInterrupted(tx: Tx, but: number | undefined): Promise<void> {
  await sql`select app.discard_staged(id) from app.match_run
    where state = 'running' and id is distinct from ${but ?? null}::bigint`.execute(tx)
  await sql`update app.match_run set state = 'failed', finished_at = clock_timestamp(),
      problem = 'interrupted'
    where state = 'running' and id is distinct from ${but ?? null}::bigint`.execute(tx)
}

/** How far a run is, for everybody to see. */
export async function noteProgress(
  tx: Tx,
  run: number,
  { households, persons, of }: Readonly<{ households: number; persons: number; of: number }>,
): Promise<void> {
  await sql`update app.match_run set households = ${households}, persons = ${persons},
      expected = ${of} where id = ${run}`.execute(tx)
}

export async function closeRun(tx: Tx, run: RunSummary): Promise<void> {
  await sql`update app.match_run set state = 'done', finished_at = clock_timestamp(),
      households = ${run.households}, persons = ${run.persons}, written = ${run.written},
      closed = ${run.closed}, unchanged = ${run.unchanged}, left_out = ${run.leftOut},
      leads_raised = ${run.leadsRaised}, lines_closed = ${run.linesClosed}
    where id = ${run.id}`.execute(tx)
}

/**
 * Keeps with a run over the district how many each programme fits, how many of them are known not
 * to receive it, and of how many it cannot be said. Everybody with cases reads them, so what rests on
 * clinical facts is not counted. What cannot be said is as the shards found it.
 */
export async function countProgrammes(tx: Tx, run: number, today: string): Promise<void> {
  // Under row-level security PostgreSQL takes every table for small, and would join row by row.
  await sql`set local enable_nestloop = off`.execute(tx)
  await sql`with receiving as (
      select household_id, programme, array_agg(coalesce(person_id, 0)) as persons
      from app.award
      where superseded_at is null and state = 'receiving' and valid_from <= ${today}::date
        and (valid_to is null or valid_to >= ${today}::date)
      group by household_id, programme
    ), rolled as (
      select distinct area.id as area_id, roll.programme
      from app.area
      cross join lateral (values (left(area.id, 6)), (left(area.id, 9)), (area.id)) inside (area_id)
      join app.roll on roll.area_id = inside.area_id
      where roll.complete and roll.on_day <= ${today}::date
        and roll.on_day > ${today}::date - ${rollDays}::int
    ), counted as (
      select answer.programme, count(*) filter (where verdict = 'eligible') as eligible, 0 as undecided,
        count(*) filter (where verdict = 'eligible' and cardinality(via) = 0
          and rolled.programme is not null and (receiving.programme is null
            or answer.person_id is not null and not 0 = any(persons)
              and not answer.person_id = any(persons))) as not_receiving
      from app.answer
      left join receiving on receiving.household_id = answer.household_id
        and receiving.programme = answer.programme
      left join rolled on rolled.area_id = answer.area_id and rolled.programme = answer.programme
      where superseded_at is null and not clinical group by answer.programme
      union all
      select programme, 0, sum(n::int), 0
      from app.match_shard, jsonb_each_text(undecided) as found (programme, n)
      where run_id = ${run} and n <> '0' group by programme
    )
    update app.match_run set by_programme = (
      select coalesce(jsonb_agg(line order by programme), '[]') from (
        select programme, sum(eligible)::int as eligible, sum(undecided)::int as undecided,
          sum(not_receiving)::int as "notReceiving"
        from counted group by programme) line)
    where id = ${run}`.execute(tx)
  await sql`set local enable_nestloop = on`.execute(tx)
}

/** A run that failed leaves nothing but that it did, and why. */
export async function noteFailure(tx: Tx, run: number, error: unknown): Promise<void> {
  const problem = error instanceof Error ? error.message : String(error)
  await sql`select app.discard_staged(${run})`.execute(tx)
  await sql`update app.match_run set state = 'failed', finished_at = clock_timestamp(),
      problem = ${problem} where id = ${run} and state = 'running'`.execute(tx)
}
