import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { runCommand } from '../../test/running-command.ts'
import { commandEnvironment } from '../../test/running-qiao.ts'

let db: TestDatabase
let environment: Awaited<ReturnType<typeof commandEnvironment>>
beforeAll(async () => {
  db = await createTestDatabase()
  environment = await commandEnvironment(db)
})
afterAll(async () => {
  await environment.remove()
  await db.close()
})

const qiao = (...args: string[]) =>
  runCommand(args, { env: { ...environment.env, QIAO_MODE: 'demo' } })

test('a district loaded by command is matched by command, and a second match writes nothing', async () => {
  const loaded = await qiao('district', 'load', '--residents', '1000', '--seed', '7')
  expect([loaded.code, loaded.out]).toEqual([0, ''])
  expect(loaded.err).toMatch(/Loaded \d+ invented households, 1000 residents/)

  const matched = await qiao('match')
  expect(matched.code).toBe(0)
  expect(JSON.parse(matched.out)).toMatchObject({ persons: 1000 })
  expect(JSON.parse(matched.out).leadsRaised).toBeGreaterThan(0)
  const before = await db.owner.pool.query('select count(*)::int as n from app.answer')

  const again = JSON.parse((await qiao('match')).out)
  expect(again).toMatchObject({ written: 0, closed: 0, leadsRaised: 0 })
  const after = await db.owner.pool.query('select count(*)::int as n from app.answer')
  expect(after.rows).toEqual(before.rows)
})

test('a match that is verified says how much SQL confirms, and fails where it does not', async () => {
  const lines = async () => {
    const { code, out } = await qiao('match', '--verify')
    return { code, found: JSON.parse(out.trim().split('\n').at(-1) ?? '') }
  }
  const { code, found } = await lines()
  expect(code).toBe(0)
  expect(found).toMatchObject({ disagreements: 0, households: [] })
  expect(found.compared).toBeGreaterThan(5000)

  // An answer that was tampered with keeps its hash, so that the next run leaves it.
  const changed = await db.owner.pool.query<{ household_id: number }>(
    `update app.answer set amount_min = amount_min + 1 where id =
      (select min(id) from app.answer where amount_kind = 'exact' and superseded_at is null) returning household_id`,
  )
  const wrong = await lines()
  expect(wrong.code).toBe(1)
  expect(wrong.found).toMatchObject({
    disagreements: 1,
    households: [changed.rows[0]?.household_id],
  })
})

test('a second district is refused, and the first stays as it is', async () => {
  const refused = await qiao('district', 'load', '--residents', '1000')
  expect(refused.code).toBe(1)
  expect(refused.err).toContain('already holds households')
  const { rows } = await db.owner.pool.query('select count(*)::int as n from app.person')
  expect(rows).toEqual([{ n: 1000 }])
})
