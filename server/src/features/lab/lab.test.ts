import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { seal } from '../../../test/seal.ts'
import { loadDistrict } from '../../district/load.ts'
import { makeClock } from '../../platform/clock.ts'
import { asActor } from '../../platform/db/actor.ts'
import { packFiles, packInForce, publishShippedPack } from '../policies/load.ts'
import { type Lab, makeLab } from './lab.ts'

const today = '2025-06-01'
let db: TestDatabase
let lab: Lab
/** What the pack in force is called, how often the district was read, and what a look at the pack waits for. */
const world = { pack: 'first', reads: 0, looks: 0, gate: Promise.resolve() }

beforeAll(async () => {
  db = await createTestDatabase()
  await publishShippedPack(db.owner)
  await loadDistrict({ owner: db.owner, seal }, { residents: 1000, seed: 5, today })
  const token = await db.jobToken('lab')
  lab = makeLab({
    url: db.url('app'),
    clock: makeClock(today),
    packInForce: async (tx) => {
      world.looks++
      const pack = await packInForce(tx)
      await world.gate
      return { ...pack, hash: world.pack }
    },
    packFiles: async (tx) => {
      world.reads++
      return packFiles(tx, (await packInForce(tx)).hash)
    },
    programToken: async () => token,
    asProgram: (work) => asActor(db.app, token, work),
    threads: 1,
    onError: (error) => {
      throw error
    },
  })
}, 60_000)
afterAll(async () => {
  await lab.close()
  await db.close()
})

test('the district is not read once more for whoever looked while it was being read', async () => {
  await lab.refresh()
  world.pack = 'second'
  const reading = lab.refresh()
  await expect.poll(() => world.reads).toBe(2)
  let open = () => {}
  world.gate = new Promise((resolve) => {
    open = resolve
  })
  const looks = world.looks
  const looked = lab.sample()
  await expect.poll(() => world.looks).toBe(looks + 1)
  await reading
  open()
  const sample = await looked
  expect(sample).toMatchObject({ pack: { hash: 'second' } })
  expect(world.reads).toBe(2)
})
