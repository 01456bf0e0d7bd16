import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { caseWorkers } from './probing.ts'
import { tryProbe } from './try-probe.ts'
import { type Actor, layOutTwoTownships } from './two-townships.ts'

/** Line 1 lies within the area of all who are asked here, and each may record what came of it. */

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await layOutTwoTownships(db.owner)
})
afterAll(() => db.close())

/** What comes of a change of line 1 on the bare connection of the application. */
async function changing(actor: Actor, change: string): Promise<number | string> {
  const app = await db.app.pool.connect()
  try {
    const statement = `update app.lead_line set ${change} where id = 1`
    return await tryProbe(app, { says: change, actor, statement, expected: 1 })
  } finally {
    app.release()
  }
}

const inSight = caseWorkers.filter(
  (actor) => !['advisorNextDoor', 'advisorElsewhere', 'otherTownship'].includes(actor),
)

test.each(inSight)('%s changes nothing of what a run says in a line', async (actor) => {
  for (const change of [
    `verdict = 'unknown'`,
    `amount_kind = 'exact', amount_min = 100, amount_max = 100, per = 'month'`,
    `amount_max = 1`,
    `per = 'year'`,
    `answer_hash = 2`,
    `roll_on = '2025-05-31'`,
    `why = '改过的理由'`,
    `run_id = 2`,
    `state = 'closed', close_reason = 'receiving', closed_on = '2025-06-01'`,
    `note = '顺手', why = '改过的理由'`,
  ]) {
    expect(await changing(actor, change), change).toMatch(/what lead line 1 says is not for staff:/)
  }
})

test.each(inSight)('%s records what came of a line', async (actor) => {
  const cooling = `state = 'cooling', disposition = 'declined', reason = '不需要', note = '再说',
    cools_until = '2025-12-01'`
  expect(await changing(actor, cooling)).toBe(1)
  expect(await changing(actor, `disposition = 'told'`)).toBe(1)
})

test('a line that is closed is opened again by nobody but the program', async () => {
  const close = `state = 'closed', close_reason = 'receiving', closed_on = '2025-06-01'`
  const open = `state = 'open', close_reason = null, closed_on = null`
  await db.owner.pool.query(`update app.lead_line set ${close} where id = 1`)
  expect(await changing('advisor', open)).toMatch(/is not for staff:/)
  expect(await changing('program', open)).toBe(1)
  await db.owner.pool.query(`update app.lead_line set ${open} where id = 1`)
})

test('the program closes a line and says anew what was found', async () => {
  const found = `verdict = 'unknown', why = '另一句', answer_hash = 3, run_id = 2`
  expect(await changing('program', found)).toBe(1)
  const close = `state = 'closed', close_reason = 'receiving', closed_on = '2025-06-01'`
  expect(await changing('program', close)).toBe(1)
})

test.each(['forged', 'expired', 'dismissed', 'nobody'] as const)(
  'a token that is %s changes no line',
  async (actor) => {
    expect(await changing(actor, `verdict = 'unknown'`)).toBe(0)
  },
)
