import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { StartProblem } from '../start-problem.ts'
import type { BackupFile, Manifest } from './backup-manifest.ts'

const fileName = 'qiao.dump'

/**
 * Has pg_dump write the database of a named server, in its own compressed format.
 *
 * @param url of a role that sees every row
 * @param major version of the server
 * @throws StartProblem where pg_dump is absent, older than the server, or fails
 */
export async function dumpDatabase(
  url: string,
  to: string,
  major: number,
): Promise<readonly BackupFile[]> {
  await refuseUnfit('pg_dump', major)
  await obey('pg_dump', url, ['--format=custom', `--file=${join(to, fileName)}`])
  return [{ path: fileName, ...(await measure(join(to, fileName))) }]
}

/**
 * Has pg_restore fill an empty database, all or nothing.
 *
 * @param url of a superuser, or of the role that made the database
 * @throws StartProblem when there is something in it, the file is altered, or pg_restore is absent,
 *   too old, or fails
 */
export async function restoreDump(manifest: Manifest, from: string, url: string): Promise<void> {
  const [file] = manifest.files
  const found = await measure(join(from, fileName)).catch(() => undefined)
  if (!file || found?.sha256 !== file.sha256) {
    throw new StartProblem(
      `The backup is damaged: ${fileName} ${found ? 'is not what its manifest says' : 'is missing'}.`,
      'Nothing was restored; name another backup.',
    )
  }
  await refuseUnfit('pg_restore', manifest.postgres)
  await refuseFilled(url)
  const options = ['--single-transaction', '--exit-on-error', join(from, fileName)]
  await obey('pg_restore', url, options)
}

async function refuseFilled(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(
      `select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname !~ '^(pg_|information_schema$)' limit 1`,
    )
    if (rows.length === 0) return
    throw new StartProblem(
      'There is something already in the database of DATABASE_URL.',
      'A restore overwrites nothing: name a database in DATABASE_URL that does not exist yet.',
    )
  } finally {
    await client.end()
  }
}

async function refuseUnfit(program: string, major: number): Promise<void> {
  const { code, said } = await spoken(program, ['--version'])
  const own = Number(/ (\d+)/.exec(said)?.[1] ?? 0)
  if (code === 0 && own >= major) return
  const what =
    code === 0 ? `is version ${own}, older than` : 'is not installed; it has to be as new as'
  throw new StartProblem(
    `${program} ${what} the PostgreSQL ${major} of the database.`,
    `Install the client programs of PostgreSQL ${major} or later (Debian: postgresql-client-${major}) so that ${program} is in PATH.`,
  )
}

async function obey(program: string, url: string, args: readonly string[]): Promise<void> {
  const address = new URL(url)
  // In the list of processes everybody could read it.
  const password = decodeURIComponent(address.password)
  address.password = ''
  const database = ['--no-password', `--dbname=${address.toString()}`]
  const { code, said } = await spoken(program, [...database, ...args], { PGPASSWORD: password })
  if (code === 0) return
  throw new StartProblem(
    `${program} failed: ${said.trim().split('\n').at(-1) ?? 'it said nothing'}`,
    'Nothing was kept; mend what it says, then start again.',
  )
}

function spoken(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', ...env },
    })
    let said = ''
    child.stdout.on('data', (text: Buffer) => (said += text.toString()))
    child.stderr.on('data', (text: Buffer) => (said += text.toString()))
    child.once('error', (error) => resolve({ code: -1, said: error.message }))
    child.once('close', (code) => resolve({ code: code ?? -1, said }))
  })
}

async function measure(path: string): Promise<Readonly<{ size: number; sha256: string }>> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return { size: (await stat(path)).size, sha256: hash.digest('hex') }
}
