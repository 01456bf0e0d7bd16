import { sql } from 'kysely'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { ClockKind } from '../duties/limit.ts'
import { openWords } from './queries.ts'
import { daysUntil, type RuleKey, type SeasonKind } from './rhythm.ts'
import { daysAhead, inOrderOfDoors, type ReasonKind, stopsOf } from './today.ts'
import type { TodayStopOf } from './today-views.ts'

export type TodayAsked = Readonly<{
  today: string
  area: string | undefined
  role: string
  most: number
}>

type Found = Readonly<{
  householdId: number
  kind: ReasonKind
  due: string
  sensitivity: 'plain' | 'need-signal' | 'clinical'
  rule: RuleKey | null
  season: SeasonKind | null
  last: string | null
  leadId: number | null
  serviceId: number | null
  subjectId: number | null
  clock: ClockKind | null
  words: Uint8Array | null
}>

/** What a clock of its own runs for, beside leads. */
const clocked: readonly ReasonKind[] = ['safety', 'relief', 'warning', 'case']

/**
 * What is to be done by a day, of the households in sight: contacts and visits that are due or overdue, leads of which the
 * family is still to be told, warnings, quick relief, cases and safety by their clocks, and what was promised. An advisor is
 * spared what a colleague has in hand.
 */
async function readDueNow(tx: Tx, { today, area, role }: TodayAsked): Promise<Found[]> {
  const inside =
    area === undefined
      ? sql`true`
      : sql`household.area_id >= ${area} and household.area_id < ${`${area}:`}`
  const until = sql`${today}::date + ${daysAhead}::int`
  const own =
    role === 'advisor' ? sql`(lead.assignee is null or lead.assignee = auth.staff_id())` : sql`true`
  const inHand =
    role === 'advisor' ? sql`(clock.owner is null or clock.owner = auth.staff_id())` : sql`true`
  const { rows } = await sql<Found>`
    select due.household_id as "householdId", due.kind, due.due_on as due, due.sensitivity, due.reason as rule, due.season,
      due.last_on as last, null::bigint as "leadId", null::bigint as "serviceId", null::bigint as "subjectId", null::text as clock,
      null::bytea as words
    from app.visit_due due join app.household on household.id = due.household_id
    where due.ended_at is null and due.met_on is null and due.due_on <= ${until} and ${inside}
    union all
    select lead.household_id, 'lead', (clock.due_at at time zone 'Asia/Shanghai' - interval '1 microsecond')::date, clock.sensitivity,
      null, null, null, lead.id, null, null, null, null
    from app.clock join app.lead on lead.id = clock.subject_id join app.household on household.id = lead.household_id
    where clock.subject = 'lead' and clock.due_at < (${until} + 1)::timestamp at time zone 'Asia/Shanghai'
      and lead.state = 'open' and (lead.snoozed_until is null or lead.snoozed_until <= ${today}::date) and ${own} and ${inside}
    union all
    select clock.household_id, clock.subject, (clock.due_at at time zone 'Asia/Shanghai' - interval '1 microsecond')::date,
      clock.sensitivity, null, null, null, null, null, clock.subject_id, clock.kind, null
    from app.clock join app.household on household.id = clock.household_id
    where clock.subject = any(${[...clocked]}::text[]) and clock.due_at < (${until} + 1)::timestamp at time zone 'Asia/Shanghai'
      and ${inHand} and ${inside}
    union all
    select one.household_id, 'promise', one.next_day, 'plain', null, null, one.on_day, null, one.number, null, null, one.words_enc
    from app.service_record one join app.household on household.id = one.household_id
    where one.superseded_at is null and one.next_day <= ${until} and ${inside}
      and not exists (select from app.service_record later where later.household_id = one.household_id
        and later.superseded_at is null and (later.on_day, later.number) > (one.on_day, one.number))`.execute(
    tx,
  )
  return rows
}

type About = Omit<TodayStopOf, 'reasons' | 'last' | 'planned' | 'flags'> &
  Readonly<{
    planned: boolean
    lastOn: string | null
    lastMethod: NonNullable<TodayStopOf['last']>['method']
    lastOutcome: NonNullable<TodayStopOf['last']>['outcome']
    lastBy: string
    lastWords: Uint8Array | null
    flags: TodayStopOf['flags'] | null
  }>

async function readAbout(
  tx: Tx,
  householdIds: readonly number[],
  today: string,
): Promise<ReadonlyMap<number, About>> {
  const { rows } = await sql<About>`
    select household.id as "householdId", register_no as "registerNo", household.address, json_build_object('id', area.id, 'name', area.name) as area,
      coalesce(head.name, '') as head, coalesce(size.n, 0) as size,
      stop.id is not null as planned, last.on_day as "lastOn", last.method as "lastMethod", last.outcome as "lastOutcome",
      coalesce(last.by, '其他同事') as "lastBy", last.words_enc as "lastWords", met.flags
    from app.household join app.area on area.id = household.area_id
    left join lateral (
      select person.name from app.member join app.person on person.id = member.person_id
      where member.household_id = household.id and superseded_at is null and valid_to is null
      order by relation <> '02', person.id limit 1) head on true
    left join lateral (
      select count(*)::int as n from app.member
      where household_id = household.id and superseded_at is null and valid_to is null) size on true
    left join lateral (
      select on_day, method, outcome, words_enc, staff.name as by from app.service_record one
      left join app.staff on staff.id = one.made_by
      where one.household_id = household.id and one.superseded_at is null
      order by on_day desc, number desc limit 1) last on true
    left join lateral (
      select flags from app.service_record one
      where one.household_id = household.id and one.superseded_at is null and outcome = 'met'
      order by on_day desc, number desc limit 1) met on true
    left join app.day_stop stop on stop.household_id = household.id and stop.staff_id = auth.staff_id()
      and stop.on_day = ${today}::date and stop.taken_off_at is null
    where household.id = any(${householdIds}::bigint[])`.execute(tx)
  return new Map(rows.map((row) => [row.householdId, row]))
}

/** Stops by risk of being missed, and the plan of the day from door to door. */
export async function readToday(
  tx: Tx,
  cipher: FieldCipher,
  asked: TodayAsked,
): Promise<{
  total: number
  counts: { overdue: number; today: number; soon: number }
  items: TodayStopOf[]
  plan: number[]
}> {
  const { today } = asked
  const stops = stopsOf(await readDueNow(tx, asked))
  const first = stops.slice(0, asked.most)
  // What is planned is shown though it is no longer among what is due.
  const planned = await readPlan(tx, today)
  const ids = [...new Set([...first.map(({ householdId }) => householdId), ...planned])]
  const about = await readAbout(tx, ids, today)
  const reasons = new Map(stops.map((stop) => [stop.householdId, stop.reasons]))
  const items = ids.flatMap((id) => {
    const one = about.get(id)
    return one ? [viewOf(one, reasons.get(id) ?? [], { cipher, today })] : []
  })
  const left = stops.map(({ reasons: [worst] }) => (worst ? daysUntil(worst.due, today) : 0))
  return {
    total: stops.length,
    counts: {
      overdue: left.filter((days) => days < 0).length,
      today: left.filter((days) => days === 0).length,
      soon: left.filter((days) => days > 0).length,
    },
    items,
    plan: inOrderOfDoors(items.filter((one) => one.planned)).map(({ householdId }) => householdId),
  }
}

function viewOf(
  { lastOn, lastMethod, lastOutcome, lastBy, lastWords, flags, ...about }: About,
  reasons: readonly Found[],
  { cipher, today }: Readonly<{ cipher: FieldCipher; today: string }>,
): TodayStopOf {
  const said = lastWords ? openWords(cipher, lastWords) : null
  return {
    ...about,
    flags: flags ?? [],
    last: lastOn
      ? {
          on: lastOn,
          by: lastBy,
          method: lastMethod,
          outcome: lastOutcome,
          said: said?.said ?? '',
          seen: said?.seen ?? '',
        }
      : null,
    reasons: reasons.map(({ householdId: _, words, ...reason }) => ({
      ...reason,
      left: daysUntil(reason.due, today),
      promised: words ? openWords(cipher, words).next : '',
    })),
  }
}

async function readPlan(tx: Tx, today: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select household_id as id from app.day_stop
    where staff_id = auth.staff_id() and on_day = ${today}::date and taken_off_at is null
    order by 1`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The households that whoever asks means to see on a day, in place of those they meant to see before. */
export async function planDay(
  tx: Tx,
  today: string,
  householdIds: readonly number[],
): Promise<void> {
  await sql`select app.plan_day(${today}::date, ${householdIds}::bigint[])`.execute(tx)
}

/** How many of these households are in sight. */
export async function inSight(tx: Tx, householdIds: readonly number[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from app.household where id = any(${householdIds}::bigint[])`.execute(
    tx,
  )
  return rows[0]?.n ?? 0
}
