import { parseArgs } from 'node:util'
import { loadDelivery, type Loaded } from '../delivery/load-delivery.ts'
import { publishShippedPack } from '../features/policies/load.ts'
import { openInstallation } from '../installation.ts'
import { readConfig } from '../platform/config.ts'
import { openJobList } from '../platform/jobs.ts'
import { AskedWrongly, StartProblem } from '../platform/start-problem.ts'
import type { Command, CommandIo } from './command.ts'

const usage = 'qiao load FOLDER [--dry-run]'

export const loadCommand: Command = {
  name: 'load',
  usage: [usage],
  about: `Loads households, people, facts, awards, authorisations and rolls from CSV files into a production database, all or nothing:
household.csv, person.csv, fact.csv, award.csv and roll.csv, in the columns that qiao district generate writes. A bad
row is told with file, line and column. The same files once more write nothing. --dry-run only says what it would do.`,
  run: async (args, io) => {
    const { folder, dryRun } = readArguments(args)
    const config = readConfig(io.env)
    if (config.mode === 'demo') {
      throw new StartProblem(
        'A demonstration holds invented people only; no delivery is loaded into it.',
        'Set DATABASE_URL and QIAO_MODE=production.',
      )
    }
    const installation = await openInstallation(config, (line) => io.stderr(`${line}\n`))
    const { owner, cipher, clock } = installation
    const jobs = await openJobList(owner)
    try {
      await publishShippedPack(owner)
      const parts = { owner, seal: cipher.seal, today: clock.today(), jobs }
      return tell(await loadDelivery(parts, folder, dryRun), dryRun, io)
    } finally {
      await jobs.close()
      await installation.close()
    }
  },
}

function readArguments(args: readonly string[]): { folder: string; dryRun: boolean } {
  const options = { 'dry-run': { type: 'boolean' } } as const
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const [folder, ...more] = positionals
  if (folder === undefined || more.length > 0) {
    throw new AskedWrongly('qiao load takes one folder of CSV files.', usage)
  }
  return { folder, dryRun: values['dry-run'] ?? false }
}

function tell(loaded: Loaded, dryRun: boolean, io: CommandIo): number {
  if ('bad' in loaded) {
    for (const { file, line, column, message } of loaded.bad) {
      io.stderr(`${file}:${line}${column ? ` ${column}` : ''}：${message}\n`)
    }
    io.stderr(`${loaded.bad.length} 处有误，什么都没有装载。请改正后重新运行。\n`)
    return 1
  }
  io.stdout(`${JSON.stringify(loaded.written)}\n`)
  const { households, persons, facts, awards, authorisations, rolls } = loaded.written
  const what = `户 ${households}、人 ${persons}、事实 ${facts}、待遇 ${awards}、授权 ${authorisations}、名册 ${rolls}`
  if (dryRun) io.stderr(`试运行：会新写入 ${what}；没有写入任何内容。\n`)
  else
    io.stderr(
      `已装载：新写入 ${what}。运行中的 Qiao 会自动重新匹配；没有运行时请执行 qiao match。\n`,
    )
  return 0
}
