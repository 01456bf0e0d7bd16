import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Choice } from './shard.ts'

/** A part of a run, and how many households it is thought to be. */
export type Part = Readonly<{ choice: Choice; expected: number }>

/** What a worker takes on. */
export type ShardName = Readonly<{ run: number; number: number }>

/** How much of a run has been read, answered and staged. */
export type RunProgress = Readonly<{
  shards: number
  staged: number
  households: number
  /** Households there are to read, as far as is known. */
  of: number
  persons: number
  unchanged: number
  /** Why a shard has failed as often as is tolerated. */
  problem: string | null
}>

/** How often a shard is tried before its run fails. */
export const attemptsAllowed = 3

/** Households of a shard: enough for loops to pay, few enough for some ten megabytes. */
const [fewest, most] = [2000, 4000]

/**
 * Cuts the district into ranges of households, some for each worker, so that none waits long for the
 * last. A district that one worker answers in a moment is one part.
 */
export async function partsOfDistrict(tx: Tx, workers: number): Promise<Part[]> {
  const { rows: counted } = await sql<{ n: number }>`
    select count(*)::int as n from app.household_current`.execute(tx)
  const size = sizeFor(counted[0]?.n ?? 0, workers)
  const { rows } = await sql<{ after: number; upTo: number; expected: number }>`
    select coalesce(lag(max(id)) over (order by part), 0) as after, max(id) as "upTo", count(*)::int as expected
    from (select household_id as id, (row_number() over (order by household_id) - 1) / ${size}::int as part
      from app.household_current) numbered
    group by part order by part`.execute(tx)
  const parts = rows.length > 0 ? rows : [{ after: 0, upTo: 0, expected: 0 }]
  return parts.map(({ after, upTo, expected }, at) => ({
    // The last one takes in who is matched no more, beyond the last household that is.
    choice: { after, upTo: at === parts.length - 1 ? Number.MAX_SAFE_INTEGER : upTo },
    expected,
  }))
}

/** The same for households that are named. */
export function partsOfList(ids: readonly number[], workers: number): Part[] {
  const size = sizeFor(ids.length, workers)
  const parts: Part[] = []
  for (let at = 0; at < ids.length || at === 0; at += size) {
    const some = ids.slice(at, at + size)
    parts.push({ choice: { ids: some }, expected: some.length })
  }
  return parts
}

function sizeFor(households: number, workers: number): number {
  return Math.min(most, Math.max(fewest, Math.ceil(households / (4 * workers))))
}

/** Writes down the parts of a run, numbered from 0. */
export async function openShards(tx: Tx, run: number, parts: readonly Part[]): Promise<void> {
  const rows = parts.map(({ choice, expected }, number) => ({
    run_id: run,
    number,
    expected,
    ...('ids' in choice
      ? { household_ids: choice.ids }
      : { after_id: choice.after, up_to_id: choice.upTo }),
  }))
  await sql`insert into app.match_shard (run_id, number, expected, after_id, up_to_id, household_ids)
    select run_id, number, expected, after_id, up_to_id, household_ids
    from jsonb_populate_recordset(null::app.match_shard, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  )
}

/** The numbers of the shards that nobody has staged. */
export async function unstaged(tx: Tx, run: number): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`select number from app.match_shard
    where run_id = ${run} and staged_at is null order by number`.execute(tx)
  return rows.map(({ number }) => number)
}

/**
 * Takes a shard for the length of the transaction.
 *
 * @returns undefined when somebody else is at it, has done it, or its run is over
 */
export async function claimShard(tx: Tx, { run, number }: ShardName): Promise<Choice | undefined> {
  const { rows } = await sql<{
    after: number | null
    upTo: number | null
    ids: number[] | null
  }>`select after_id as after, up_to_id as "upTo", household_ids as ids
    from app.match_shard join app.match_run on match_run.id = run_id
    where run_id = ${run} and number = ${number} and staged_at is null and match_run.state = 'running'
    for update of match_shard skip locked`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  if (row.ids) return { ids: row.ids.map(Number) }
  return { after: row.after ?? 0, upTo: row.upTo ?? 0 }
}

/** How many households and people a shard was, and what was found of them. */
export type ShardCounts = Readonly<{
  households: number
  persons: number
  /** Answers that are as they were. */
  unchanged: number
  /** By programme, of how many it cannot be said; what tells clinical facts is not counted. */
  undecided: Readonly<Record<string, number>>
}>

export async function noteStaged(
  tx: Tx,
  { run, number }: ShardName,
  { households, persons, unchanged, undecided }: ShardCounts,
): Promise<void> {
  await sql`update app.match_shard set staged_at = clock_timestamp(), households = ${households},
      persons = ${persons}, unchanged = ${unchanged}, undecided = ${JSON.stringify(undecided)}::jsonb
    where run_id = ${run} and number = ${number}`.execute(tx)
}

export async function noteAttempt(
  tx: Tx,
  { run, number }: ShardName,
  problem: string,
): Promise<void> {
  await sql`update app.match_shard set attempts = attempts + 1, problem = ${problem}
    where run_id = ${run} and number = ${number}`.execute(tx)
}

export async function progressOf(tx: Tx, run: number): Promise<RunProgress> {
  const { rows } =
    await sql<RunProgress>`select count(*)::int as shards, count(staged_at)::int as staged,
      coalesce(sum(households), 0)::int as households, coalesce(sum(expected), 0)::int as of,
      coalesce(sum(persons), 0)::int as persons, coalesce(sum(unchanged), 0)::int as unchanged,
      min(problem) filter (where staged_at is null and attempts >= ${attemptsAllowed}) as problem
    from app.match_shard where run_id = ${run}`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('a count has one row')
  return row
}

/** Forgets the parts of runs up to this one that are over. */
export async function dropShards(tx: Tx, upTo: number): Promise<void> {
  await sql`select app.drop_shards(${upTo})`.execute(tx)
}
