import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const ROOT = join(import.meta.dirname, '../..')
const execFileAsync = promisify(execFile)

/** An empty data folder is filled within a minute on two cores; a busy machine gets three. */
const START_WITHIN_MS = 180_000

/** Half of what a newcomer gets, and every screen has something to show; pictures show what a newcomer sees. */
export const RESIDENTS = process.env['QIAO_PICTURES'] === '1' ? 20_000 : 10_000

export interface RunningConsole {
  url: string
  /** Runs `qiao …` beside the program, on its data; what it said, or why it failed. */
  command: (...words: string[]) => Promise<string>
  stop: () => Promise<void>
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    (response) => response.ok,
    () => false,
  )
}

async function untilAnswering(
  url: string,
  server: ChildProcess,
  said: () => string,
): Promise<void> {
  const deadline = Date.now() + START_WITHIN_MS
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`The server ended at once:\n${said()}`)
    if (await answers(url)) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`The server did not answer in time:\n${said()}`)
}

async function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  await new Promise<void>((resolve) => {
    server.once('exit', () => resolve())
    server.kill('SIGINT')
  })
}

function commandIn(env: NodeJS.ProcessEnv): RunningConsole['command'] {
  return async (...words) => {
    const { stdout, stderr } = await execFileAsync(
      process.execPath,
      ['server/src/cli.ts', ...words],
      { cwd: ROOT, env },
    )
    return stdout + stderr
  }
}

/**
 * Starts the whole program, which builds the console first, on a fresh demonstration district, as a newcomer
 * does. `QIAO_TEST_URL` names one that runs already.
 */
export async function startConsole(): Promise<RunningConsole> {
  const named = process.env['QIAO_TEST_URL']
  if (named) return { url: named, command: commandIn(process.env), stop: async () => {} }
  const data = mkdtempSync(join(tmpdir(), 'qiao-console-'))
  // PostgreSQL may run as another user than root; it must be able to reach its folder.
  chmodSync(data, 0o755)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const { DATABASE_URL: _database, QIAO_TODAY: _today, ...inherited } = process.env
  const env = {
    ...inherited,
    PORT: String(port),
    QIAO_DATA: data,
    QIAO_MODE: 'demo',
    NODE_ENV: 'production',
    QIAO_RESIDENTS: String(RESIDENTS),
  }
  const server = spawn(process.execPath, ['server/src/main.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  server.stdout.on('data', (text: Buffer) => {
    said += text.toString()
  })
  server.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  async function stop(): Promise<void> {
    await stopped(server)
    rmSync(data, { recursive: true, force: true })
  }
  try {
    await untilAnswering(url, server, () => said)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, command: commandIn(env), stop }
}
