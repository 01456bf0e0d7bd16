import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import type { Matching, Progress } from './matching.ts'
import type { RunView } from './views.ts'

type Counted = { programme: string; eligible: number; undecided: number; notReceiving: number }

type RunRow = Omit<Static<typeof RunView>, 'byProgramme' | 'pack'> & {
  packVersion: string
  packHash: string
  byProgramme: readonly Counted[]
}

/** Runs over the whole district, newest first; answers to single households are not listed. */
export async function listRuns(
  tx: Tx,
  pack: Pack,
  { page, size }: { page: number; size: number },
): Promise<{ items: Static<typeof RunView>[]; total: number }> {
  const { rows } = await sql<RunRow>`
    select id, state, cause, started_at as "startedAt", finished_at as "finishedAt", on_day as "onDay",
      pack_version as "packVersion", pack_hash as "packHash", households, persons, written, closed, unchanged,
      left_out as "leftOut", leads_raised as "leadsRaised", lines_closed as "linesClosed",
      by_programme as "byProgramme",
      (extract(epoch from coalesce(finished_at, clock_timestamp()) - started_at) * 1000)::int as ms
    from app.match_run where cause <> 'household.changed'
    order by id desc limit ${size} offset ${(page - 1) * size}`.execute(tx)
  const count = await sql<{ total: number }>`
    select count(*) as total from app.match_run where cause <> 'household.changed'`.execute(tx)
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

/** The run that is under way, which the database shows only once it is done. */
export function underWay(
  progress: Progress | undefined,
  pack: Pack,
  today: string,
): Static<typeof RunView>[] {
  if (!progress) return []
  const none = {
    persons: 0,
    written: 0,
    closed: 0,
    unchanged: 0,
    leftOut: 0,
    leadsRaised: 0,
    linesClosed: 0,
  }
  return [
    {
      ...none,
      id: 0,
      state: 'running',
      cause: progress.cause,
      startedAt: progress.startedAt,
      finishedAt: null,
      onDay: today,
      pack: { version: pack.version, hash: pack.hash },
      households: progress.households,
      byProgramme: [],
      ms: Math.max(0, Date.now() - Date.parse(progress.startedAt)),
    },
  ]
}

/**
 * Whether the district, as many households as it has, has not yet been evaluated on this day against
 * the pack in force. Answers change by the calendar and by facts that pass their life, also those
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
      where state = 'done' and cause <> 'household.changed' and on_day = ${today}::date
        and pack_hash = ${hash}
        and households = (select count(*) from app.household_current)) as done`.execute(tx)
    return !(rows[0]?.done ?? false)
  })
}
