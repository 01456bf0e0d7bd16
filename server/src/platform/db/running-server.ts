import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { StartProblem } from '../start-problem.ts'
import { type Cluster, clusterUrl } from './cluster.ts'
import { isAlive } from './process-alive.ts'

/** A server that recovers from a crash refuses connections for a while. */
const recoveryAttempts = 300
const pause = 100

/**
 * The port of a server that runs on this folder and lets us in, or `undefined`.
 *
 * The pid file of a dead server stays: by it PostgreSQL notices processes of that server which are
 * still writing. Only a number that now belongs to something else would keep it from starting.
 *
 * @throws StartProblem when it runs with another password than the key file gives
 */
export async function runningPort(cluster: Cluster): Promise<number | undefined> {
  const pidFile = join(cluster.folder, 'postmaster.pid')
  for (let attempt = 0; attempt < recoveryAttempts; attempt++) {
    const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n')
    const [pid, port] = [Number(lines[0]), Number(lines[3])]
    if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined
    if (await isPostgres(pid)) {
      // Another program that has the port never answers as this folder's server.
      if (port > 0 && (await answers(cluster, port))) return port
    } else if (!(await isAttached(lines[6]))) {
      await rm(pidFile, { force: true })
      return undefined
    }
    await wait(pause)
  }
  return undefined
}

/** After a reboot the number in the pid file may belong to any program. Only Linux can tell. */
async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true
  const command = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // A zombie keeps its number until it is reaped, but it is no longer a server.
  return command.startsWith('postgres') && !/\) Z /.test(state)
}

/**
 * Whether processes of a server are left that share its memory.
 *
 * @param line of the pid file: key and number of the shared memory
 */
async function isAttached(line: string | undefined): Promise<boolean> {
  const shared = line?.trim().split(/\s+/)[1]
  const table = await readFile('/proc/sysvipc/shm', 'utf8').catch(() => '')
  const row = table
    .split('\n')
    .map((text) => text.trim().split(/\s+/))
    .find(([, id]) => id === shared)
  return Number(row?.[6] ?? 0) > 0
}

async function answers(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({
    connectionString: clusterUrl(cluster, port, 'postgres'),
    connectionTimeoutMillis: 2000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string }>(
      `select current_setting('data_directory') as folder`,
    )
    return rows[0]?.folder === cluster.folder
  } catch (error) {
    if ((error as { code?: string }).code === wrongPassword) throw foreignKeys(cluster)
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

const wrongPassword = '28P01'

function foreignKeys({ folder }: Cluster): StartProblem {
  return new StartProblem(
    `The key file is not the one the database in ${folder} was made with: its password is another.`,
    'Restore the key file from its backup and name it in QIAO_KEY_FILE; a demonstration can be thrown away by deleting its data folder.',
  )
}
