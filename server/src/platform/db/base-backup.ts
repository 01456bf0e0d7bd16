import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { StartProblem } from '../start-problem.ts'
import type { BackupFile } from './backup-manifest.ts'
import { copyFile, makeFolder } from './copy-file.ts'

/** What PostgreSQL says need not or must not be in a base backup (manual, "Making a Base Backup Using the Low Level API"). */
const leftOut = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'server.log',
  'backup_label',
  'tablespace_map',
  'backup_manifest',
])
const emptied = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
])
const control = 'global/pg_control'

/** How many files are said to be copied between two lines of progress. */
export type Progress = (done: Readonly<{ files: number; bytes: number }>) => void

/**
 * Copies the files of a running PostgreSQL while it is written to, with the log of what was written
 * meanwhile: started from the copy, it recovers to the moment the backup ended.
 *
 * @param url the address of its superuser
 * @param to a folder that does not exist yet
 * @returns every file, with its path below `to`
 * @throws StartProblem for a server with tablespaces, which lie elsewhere
 */
export async function baseBackup(
  url: string,
  to: string,
  progress: Progress = () => {},
): Promise<readonly BackupFile[]> {
  // The session must outlive the copying: PostgreSQL ends the backup, and the slot, with it.
  const client = new pg.Client({ connectionString: url, application_name: 'qiao backup' })
  client.on('error', () => {})
  await client.connect()
  try {
    const from = await one(client, `current_setting('data_directory')`)
    // Holds back the log of writes until the end of this session.
    await one(
      client,
      `pg_create_physical_replication_slot('qiao_backup_' || pg_backend_pid(), true, true)`,
    )
    const begun = await one(client, `pg_walfile_name(pg_backup_start('qiao backup', true))`)
    await refuseTablespaces(from)
    const files: BackupFile[] = []
    let bytes = 0
    const keep = (file: BackupFile | undefined) => {
      if (!file) return
      files.push(file)
      progress({ files: files.length, bytes: (bytes += file.size) })
    }
    await makeFolder(to, undefined)
    for await (const path of filesOf(from, to)) keep(await copyOne(from, to, path))
    keep(await copyControl(from, to))
    const { rows } = await client.query<{ end: string; label: string }>(
      `select pg_walfile_name(lsn) as "end", labelfile as label from pg_backup_stop(false)`,
    )
    const [ended] = rows
    if (!ended) throw new Error('pg_backup_stop gives one row')
    keep(await writeWhole(to, 'backup_label', Buffer.from(ended.label)))
    for (const path of await logBetween(from, begun, ended.end)) keep(await copyOne(from, to, path))
    return files
  } finally {
    await client.end()
  }
}

async function one(client: pg.Client, expression: string): Promise<string> {
  const { rows } = await client.query<{ value: string }>(`select (${expression})::text as value`)
  return rows[0]?.value ?? ''
}

async function refuseTablespaces(from: string): Promise<void> {
  if ((await readdir(join(from, 'pg_tblspc'))).length === 0) return
  throw new StartProblem(
    'The database has tablespaces outside its folder, which qiao backup does not copy.',
    'Move their tables back (alter table … set tablespace pg_default) and drop them.',
  )
}

/** Files to copy, by path below `from`; the folders that have to be there are made. */
async function* filesOf(from: string, to: string, below = ''): AsyncGenerator<string> {
  const entries = await readdir(join(from, below), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      // A database that is dropped meanwhile.
      if (error.code === 'ENOENT' && below !== '') return []
      throw error
    },
  )
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) {
      if (entry.name.startsWith('pgsql_tmp')) continue
      await makeFolder(join(to, path), undefined)
      if (!emptied.has(path)) yield* filesOf(from, to, path)
    } else if (entry.isFile() && isWanted(path, entry.name)) yield path
  }
}

function isWanted(path: string, name: string): boolean {
  if (path === control || leftOut.has(path)) return false
  return !name.startsWith('pgsql_tmp') && !name.startsWith('pg_internal.init')
}

async function copyOne(from: string, to: string, path: string): Promise<BackupFile | undefined> {
  const copied = await copyFile(join(from, path), join(to, path))
  return copied && { path, ...copied }
}

/** The one file that is written in place and read before any log: taken when two readings agree. */
async function copyControl(from: string, to: string): Promise<BackupFile> {
  let before = await readFile(join(from, control))
  for (;;) {
    const now = await readFile(join(from, control))
    if (now.equals(before)) return writeWhole(to, control, now)
    before = now
  }
}

async function writeWhole(to: string, path: string, bytes: Buffer): Promise<BackupFile> {
  await writeFile(join(to, path), bytes, { mode: 0o600, flag: 'wx', flush: true })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { path, size: bytes.length, sha256 }
}

/**
 * The files of the log from the beginning of a backup to its end. Names are in order; later ones are
 * old files waiting to be used again.
 *
 * @throws Error when one of them is gone, which the slot prevents
 */
async function logBetween(from: string, begun: string, end: string): Promise<readonly string[]> {
  const names = (await readdir(join(from, 'pg_wal')))
    .filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= begun && name <= end)
    .sort()
  if (names[0] !== begun || names.at(-1) !== end)
    throw new Error(`the log of writes from ${begun} to ${end} is not there`)
  return names.map((name) => `pg_wal/${name}`)
}
