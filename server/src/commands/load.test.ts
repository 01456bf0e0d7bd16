import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { runCommand } from '../../test/running-command.ts'
import { commandEnvironment } from '../../test/running-qiao.ts'

let db: TestDatabase
let environment: Awaited<ReturnType<typeof commandEnvironment>>
let folder: string
beforeAll(async () => {
  db = await createTestDatabase()
  environment = await commandEnvironment(db)
  folder = await mkdtemp(join(tmpdir(), 'qiao-load-'))
  const size = ['--residents', '1000', '--seed', '5', '--out', folder]
  expect((await runCommand(['district', 'generate', ...size])).code).toBe(0)
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await environment.remove()
  await db.close()
})

const qiao = (...args: string[]) => runCommand(args, { env: environment.env })
const rows = async (text: string) => (await db.owner.pool.query(text)).rows
const persons = async () =>
  (await db.owner.pool.query('select count(*)::int as n from app.person')).rows[0].n

test('a folder is tried, loaded, matched, and loaded again without writing', async () => {
  const tried = await qiao('load', folder, '--dry-run')
  expect([tried.code, JSON.parse(tried.out).persons, await persons()]).toEqual([0, 1000, 0])
  expect(tried.err).toContain('没有写入任何内容')

  const loaded = await qiao('load', folder)
  expect([loaded.code, loaded.out, await persons()]).toEqual([0, tried.out, 1000])
  expect(loaded.err).toContain('qiao match')
  expect(await rows(`select name, data from jobs.job where name = 'households.changed'`)).toEqual([
    { name: 'households.changed', data: {} },
  ])
  const marked = 'select count(*)::int as n from app.change_marker'
  expect(await rows(marked)).toEqual(await rows('select count(*)::int as n from app.household'))

  const matched = JSON.parse((await qiao('match')).out)
  expect(matched).toMatchObject({ persons: 1000 })
  expect(matched.written).toBeGreaterThan(0)
  expect(await rows(marked)).toEqual([{ n: 0 }])

  const again = await qiao('load', folder)
  expect(JSON.parse(again.out)).toEqual({
    households: 0,
    persons: 0,
    facts: 0,
    awards: 0,
    authorisations: 0,
    rolls: 0,
  })
})

test('a bad row is told with file, line and column', async () => {
  const file = join(folder, 'award.csv')
  const good = await readFile(file, 'utf8')
  await writeFile(file, good.replace('receiving', 'got'))
  const refused = await qiao('load', folder)
  await writeFile(file, good)
  expect([refused.code, refused.out]).toEqual([1, ''])
  expect(refused.err).toMatch(/^award\.csv:2 state：要填 receiving、ended 或 refused$/m)
  expect(refused.err).toMatch(/^1 处有误，什么都没有装载。/m)
})

test('a demonstration is refused it, and so is a command without a folder', async () => {
  const demo = await runCommand(['load', folder], {
    env: { ...environment.env, QIAO_MODE: 'demo' },
  })
  expect(demo.code).toBe(1)
  expect(demo.err).toContain('no delivery is loaded into it')
  expect((await qiao('load')).code).toBe(2)
})
