import { mkdir, readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readHead } from '../features/audit/queries.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { readOrMakeKeys } from '../platform/crypto/keys.ts'
import { asOwner } from '../platform/db/actor.ts'
import { type BackupFile, type Manifest, writeManifest } from '../platform/db/backup-manifest.ts'
import { baseBackup } from '../platform/db/base-backup.ts'
import { isCluster } from '../platform/db/cluster.ts'
import { type Database, openDatabase } from '../platform/db/database.ts'
import { dumpDatabase } from '../platform/db/dump.ts'
import { openOwnServer } from '../platform/db/own-server.ts'
import { urlAs } from '../platform/db/roles.ts'
import { AskedWrongly, StartProblem } from '../platform/start-problem.ts'
import { fieldsByKey } from '../sealed-columns.ts'
import type { Command, CommandIo } from './command.ts'
import { noteCommand } from './note-command.ts'

const usage = ['qiao backup FOLDER'] as const

export const backupCommand: Command = {
  name: 'backup',
  usage,
  about: `Writes a backup of the database into FOLDER, which it makes: a copy of the files of the own PostgreSQL, whether
it runs or not, or of a named server what pg_dump writes. Nobody has to stop work. The key file is not in it: keep that
elsewhere. One line of JSON at the end, with the keys that are needed and the last seal of the audit log.`,
  run: async (args, io) => {
    const [folder, ...more] = args
    if (folder === undefined || folder.startsWith('-') || more.length > 0)
      throw new AskedWrongly('qiao backup takes one folder.', usage.join('\n'))
    return backup(resolve(folder), readConfig(io.env), io)
  },
}

async function backup(to: string, config: Config, io: CommandIo): Promise<number> {
  await refuseOccupied(to)
  const { url, secret, leave } = await openServer(config)
  const owner = openDatabase(urlAs(url, secret, 'owner'), 1)
  try {
    await mkdir(to, { recursive: true, mode: 0o700 })
    await noteCommand(owner, 'backup')
    const about = await describe(owner)
    io.stderr(`正在备份到 ${to} …\n`)
    const files = config.databaseUrl
      ? await dumpDatabase(urlAs(url, secret, 'owner'), to, about.postgres)
      : await baseBackup(url, join(to, 'postgres'), tellProgress(io))
    const kind = config.databaseUrl ? 'dump' : 'files'
    const manifest = { kind, madeAt: new Date().toISOString(), ...about, files } as const
    await writeManifest(to, manifest)
    io.stdout(`${JSON.stringify({ folder: to, ...summary(manifest) })}\n`)
    io.stderr(`备份完成。密钥文件 ${config.keyFile} 不在其中，请另行保管。\n`)
    return 0
  } catch (error) {
    // Without its manifest it is no backup, and the place may be needed.
    await rm(to, { recursive: true, force: true })
    throw error
  } finally {
    await owner.close()
    await leave()
  }
}

/** What a manifest says to people and programs: everything but the files one by one. */
export function summary({ files, ...manifest }: Omit<Manifest, 'format'>) {
  return { ...manifest, files: files.length, bytes: bytesOf(files) }
}

function bytesOf(files: readonly BackupFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}

async function refuseOccupied(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new StartProblem(`${folder} is no folder for a backup (${error.code}).`, 'Name another.')
  })
  if (found.length === 0) return
  throw new StartProblem(
    `${folder} is not empty.`,
    'A backup overwrites nothing: name a new folder.',
  )
}

/** The database as it is: a backup neither makes one nor brings it up to date. */
async function openServer(config: Config) {
  const own = join(config.data, 'postgres')
  if (config.databaseUrl === undefined && !(await isCluster(own))) {
    throw new StartProblem(
      `There is no database in ${config.data}.`,
      'Name its folder in QIAO_DATA, or its server in DATABASE_URL.',
    )
  }
  const { secret } = await readOrMakeKeys(config.keyFile, config.crypto, { lost: true })
  if (config.databaseUrl) return { url: config.databaseUrl, secret, leave: async () => {} }
  const server = await openOwnServer({ folder: own, password: secret }, 'command')
  return { url: server.url('qiao'), secret, leave: server.leave }
}

async function describe(
  owner: Database,
): Promise<Pick<Manifest, 'mode' | 'postgres' | 'keys' | 'seal'>> {
  return asOwner(owner, async (tx, connection) => {
    const { rows } = await connection.query<Described>(
      `select mode, encode(key_check, 'hex') as check,
        current_setting('server_version_num')::int / 10000 as postgres from meta.installation`,
    )
    if (!rows[0]) throw new StartProblem('The database is empty.', 'Start Qiao on it first.')
    const { mode, check, postgres } = rows[0]
    const keys = { check, fields: [...(await fieldsByKey(connection)).keys()] }
    return { mode, postgres, keys, seal: await readHead(tx) }
  })
}

type Described = { mode: Manifest['mode']; check: string | null; postgres: number }

function tellProgress(io: CommandIo) {
  let told = performance.now()
  return ({ files, bytes }: Readonly<{ files: number; bytes: number }>) => {
    if (performance.now() - told < 2000) return
    told = performance.now()
    io.stderr(`  已复制 ${files} 个文件，${Math.round(bytes / 1_000_000)} MB\n`)
  }
}
