import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type pg from 'pg'
import { asActorOnConnection } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { expireFacts } from '../households/wide.ts'
import { answersOf, makeMatcher, type Matcher } from './answers.ts'
import { type Choice, readShard } from './shard.ts'
import { createStaging, type KnownKinds, settleStaged, stageShard } from './staging.ts'
import { readStored } from './stored.ts'

/** What a later feature does with new answers, in the same transaction: leads. */
export type AfterRun = (
  tx: Tx,
  run: { id: number; today: string; households?: readonly number[]; pack: Pack },
) => Promise<{ raised: number; closed: number }>

export type MatchWish = Readonly<{
  pack: Pack
  today: string
  /** Why: 'start', 'by hand', 'policies.published', 'daily', 'household.changed'. */
  cause: string
  /** Only these; without it the whole district. */
  households?: readonly number[]
  afterRun: AfterRun
  onProgress?: (done: { households: number; of: number }) => void
}>

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

type Counts = { households: number; persons: number; unchanged: number }

/** Households read and answered at a time: some 30,000 people, a few ten megabytes. */
const shardSize = 10_000

/**
 * Evaluates households against the pack and writes what changed, in one transaction.
 *
 * A run that dies leaves the stored answers as they were. A household that changed after it was
 * read is left out: its own job answers it. Runs wait for each other.
 *
 * @param token of a job session, which sees the whole district
 */
export async function match(db: Database, token: string, wish: MatchWish): Promise<RunSummary> {
  const started = performance.now()
  const matcher = makeMatcher(wish.pack, wish.today)
  return asActorOnConnection(db, token, async (tx, connection) => {
    await sql`select pg_advisory_xact_lock(hashtext('qiao matching'))`.execute(tx)
    await sql`set local work_mem = '64MB'`.execute(tx)
    if (!wish.households) await expireFacts(tx, wish.today)
    const id = await openRun(tx, wish)
    await createStaging(connection)
    const counts = await stageChanges(tx, connection, matcher, wish)
    const changes = await settleStaged(tx, id, wish.pack)
    const leads = await wish.afterRun(tx, {
      id,
      today: wish.today,
      pack: wish.pack,
      ...(wish.households ? { households: wish.households } : {}),
    })
    const summary: RunSummary = {
      id,
      households: counts.households,
      persons: counts.persons,
      ...changes,
      unchanged: counts.unchanged,
      leadsRaised: leads.raised,
      linesClosed: leads.closed,
      ms: Math.round(performance.now() - started),
    }
    await closeRun(tx, summary)
    return summary
  })
}

async function openRun(tx: Tx, { pack, today, cause }: MatchWish): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into app.match_run (cause, on_day, pack_version, pack_hash, engine_version)
    values (${cause}, ${today}, ${pack.version}, ${pack.hash}, ${engineVersion}) returning id`.execute(
    tx,
  )
  return rows[0]?.id ?? 0
}

/** The version of the evaluators; an answer of another version is compared like any other. */
const engineVersion = '1'

async function stageChanges(
  tx: Tx,
  connection: pg.PoolClient,
  matcher: Matcher,
  wish: MatchWish,
): Promise<Counts> {
  const counts: Counts = { households: 0, persons: 0, unchanged: 0 }
  const kinds: KnownKinds = new Set()
  const { of, choices } = await shardsOf(tx, wish.households)
  for (const choice of choices) {
    const shard = await readShard(connection, matcher.pack.facts, choice)
    const stored = await readStored(connection, matcher.pack, choice)
    const answers = answersOf(matcher, shard)
    const { unchanged } = await stageShard(connection, {
      pack: matcher.pack,
      shard,
      answers,
      stored,
      kinds,
    })
    counts.unchanged += unchanged
    counts.households += shard.batch.households
    counts.persons += shard.batch.persons
    wish.onProgress?.({ households: counts.households, of })
  }
  return counts
}

async function shardsOf(
  tx: Tx,
  households: readonly number[] | undefined,
): Promise<{ of: number; choices: Choice[] }> {
  if (households) return { of: households.length, choices: [{ ids: households }] }
  const { rows } = await sql<{ after: number; up_to: number; of: number }>`
    select coalesce(lag(max(id)) over (order by shard), 0) as after, max(id) as up_to,
      sum(count(*)) over ()::int as of
    from (select household_id as id, (row_number() over (order by household_id) - 1) / ${shardSize}::int as shard
      from app.household_current) numbered
    group by shard order by shard`.execute(tx)
  return {
    of: rows[0]?.of ?? 0,
    choices: rows.map((row) => ({ after: row.after, upTo: row.up_to })),
  }
}

async function closeRun(tx: Tx, run: RunSummary): Promise<void> {
  await sql`update app.match_run set state = 'done', finished_at = clock_timestamp(),
      households = ${run.households}, persons = ${run.persons}, written = ${run.written},
      closed = ${run.closed}, unchanged = ${run.unchanged}, left_out = ${run.leftOut},
      leads_raised = ${run.leadsRaised}, lines_closed = ${run.linesClosed},
      by_programme = (
        select coalesce(jsonb_agg(counted order by programme), '[]') from (
          select programme, sum(eligible)::int as eligible, sum(undecided)::int as undecided from (
            select programme, count(*) filter (where verdict = 'eligible') as eligible,
              count(*) filter (where verdict = 'unknown') as undecided
            from app.answer where superseded_at is null group by programme
            union all
            select kind.programme, 0, sum(listed.n)
            from (select kind_id, count(*) as n from app.undecided, unnest(kinds) as kind_id
              where superseded_at is null group by kind_id) listed
            join app.undecided_kind kind on kind.id = listed.kind_id group by kind.programme
          ) both_sorts group by programme) counted)
    where id = ${run.id}`.execute(tx)
}
