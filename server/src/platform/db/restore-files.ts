import { readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StartProblem } from '../start-problem.ts'
import type { Manifest } from './backup-manifest.ts'
import { clusterUser, type ClusterUser } from './cluster-user.ts'
import { copyFile, makeFolder } from './copy-file.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { run } from './run-program.ts'

/** Folders that a base backup leaves out or finds empty, and PostgreSQL wants to be there. */
const folders = [
  'pg_commit_ts',
  'pg_dynshmem',
  'pg_logical/mappings',
  'pg_logical/snapshots',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat',
  'pg_stat_tmp',
  'pg_subtrans',
  'pg_tblspc',
  'pg_twophase',
  'pg_wal',
]

/**
 * Puts the files of a base backup where our own PostgreSQL looks for them. They are copied beside
 * that place, compared with the manifest, and appear there in one step.
 *
 * @param from the folder of the files
 * @param to the folder of the cluster, absent or empty
 * @throws StartProblem when something is there, a file is missing or altered, or the PostgreSQL that
 *   comes with this Qiao is of another major version
 */
export async function restoreFiles(manifest: Manifest, from: string, to: string): Promise<void> {
  const user = await clusterUser(to)
  await refuseOccupied(to)
  await refuseOtherMajor(manifest, user)
  // Left there by a killed restore, the next start removes it as it does a killed initdb's.
  const beside = `${to}.new-${process.pid}`
  await makeFolder(dirname(to), undefined)
  try {
    const whole = join(beside, 'data')
    await makeFolder(whole, user)
    for (const folder of folders) await makeFolder(join(whole, folder), user)
    for (const file of manifest.files) {
      const copied = await copyFile(join(from, file.path), join(whole, file.path), user)
      if (copied?.sha256 === file.sha256 && copied.size === file.size) continue
      throw new StartProblem(
        `The backup is damaged: ${file.path} ${copied ? 'is not what its manifest says' : 'is missing'}.`,
        'Nothing was restored; name another backup.',
      )
    }
    await rename(whole, to)
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
}

async function refuseOccupied(to: string): Promise<void> {
  const found = await readdir(to).catch(() => [])
  if (found.length === 0) return
  throw new StartProblem(
    `There is a database already in ${to}.`,
    `A restore overwrites nothing: name an empty folder in QIAO_DATA, or move ${basename(to)} away first.`,
  )
}

async function refuseOtherMajor({ postgres }: Manifest, user: ClusterUser): Promise<void> {
  const own = await ownMajor(user)
  if (own === postgres) return
  throw new StartProblem(
    `The backup is of PostgreSQL ${postgres}, and this Qiao brings PostgreSQL ${own}, which does not read its files.`,
    'Restore it with the version of Qiao that made it.',
  )
}

async function ownMajor(user: ClusterUser): Promise<number> {
  const { postgres } = postgresBinaries()
  const { output } = await run(postgres, ['--version'], { user, cwd: '/' })
  return Number(/ (\d+)/.exec(output)?.[1] ?? 0)
}
