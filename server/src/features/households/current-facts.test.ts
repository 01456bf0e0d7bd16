import { readFileSync } from 'node:fs'
import type { Fact, HouseholdFacts } from '@qiao/rules'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { seal } from '../../../test/seal.ts'
import { loadDistrict } from '../../district/load.ts'
import { asActor } from '../../platform/db/actor.ts'
import { currentFacts } from './current-facts.ts'
import { householdFacts } from './facts.ts'

const today = '2025-06-01'
const { facts } = parse(
  readFileSync(new URL('../../../../policy/facts.yaml', import.meta.url), 'utf8'),
  { merge: true },
) as { facts: Fact[] }

let db: TestDatabase
let program: string

beforeAll(async () => {
  db = await createTestDatabase()
  await loadDistrict({ owner: db.owner, seal }, { residents: 1000, seed: 4, today })
  program = await db.jobToken()
})
afterAll(() => db.close())

const entityOf = new Map(facts.map(({ id, entity }) => [id, entity]))

/**
 * Values alone, as the wide rows keep neither source nor day, in one order of facts; a roll that
 * lacks a household is told of its members, too, where the engine asks only for the one it is about.
 */
function valuesOf({ household, members }: HouseholdFacts) {
  const plain = (readings: HouseholdFacts['household'], entity: Fact['entity']) =>
    Object.entries(readings)
      .filter(([fact]) => entityOf.get(fact) === entity)
      .map(([fact, { value }]) => [fact, value] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return [
    plain(household, 'household'),
    members.map(({ id, facts }) => [id, plain(facts, 'person')]),
  ]
}

test('the wide rows say of many households what the records say of each', async () => {
  await asActor(db.app, program, async (tx) => {
    const { rows } = await db.owner.pool.query<{ id: number }>(
      'select id from app.household order by id limit 60',
    )
    const ids = rows.map(({ id }) => id)
    const known = await currentFacts(tx, facts, ids)
    expect([...known.keys()].toSorted((a, b) => a - b)).toEqual(ids)
    for (const id of ids) {
      const one = known.get(id)
      expect(one && valuesOf(one)).toEqual(valuesOf(await householdFacts(tx, id, today)))
    }
  })
})

test('a household in which nobody lives is left out', async () => {
  const { rows } = await db.owner.pool.query<{ id: number }>(
    `insert into app.household (area_id, register_no, address, demo)
     values ('310118001001', 'QP-EMPTY', '空户', true) returning id`,
  )
  const id = rows[0]?.id ?? 0
  await asActor(db.app, program, async (tx) => {
    expect((await currentFacts(tx, facts, [id])).size).toBe(0)
  })
})
