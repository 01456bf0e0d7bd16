import { sql } from 'kysely'
import { asOwner } from '../../platform/db/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import { rollDays } from '../households/wide.ts'

/** Rows for the tests of leads, written as owner past every policy: one household, one person each. */

export const today = '2025-06-01'
export const xiayang = '310118001001'
export const otherCommittee = '310118001002'
export const otherTownship = '310118002001'

export const programmeNames: ReadonlyMap<string, string> = new Map([
  ['dibao', '最低生活保障'],
  ['canji-huli', '重度残疾人护理补贴'],
  ['tekun', '特困人员救助供养'],
  ['dabing', '城乡居民大病保险'],
])

export type TestAnswer = Readonly<{
  programme: string
  personId?: number
  verdict?: 'eligible' | 'unknown' | 'ineligible'
  kind?: 'exact' | 'range' | 'official' | 'none' | 'unknown'
  min?: number | null
  max?: number | null
  per?: 'month' | 'year' | 'once' | 'event'
  via?: readonly string[]
  needSignal?: boolean
  clinical?: boolean
  hash?: number
}>

/** A household of one with its id as register number; the person has the same id. */
export async function putHousehold(
  owner: Database,
  id: number,
  areaId: string,
  name = `户主${id}`,
): Promise<void> {
  await asOwner(owner, async (tx) => {
    await sql`insert into app.household (id, area_id, register_no, address, demo)
      values (${id}, ${areaId}, ${`QP-${id}`}, '某路 1 号', true)`.execute(tx)
    await sql`insert into app.person (id, household_id, area_id, name)
      values (${id}, ${id}, ${areaId}, ${name})`.execute(tx)
    await sql`insert into app.member (household_id, area_id, person_id, relation, valid_from)
      values (${id}, ${areaId}, ${id}, '02', '2020-01-01')`.execute(tx)
  })
}

/** What the run found for a household; what was there before is closed. */
export async function putAnswers(
  owner: Database,
  householdId: number,
  answers: readonly TestAnswer[],
): Promise<void> {
  await asOwner(owner, async (tx) => {
    await sql`update app.answer set superseded_at = now()
      where household_id = ${householdId} and superseded_at is null`.execute(tx)
    for (const answer of answers) {
      const { kind = 'exact', min = 100_000, max = min, per = 'month' } = answer
      await sql`insert into app.answer (household_id, area_id, person_id, programme, target, verdict,
          amount_kind, amount_min, amount_max, per, via, need_signal, clinical, content_hash, pack_version,
          pack_hash, run_id)
        select id, area_id, ${answer.personId ?? null}, ${answer.programme},
          ${answer.personId ? 'person' : 'household'}, ${answer.verdict ?? 'eligible'}, ${kind},
          ${min}, ${max}, ${per}, ${answer.via ?? []}::text[], ${answer.needSignal ?? false}, ${answer.clinical ?? false},
          ${answer.hash ?? 1}, '1', 'abc', (select min(id) from app.match_run)
        from app.household where id = ${householdId}`.execute(tx)
    }
  })
}

/** What is known of a household and its members today; the same fact again takes the place of the old. */
export async function putFacts(
  owner: Database,
  householdId: number,
  known: readonly Readonly<{
    personId?: number
    facts: Readonly<Record<string, unknown>>
    sensitivity?: 'plain' | 'clinical'
  }>[],
): Promise<void> {
  await asOwner(owner, async (tx) => {
    for (const { personId = null, facts, sensitivity = 'plain' } of known) {
      for (const [fact, value] of Object.entries(facts)) {
        await sql`update app.fact set superseded_at = now() where household_id = ${householdId}
          and person_id is not distinct from ${personId}::bigint and fact = ${fact}
          and superseded_at is null`.execute(tx)
        await sql`insert into app.fact (household_id, area_id, person_id, fact, value, valid_from,
            source, verified_on, sensitivity, recorded_by)
          select id, area_id, ${personId}::bigint, ${fact}, ${JSON.stringify(value)}::jsonb,
            '2024-01-01', '民政', '2025-05-01', ${sensitivity}, 'job:load'
          from app.household where id = ${householdId}`.execute(tx)
      }
    }
    await sql`delete from app.person_current where household_id = ${householdId}`.execute(tx)
    await sql`delete from app.household_current where household_id = ${householdId}`.execute(tx)
    await sql`select app.insert_current(array[${householdId}::bigint], ${today}::date, ${rollDays})`.execute(
      tx,
    )
  })
}

/** The run could not say of one programme; what was found for the household before is closed. */
export async function putUndecided(
  owner: Database,
  householdId: number,
  programme: string,
  kind = 99,
): Promise<void> {
  await putAnswers(owner, householdId, [])
  await owner.pool.query(
    `insert into app.undecided_kind (id, programme, target, amount_kind, missing, reasons)
     values ($1, $2, 'household', 'unknown', '{income_3m}', '{missing-facts}') on conflict do nothing`,
    [kind, programme],
  )
  await owner.pool.query(
    `insert into app.undecided (household_id, area_id, kinds, person_ids, next_changes, content_hash,
       pack_version, pack_hash, run_id)
     select id, area_id, array[$2::bigint], '{0}', array[null::date], 1, '1', 'abc',
       (select min(id) from app.match_run)
     from app.household where id = $1`,
    [householdId, kind],
  )
}

export async function putAward(
  owner: Database,
  householdId: number,
  programme: string,
  award: Readonly<{ personId?: number; state?: string; to?: string }> = {},
): Promise<void> {
  await owner.pool.query(
    `insert into app.award (household_id, area_id, person_id, programme, state, valid_from, valid_to, source)
     select id, area_id, $2, $3, $4, '2024-01-01', $5, '民政' from app.household where id = $1`,
    [householdId, award.personId ?? null, programme, award.state ?? 'receiving', award.to ?? null],
  )
}

export async function putRoll(
  owner: Database,
  programme: string,
  areaId: string,
  roll: Readonly<{ day?: string; complete?: boolean }> = {},
): Promise<void> {
  await owner.pool.query(
    `insert into app.roll (programme, area_id, on_day, complete, source) values ($1, $2, $3, $4, '民政')`,
    [programme, areaId, roll.day ?? today, roll.complete ?? true],
  )
}

/** A run for the answers to belong to. */
export async function putRun(owner: Database): Promise<Readonly<{ id: number }>> {
  const { rows } = await owner.pool.query<{ id: number }>(
    `insert into app.match_run (cause, on_day, pack_version, pack_hash, engine_version)
     values ('test', $1, '1', 'abc', '1') returning id`,
    [today],
  )
  return { id: rows[0]?.id ?? 0 }
}

/** Everything gone but areas and staff. */
export async function clearHouseholds(owner: Database): Promise<void> {
  await owner.pool.query(`truncate app.lead, app.lead_line, app.lead_event, app.answer, app.undecided, app.near_line,
    app.match_run, app.award, app.roll, app.member, app.person, app.household cascade`)
}
