import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { StartProblem } from '../start-problem.ts'

const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url))

export type Migration = Readonly<{ name: string; text: string; hash: string }>

/** The migrations of `folder` in order. */
async function readMigrations(folder = migrationsFolder): Promise<readonly Migration[]> {
  const names = (await readdir(folder))
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { name, text, hash: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/**
 * Brings the database of `url` up to date, forward only, each file in a transaction of its own.
 *
 * Two processes that start together wait for each other. An applied file must never change: its
 * hash is recorded and compared.
 *
 * @param url the address as role `owner`
 * @returns the names of the files applied now
 * @throws StartProblem when an applied file changed or is unknown, or a file fails
 */
export async function migrate(
  url: string,
  migrations?: readonly Migration[],
): Promise<readonly string[]> {
  const files = migrations ?? (await readMigrations())
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('qiao migrations'))`)
    const applied = await appliedMigrations(client)
    refuseOtherHistory(files, applied)
    const waiting = files.filter((file) => !applied.has(file.name))
    for (const file of waiting) await apply(client, file)
    return waiting.map((file) => file.name)
  } finally {
    await client.end()
  }
}

async function appliedMigrations(client: pg.Client): Promise<Map<string, string>> {
  await client.query(`create schema if not exists meta`)
  await client.query(`create table if not exists meta.migration (
    name text primary key,
    hash text not null,
    applied_at timestamptz not null default now()
  )`)
  const { rows } = await client.query<{ name: string; hash: string }>(
    `select name, hash from meta.migration order by name`,
  )
  return new Map(rows.map((row) => [row.name, row.hash]))
}

function refuseOtherHistory(files: readonly Migration[], applied: Map<string, string>): void {
  const known = new Map(files.map((file) => [file.name, file.hash]))
  for (const [name, hash] of applied) {
    if (known.get(name) === hash) continue
    const what = known.has(name)
      ? 'has changed since it was applied'
      : 'is not part of this version'
    throw new StartProblem(
      `The database was made by another version of Qiao: migration ${name} ${what}.`,
      'Start the version that made it or a later one; demonstration data can be thrown away by deleting the data folder.',
    )
  }
}

async function apply(client: pg.Client, file: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(file.text)
    await client.query(`insert into meta.migration (name, hash) values ($1, $2)`, [
      file.name,
      file.hash,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new StartProblem(
      `Migration ${file.name} failed${place(file.text, cause)}: ${(cause as Error).message}.`,
      'Nothing of it was applied; this is a fault of Qiao, please report it.',
      { cause },
    )
  }
}

function place(text: string, cause: unknown): string {
  const position = Number((cause as { position?: string }).position)
  if (!Number.isFinite(position)) return ''
  return ` at line ${text.slice(0, position).split('\n').length}`
}
