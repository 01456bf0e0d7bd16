#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Command, CommandIo } from './commands/command.ts'
import { failedDatabase } from './platform/db/failed-database.ts'
import { AskedWrongly, StartProblem } from './platform/start-problem.ts'

/** Each command brings its own imports: `qiao feel` need not load a web server. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).startCommand,
  district: async () => (await import('./commands/district.ts')).districtCommand,
  load: async () => (await import('./commands/load.ts')).loadCommand,
  match: async () => (await import('./commands/match.ts')).matchCommand,
  work: async () => (await import('./commands/work.ts')).workCommand,
  replay: async () => (await import('./commands/replay.ts')).replayCommand,
  policy: async () => (await import('./commands/policy.ts')).policyCommand,
  explain: async () => (await import('./commands/explain.ts')).explainCommand,
  feel: async () => (await import('./commands/feel.ts')).feelCommand,
  audit: async () => (await import('./commands/audit.ts')).auditCommand,
  staff: async () => (await import('./commands/staff.ts')).staffCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  keys: async () => (await import('./commands/keys.ts')).keysCommand,
  restore: async () => (await import('./commands/restore.ts')).restoreCommand,
}

/** Runs one command; every failure is one clear sentence and a number other than 0. */
export async function runCli([name, ...args]: readonly string[], io: CommandIo): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    await help(io)
    return 0
  }
  if (name === '--version') {
    io.stdout(`${(await import('./version.ts')).version}\n`)
    return 0
  }
  const load = commands[name]
  if (!load) {
    io.stderr(`qiao does not know "${name}". It knows: ${Object.keys(commands).join(', ')}.\n`)
    return 2
  }
  const command = await load()
  if (args.includes('--help')) {
    io.stdout(`${command.about}\n\n${command.usage.join('\n')}\n`)
    return 0
  }
  try {
    return await command.run(args, io)
  } catch (error) {
    return failed(error, io)
  }
}

function failed(error: unknown, io: CommandIo): number {
  const problem = error instanceof StartProblem ? error : failedDatabase(error)
  if (problem) {
    io.stderr(`${problem.message}\n${problem.remedy}\n`)
    return problem instanceof AskedWrongly ? 2 : 1
  }
  if (
    error instanceof Error &&
    'code' in error &&
    String(error.code).startsWith('ERR_PARSE_ARGS')
  ) {
    io.stderr(`${error.message}\n`)
    return 2
  }
  io.stderr(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 1
}

async function help(io: CommandIo): Promise<void> {
  for (const load of Object.values(commands)) {
    const { usage, about } = await load()
    io.stdout(`${usage.join('\n')}\n    ${about}\n\n`)
  }
}

/** One command as a process of its own. */
export async function runProcess(args: readonly string[]): Promise<void> {
  // Read and compiled once: later starts take half a second less. Beside the program, since whoever
  // may write in the machine's common folder could otherwise put in code of theirs.
  const cache = fileURLToPath(new URL('../../node_modules/.cache/qiao', import.meta.url))
  enableCompileCache(cache)
  // Threads take it from the environment alone.
  process.env['NODE_COMPILE_CACHE'] ??= cache
  process.exitCode = await runCli(args, ownIo())
}

function ownIo(): CommandIo {
  // Whoever reads may have had enough, as in `qiao feel --lines | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1)
  })
  return {
    env: process.env,
    stdin: process.stdin,
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  }
}

if (import.meta.main) await runProcess(process.argv.slice(2))
