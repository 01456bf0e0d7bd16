import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { asActor } from './db/actor.ts'
import { openBoss, startJobs } from './jobs.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

test('a new job wakes whoever works it off, also on a list that an earlier version made', async () => {
  const boss = await openBoss(db.app)
  await boss.createQueue('greet', { policy: 'short' })
  await boss.stop({ graceful: false, close: false })
  const token = await db.jobToken()
  const greeted: string[] = []
  const failed: Error[] = []
  const greet = async ({ name }: { name: string }) => void greeted.push(name)
  const jobs = await startJobs(db.app, { greet }, [], (error) => failed.push(error))
  try {
    const { rows } = await db.owner.pool.query(`select notify from jobs.queue where name = 'greet'`)
    expect(rows).toEqual([{ notify: true }])
    // It has looked for the first time; the next time is in five seconds.
    await new Promise((resolve) => setTimeout(resolve, 600))
    for (const name of ['甲', '乙', '丙']) {
      await asActor(db.app, token, (tx) => jobs.enqueue(tx, 'greet', { name }))
      await expect.poll(() => greeted, { timeout: 1500 }).toContain(name)
    }
    expect(failed).toEqual([])
  } finally {
    await jobs.stop()
  }
})
