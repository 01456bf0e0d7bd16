import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { runCommand } from '../../test/running-command.ts'
import { commandEnvironment } from '../../test/running-qiao.ts'
import { rollDays } from '../features/households/wide.ts'
import { publish } from '../features/policies/load.ts'
import { loadPackFolder, packOf } from '../features/policies/pack-files.ts'
import { asOwner } from '../platform/db/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/** A district that was matched; everything known of it is then changed, and it is matched again. */
const today = '2025-06-01'
let db: TestDatabase
let environment: Awaited<ReturnType<typeof commandEnvironment>>

beforeAll(async () => {
  db = await createTestDatabase()
  environment = await commandEnvironment(db)
  expect((await qiao('district', 'load', '--residents', '1000', '--seed', '7')).code).toBe(0)
  expect((await qiao('match')).code).toBe(0)
}, 300_000)
afterAll(async () => {
  await environment.remove()
  await db.close()
})

const qiao = (...args: string[]) =>
  runCommand(args, { env: { ...environment.env, QIAO_MODE: 'demo', QIAO_TODAY: today } })

/** The lines of a replay without the count, and the count. */
async function replay(...args: string[]) {
  const { code, out } = await qiao('replay', ...args)
  const lines = out.trim().split('\n')
  return { code, lines: lines.slice(0, -1), counts: JSON.parse(lines.at(-1) ?? '') }
}

/** Every answer and list that is stored, standing or closed. */
const everything = () => replay('--sample', '1000000')

test('a sample of what is stored is found again to the byte, and counted', async () => {
  const { code, lines, counts } = await replay('--sample', '100')
  expect(code).toBe(0)
  expect(counts).toEqual({ replayed: 100, equal: 100, different: 0, tooOld: 0, erased: 0 })
  for (const line of lines) {
    const { stored, replayed, equal, engine } = JSON.parse(line)
    expect([replayed.hash, replayed.contentHash, equal]).toEqual([
      stored.hash,
      stored.contentHash,
      true,
    ])
    expect(engine.stored).toBe(engine.now)
  }
})

describe('after everything known was changed and matched again', () => {
  let before: readonly string[]
  beforeAll(async () => {
    before = (await everything()).lines
    expect(before.length).toBeGreaterThan(800)
    await asOwner(db.owner, changeEverything)
    await publishAnotherStandard()
    expect((await qiao('match')).code).toBe(0)
  }, 300_000)

  test('every answer of before and after is found again, those of before to the same bytes', {
    timeout: 300_000,
  }, async () => {
    const { code, lines, counts } = await everything()
    expect([code, counts.different, counts.tooOld]).toEqual([0, 0, 0])
    expect(counts.replayed).toBeGreaterThan(before.length * 1.5)
    const after = new Set(lines)
    expect(before.filter((line) => !after.has(line))).toEqual([])
  })

  test('what lies beside is no part of it, and what came from there into force is', async () => {
    const { rows } = await db.owner.pool.query<{ beside: number; taken: number }>(
      `select (select count(*)::int from app.other_word where superseded_at is null and kind = 'visit') as beside,
        (select count(*)::int from app.fact where superseded_at is null and source = '入户核实') as taken`,
    )
    expect(rows[0]?.beside).toBeGreaterThan(0)
    expect(rows[0]?.taken).toBeGreaterThan(0)
  })

  test('the change was felt: most of before is closed, and what stands names another pack', async () => {
    const { rows } = await db.owner.pool.query<{ standing: boolean; share: number; packs: number }>(
      `select superseded_at is null as standing, count(distinct pack_hash)::int as packs,
         count(*)::float8 / ${before.length} as share
       from (select pack_hash, superseded_at from app.answer
         union all select pack_hash, superseded_at from app.undecided) kept group by 1 order by 1`,
    )
    expect(rows[0]).toMatchObject({ standing: false, packs: 1 })
    expect(rows[0]?.share).toBeGreaterThan(0.5)
    expect(rows[1]?.packs).toBe(2)
  })
})

test('an answer that was tampered with is told, with both versions of it', async () => {
  const { rows } = await db.owner.pool.query<{ id: number }>(
    `update app.answer set amount_min = amount_min + 100 where id =
      (select min(id) from app.answer where amount_kind = 'exact') returning id`,
  )
  const { code, lines, counts } = await replay(String(rows[0]?.id))
  expect([code, counts]).toEqual([1, { replayed: 1, equal: 0, different: 1, tooOld: 0, erased: 0 }])
  const { stored, replayed, equal } = JSON.parse(lines[0] ?? '')
  expect(equal).toBe(false)
  expect(stored.said[0].amountMin).toBe(replayed.said[0].amountMin + 100)
})

test('an answer that keeps no instant is said to be too old, not different', async () => {
  const { rows } = await db.owner.pool.query<{ id: number }>(
    `update app.answer set known_at = null where id = (select max(id) from app.answer) returning id`,
  )
  const { counts } = await replay(String(rows[0]?.id))
  expect(counts).toEqual({ replayed: 0, equal: 0, different: 0, tooOld: 1, erased: 0 })
})

test('an answer that was erased, or whose facts were, is said to be erased, not different', async () => {
  const { rows } = await db.owner.pool.query<{ id: number; home: number }>(
    `with task as (insert into app.erasure (kind, on_day, basis, terms, asked_by)
        select 'terms', '2025-06-01', '到期清理', '{}', min(id::text)::uuid from app.staff returning id),
      kept as (select id, household_id from app.answer where known_at is not null order by id limit 1),
      stub as (insert into app.erasure_stub (erasure_id, household_id, class, table_name, records, erased_on, basis, record_ids, known_before)
        select task.id, household_id, 'facts', table_name, 1, '2025-06-01', '到期清理', record_ids, known_before
        from task, kept, (values ('app.fact', null::int8multirange, 'infinity'::timestamptz),
          ('app.answer', '{[9000000,9000001)}', null)) one (table_name, record_ids, known_before))
    select id, household_id as home from kept`,
  )
  const erased = { replayed: 0, equal: 0, different: 0, tooOld: 0, erased: 1 }
  for (const id of [rows[0]?.id, 9_000_000]) {
    const { code, counts } = await replay(String(id))
    expect([code, counts]).toEqual([0, erased])
  }
  const { counts } = await replay('--household', String(rows[0]?.home))
  expect(counts).toMatchObject({ replayed: 0, different: 0 })
  expect(counts.erased).toBeGreaterThan(1)
})

/** Records, awards, people, addresses and rolls: nothing stays as it was. */
async function changeEverything(tx: Tx): Promise<void> {
  const now = sql`clock_timestamp()`
  await sql`create temporary table closed on commit drop as
    with closed as (
      update app.fact set superseded_at = ${now}
      where superseded_at is null and fact in ('labour_income', 'pension', 'assets', 'disability_level')
      returning *)
    select * from closed`.execute(tx)
  await sql`insert into app.fact (household_id, area_id, person_id, fact, value, valid_from,
      recorded_by, source, verified_on, shelf_until, sensitivity)
    select household_id, area_id, person_id, fact,
      case when fact = 'disability_level' then 'null' else to_jsonb((value::text::bigint + 50000)) end,
      valid_from, 'job:test', '改', verified_on, shelf_until, sensitivity
    from closed where fact <> 'assets'`.execute(tx)
  await sayOtherwise(tx)
  await sql`update app.award set superseded_at = ${now} where superseded_at is null and id % 3 = 0`.execute(
    tx,
  )
  await sql`insert into app.award (household_id, area_id, programme, state, valid_from, source)
    select id, area_id, 'dibao', 'receiving', '2025-05-01', '改' from app.household
    where id % 5 = 0 and not exists (select from app.award where household_id = household.id
      and programme = 'dibao' and superseded_at is null)`.execute(tx)
  // A child leaves where there is one, and a household moves to another township.
  await sql`with gone as (
      update app.member set superseded_at = ${now}
      where superseded_at is null and relation in ('20', '30') and household_id % 2 = 0 returning *)
    insert into app.member (household_id, area_id, person_id, relation, valid_from, valid_to)
    select household_id, area_id, person_id, relation, valid_from, '2025-05-31' from gone`.execute(
    tx,
  )
  await sql`update app.roll set complete = not complete, source = '改' where programme < 'k'`.execute(
    tx,
  )
  await sql`delete from app.roll where programme = 'laonian-jintie'`.execute(tx)
  await sql`update app.household set version = version + 1`.execute(tx)
  await sql`delete from app.person_current`.execute(tx)
  await sql`delete from app.household_current`.execute(tx)
  await sql`select app.insert_current(null, ${today}::date, ${rollDays}::int)`.execute(tx)
}

/** Visits find what departments do not say: it lies beside, and of every second household comes into force. */
async function sayOtherwise(tx: Tx): Promise<void> {
  await sql`select app.begin_words()`.execute(tx)
  await sql`insert into pg_temp.word (household_id, person_id, fact, value, valid_from, source, basis, verified_on, recorded_by)
    select household_id, person_id, fact, to_jsonb(value::text::bigint + 70000), '2025-05-20', '入户核实', 'visit', '2025-05-20', 'staff:1'
    from app.fact where superseded_at is null and fact in ('other_income', 'outpatient_self_pay')`.execute(
    tx,
  )
  await sql`select app.put_words(${today}::date, clock_timestamp(), false)`.execute(tx)
  await sql`select app.swap_words(array(select id from app.other_word where superseded_at is null and household_id % 2 = 0),
    ${today}::date, clock_timestamp())`.execute(tx)
}

/** A new pack is published, in which a standard is another. */
async function publishAnotherStandard(): Promise<void> {
  const { files } = await loadPackFolder()
  const changed = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      text.replace('{from: 2024-07-01, value: 1595,', '{from: 2024-07-01, value: 1700,'),
    ]),
  )
  changed['pack.yaml'] = changed['pack.yaml']?.replace('"2026.11.1"', '"2026.11.1+1"') ?? ''
  const pack = packOf(changed)
  if ('problems' in pack) throw new Error(JSON.stringify(pack.problems))
  await asOwner(db.owner, (tx) => publish(tx, pack, changed, { from: null, cases: null }))
}
