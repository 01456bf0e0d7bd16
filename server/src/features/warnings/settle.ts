import { sql } from 'kysely'
import type pg from 'pg'
import { instantOn } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Choice } from '../eligibility/shard.ts'
import type { Catalogue, Signal } from './catalogue.ts'
import { keepWarningClocks } from './clocks.ts'
import { type FeelRule, type Ready } from './feel.ts'
import { type Begun, begunOf, findHits, type Hit } from './find.ts'
import type { StatedRule } from './rules-in-force.ts'
import { type Evidence, graver, keyOf, news, type Severity } from './warning.ts'

/** The rules in force, ready to be asked: each with what makes it red, where something does. */
export type Asked = Readonly<{
  ready: Ready
  rules: readonly StatedRule[]
  of: readonly RuleAsked[]
}>
type RuleAsked = Readonly<{ place: number; red: boolean }>

/** The rules as they are put to the engine, and what each stands for. */
export function feelOf(
  rules: readonly StatedRule[],
  { signals }: Catalogue,
): Readonly<{ feel: readonly FeelRule[]; of: readonly RuleAsked[] }> {
  const asked = rules.flatMap(({ signal, rule, redRule }, place) => {
    const entity = signals.find(({ id }) => id === signal)?.entity ?? 'household'
    const one = { feel: { name: signal, entity, feel: rule }, of: { place, red: false } }
    if (redRule === null) return [one]
    const red = { name: `${signal} 红色`, entity, feel: redRule }
    return [one, { feel: red, of: { place, red: true } }]
  })
  return { feel: asked.map(({ feel }) => feel), of: asked.map(({ of }) => of) }
}

/** What a rule found, ready to be put with a warning. */
export type Found = Evidence &
  Readonly<{
    areaId: string
    sensitivity: StatedRule['sensitivity']
    restricted: boolean
    text: string
    onDay: string
  }>

/**
 * What the rules say of some households: once a rule and person, red where what makes it red holds, too; what must be fresh and
 * began too long ago is left out.
 */
export async function findEvidence(
  tx: Tx,
  connection: pg.PoolClient,
  { asked, catalogue, today }: Readonly<{ asked: Asked; catalogue: Catalogue; today: string }>,
  choice: Choice,
): Promise<readonly Found[]> {
  const hits = await findHits(tx, connection, { ready: asked.ready, catalogue, today }, choice)
  const whose = ({ householdId, personId }: Hit, place: number) =>
    `${place} ${householdId} ${personId}`
  const red = new Set(
    hits.flatMap((hit) => {
      const of = asked.of[hit.rule]
      return of?.red ? [whose(hit, of.place)] : []
    }),
  )
  const own = hits.filter((hit) => asked.of[hit.rule]?.red === false)
  const begun = await begunOf(tx, own)
  return own.flatMap((hit, i) => {
    const place = asked.of[hit.rule]?.place ?? 0
    const rule = asked.rules[place]
    const signal = catalogue.signals.find(({ id }) => id === rule?.signal)
    const since = begun[i]
    if (!rule || !signal || !since || !isFresh(since, rule, today)) return []
    return [evidenceOf({ hit, rule, signal, since, today, isRed: red.has(whose(hit, place)) })]
  })
}

function isFresh({ day }: Begun, { freshDays }: StatedRule, today: string): boolean {
  if (freshDays === null) return true
  return day !== null && Date.parse(today) - Date.parse(day) <= freshDays * 86_400_000
}

type Made = Readonly<{
  hit: Hit
  rule: StatedRule
  signal: Signal
  since: Begun
  today: string
  isRed: boolean
}>

function evidenceOf({ hit, rule, signal, since, today, isRed }: Made): Found {
  const { householdId, personId, areaId, content } = hit
  const from = since.source === null ? '' : `（${since.source}）`
  return {
    householdId,
    personId,
    areaId,
    content,
    signal: signal.id,
    topic: signal.topic,
    severity: isRed ? 'red' : rule.severity,
    sensitivity: rule.sensitivity,
    restricted: signal.restricted ?? false,
    text: `${signal.name}${hit.text === '' ? '' : `：${hit.text}`}${from}`,
    onDay: since.day !== null && since.day <= today ? since.day : today,
  }
}

/** Where evidence goes: a household has one warning of each that lives. */
type Slot = Pick<Found, 'householdId' | 'topic' | 'sensitivity' | 'restricted'>
const slotOf = ({ householdId, topic, sensitivity, restricted }: Slot) =>
  `${householdId} ${topic} ${sensitivity} ${restricted}`

/**
 * Puts what was found with the warnings of the households, and raises those that are wanting. The same once more writes nothing.
 *
 * @param tx a transaction of the program: staff raise nothing by rule
 * @returns how many warnings were raised, and how many pieces of evidence were put with one
 */
export async function settleWarnings(
  tx: Tx,
  found: readonly Found[],
  { today }: Readonly<{ today: string }>,
): Promise<{ raised: number; added: number }> {
  // One at a time: a run and the job of a single household would wait for each other's new warnings.
  await sql`select pg_advisory_xact_lock(hashtext('settle warnings'))`.execute(tx)
  if (found.length === 0) return { raised: 0, added: 0 }
  const households = [...new Set(found.map(({ householdId }) => householdId))]
  const { live, cools, seen } = await standingOf(tx, households)
  const bySlot = Map.groupBy(found, slotOf)
  const fresh = [...bySlot].flatMap(([slot, all]) =>
    news(
      all,
      { live: live.get(slot)?.severity ?? null, seen, coolsUntil: cools.get(slot) ?? null },
      today,
    ),
  )
  if (fresh.length === 0) return { raised: 0, added: 0 }
  const at = instantOn(today)
  const leads = await leadsToJoin(tx, households)
  const wanting = [...Map.groupBy(fresh, slotOf)].flatMap(([slot, all]) =>
    live.has(slot) ? [] : [rowOf(all, leads)],
  )
  const raised = await raise(tx, wanting, { at, today })
  const warningOf = new Map([...raised, ...[...live].map(([slot, { id }]) => [slot, id] as const)])
  await addEvidence(tx, fresh, warningOf, at)
  await makeGraver(tx, fresh, warningOf)
  const touched = [...new Set(fresh.flatMap((one) => warningOf.get(slotOf(one)) ?? []))]
  await keepWarningClocks(tx, at, touched)
  return { raised: raised.size, added: fresh.length }
}

async function standingOf(tx: Tx, households: readonly number[]) {
  const warnings = await sql<
    Slot & { id: number; severity: Severity; state: string; coolsUntil: string | null }
  >`select id, household_id as "householdId", topic, sensitivity, restricted, severity, state, cools_until as "coolsUntil"
    from app.warning where household_id = any(${households}::bigint[]) order by id for update`.execute(
    tx,
  )
  const known = await sql<Evidence>`
    select household_id as "householdId", person_id as "personId", signal, content from app.warning_evidence
    where household_id = any(${households}::bigint[])`.execute(tx)
  const isLive = ({ state }: { state: string }) => state !== 'closed'
  return {
    live: new Map(warnings.rows.filter(isLive).map((one) => [slotOf(one), one] as const)),
    cools: new Map(
      warnings.rows
        .filter((one) => !isLive(one))
        .map((one) => [slotOf(one), one.coolsUntil] as const),
    ),
    seen: new Set(known.rows.map(keyOf)),
  }
}

/** The open leads, by household: a family that is being helped is not visited twice. Nothing clinical is joined to. */
async function leadsToJoin(
  tx: Tx,
  households: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ id: number; householdId: number }>`
    select id, household_id as "householdId" from app.lead
    where state = 'open' and not clinical and household_id = any(${households}::bigint[])`.execute(
    tx,
  )
  return new Map(rows.map(({ id, householdId }) => [householdId, id]))
}

function rowOf(all: readonly Found[], leads: ReadonlyMap<number, number>) {
  const worst = all.reduce((one, other) =>
    graver(one.severity, other.severity) === one.severity ? one : other,
  )
  const { householdId, topic, sensitivity, restricted, severity, text } = worst
  return {
    household_id: householdId,
    topic,
    sensitivity,
    restricted,
    severity,
    why: text,
    lead_id: restricted ? null : (leads.get(householdId) ?? null),
  }
}

/** The new warnings by slot. One whose household somebody is working on already goes to them. */
async function raise(
  tx: Tx,
  rows: readonly ReturnType<typeof rowOf>[],
  { at, today }: Readonly<{ at: number; today: string }>,
): Promise<ReadonlyMap<string, number>> {
  const instant = new Date(at).toISOString()
  const { rows: made } = await sql<Slot & { id: number }>`with made as (
      insert into app.warning (household_id, topic, sensitivity, restricted, severity, source_group, state, why, assignee, lead_id,
        raised_at, raised_on)
      select row.household_id, row.topic, row.sensitivity, row.restricted, row.severity, 'community',
        case when lead.assignee is null then 'raised' else 'dispatched' end, row.why, lead.assignee, lead.id, ${instant}, ${today}::date
      from json_to_recordset(${JSON.stringify(rows)}::json) as row (household_id bigint, topic text, sensitivity text,
        restricted boolean, severity text, why text, lead_id bigint)
      left join app.lead on lead.id = row.lead_id
      order by row.household_id, row.topic
      returning *
    ), events as (
      insert into app.warning_event (warning_id, household_id, kind, at)
      select id, household_id, kind, ${instant} from made
      cross join lateral (values (1, 'raised'), (2, 'joined'), (3, 'dispatched')) step (place, kind)
      where place = 1 or place = 2 and lead_id is not null or place = 3 and assignee is not null
      order by id, place)
    select id, household_id as "householdId", topic, sensitivity, restricted from made`.execute(tx)
  return new Map(made.map((one) => [slotOf(one), one.id]))
}

async function addEvidence(
  tx: Tx,
  fresh: readonly Found[],
  warningOf: ReadonlyMap<string, number>,
  at: number,
): Promise<void> {
  const instant = new Date(at).toISOString()
  const rows = fresh.map((one) => ({
    warning_id: warningOf.get(slotOf(one)),
    household_id: one.householdId,
    person_id: one.personId,
    signal: one.signal,
    severity: one.severity,
    content: one.content,
    text: one.text,
    on_day: one.onDay,
  }))
  await sql`with put as (
      insert into app.warning_evidence (warning_id, household_id, person_id, signal, severity, content, text, on_day, channel, at)
      select row.*, 'rule', ${instant} from json_to_recordset(${JSON.stringify(rows)}::json) as row (warning_id bigint,
        household_id bigint, person_id bigint, signal text, severity text, content text, text text, on_day date)
      order by warning_id, signal, person_id
      returning *
    )
    insert into app.warning_event (warning_id, household_id, kind, code, at)
    select warning_id, household_id, 'evidence', signal, at from put order by id`.execute(tx)
}

/** More evidence may make a warning graver, never less grave. */
async function makeGraver(
  tx: Tx,
  fresh: readonly Found[],
  warningOf: ReadonlyMap<string, number>,
): Promise<void> {
  const worst = new Map<number, Severity>()
  for (const one of fresh) {
    const id = warningOf.get(slotOf(one))
    if (id !== undefined) worst.set(id, graver(worst.get(id) ?? one.severity, one.severity))
  }
  const rows = [...worst].map(([id, severity]) => ({ id, severity }))
  await sql`update app.warning set severity = row.severity, version = version + 1
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (id bigint, severity text)
    where warning.id = row.id and array_position(array['red', 'orange', 'yellow'], row.severity)
      < array_position(array['red', 'orange', 'yellow'], warning.severity)`.execute(tx)
}
