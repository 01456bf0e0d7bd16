import type { HouseholdFacts, Reading } from '@qiao/rules'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { authorisationDays, leftOutBecause, objectingMembers } from '../consents/purpose.ts'
import { statusFact } from '../households/statuses.ts'
import { rollDays } from '../households/wide.ts'

/** A household at one instant of the record. */
export type Moment = Readonly<{
  householdId: number
  /** Where it lay then. */
  areaId: string
  /** Everything recorded by then counts, and nothing later; to the microsecond, so as text. */
  knownAt: string
  /** Day as of which facts, awards and rolls count. */
  knownOn: string
}>

/** What matching read of a household, found again in the record. */
export type Recalled = Readonly<{
  facts: HouseholdFacts
  /** Members who objected to matching: nothing was read of them, and nothing answered about them. */
  optedOut: ReadonlySet<string | null>
  /** First day on which a fact or award begins or passes its life; null for never. */
  nextExpiry: string | null
  /** First day on which a roll of the area begins to speak or falls silent; null for never. */
  nextRollChange: string | null
}>

/** A row on record: whether it was read, and the first later day on which that is otherwise. */
type Known = Readonly<
  { personId: number | null; fact: string; counts: boolean; turns: string | null } & Reading
>

/**
 * The wide rows of a household as they were made at an instant, by the same rules (migration 0087),
 * from what is never overwritten: facts, awards, members, rolls, and what people allowed or objected to.
 *
 * @param tx of the program, which sees every fact
 * @param statuses the statuses that can be asked for, as facts `status_…`
 */
export async function recallHousehold(
  tx: Tx,
  moment: Moment,
  statuses: ReadonlySet<string>,
): Promise<Recalled> {
  const members = await sql<{ id: number }>`select person_id as id from app.member
    where ${standing(moment)} and ${covers(moment)} order by person_id`.execute(tx)
  // `offset 0`: worked out once a row, not wherever it is asked for.
  const facts = await sql<Known>`
    select person_id as "personId", fact, value, source, verified_on as day, counts,
      ${turns(moment, sql`least(shelf_until, valid_to)`)} as turns
    from (select *, ${usable(moment)} as counts from app.fact where ${standing(moment)} offset 0) known`.execute(
    tx,
  )
  const awards = await sql<Omit<Known, 'fact'> & { programme: string }>`
    select person_id as "personId", programme, true as value, source, valid_from as day, counts,
      ${turns(moment, sql`valid_to`)} as turns
    from (select *, ${covers(moment)} as counts from app.award
      where ${standing(moment)} and state = 'receiving') known`.execute(tx)
  const rolls = await rollsOf(tx, moment)
  const optedOut = await objectingMembers(tx, moment.householdId, moment.knownAt)
  const denied = rolls.filter(({ day }) => day <= moment.knownOn)
  const held = awards.rows.map(({ programme, ...award }) => ({
    ...award,
    fact: statusFact(programme),
  }))
  const of = (person: number | null) =>
    Object.fromEntries([
      ...denied.map(({ fact, source, day }) => [fact, { value: false, source, day }]),
      ...[...facts.rows, ...held]
        .filter(({ personId, counts }) => counts && personId === person)
        .map(({ fact, value, source = '', day = '' }) => [fact, { value, source, day }]),
    ]) as Record<string, Reading>
  return {
    facts: {
      household: of(null),
      members: members.rows.map(({ id }) => ({
        id: String(id),
        facts: optedOut.has(String(id)) ? {} : of(id),
      })),
    },
    optedOut,
    nextExpiry: earliest([
      ...facts.rows,
      // What somebody receives who objects was not read, and runs out for nobody.
      ...awards.rows.filter(({ personId, counts }) => !counts || !optedOut.has(String(personId))),
      ...(await authorisationTurns(tx, moment)),
    ]),
    nextRollChange: nextRollChangeOf(rolls, moment.knownOn, statuses),
  }
}

/** Rows of the household that stood on record at the instant. */
function standing({ householdId, knownAt }: Moment) {
  return sql`household_id = ${householdId} and recorded_at <= ${knownAt}::timestamptz
    and (superseded_at is null or superseded_at > ${knownAt}::timestamptz)`
}

function covers({ knownOn }: Moment) {
  return sql`valid_from <= ${knownOn}::date and (valid_to is null or valid_to >= ${knownOn}::date)`
}

/** Whether a fact was read: its days, its shelf life, and what it may be used for. */
function usable(moment: Moment) {
  const { knownOn, knownAt } = moment
  return sql`${covers(moment)} and (shelf_until is null or shelf_until >= ${knownOn}::date)
    and ${leftOutBecause({ on: knownOn, at: knownAt })} is null`
}

/** First day after the one of the moment on which a row is no longer read, or is read first. */
function turns({ knownOn }: Moment, until: RawBuilder<unknown>) {
  return sql`case when counts then ${until} + 1
    when valid_from > ${knownOn}::date then valid_from end`
}

async function authorisationTurns(tx: Tx, { householdId, knownOn, knownAt }: Moment) {
  const { rows } = await sql<{ turns: string }>`select day as turns
    from (${authorisationDays(householdId, { on: knownOn, at: knownAt })}) change`.execute(tx)
  return rows
}

function earliest(rows: readonly Readonly<{ turns: string | null }>[]): string | null {
  return rows.flatMap(({ turns }) => turns ?? []).sort()[0] ?? null
}

type Roll = Readonly<{ fact: string; source: string; day: string; silentOn: string }>

/** The complete rolls that covered the area at the instant and were not too old, by day. */
async function rollsOf(tx: Tx, { areaId, knownAt, knownOn }: Moment): Promise<readonly Roll[]> {
  const at = sql`${knownAt}::timestamptz`
  const { rows } = await sql<Roll & { programme: string }>`
    select programme, source, on_day as day, on_day + ${rollDays}::int as "silentOn" from (
      select programme, area_id, on_day, complete, source from app.roll where loaded_at <= ${at}
      union all
      select programme, area_id, on_day, complete, source from app.roll_before
      where loaded_at <= ${at} and superseded_at > ${at}) delivered
    where starts_with(${areaId}, area_id) and complete and on_day > ${knownOn}::date - ${rollDays}::int
    order by on_day`.execute(tx)
  return rows.map(({ programme, ...roll }) => ({ ...roll, fact: statusFact(programme) }))
}

function nextRollChangeOf(
  rolls: readonly Roll[],
  on: string,
  statuses: ReadonlySet<string>,
): string | null {
  // By day, so that the last roll of a status is the one that stays.
  const last = new Map<string, string>()
  for (const { fact, day, silentOn } of rolls)
    if (day <= on && statuses.has(fact)) last.set(fact, silentOn)
  const coming = rolls.filter(({ day }) => day > on).map(({ day }) => day)
  return [...last.values(), ...coming].sort()[0] ?? null
}
