import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import type { Matching, Progress } from './matching.ts'
import type { RunView } from './views.ts'

type Counted = { programme: string; eligible: number; undecided: number; notReceiving?: number }

type RunRow = Omit<Static<typeof RunView>, 'byProgramme' | 'pack'> & {
  packVersion: string
  packHash: string
  byProgramme: readonly Counted[]
}

/** The last runs over the whole district, newest first; answers to single households are not listed. */
export async function listRuns(
  tx: Tx,
  pack: Pack,
  size: number,
): Promise<Static<typeof RunView>[]> {
  const { rows } = await sql<RunRow>`
    select id, state, cause, started_at as "startedAt", finished_at as "finishedAt", on_day as "onDay",
      pack_version as "packVersion", pack_hash as "packHash", households, persons, written, closed, unchanged,
      left_out as "leftOut", leads_raised as "leadsRaised", lines_closed as "linesClosed",
      by_programme as "byProgramme",
      (extract(epoch from coalesce(finished_at, clock_timestamp()) - started_at) * 1000)::int as ms
    from app.match_run where cause <> 'household.changed' order by id desc limit ${size}`.execute(
    tx,
  )
  const nameOf = new Map(pack.programmes.map(({ id, name }) => [id, name]))
  return rows.map(({ packVersion, packHash, byProgramme, ...run }) => ({
    ...run,
    pack: { version: packVersion, hash: packHash },
    byProgramme: byProgramme.map(({ programme, eligible, undecided, notReceiving }) => ({
      programme,
      programmeName: nameOf.get(programme) ?? programme,
      eligible,
      unknown: undecided,
      notReceiving: notReceiving ?? 0,
    })),
  }))
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

/** Whether any stored answer may have changed by `today`, or a recorded fact has passed its life. */
export async function isAnythingDue(
  matching: Pick<Matching, 'asProgram'>,
  today: string,
): Promise<boolean> {
  return matching.asProgram(async (tx) => {
    const { rows } = await sql<{ due: boolean }>`
      select exists (select from app.answer where superseded_at is null and next_change <= ${today}::date)
        or exists (select from app.undecided where superseded_at is null and next_change <= ${today}::date)
        or exists (select from app.household_current where next_expiry <= ${today}::date)
        or not exists (select from app.match_run where state = 'done' and cause <> 'household.changed') as due
    `.execute(tx)
    return rows[0]?.due ?? true
  })
}
