import { explain, type Fact, type HouseholdFacts, type Pack, type Result } from '@qiao/rules'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { seal } from '../../../test/seal.ts'
import { loadDistrict } from '../../district/load.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { factsForMatching } from '../consents/matching-facts.ts'
import { currentFacts } from '../households/current-facts.ts'
import { refreshCurrent } from '../households/wide.ts'
import { packInForce, publishedPack, publishShippedPack } from '../policies/load.ts'
import { readKept } from './kept.ts'
import { matchSome } from './match.ts'
import { matchInShards } from './match-in-shards.ts'
import { makeReplayer } from './replay.ts'
import { verifyAnswers } from './verify.ts'

/** A district in which people allow and object, and what runs, SQL and replay make of it. */

const today = '2025-06-01'
let db: TestDatabase
let job: string
let pack: Pack
/** What everybody was known by before anybody said anything. */
let before: ReadonlyMap<number, HouseholdFacts>

beforeAll(async () => {
  db = await createTestDatabase()
  await publishShippedPack(db.owner)
  await loadDistrict({ owner: db.owner, seal }, { residents: 1000, seed: 5, today })
  job = await db.jobToken()
  pack = await asActor(db.app, job, packInForce)
  before = await known()
  await run()
}, 120_000)
afterAll(() => db.close())

const run = async (households?: readonly number[]) => {
  const wish = {
    packInForce,
    today,
    cause: 'test',
    afterRun: async () => ({ raised: 0, closed: 0 }),
  }
  return households
    ? matchSome(db.app, job, { ...wish, households })
    : matchInShards({ db: db.app, programToken: async () => job }, wish)
}
const rowsOf = async <R extends object>(text: string): Promise<R[]> =>
  (await db.owner.pool.query<R>(text)).rows
const idsOf = async (text: string) => (await rowsOf<{ id: number }>(text)).map(({ id }) => id)
const known = async () =>
  asOwner(db.owner, async (tx) =>
    currentFacts(tx, pack.facts, await idsOf('select id from app.household')),
  )
const valuesOf = ({ household, members }: HouseholdFacts) => {
  const values = (facts: HouseholdFacts['household'], entity: Fact['entity']) =>
    Object.fromEntries(
      Object.entries(facts)
        .filter(([id]) => pack.facts.some((fact) => fact.id === id && fact.entity === entity))
        .map(([id, { value }]) => [id, value]),
    )
  return [
    values(household, 'household'),
    members.map(({ id, facts }) => [id, values(facts, 'person')]),
  ]
}

/** Has staff of the district say something of households, whose wide rows follow. */
async function say(ids: readonly number[], statement: (id: number) => ReturnType<typeof sql>) {
  const { token } = await db.sessionFor({ role: 'district', areaId: '310118' })
  await asActor(db.app, token, async (tx) => {
    for (const id of ids) await statement(id).execute(tx)
    await sql`update app.household set version = version + 1 where id = any(${ids}::bigint[])`.execute(
      tx,
    )
    await refreshCurrent(tx, ids, today)
  })
}

/** Every stored answer that cannot be worked out again to the byte. */
async function unlike(households?: readonly number[]): Promise<string[]> {
  const { replay } = makeReplayer({ publishedPack })
  return asActor(db.app, job, async (tx) => {
    const found: string[] = []
    for (const householdId of households ?? (await idsOf('select id from app.household')))
      for (const kind of ['answer', 'undecided'] as const)
        for (const kept of await readKept(tx, kind, { householdId })) {
          const { equal, replayed } = await replay(tx, kept)
          if (!equal)
            found.push(
              `${kind} ${kept.id} of ${householdId}: ${JSON.stringify([kept.said, replayed.said])}`,
            )
        }
    return found
  })
}

let checked: number[]
let objectors: Readonly<{ household: number; person: number }>[]
let silent: number[]

test('who was checked is read because they authorised it; whoever takes that back, is not', async () => {
  checked = await idsOf('select distinct household_id as id from app.authorisation order by 1')
  expect(checked.length).toBeGreaterThan(3)
  const half = checked.length / 2
  await say(
    checked.slice(0, half),
    (id) =>
      sql`select app.withdraw_authorisation(household_id, id, ${today}::date) from app.authorisation
      where household_id = ${id}`,
  )
  const now = await known()
  for (const [at, id] of checked.entries()) {
    const incomes = (facts: HouseholdFacts | undefined) =>
      facts?.members.map(({ facts: own }) => own['labour_income']?.value ?? null)
    const was = incomes(before.get(id))
    expect(incomes(now.get(id))).toEqual(at < half ? was?.map(() => null) : was)
  }
})

test('what is read of any household is what the wide rows hold, with objections and without', async () => {
  objectors = await rowsOf<{ household: number; person: number }>(
    `select household_id as household, max(id) as person from app.person
     group by 1 having count(*) > 1 and household_id % 9 = 0 order by 1`,
  )
  silent = await idsOf('select id from app.household where id % 25 = 1 order by 1')
  expect(Math.min(objectors.length, silent.length)).toBeGreaterThan(15)
  const personOf = new Map(objectors.map(({ household, person }) => [household, person]))
  await say(
    [...personOf.keys()],
    (id) =>
      sql`select app.record_objection(${id}, ${personOf.get(id)}, 'matching', ${today}::date, null)`,
  )
  await say(
    silent,
    (id) => sql`select app.record_objection(${id}, null, 'matching', ${today}::date, null)`,
  )
  const now = await known()
  expect(now.size).toBe(before.size - silent.length)
  await asActor(db.app, job, async (tx) => {
    for (const [id, facts] of now) {
      const { household } = await factsForMatching(tx, id, today)
      expect([id, valuesOf(household)]).toEqual([id, valuesOf(facts)])
    }
    for (const id of silent)
      await expect(factsForMatching(tx, id, today)).rejects.toMatchObject({
        code: 'matching-objected',
      })
  })
})

test('a run closes what was said of them, SQL says the same of everybody, and a second run changes nothing', async () => {
  const stands = (where: string) =>
    rowsOf(`select 1 from app.every_answer where superseded_at is null and ${where}`)
  const persons = objectors.map(({ person }) => person).join(', ')
  const households = silent.join(', ')
  expect((await stands(`household_id in (${households})`)).length).toBeGreaterThan(15)
  expect((await stands(`person_id in (${persons})`)).length).toBeGreaterThan(15)
  const { leftOut } = await run()
  expect(leftOut).toBe(0)
  expect(await stands(`household_id in (${households})`)).toEqual([])
  expect(await stands(`person_id in (${persons})`)).toEqual([])
  const verified = await asActor(db.app, job, (tx) => verifyAnswers(tx, pack, today))
  expect(verified).toMatchObject({ disagreements: 0 })
  expect(await run()).toMatchObject({ written: 0, closed: 0 })
})

test('the last household of the district is let go of by a run over all', async () => {
  const [last = 0] = await idsOf('select max(household_id) as id from app.household_current')
  await say(
    [last],
    (id) => sql`select app.record_objection(${id}, null, 'matching', ${today}::date, null)`,
  )
  await run()
  expect(
    await rowsOf(
      `select from app.every_answer where household_id = ${last} and superseded_at is null`,
    ),
  ).toEqual([])
})

test('what is said of the rest of a household holds whatever is known of the member who objects', async () => {
  const now = await known()
  let decided = 0
  for (const { household, person } of objectors) {
    const [without, withAll] = [now.get(household), before.get(household)]
    if (!without || !withAll || silent.includes(household)) continue
    const full = new Map(explain(pack, withAll, today).map((one) => [keyOf(one), one]))
    for (const one of explain(pack, without, today)) {
      const same = full.get(keyOf(one))
      if (one.member === String(person) || one.verdict === 'unknown' || !same) continue
      // A match that is known, and not yet confirmed, keeps others waiting; one that may be does not.
      if (checked.includes(household) || same.reasons.includes('status-pending')) continue
      decided += 1
      expect([household, keyOf(one), same.verdict]).toEqual([household, keyOf(one), one.verdict])
    }
  }
  expect(decided).toBeGreaterThan(100)
})

const keyOf = ({ programme, member = '' }: Result) => `${programme} ${member}`

test('every answer, before and after, is worked out again to the byte', {
  timeout: 120_000,
}, async () => {
  const some = [...checked, ...objectors.map(({ household }) => household), ...silent]
  expect(await unlike([...new Set(some)])).toEqual([])
})

test('a basis that covers discovery no longer makes those concerned due, and answers given on it replay', {
  timeout: 120_000,
}, async () => {
  const visited = await idsOf(
    `select distinct household_id as id from app.fact where basis = 'visit' and superseded_at is null
       and household_id in (select household_id from app.household_current) order by 1`,
  )
  const reads = () =>
    rowsOf(
      'select from app.household_current where f_assets is not null and household_id <> all (array[' +
        `${checked.join(', ')}])`,
    )
  const first = (await reads()).length
  await db.owner.pool.query(`update app.basis set discovery = false where id = 'visit'`)
  await run()
  expect((await reads()).length).toBeLessThan(first / 2)
  await db.owner.pool.query(`update app.basis set discovery = true where id = 'visit'`)
  await run()
  expect((await reads()).length).toBe(first)
  expect(await unlike(visited.slice(0, 8))).toEqual([])
})

test('nobody removes or rewrites what was allowed or objected to', async () => {
  for (const statement of [
    `update app.authorisation set valid_to = valid_to + 1`,
    `update app.objection set withdrawn_at = now(), kind = 'push', withdrawn_on = '${today}', withdrawn_by = 'x'`,
    `update app.authorisation set withdrawn_at = withdrawn_at + interval '1 day' where withdrawn_at is not null`,
    'delete from app.objection',
    'delete from app.authorisation',
    `delete from app.basis where id = 'consent'`,
  ])
    await expect(db.owner.pool.query(statement), statement).rejects.toThrow(/stays/)
})
