import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { demonstrationVariable } from '../postgres-for-tests.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const cli = join(root, 'server', 'src', 'cli.ts')

/** `qiao …` as a process of its own, with nothing of the environment of the tests that is a setting. */
export type Program = Readonly<{
  pid: number
  /** Everything it said so far, in both ways. */
  said: () => string
  /** Waits until it has said it; fails with what it said instead when it ends first. */
  saying: (words: RegExp) => Promise<void>
  /** The address it printed. */
  address: () => Promise<string>
  kill: (signal: NodeJS.Signals) => void
  ended: Promise<Ended>
}>

export type Ended = Readonly<{ code: number | null; said: string; out: string }>

export type Launch = Readonly<{
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
  /** Through `npm start`, as a newcomer does. */
  npm?: true
  /** As this operating-system user; only root can. */
  uid?: number
}>

/** A free port, and whatever the tests were given left out. */
function environment(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(QIAO_|PG|PORT$|HOST$|DATABASE_URL$|NODE_OPTIONS$|VITEST)/.test(name),
  )
  return { ...Object.fromEntries(inherited), PORT: '0', ...env }
}

export function launch({ args = ['start'], env, npm, uid }: Launch): Program {
  const [command, words] = npm ? ['npm', ['start']] : [process.execPath, [cli, ...args]]
  const child = spawn(command, words, {
    cwd: root,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  running.add(child)
  let said = ''
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    said += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  let over = false
  const ended = new Promise<Ended>((resolve) => {
    child.once('exit', (code) => {
      over = true
      running.delete(child)
      // What was said last may still be on its way.
      setTimeout(() => resolve({ code, said, out }), 50)
    })
  })
  const saying = async (words: RegExp) => {
    while (!words.test(said)) {
      if (over) throw new Error(`it ended without saying ${words}:\n${said}`)
      await wait(10)
    }
  }
  return {
    pid: child.pid ?? 0,
    said: () => said,
    saying,
    address: async () => {
      await saying(/http:\/\/\S+/)
      return /http:\/\/\S+/.exec(out)?.[0] ?? ''
    },
    kill: (signal) => void child.kill(signal),
    ended,
  }
}

const running = new Set<ChildProcess>()

/** Runs a command to its end. */
export function qiao(
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<Ended> {
  return launch({ args, ...(env ? { env } : {}) }).ended
}

/** A place for a data folder that PostgreSQL's user can reach, with a small district to come. */
export async function dataPlace(residents = 1000) {
  const place = await mkdtemp(join(tmpdir(), 'qiao-start-'))
  await chmod(place, 0o711)
  const data = join(place, 'data')
  return {
    data,
    env: { QIAO_DATA: data, QIAO_RESIDENTS: String(residents) },
    postmaster: () => postmasterOf(data),
    /** Its PostgreSQL's process number, which there must be: signals sent to process 0 reach the tests themselves. */
    runningPostmaster: async () => {
      const pid = await postmasterOf(data)
      if (pid === undefined) throw new Error(`no PostgreSQL runs in ${data}`)
      return pid
    },
    /** The port its PostgreSQL listens on. */
    port: async () => Number((await pidFileLines(data))[3]),
    /** Ends what a failed test left behind, then the folder. */
    remove: async () => {
      for (const child of running) child.kill('SIGKILL')
      const pid = await postmasterOf(data)
      if (pid) process.kill(pid, 'SIGQUIT')
      while (await postmasterOf(data)) await wait(20)
      await rm(place, { recursive: true, force: true })
    },
  }
}

/**
 * A place in which a demonstration was made and has stopped: a copy of one that is made once a run, by whoever
 * needs it first.
 */
export async function filledPlace() {
  const place = await dataPlace()
  const original = process.env[demonstrationVariable]
  if (!original) throw new Error('the run has no folder for its demonstration')
  // Whoever makes the folder fills it; it bears its last name when it is whole.
  const mine = await mkdir(`${original}.making`).then(
    () => true,
    () => false,
  )
  if (mine) await makeDemonstration(original)
  while (!existsSync(original)) {
    if (existsSync(`${original}.failed`)) throw new Error('the demonstration could not be made')
    await wait(50)
  }
  // Owners are kept: PostgreSQL starts on no folder of somebody else.
  execFileSync('cp', ['-a', original, place.data])
  return place
}

async function makeDemonstration(original: string): Promise<void> {
  const place = await dataPlace()
  try {
    const first = launch({ env: place.env })
    await first.address()
    first.kill('SIGINT')
    if ((await first.ended).code !== 0) throw new Error(first.said())
    execFileSync('cp', ['-a', place.data, `${original}.copy`])
    await rename(`${original}.copy`, original)
  } catch (error) {
    await mkdir(`${original}.failed`)
    throw error
  } finally {
    await place.remove()
  }
}

/** The process number of the PostgreSQL that runs in the data folder, or `undefined`. */
async function postmasterOf(data: string): Promise<number | undefined> {
  const pid = Number((await pidFileLines(data))[0])
  return pid > 0 && (await isThere(pid)) ? pid : undefined
}

async function pidFileLines(data: string): Promise<string[]> {
  const file = join(data, 'postgres', 'postmaster.pid')
  return (await readFile(file, 'utf8').catch(() => '')).split('\n')
}

async function isThere(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // A killed process stays in the list until its parent takes note.
  return !/\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))
}
