import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import {
  daysUntil,
  type Due,
  type DueBefore,
  type DueKind,
  dueKinds,
  nextDue,
  type Rule,
  rulesFor,
  type Season,
  type Standing,
} from './rhythm.ts'
import { rulesOn, seasonsOn } from './rule-queries.ts'
import type { DueOf } from './views.ts'

/** What is due of a household, as far as the reader may know of it: of two days for one thing the earlier. */
export async function readDue(tx: Tx, householdId: number, today: string): Promise<DueOf[]> {
  const { rows } = await sql<Omit<DueOf, 'left'>>`
    select distinct on (kind) kind, due_on as due, last_on as last, sensitivity, reason, season
    from app.visit_due where household_id = ${householdId} and ended_at is null and met_on is null
    order by kind, due_on, sensitivity`.execute(tx)
  return rows.map((row) => ({ ...row, left: daysUntil(row.due, today) }))
}

type Known = Standing &
  Readonly<{
    householdId: number
    tierFrom: string | null
    contacted: string | null
    visited: string | null
    /** Rows that stand, by kind and sensitivity. */
    kept: Readonly<Record<string, DueBefore & Readonly<{ since: string }>>>
  }>

type Sensitivity = 'plain' | 'need-signal'
type Row = Due &
  Readonly<{
    household: number
    kind: DueKind
    sensitivity: Sensitivity
    since: string
    last: string | null
  }>

/**
 * Works out anew what is due of these households.
 *
 * @param tx a transaction of the program, which reads every fact
 */
export async function keepDue(
  tx: Tx,
  householdIds: readonly number[],
  today: string,
): Promise<void> {
  if (householdIds.length === 0) return
  // One after another: whoever read before a record was kept does not write after whoever read it.
  await sql`select pg_advisory_xact_lock(hashtext('visits due'))`.execute(tx)
  const rules = await rulesOn(tx, today)
  const seasons = await seasonsOn(tx, today)
  const due = (await knownOf(tx, householdIds, today)).flatMap((known) =>
    dueOf(known, { rules, seasons, today }),
  )
  await sql`select app.keep_visits_due(${householdIds}::bigint[], ${JSON.stringify(due)}::jsonb)`.execute(
    tx,
  )
}

type Keeping = Readonly<{ rules: readonly Rule[]; seasons: readonly Season[]; today: string }>

function dueOf(known: Known, { rules, seasons, today }: Keeping): Row[] {
  return dueKinds.flatMap((kind) => {
    const last = kind === 'contact' ? known.contacted : known.visited
    const rowOf = (sensitivity: Sensitivity): Row | null => {
      const before = known.kept[`${kind} ${sensitivity}`] ?? null
      const record = before?.since ?? today
      const held = rulesFor(known, rules, { tier: known.tierFrom ?? today, record })[sensitivity]
      const next = nextDue(kind, held, { last, today, seasons, before, rules })
      const first = held.map(({ since }) => since).toSorted()[0]
      if (!next || first === undefined) return null
      const since = first < next.due ? first : next.due
      return { household: known.householdId, kind, sensitivity, since, last, ...next }
    }
    const plain = rowOf('plain')
    const signal = rowOf('need-signal')
    // Where what everybody knows of is as strict, the need signal says nothing more.
    const tells = signal && (!plain || signal.due < plain.due)
    return [...(plain ? [plain] : []), ...(tells ? [signal] : [])]
  })
}

async function knownOf(tx: Tx, householdIds: readonly number[], today: string): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select household.id as "householdId", tier.tier, tier.from_day as "tierFrom", done.contacted, done.visited,
      members.n = 1 and coalesce(facts.born <= ${today}::date - interval '80 years', false) as "eightyAlone",
      coalesce(facts.tekun, false) as "scatteredTekun", coalesce(facts.child, false) as "childInDifficulty",
      coalesce(facts.illness, false) as "seriousIllness", coalesce(kept.rows, '{}') as kept
    from app.household
    left join app.visit_tier tier on tier.household_id = household.id and tier.superseded_at is null and tier.from_day <= ${today}::date
    left join lateral (
      select count(*)::int as n from app.member
      where household_id = household.id and superseded_at is null and valid_to is null) members on true
    left join lateral (
      select min(f_birth_date) as born, bool_or(f_status_tekun and f_in_institution is not true) as tekun,
        bool_or(f_status_guer or f_status_kunjing_ertong) as child, bool_or(f_serious_illness) as illness
      from app.person_current where household_id = household.id) facts on true
    left join lateral (
      select max(on_day) as contacted, max(on_day) filter (where method = 'visit') as visited from app.service_record
      where household_id = household.id and superseded_at is null and outcome = 'met') done on true
    left join lateral (
      select jsonb_object_agg(kind || ' ' || sensitivity, jsonb_build_object('due', due_on, 'last', last_on, 'reason', reason,
        'season', season, 'since', since)) as rows from app.visit_due
      where household_id = household.id and ended_at is null) kept on true
    where household.id = any(${householdIds}::bigint[]) order by household.id`.execute(tx)
  return rows
}

/** Households of which something may be due, after a number; so many at once. */
export async function householdsToKeep(
  tx: Tx,
  { after, most, today }: Readonly<{ after: number; most: number; today: string }>,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select household_id as id from (
      select household_id from app.visit_tier where superseded_at is null
      union
      select household_id from app.visit_due where ended_at is null
      union
      select household_id from app.person_current
      where f_status_tekun or f_status_guer or f_status_kunjing_ertong or f_serious_illness
        or f_birth_date <= ${today}::date - interval '80 years') one
    where household_id > ${after} order by 1 limit ${most}`.execute(tx)
  return rows.map(({ id }) => id)
}
