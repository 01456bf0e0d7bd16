import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import type { Matching } from './matching.ts'
import type { ComparisonView, RunView } from './views.ts'

type Counted = { programme: string; eligible: number; undecided: number; notReceiving: number }

type RunRow = Omit<Static<typeof RunView>, 'byProgramme' | 'pack'> & {
  packVersion: string
  packHash: string
  byProgramme: readonly Counted[]
}

/**
 * Runs over the whole district, newest first, the one under way with how far it is; answers to those
 * who changed are not listed.
 */
export async function listRuns(
  tx: Tx,
  pack: Pack,
  { page, size }: { page: number; size: number },
): Promise<{ items: Static<typeof RunView>[]; total: number }> {
  const { rows } = await sql<RunRow>`
    select id, state, cause, started_at as "startedAt", finished_at as "finishedAt", on_day as "onDay",
      pack_version as "packVersion", pack_hash as "packHash", expected, households, persons, written, closed, unchanged,
      left_out as "leftOut", leads_raised as "leadsRaised", lines_closed as "linesClosed",
      by_programme as "byProgramme",
      (extract(epoch from coalesce(finished_at, clock_timestamp()) - started_at) * 1000)::int as ms
    from app.match_run where scope = 'district'
    order by id desc limit ${size} offset ${(page - 1) * size}`.execute(tx)
  const count = await sql<{ total: number }>`
    select count(*) as total from app.match_run where scope = 'district'`.execute(tx)
  const nameOf = new Map(pack.programmes.map(({ id, name }) => [id, name]))
  const items = rows.map(({ packVersion, packHash, byProgramme, ...run }) => ({
    ...run,
    pack: { version: packVersion, hash: packHash },
    byProgramme: byProgramme.map(({ programme, eligible, undecided, notReceiving }) => ({
      programme,
      programmeName: nameOf.get(programme) ?? programme,
      eligible,
      unknown: undecided,
      notReceiving,
    })),
  }))
  return { items, total: count.rows[0]?.total ?? 0 }
}

/** The last nightly comparison, naming the households that its reader may see. */
export async function lastComparison(tx: Tx): Promise<Static<typeof ComparisonView> | null> {
  const { rows } = await sql<Static<typeof ComparisonView>>`
    select finished_at as "finishedAt", on_day as "onDay", households,
      coalesce(substring(problem from '^[0-9]+')::int, 0) as differing,
      (select coalesce(json_agg(json_build_object('id', id, 'registerNo', register_no) order by id), '[]')
        from app.household where id = any(match_run.differing)) as named
    from app.match_run where scope = 'comparison' and state = 'done' order by id desc limit 1`.execute(
    tx,
  )
  return rows[0] ?? null
}

/**
 * Whether the district, as many households as it has, has not yet been evaluated on this day against
 * the pack in force, or a run has been interrupted. Answers change by the calendar and by facts that pass their life, also those
 * that nobody stored: who was too young yesterday.
 */
export async function isMatchDue(
  { asProgram }: Pick<Matching, 'asProgram'>,
  packInForce: (tx: Tx) => Promise<Pack>,
  today: string,
): Promise<boolean> {
  return asProgram(async (tx) => {
    const { hash } = await packInForce(tx)
    const { rows } = await sql<{ done: boolean }>`select exists (select from app.match_run
      where state = 'done' and scope = 'district' and on_day = ${today}::date
        and pack_hash = ${hash}
        and households = (select count(*) from app.household_current))
      and not exists (select from app.match_run where state = 'running') as done`.execute(tx)
    return !(rows[0]?.done ?? false)
  })
}
