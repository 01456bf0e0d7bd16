import { dayProgram, dayView, explain, type HouseholdFacts, type Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { mayBePushed } from '../consents/purpose.ts'
import { currentFacts } from '../households/current-facts.ts'
import { type NearLine, nearLineOf } from './near-line.ts'

/** A run that has just answered, for everybody or for these households. */
export type AnsweredRun = Readonly<{
  id: number
  today: string
  pack: Pack
  households?: readonly number[]
}>

type Miss = Readonly<{
  householdId: number
  areaId: string
  personId: number | null
  programme: string
}>

/** A near miss, and whether the answer that says so rests on a clinical fact, which it then tells. */
type Found = Miss & Readonly<{ clinical: boolean }>

type Noted = Miss & NearLine & Readonly<{ since: string }>

/** Households read at a time: their facts are forgotten again before the next come. */
const atATime = 500

/**
 * Notes who is just above a line after a run, in the run's own transaction: everybody whose near miss
 * is one of money, by today's facts. Whoever stood on the list keeps the day since when.
 *
 * @param tx a transaction of the program, which sees every fact
 * @returns how many lines stand for the households of the run
 */
export async function noteNearLines(tx: Tx, run: AnsweredRun): Promise<number> {
  const misses = await nearMisses(tx, run)
  const before = new Map((await standing(tx, run)).map((one) => [keyOf(one), one]))
  const noted: Noted[] = []
  for (let at = 0; at < misses.length; at += atATime) {
    const some = misses.slice(at, at + atATime)
    const ids = [...new Set(some.map(({ householdId }) => householdId))]
    const facts = await currentFacts(tx, run.pack.facts, ids)
    for (const { clinical, ...miss } of some) {
      const household = facts.get(miss.householdId)
      const line = household ? lineOf(run, miss, household) : null
      const since = before.get(keyOf(miss))?.since ?? run.today
      if (line)
        noted.push({ ...miss, ...line, since, ...(clinical ? { sensitivity: 'clinical' } : {}) })
    }
  }
  const kept = new Set(noted.filter((one) => isAlike(one, before.get(keyOf(one)))).map(keyOf))
  await close(
    tx,
    [...before].filter(([key]) => !kept.has(key)).map(([, { id }]) => id),
  )
  await insert(
    tx,
    run.id,
    noted.filter((one) => !kept.has(keyOf(one))),
  )
  return noted.length
}

function lineOf({ pack, today }: AnsweredRun, miss: Miss, household: HouseholdFacts) {
  const member = miss.personId === null ? undefined : String(miss.personId)
  const result = explain(pack, household, today, { programme: miss.programme }).find(
    (one) => one.member === member,
  )
  return result ? nearLineOf(pack, result) : null
}

/** Programmes with a line of money that a value must stay under: only those can be missed that way. */
function programmesWithLines(pack: Pack, on: string): string[] {
  const view = dayView(dayProgram(pack, on, {}))
  const ids = pack.program.targets
    .filter(({ index }) =>
      view(index).measures.some(
        (one) =>
          one?.money &&
          (one.line === 'b'
            ? one.op === '<' || one.op === '<='
            : one.op === '>' || one.op === '>='),
      ),
    )
    .map(({ programme }) => pack.programmes[programme]?.id ?? '')
  return [...new Set(ids)]
}

async function nearMisses(tx: Tx, run: AnsweredRun): Promise<readonly Found[]> {
  const { rows } = await sql<Found>`
    select household_id as "householdId", area_id as "areaId", person_id as "personId", programme, clinical
    from app.answer
    where near_miss and superseded_at is null and ${concerned(run)}
      and ${mayBePushed(sql.ref('answer.household_id'), sql.ref('answer.person_id'))}
      and programme = any(${programmesWithLines(run.pack, run.today)}::text[])
    order by household_id, id`.execute(tx)
  return rows
}

async function standing(tx: Tx, run: AnsweredRun): Promise<readonly (Noted & { id: number })[]> {
  const { rows } = await sql<Noted & { id: number }>`
    select id, household_id as "householdId", area_id as "areaId", person_id as "personId", programme,
      label, unit, value_fen as value, line_fen as line, gap_fen as gap, permille, exact, since,
      sensitivity
    from app.near_line where superseded_at is null and ${concerned(run)}`.execute(tx)
  return rows
}

function keyOf({ householdId, personId, programme }: Omit<Miss, 'areaId'>): string {
  return `${householdId} ${personId ?? ''} ${programme}`
}

function isAlike(one: Noted, other: (Noted & { id: number }) | undefined): boolean {
  if (!other) return false
  const { id: _, ...stood } = other
  return Object.entries(one).every(([key, value]) => Reflect.get(stood, key) === value)
}

function concerned({ households }: AnsweredRun) {
  return households ? sql`household_id = any(${households}::bigint[])` : sql`true`
}

async function close(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update app.near_line set superseded_at = now() where id = any(${ids}::bigint[])`.execute(
    tx,
  )
}

async function insert(tx: Tx, runId: number, noted: readonly Noted[]): Promise<void> {
  if (noted.length === 0) return
  const rows = noted.map((one) => ({
    household_id: one.householdId,
    area_id: one.areaId,
    person_id: one.personId,
    programme: one.programme,
    label: one.label,
    unit: one.unit,
    value_fen: one.value,
    line_fen: one.line,
    gap_fen: one.gap,
    permille: one.permille,
    exact: one.exact,
    since: one.since,
    sensitivity: one.sensitivity,
    run_id: runId,
  }))
  await sql`insert into app.near_line (household_id, area_id, person_id, programme, label, unit,
      value_fen, line_fen, gap_fen, permille, exact, since, sensitivity, run_id)
    select household_id, area_id, person_id, programme, label, unit, value_fen, line_fen, gap_fen,
      permille, exact, since, sensitivity, run_id
    from jsonb_populate_recordset(null::app.near_line, ${JSON.stringify(rows)}::jsonb)`.execute(tx)
}
