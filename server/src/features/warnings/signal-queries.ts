import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Catalogue, Signal } from './catalogue.ts'
import { everyRule } from './rules-in-force.ts'
import type { SignalRow } from './views.ts'
import { type Counts, needsReview, precisionOf, type ReviewLimits } from './warning.ts'

type Found = Readonly<{ signal: string; live: number }> & Counts

/** How each signal came out, by what was found of the warnings that rest on it; only what the reader may see is counted. */
async function foundBySignal(tx: Tx): Promise<ReadonlyMap<string, Found>> {
  const { rows } = await sql<Found>`
    select signal, (count(*) filter (where state <> 'closed'))::int as live,
      (count(*) filter (where outcome = 'confirmed'))::int as confirmed,
      (count(*) filter (where outcome = 'false_positive'))::int as false_positive,
      (count(*) filter (where outcome = 'already_covered'))::int as already_covered,
      (count(*) filter (where outcome = 'moved_or_deceased'))::int as moved_or_deceased
    from (select distinct signal, warning_id from app.warning_evidence) rests
    join app.warning on warning.id = rests.warning_id
    group by signal`.execute(tx)
  return new Map(rows.map((row) => [row.signal, row]))
}

/** The catalogue with what the district stated, how often each signal was right, and what stood before. */
export async function listSignals(
  tx: Tx,
  { signals }: Catalogue,
  {
    today,
    review,
    unfit,
  }: Readonly<{
    today: string
    review: ReviewLimits
    /** Signals whose rules do not fit the facts any more. */
    unfit: ReadonlySet<string>
  }>,
): Promise<SignalRow[]> {
  const found = await foundBySignal(tx)
  const stated = await everyRule(tx)
  return signals.map((signal) => {
    const all = stated.filter((one) => one.signal === signal.id)
    const views = all.map(({ signal: _signal, id, current: _current, ...rule }) => ({
      ...rule,
      version: id,
    }))
    const now = views[all.findIndex(({ current }) => current)] ?? null
    const counts = found.get(signal.id)
    const tally: Counts = counts ?? {
      confirmed: 0,
      false_positive: 0,
      already_covered: 0,
      moved_or_deceased: 0,
    }
    return {
      ...shown(signal),
      state: stateOf(signal, now, today),
      fits: !unfit.has(signal.id),
      stated: now,
      before: views.filter((one) => one !== now),
      found: {
        live: counts?.live ?? 0,
        confirmed: tally.confirmed,
        falsePositive: tally.false_positive,
        alreadyCovered: tally.already_covered,
        movedOrDeceased: tally.moved_or_deceased,
      },
      precision: precisionOf(tally),
      reviewAsked: needsReview(tally, review),
    }
  })
}

function shown(signal: Signal) {
  const { id, name, en, owner, topic, severity, kind, rule } = signal
  return {
    id,
    name,
    en,
    owner,
    topic,
    severity,
    kind,
    entity: signal.entity ?? null,
    restricted: signal.restricted ?? false,
    clinical: signal.clinical ?? false,
    note: signal.note ?? null,
    shipped: rule
      ? { rule, redRule: signal.redRule ?? null, freshDays: signal.freshDays ?? null }
      : null,
  }
}

function stateOf(
  { kind }: Signal,
  stated: Readonly<{ on: boolean; from: string }> | null,
  today: string,
): SignalRow['state'] {
  if (kind !== 'rule') return kind
  if (!stated?.on) return 'off'
  return stated.from > today ? 'from' : 'on'
}
