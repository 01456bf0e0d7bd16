import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StartProblem } from '../start-problem.ts'
import { type Cluster, isCluster } from './cluster.ts'
import { giveTo } from './cluster-user.ts'
import { isAlive } from './process-alive.ts'
import { run } from './run-program.ts'
import { reasonIn } from './server-log.ts'

/**
 * Makes an empty cluster. It is made beside its place and appears whole: a killed initdb leaves
 * nothing that could be taken for a database, and of two that start together one is used.
 *
 * @throws StartProblem when there is no room or no right, or the folder holds other things
 */
export async function makeCluster(cluster: Cluster): Promise<void> {
  await removeLeftovers(cluster.folder)
  const folder = `${cluster.folder}.new-${process.pid}`
  try {
    await rename(await initialise(cluster, folder), cluster.folder)
  } catch (cause) {
    if (await isCluster(cluster.folder)) return
    if (cause instanceof StartProblem) throw cause
    throw new StartProblem(
      `PostgreSQL's folder ${cluster.folder} cannot be made: ${(cause as Error).message}.`,
      'Move away what lies there, or choose another folder with QIAO_DATA.',
      { cause },
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @returns where in `folder` the new cluster lies */
async function initialise(cluster: Cluster, folder: string): Promise<string> {
  const { user, binaries, password } = cluster
  const passwordFile = join(folder, 'password')
  await mkdir(folder, { mode: 0o700 })
  await giveTo(user, folder)
  // initdb wants an empty folder, so the cluster is made one level down.
  const data = join(folder, 'data')
  await writeFile(passwordFile, password, { mode: 0o600 })
  await giveTo(user, passwordFile)
  const result = await run(
    binaries.initdb,
    [
      '-D',
      data,
      '-U',
      'postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      // With LC_CTYPE=C pg_trgm finds no trigrams in Chinese text, hence C.UTF-8.
      '--locale=C',
      '--lc-ctype=C.UTF-8',
      ...(cluster.throwaway ? ['--no-sync'] : []),
    ],
    { user, cwd: folder },
  )
  if (result.code === 0) return data
  throw new StartProblem(
    `PostgreSQL could not make its data folder ${cluster.folder}: ${reasonIn(result.output)}.`,
    'Check the free disk space and the rights on the folder, then start again.',
  )
}

/** Folders of starts that were killed while making a cluster. */
async function removeLeftovers(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.new-`
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(prefix)) continue
    const pid = Number(name.slice(prefix.length))
    if (pid !== process.pid && isAlive(pid)) continue
    await rm(join(dirname(folder), name), { recursive: true, force: true })
  }
}
