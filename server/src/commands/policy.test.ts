import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { runCommand } from '../../test/running-command.ts'
import { commandEnvironment } from '../../test/running-qiao.ts'
import { shippedPackFolder } from '../features/policies/pack-files.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'qiao-policy-'))
})
afterAll(() => rm(scratch, { recursive: true }))

/** The files of a folder with their bytes. */
async function filesOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true })).filter((name) =>
    name.endsWith('.yaml'),
  )
  const files = names
    .sort()
    .map(async (name) => [name, await readFile(join(folder, name), 'base64')])
  return Object.fromEntries(await Promise.all(files))
}

test('check reads the shipped pack without a database and counts what is in it', async () => {
  const { code, out } = await runCommand(['policy', 'check', '--json'])
  const told = JSON.parse(out)
  expect(code).toBe(0)
  expect(told.programmes).toBeGreaterThanOrEqual(29)
  expect(told.hash).toMatch(/^[0-9a-f]{16}$/)
  expect((await runCommand(['policy', 'check'])).out).toContain(
    `政策包 ${told.version} (${told.hash})`,
  )
})

test('check tells every mistake of a pack with file, line and column, and exits with 1', async () => {
  const folder = join(scratch, 'mistaken')
  await cp(shippedPackFolder, folder, { recursive: true })
  const file = join(folder, 'programmes', 'laonian-jintie.yaml')
  const text = await readFile(file, 'utf8')
  await writeFile(
    file,
    text.replaceAll('expr: on >=', 'expr: onn >=').replace('departments:', 'departmens:'),
  )
  const asked = await runCommand(['policy', 'check', folder])
  expect(asked.code).toBe(1)
  expect(asked.out).toMatch(/programmes\/laonian-jintie\.yaml:\d+:\d+/)
  expect(asked.err).toMatch(/^\d+ mistakes; nothing of the pack is used\.\n$/)
  const { problems } = JSON.parse((await runCommand(['policy', 'check', folder, '--json'])).out)
  expect(problems.length).toBe(Number.parseInt(asked.err, 10))
  for (const problem of problems)
    expect(problem).toMatchObject({ file: expect.any(String), line: expect.any(Number) })
})

test('check of a folder that is no pack says so', async () => {
  const { code, out, err } = await runCommand(['policy', 'check', join(scratch, 'nothing')])
  expect(code).toBe(1)
  expect(`${out}${err}`).not.toMatch(/^\s+at /m)
})

test.each([
  ['no word', []],
  ['an unknown word', ['publish']],
  ['an unknown option', ['check', '--strict']],
])('%s is answered with exit code 2', async (_what, args) => {
  const { code, out } = await runCommand(['policy', ...args])
  expect([code, out]).toEqual([2, ''])
})

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
const exported = (out: string) =>
  runCommand(['policy', 'export', '--out', out], { env: environment.env })

test('export writes the shipped pack byte for byte, every time', async () => {
  const shipped = await filesOf(shippedPackFolder)
  const published = Object.fromEntries(
    Object.entries(shipped).filter(([name]) => !name.startsWith('cases')),
  )
  for (const folder of ['first', 'second']) {
    expect((await exported(join(scratch, folder))).code).toBe(0)
    expect(await filesOf(join(scratch, folder))).toEqual(published)
  }
  const { out } = await runCommand(['policy', 'check', join(scratch, 'first'), '--json'])
  expect(JSON.parse(out).hash).toBe(
    JSON.parse((await runCommand(['policy', 'check', '--json'])).out).hash,
  )
})

test('export asks where to', async () => {
  const { code, err } = await runCommand(['policy', 'export'], { env: environment.env })
  expect(code).toBe(2)
  expect(err).toContain('--out')
})
