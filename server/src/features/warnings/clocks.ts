import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { endClocks, startClocks } from '../duties/clock-queries.ts'
import { type ClockKind, clockKinds } from '../duties/limit.ts'
import { type Severity, type State } from './warning.ts'

type Kept = Readonly<{
  id: number
  householdId: number
  sensitivity: 'plain' | 'need-signal' | 'clinical'
  restricted: boolean
  severity: Severity
  state: State
  assignee: string | null
  contacted: boolean
  visited: boolean
  fedBack: boolean
  raisedAt: string
  running: readonly ClockKind[]
}>

const awaited = ['contact', 'visit', 'feedback'] as const

/** What a warning of a severity is awaited for; for red nobody proposed when its source is told (domain §4.4). */
function kindOf(severity: Severity, of: (typeof awaited)[number]): ClockKind | undefined {
  return clockKinds.find((kind) => kind === `alert-${severity}-${of}`)
}

/**
 * Brings the clocks of warnings in step with them: to be in touch with the family, to see them, to tell the source. Each runs
 * from when the warning was raised; one whose severity changed is measured by the limits of that.
 *
 * @param at the instant it is, in milliseconds since 1970
 * @param ids only these; where left out every warning that lives, and every clock that still runs
 */
export async function keepWarningClocks(
  tx: Tx,
  at: number,
  ids: readonly number[] | null = null,
): Promise<void> {
  const { rows } = await sql<Kept>`
    select warning.id, household_id as "householdId", sensitivity, restricted, severity, state, assignee,
      contacted_at is not null as contacted, visited_at is not null as visited, fed_back_at is not null as "fedBack",
      raised_at as "raisedAt", coalesce((select array_agg(kind order by id) from app.clock
        where subject = 'warning' and subject_id = warning.id and ended_at is null), '{}') as running
    from app.warning
    where (${ids}::bigint[] is null or id = any(${ids}::bigint[]))
      and (${ids}::bigint[] is not null or state <> 'closed' or exists (select from app.clock
        where subject = 'warning' and subject_id = warning.id and ended_at is null))
    order by id`.execute(tx)
  for (const of of awaited)
    for (const severity of ['red', 'orange', 'yellow'] as const) {
      const kind = kindOf(severity, of)
      if (kind) await keepOne(tx, at, rows, { kind, severity, of })
    }
}

type Which = Readonly<{ kind: ClockKind; severity: Severity; of: (typeof awaited)[number] }>

function isDone({ contacted, visited, fedBack, state }: Kept, of: Which['of']): boolean {
  if (state === 'closed') return true
  return of === 'contact' ? contacted || visited : of === 'visit' ? visited : fedBack
}

async function keepOne(tx: Tx, at: number, all: readonly Kept[], which: Which): Promise<void> {
  const { kind, severity, of } = which
  const running = all.filter((one) => one.running.includes(kind))
  const over = running.filter((one) => isDone(one, of))
  const changed = running.filter((one) => !isDone(one, of) && one.severity !== severity)
  for (const [ones, how] of [
    [over, 'handled'],
    [changed, 'withdrawn'],
  ] as const) {
    const ids = ones.map(({ id }) => id)
    if (ids.length > 0) await endClocks(tx, { subject: 'warning', ids, how, at, kinds: [kind] })
  }
  const due = all.filter(
    (one) => one.severity === severity && !isDone(one, of) && !one.running.includes(kind),
  )
  await startClocks(
    tx,
    { kind, subject: 'warning' },
    due.map(({ id, householdId, sensitivity, restricted, assignee, raisedAt }) => ({
      id,
      householdId,
      // Whoever may not know of the warning does not learn of it by its clock.
      sensitivity: restricted ? 'clinical' : sensitivity,
      owner: restricted ? null : assignee,
      startedAt: Math.min(Date.parse(raisedAt), at),
    })),
  )
}
