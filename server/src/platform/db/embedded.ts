import { access, chmod, constants, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { StartProblem } from '../start-problem.ts'
import { type ClusterUser, clusterUser, giveTo, refuseUnreachable } from './cluster-user.ts'
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts'
import { run } from './run-program.ts'

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

type Cluster = Readonly<{
  folder: string
  log: string
  password: string
  throwaway: boolean
  user: ClusterUser
  binaries: PostgresBinaries
}>

/**
 * Starts the PostgreSQL in `folder`, making a new cluster when the folder is empty and adopting a
 * server that still runs there.
 *
 * @throws StartProblem when the folder cannot be used or PostgreSQL does not start
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const user = await clusterUser()
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
  await makeFolder(cluster)
  if (!(await exists(join(cluster.folder, 'PG_VERSION')))) await initialise(cluster)
  const adopted = await runningPort(cluster)
  const port = adopted ?? (await start(cluster))
  return {
    port,
    adopted: adopted !== undefined,
    url: (database) => urlOf(cluster, port, database),
    stop: () => stop(cluster),
  }
}

async function makeFolder(cluster: Cluster): Promise<void> {
  const parent = dirname(cluster.folder)
  try {
    const made = await mkdir(parent, { recursive: true })
    // Whatever the umask is, PostgreSQL's user has to pass through to its own folder.
    if (made !== undefined) await chmod(parent, 0o711)
    await access(parent, constants.W_OK)
  } catch (cause) {
    throw new StartProblem(
      `The data folder ${cluster.folder} cannot be written.`,
      'Choose another with QIAO_DATA, or give this user the right to write there.',
      { cause },
    )
  }
}

/** A cluster is made beside its place and appears whole: a killed initdb leaves nothing behind. */
async function initialise(cluster: Cluster): Promise<void> {
  const { user, binaries, password } = cluster
  const folder = `${cluster.folder}.new`
  const passwordFile = `${cluster.folder}.password`
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await giveTo(user, folder)
  await writeFile(passwordFile, password, { mode: 0o600 })
  await giveTo(user, passwordFile)
  // With LC_CTYPE=C pg_trgm finds no trigrams in Chinese text, hence C.UTF-8.
  const result = await run(
    binaries.initdb,
    [
      '-D',
      folder,
      '-U',
      'postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--lc-ctype=C.UTF-8',
      ...(cluster.throwaway ? ['--no-sync'] : []),
    ],
    { user, cwd: folder },
  )
  await rm(passwordFile, { force: true })
  if (result.code !== 0) {
    await rm(folder, { recursive: true, force: true })
    throw new StartProblem(
      `PostgreSQL could not make its data folder ${cluster.folder}: ${lastLine(result.output)}`,
      'Check free disk space and the rights on the folder, then start again.',
    )
  }
  await rename(folder, cluster.folder)
}

/** The port of a server that runs on this folder and lets us in; a stale pid file is removed. */
async function runningPort(cluster: Cluster): Promise<number | undefined> {
  const pidFile = join(cluster.folder, 'postmaster.pid')
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  for (let attempt = 0; isAlive(pid); attempt++) {
    if (port > 0 && (await answers(cluster, port))) return port
    // A server that is recovering refuses connections for a while; another program never answers.
    if (attempt >= 100 || !(await isPostgres(pid))) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  if (!isAlive(pid) || !(await isPostgres(pid))) await rm(pidFile, { force: true })
  return undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** After a reboot the number in the pid file may belong to any program. Only Linux can tell. */
async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true
  const command = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // A zombie keeps its number until it is reaped, but it is no longer a server.
  return command.startsWith('postgres') && !/\) Z /.test(state)
}

async function answers(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({
    connectionString: urlOf(cluster, port, 'postgres'),
    connectionTimeoutMillis: 2000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string }>(
      `select current_setting('data_directory') as folder`,
    )
    return rows[0]?.folder === cluster.folder
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function start(cluster: Cluster): Promise<number> {
  const { folder, log, user, binaries } = cluster
  // Somebody else may take the free port between asking and starting, hence a few attempts.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const result = await run(
      binaries.pgCtl,
      [
        'start',
        '-w',
        '-t',
        '120',
        '-s',
        '-D',
        folder,
        '-l',
        log,
        '-o',
        serverOptions(cluster, port),
      ],
      { user, cwd: folder },
    )
    if (result.code === 0) return port
    const reason = await lastError(log)
    if (attempt < 3 && /bind|Address already in use/.test(reason)) continue
    throw new StartProblem(
      `PostgreSQL in ${folder} did not start: ${reason || lastLine(result.output)}`,
      `The whole story is in ${log}; when the data can be thrown away, delete ${dirname(folder)} and start again.`,
    )
  }
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

async function stop(cluster: Cluster): Promise<void> {
  const { folder, user, binaries } = cluster
  const mode = cluster.throwaway ? 'immediate' : 'fast'
  await run(binaries.pgCtl, ['stop', '-w', '-s', '-m', mode, '-D', folder], { user, cwd: folder })
}

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgresql://postgres:${encodeURIComponent(cluster.password)}@127.0.0.1:${port}/${database}`
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

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function lastError(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '')
  const lines = text.split('\n').filter((line) => /FATAL|PANIC|ERROR|could not|cannot/.test(line))
  return (lines.at(-1) ?? '').replace(/^.*?(FATAL|PANIC|ERROR|LOG): +/, '')
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? ''
}
