import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

test('check proves the shipped pack without a database and counts what is in it', async () => {
  const { code, out } = await runCommand(['policy', 'check', '--json'])
  const told = JSON.parse(out)
  expect(code).toBe(0)
  expect(told).toMatchObject({ programmes: 75, owed: [] })
  expect(told.cases).toBeGreaterThan(1700)
  expect(told.hash).toMatch(/^[0-9a-f]{16}$/)
  expect((await runCommand(['policy', 'check', '--quick'])).out).toContain(
    `政策包 ${told.version} (${told.hash})`,
  )
}, 120_000)

test('check says what a pack still owes that can be read: a source, a side of a condition, a true case', async () => {
  const folder = join(scratch, 'owing')
  await cp(shippedPackFolder, folder, { recursive: true })
  const change = async (file: string, from: string, to: string) => {
    const text = await readFile(join(folder, file), 'utf8')
    expect(text).toContain(from)
    await writeFile(join(folder, file), text.replace(from, to))
  }
  await change(
    'programmes/binzang.yaml',
    'source: [bz2024], confidence: high}',
    'confidence: high}',
  )
  await change('cases/binzang/binzang.yaml', 'unmet: [cremated]', 'unmet: [arranges]')
  await rm(join(folder, 'cases', 'binzang', 'conditions.yaml'))
  for (const name of await readdir(join(folder, 'cases')))
    if (!/^(binzang|households.yaml)$/.test(name))
      await rm(join(folder, 'cases', name), { recursive: true })
  const { code, out, err } = await runCommand(['policy', 'check', folder])
  expect(code).toBe(1)
  expect(out).toMatch(/^programmes\/binzang\.yaml:\d+:\d+ 2024-10-21 起的这一期没有写来源/m)
  expect(out).toContain('cases/binzang: “没有在本市火化的不符合”')
  expect(out).toContain('cases/binzang: 没有例子见过“person/cremated”待核实')
  expect(out).toContain('cases/dibao: 这项政策没有例子')
  expect(err).toMatch(/^\d+ things the pack still owes before it is published\.\n$/)
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

test('export writes the shipped pack and its cases byte for byte, every time', async () => {
  const shipped = await filesOf(shippedPackFolder)
  const published = Object.fromEntries(
    Object.entries(shipped).filter(([name]) => name.endsWith('.yaml')),
  )
  for (const folder of ['first', 'second']) {
    expect((await exported(join(scratch, folder))).code).toBe(0)
    expect(await filesOf(join(scratch, folder))).toEqual(published)
  }
  const { out } = await runCommand(['policy', 'check', join(scratch, 'first'), '--json'])
  expect(JSON.parse(out).hash).toBe(
    JSON.parse((await runCommand(['policy', 'check', '--json', '--quick'])).out).hash,
  )
})

test('export asks where to', async () => {
  const { code, err } = await runCommand(['policy', 'export'], { env: environment.env })
  expect(code).toBe(2)
  expect(err).toContain('--out')
})

describe('receive', () => {
  const received = (folder: string) =>
    runCommand(['policy', 'receive', folder], { env: environment.env })
  const laterIn = async (name: string) => {
    const folder = join(scratch, name)
    await cp(shippedPackFolder, folder, { recursive: true })
    const change = async (path: string, work: (text: string) => string) => {
      const file = join(folder, path)
      await writeFile(file, work(await readFile(file, 'utf8')))
    }
    await change('pack.yaml', (text) => text.replace(/^version:.*$/m, 'version: "2099.1.0"'))
    return { folder, change }
  }

  test('takes a later pack in as a draft, once, and leaves in force what is', async () => {
    const { folder, change } = await laterIn('later')
    await change('programmes/tekun.yaml', (text) => `${text}# 新\n`)
    for (const _ of ['first', 'again']) {
      const { code, err } = await received(folder)
      expect(code).toBe(0)
      expect(err).toContain('政策包 2099.1.0 等待采用')
    }
    const { rows } = await db.owner.pool.query('select title, author, state from app.policy_draft')
    expect(rows).toEqual([{ title: '随版本更新 2099.1.0', author: null, state: 'draft' }])
    expect((await exported(join(scratch, 'after'))).code).toBe(0)
    expect((await filesOf(join(scratch, 'after')))['pack.yaml']).not.toContain('2099')
  })

  test('refuses a pack with other facts than the program has columns for', async () => {
    const { folder, change } = await laterIn('other-facts')
    await change('facts.yaml', (text) => `${text}# 新\n`)
    const { code, err } = await received(folder)
    expect(code).toBe(1)
    expect(err).toContain('facts.yaml of this pack is not the one')
  })

  test('asks for one folder', async () => {
    expect((await runCommand(['policy', 'receive'], { env: environment.env })).code).toBe(2)
  })
})
