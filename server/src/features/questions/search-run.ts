import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { mayBePushed } from '../consents/purpose.ts'
import { problem } from '../../platform/http/problem.ts'
import { questionProblems } from './problems.ts'
import type { Among, Because } from './question.ts'

/** A search that has not been heard of for so long is dead. */
const silence = '3 minutes'

export type SearchState = Readonly<{
  state: 'never' | 'running' | 'done' | 'failed'
  onDay: string | null
  packHash: string | null
  among: Among | null
  households: number
  of: number
  leftOut: number
}>

const never: SearchState = {
  state: 'never',
  onDay: null,
  packHash: null,
  among: null,
  households: 0,
  of: 0,
  leftOut: 0,
}

/** How the latest search stands; one whose process is gone has failed. */
export async function latestSearch(tx: Tx): Promise<SearchState> {
  const { rows } = await sql<SearchState>`
    select case when state = 'running' and seen_at < clock_timestamp() - ${silence}::interval
        then 'failed' else state end as state,
      on_day as "onDay", pack_hash as "packHash", among, households, of_households as "of",
      left_out as "leftOut"
    from app.question_run order by id desc limit 1`.execute(tx)
  return rows[0] ?? never
}

export type SearchWish = Readonly<{ cause: string; among: Among; today: string; pack: Pack }>

/** A household to look at, and why. */
export type Chosen = Readonly<{ id: number; because: Because }>

/**
 * Opens a search; a second one has to wait until the first is done.
 *
 * @throws Problem `search-under-way`
 */
export async function openSearch(
  tx: Tx,
  { cause, among, today, pack }: SearchWish,
  { chosen, leftOut }: Readonly<{ chosen: readonly Chosen[]; leftOut: number }>,
): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('qiao questions'))`.execute(tx)
  if ((await latestSearch(tx)).state === 'running')
    throw problem(questionProblems, 'search-under-way')
  const { rows } = await sql<{ id: number }>`
    insert into app.question_run (cause, on_day, pack_version, pack_hash, among, of_households, left_out)
    values (${cause}, ${today}::date, ${pack.version}, ${pack.hash}, ${among}, ${chosen.length},
      ${leftOut}) returning id`.execute(tx)
  return rows[0]?.id ?? 0
}

export async function noteProgress(
  tx: Tx,
  run: number,
  done: Readonly<{ households: number; questions: number }>,
): Promise<void> {
  await sql`update app.question_run set seen_at = clock_timestamp(), households = ${done.households},
    questions = ${done.questions} where id = ${run}`.execute(tx)
}

/** Ends a search: what earlier ones found of households no longer looked at goes with it. */
export async function closeSearch(tx: Tx, run: number): Promise<void> {
  await sql`select app.drop_old_questions(${run})`.execute(tx)
  await sql`update app.question_run set state = 'done', finished_at = clock_timestamp()
    where id = ${run}`.execute(tx)
}

export async function failSearch(tx: Tx, run: number): Promise<void> {
  await sql`update app.question_run set state = 'failed', finished_at = clock_timestamp()
    where id = ${run} and state = 'running'`.execute(tx)
}

/**
 * Households to look at, those with a lead first, then those with a sign of need.
 *
 * @param most at most so many, the rest is only counted
 * @param withLead households with an open lead; leads come later, so app.ts hands them down
 */
export async function chooseHouseholds(
  tx: Tx,
  of: Readonly<{
    among: Among
    withLead: readonly number[]
    most: number
    only?: readonly number[]
  }>,
): Promise<{ chosen: Chosen[]; leftOut: number }> {
  const { among, withLead, most, only = null } = of
  const { rows } = await sql<Chosen & { total: number }>`
    select household.household_id as id,
      case when lead.id is not null then 'lead' when sign.id is not null then 'sign' else 'other' end
        as because, count(*) over ()::int as total
    from app.household_current household
    left join unnest(${withLead}::bigint[]) lead (id) on lead.id = household.household_id
    left join (select distinct household_id as id from app.answer
      where superseded_at is null and need_signal and not clinical) sign on sign.id = household.household_id
    where (${among === 'all'} or lead.id is not null or sign.id is not null)
      and (${only}::bigint[] is null or household.household_id = any(${only}::bigint[]))
      and ${mayBePushed(sql.ref('household.household_id'), sql`null`)}
    order by lead.id is null, sign.id is null, household.household_id
    limit ${most}`.execute(tx)
  const total = rows[0]?.total ?? 0
  return {
    chosen: rows.map(({ id, because }) => ({ id, because })),
    leftOut: Math.max(0, total - most),
  }
}
