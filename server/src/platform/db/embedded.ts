import { access, chmod, constants, mkdir, readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { StartProblem } from '../start-problem.ts'
import { type Cluster, clusterUrl, isCluster } from './cluster.ts'
import { clusterUser, refuseUnreachable } from './cluster-user.ts'
import { makeCluster } from './make-cluster.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { run } from './run-program.ts'
import { runningPort } from './running-server.ts'
import { reasonIn } from './server-log.ts'

export type EmbeddedOptions = Readonly<{
  /** Folder of the cluster; created when absent. */
  folder: string
  /** Password of the superuser `postgres`. */
  password: string
  /** Tests only: trades safety against power failure for speed. */
  throwaway?: boolean
}>

/** A running PostgreSQL of our own, listening on 127.0.0.1 only. */
export type Embedded = Readonly<{
  port: number
  /** True when the server was already running, e.g. after the program before was killed. */
  adopted: boolean
  /** Connection address of the superuser for one database. */
  url: (database: string) => string
  stop: () => Promise<void>
}>

/**
 * Starts the PostgreSQL in `folder`, making a new cluster when the folder is empty and adopting a
 * server that still runs there.
 *
 * @throws StartProblem when the folder cannot be used or PostgreSQL does not start
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const user = await clusterUser(options.folder)
  const binaries = postgresBinaries()
  refuseUnreachable(user, binaries.postgres, 'The installed program')
  refuseUnreachable(user, options.folder, 'The data folder')
  const cluster: Cluster = {
    folder: options.folder,
    log: join(options.folder, 'server.log'),
    password: options.password,
    throwaway: options.throwaway ?? false,
    user,
    binaries,
  }
  await makeParent(cluster.folder)
  if (!(await isCluster(cluster.folder))) await makeCluster(cluster)
  const running = await runningPort(cluster)
  const { port, adopted } = running ? { port: running, adopted: true } : await start(cluster)
  return {
    port,
    adopted,
    url: (database) => clusterUrl(cluster, port, database),
    stop: () => stop(cluster),
  }
}

async function makeParent(folder: string): Promise<void> {
  const parent = dirname(folder)
  try {
    const made = await mkdir(parent, { recursive: true })
    // Whatever the umask is, PostgreSQL's user has to pass through to its own folder.
    if (made !== undefined) await chmod(parent, 0o711)
    if (!(await isCluster(folder))) await access(parent, constants.W_OK)
  } catch (cause) {
    throw new StartProblem(
      `The data folder ${parent} cannot be written.`,
      'Choose another with QIAO_DATA, or give this user the right to write there.',
      { cause },
    )
  }
}

type Started = Readonly<{ port: number; adopted: boolean }>

/** What passes: a port taken since it was asked for, and servers of a killed one still ending. */
const passing = /Address already in use|could not bind|still in use/
const attempts = 20

async function start(cluster: Cluster): Promise<Started> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const reason = await startOn(cluster, port)
    if (reason === undefined) return { port, adopted: false }
    // Of two that start together one finds the other's server.
    const running = await runningPort(cluster)
    if (running !== undefined) return { port: running, adopted: true }
    if (attempt < attempts && passing.test(reason)) {
      await wait(250)
      continue
    }
    throw new StartProblem(
      `PostgreSQL in ${cluster.folder} did not start: ${reason}.`,
      `The whole story is in ${cluster.log}. Restore the folder from a backup; a demonstration can be thrown away by deleting ${dirname(cluster.folder)}.`,
    )
  }
}

/** @returns why the server did not start, or `undefined` when it runs */
async function startOn(cluster: Cluster, port: number): Promise<string | undefined> {
  const { folder, log, user, binaries } = cluster
  const before = await stat(log).then(
    ({ size }) => size,
    () => 0,
  )
  const args = ['start', '-w', '-t', '120', '-s', '-D', folder, '-l', log]
  const options = ['-o', serverOptions(cluster, port)]
  const { code, output } = await run(binaries.pgCtl, [...args, ...options], { user, cwd: folder })
  if (code === 0) return undefined
  const logged = await readFile(log).catch(() => Buffer.alloc(0))
  return reasonIn(logged.subarray(before).toString('utf8').trim() || output)
}

function serverOptions(cluster: Cluster, port: number): string {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // A socket path longer than 107 bytes would stop PostgreSQL from starting.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: cluster.throwaway ? '200' : '60',
    // Compiling our short statements costs more than it saves.
    jit: 'off',
    shared_buffers: cluster.throwaway ? '64MB' : '192MB',
    max_wal_size: '2GB',
    // PostgreSQL would ask for parallel workers that two cores do not have to spare.
    max_parallel_workers_per_gather: '1',
    ...(cluster.throwaway
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }
      : {}),
  }
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(' ')
}

/** A server that does not end in time, as when it is recovering on a full disk, is cut off: it recovers again. */
async function stop(cluster: Cluster): Promise<void> {
  const { folder, user, binaries } = cluster
  for (const mode of cluster.throwaway ? ['immediate'] : ['fast', 'immediate']) {
    const args = ['stop', '-w', '-t', '30', '-s', '-m', mode, '-D', folder]
    const { code } = await run(binaries.pgCtl, args, { user, cwd: folder })
    if (code === 0) return
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
