import { readdirSync, readFileSync } from 'node:fs'
import { type Pack, readPack } from '@qiao/rules'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { loadDistrict } from '../../district/load.ts'
import { match, type RunSummary } from './match.ts'

const read = (file: string): unknown => parse(readFileSync(file, 'utf8'))
const source = {
  pack: read('policy/pack.yaml'),
  facts: read('policy/facts.yaml'),
  programmes: readdirSync('policy/programmes').map((f) => ({
    file: f,
    data: read(`policy/programmes/${f}`),
  })),
  hash: 'x',
}
const pack = readPack(source) as Pack
let database: TestDatabase
let token: string
beforeAll(async () => {
  database = await createTestDatabase()
  token = await database.jobToken()
})
afterAll(() => database.close())
const n = Number(process.env.N ?? 20000)
test('run', async () => {
  await loadDistrict(
    {
      owner: database.owner,
      seal: () => ({
        sealed: Buffer.from(Math.random() + ''),
        index: Buffer.from(Math.random() + ''),
      }),
    },
    { residents: n, seed: 1, today: '2025-06-01' },
  )
  const wish = {
    pack,
    today: '2025-06-01',
    cause: 'x',
    afterRun: async () => ({ raised: 0, closed: 0 }),
    onProgress: (d: unknown) => console.log(d),
  }
  const one: RunSummary = await match(database.app, token, wish)
  console.log(one)
  const two: RunSummary = await match(database.app, token, wish)
  console.log(two, process.memoryUsage().rss / 1e6)
  console.log(
    (
      await database.owner.pool.query(
        'select programme, verdict, count(*)::int n from app.answer group by 1,2 order by 1,2',
      )
    ).rows
      .map((r: any) => Object.values(r).join(' '))
      .join('\n'),
  )
  expect(two.written).toBe(0)
}, 200000)
