import { execFileSync } from 'node:child_process'
import {
  appendFile,
  cp,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readOrMakeKeys } from '../../src/platform/crypto/keys.ts'
import { urlAs } from '../../src/platform/db/roles.ts'
import { createTestDatabase } from '../database.ts'
import { commandEnvironment } from '../running-qiao.ts'
import { signInWriter } from './feedback-writer.ts'
import { type dataPlace, filledPlace, launch, qiao } from './running-program.ts'

const patient = 180_000

let place: Awaited<ReturnType<typeof dataPlace>>
/** Beside the data folder, so that it goes with the place. */
const beside = (name: string) => join(place.data, '..', name)

beforeAll(async () => {
  place = await filledPlace()
}, patient)
afterAll(() => place.remove())

/** Works on the database of the program that runs in `data`, past row-level security. */
async function connected<T>(data: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { secret } = await readOrMakeKeys(`${place.data}/keys.json`, 'guomi')
  const port = (await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[3]
  const connectionString = urlAs(`postgres://127.0.0.1:${port}/qiao`, secret, 'owner')
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Rows of every table, but those that a start, a command or a seal adds to by itself. */
async function rowCounts(client: pg.Client): Promise<Record<string, number>> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select schemaname || '.' || quote_ident(tablename) as name from pg_tables
      where schemaname in ('app', 'auth', 'meta')
        and tablename not in ('audit', 'audit_seal', 'session', 'question_run') order by 1`,
  )
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${name}`)
    counts[name] = rows[0]?.n ?? 0
  }
  return counts
}

/** Waits for the first seal of the audit log, which comes within a second of its first entry. */
async function sealed(client: pg.Client): Promise<void> {
  while ((await client.query('select from app.audit_seal limit 1')).rowCount === 0) await wait(50)
}

/** Waits for the day's questions, which a start looks for once it answers. */
async function questionsFound(client: pg.Client): Promise<void> {
  const found = `select from app.question_run where state = 'done'`
  while ((await client.query(found)).rowCount === 0) await wait(50)
}

async function inRunning<T>(
  data: string,
  work: (client: pg.Client, address: string) => Promise<T>,
): Promise<T> {
  const program = launch({ env: { ...place.env, QIAO_DATA: data } })
  const address = await program.address()
  try {
    return await connected(data, (client) => work(client, address))
  } finally {
    program.kill('SIGINT')
    await program.ended
  }
}

/** Restores into a folder of its own, with the key file put there first. */
async function restoreInto(data: string, backup: string) {
  await cp(`${place.data}/keys.json`, `${data}/keys.json`)
  return qiao(['restore', backup], { ...place.env, QIAO_DATA: data })
}

test(
  'a district backed up, lost and restored has every row again, and its audit log verifies',
  async () => {
    const before = await inRunning(place.data, async (client, address) => {
      await (await signInWriter('first', () => address)).write()
      await sealed(client)
      await questionsFound(client)
      return rowCounts(client)
    })
    expect(before['app.person']).toBe(1000)
    expect(before['app.answer']).toBeGreaterThan(0)
    const made = await qiao(['backup', beside('stopped')], place.env)
    expect([made.code, made.said]).toEqual([0, expect.stringContaining('备份完成')])
    expect(await place.postmaster()).toBeUndefined()

    // The disk is lost, and with it everything but the backup and the key file kept elsewhere.
    await rename(`${place.data}/postgres`, beside('lost'))
    const restored = await qiao(['restore', beside('stopped')], place.env)
    expect([restored.code, restored.said]).toEqual([0, expect.stringContaining('审计日志校验通过')])
    const told = JSON.parse(restored.out.trim())
    expect(told.audit).toMatchObject({ findings: 0 })
    expect(told.audit.seals).toBeGreaterThan(0)
    expect(told).toMatchObject({ kind: 'files', mode: 'demo', postgres: 18, keys: { fields: [1] } })

    expect(await inRunning(place.data, rowCounts)).toEqual(before)
    const verified = await qiao(['audit', 'verify', '--anchor', told.seal.hash], place.env)
    expect([verified.code, verified.said]).toEqual([0, expect.stringContaining('未发现改动')])
    await rm(beside('lost'), { recursive: true })
  },
  patient,
)

test(
  'nobody stops work for a backup: what was acknowledged before it began is in it, once',
  async () => {
    const program = launch({ env: { ...place.env, QIAO_REQUESTS: '1000000' } })
    const address = await program.address()
    const writer = await signInWriter('one', () => address)
    let writing = true
    const load = Array.from({ length: 4 }, async () => {
      while (writing) await writer.write()
    })
    while (writer.acknowledged.size < 20) await wait(10)
    const sure = new Map(writer.acknowledged)
    const made = await qiao(['backup', beside('running')], place.env)
    const written = writer.acknowledged.size - sure.size
    writing = false
    await Promise.all(load)
    program.kill('SIGINT')
    await program.ended
    expect(made.code).toBe(0)
    expect(written).toBeGreaterThan(10)
    expect(writer.failures()).toBe(0)

    const restored = await restoreInto(beside('second'), beside('running'))
    expect([restored.code, restored.said]).toEqual([0, expect.stringContaining('审计日志校验通过')])
    const found = await inRunning(beside('second'), async (client) => {
      const { rows } = await client.query<{ because: string; id: string; entries: number }>(
        `select because, id::int, (select count(*)::int from app.audit
          where action = 'feedback.given' and subject = 'feedback:' || policy_feedback.id) as entries
        from app.policy_feedback`,
      )
      return rows
    })
    const ids = new Map(found.map(({ because, id }) => [because, id]))
    expect(ids.size).toBe(found.length)
    for (const [text, id] of sure) expect(ids.get(text)).toBe(id)
    for (const [text, id] of ids) expect(writer.acknowledged.get(text) ?? id).toBe(id)
    expect(found.every(({ entries }) => entries === 1)).toBe(true)
    await rm(beside('second'), { recursive: true })
  },
  patient,
)

test(
  'no key lies in a backup, and its files are for their owner alone',
  async () => {
    const stored = JSON.parse(await readFile(`${place.data}/keys.json`, 'utf8'))
    const [field] = stored.fields
    const secrets = [stored.secret, stored.index, field.encrypt, field.mac]
    const needles = secrets.flatMap((text: string) => [
      Buffer.from(text),
      Buffer.from(text, 'base64'),
      Buffer.from(Buffer.from(text, 'base64').toString('hex')),
    ])
    let files = 0
    for (const entry of await readdir(beside('running'), {
      recursive: true,
      withFileTypes: true,
    })) {
      if (!entry.isFile()) continue
      files += 1
      const bytes = await readFile(join(entry.parentPath, entry.name))
      for (const needle of needles) expect(bytes.includes(needle)).toBe(false)
    }
    expect(files).toBeGreaterThan(500)
  },
  patient,
)

test('a backup writes over nothing, a restore neither', async () => {
  const again = await qiao(['backup', beside('stopped')], place.env)
  expect([again.code, again.said]).toEqual([1, expect.stringContaining('is not empty')])
  const over = await qiao(['restore', beside('stopped')], place.env)
  expect([over.code, over.said]).toEqual([
    1,
    expect.stringContaining('There is a database already'),
  ])
})

const damages = {
  'cut off before its end': async (backup: string) => rm(join(backup, 'manifest.json')),
  'with a file missing': async (backup: string) => rm(join(backup, 'postgres/global/pg_control')),
  'with a byte too many': async (backup: string) =>
    appendFile(join(backup, 'postgres/PG_VERSION'), '\n'),
  'with a file cut': async (backup: string) => truncate(join(backup, 'postgres/backup_label'), 10),
  'of another PostgreSQL': (backup: string) => alter(backup, { postgres: 17 }),
  'of a real district': (backup: string) => alter(backup, { mode: 'production' }),
  'of a named server': (backup: string) => alter(backup, { kind: 'dump' }),
  'with keys that the file lacks': (backup: string) =>
    alter(backup, { keys: { check: null, fields: [1, 2] } }),
  'of other keys': (backup: string) =>
    alter(backup, { keys: { check: '00'.repeat(32), fields: [1] } }),
  'reaching out of its folder': (backup: string) =>
    alter(backup, { files: [{ path: '../keys.json', size: 1, sha256: '' }] }),
}

async function alter(backup: string, change: object): Promise<void> {
  const file = join(backup, 'manifest.json')
  const manifest = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify({ ...manifest, ...change }))
}

test.each([
  ['cut off before its end', 'is no whole backup'],
  ['with a file missing', 'pg_control is missing'],
  ['with a byte too many', 'PG_VERSION is not what its manifest says'],
  ['with a file cut', 'backup_label is not what its manifest says'],
  ['of another PostgreSQL', 'this Qiao brings PostgreSQL 18'],
  ['of a real district', 'Restore it with QIAO_MODE=production'],
  ['of a named server', 'Name an empty database of a server in DATABASE_URL'],
  ['with keys that the file lacks', 'it lacks the keys 2'],
  ['of other keys', 'belongs to another installation'],
  ['reaching out of its folder', 'does not read as one of this version'],
] as const)(
  'a backup %s is refused in a sentence, and leaves nothing behind',
  async (damage, sentence) => {
    await cp(beside('stopped'), beside('damaged'), { recursive: true })
    await damages[damage](beside('damaged'))
    const refused = await restoreInto(beside('third'), beside('damaged'))
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining(sentence)])
    expect(refused.said).not.toMatch(/^\s+at /m)
    expect(await readdir(beside('third'))).toEqual(['keys.json'])
    await rm(beside('damaged'), { recursive: true })
    await rm(beside('third'), { recursive: true })
  },
  patient,
)

test('without its key file a backup is not restored, and says which keys it needs', async () => {
  const refused = await qiao(['restore', beside('stopped')], {
    ...place.env,
    QIAO_DATA: beside('keyless'),
  })
  expect([refused.code, refused.said]).toEqual([1, expect.stringMatching(/need its keys 1\./)])
})

/** The major version of the pg_dump of this machine; 0: there is none. */
function majorOfPgDump(): number {
  try {
    return Number(/ (\d+)/.exec(execFileSync('pg_dump', ['--version']).toString())?.[1])
  } catch {
    return 0
  }
}

/** A database of a named server, with an installation in it, as `named` is given its settings. */
async function onNamedServer(
  named: (env: Readonly<Record<string, string>>) => Promise<void>,
): Promise<void> {
  const db = await createTestDatabase()
  const { env, remove } = await commandEnvironment(db)
  try {
    expect((await qiao(['audit', 'verify'], env)).code).toBe(0)
    await named(env)
  } finally {
    await remove()
    await db.close()
  }
}

test(
  'a named server without a pg_dump that is new enough is not backed up, and the sentence says what to install',
  () =>
    onNamedServer(async (env) => {
      const none = await qiao(['backup', beside('dump')], { ...env, PATH: place.data })
      expect([none.code, none.said]).toEqual([
        1,
        expect.stringMatching(
          /^pg_dump is not installed.* PostgreSQL 18 .*\nInstall .*postgresql-client-18/m,
        ),
      ])
      await writeFile(beside('pg_dump'), '#!/bin/sh\necho "pg_dump (PostgreSQL) 15.18"\n', {
        mode: 0o755,
      })
      const old = await qiao(['backup', beside('dump')], { ...env, PATH: `${beside('')}:/bin` })
      expect([old.code, old.said]).toEqual([
        1,
        expect.stringContaining('pg_dump is version 15, older than the PostgreSQL 18'),
      ])
      expect(await readdir(beside(''))).not.toContain('dump')
    }),
  patient,
)

test.skipIf(majorOfPgDump() < 18)(
  'a named server is written by pg_dump and read back into a database that was not there',
  () =>
    onNamedServer(async (env) => {
      expect((await qiao(['backup', beside('dump')], env)).code).toBe(0)
      const address = new URL(env['DATABASE_URL'] ?? '')
      const over = await qiao(['restore', beside('dump')], env)
      expect([over.code, over.said]).toEqual([1, expect.stringContaining('something already')])
      address.pathname += '_restored'
      const restored = await qiao(['restore', beside('dump')], {
        ...env,
        DATABASE_URL: address.toString(),
      })
      expect([restored.code, restored.said]).toEqual([0, expect.stringContaining('校验通过')])
    }),
  patient,
)
