import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { reviewsDue } from '@qiao/rules'
import { packFiles, packInForce, publishShippedPack } from '../features/policies/load.ts'
import {
  packOf,
  problemLine,
  readPackFiles,
  shippedPackFolder,
} from '../features/policies/pack-files.ts'
import { openInstallation } from '../installation.ts'
import { demoToday, readConfig } from '../platform/config.ts'
import { asOwner } from '../platform/db/actor.ts'
import { AskedWrongly } from '../platform/start-problem.ts'
import type { Command, CommandIo } from './command.ts'

const usage = ['qiao policy check [FOLDER] [--json]', 'qiao policy export --out FOLDER'] as const

export const policyCommand: Command = {
  name: 'policy',
  usage,
  about: `check reads a pack (the shipped one when no FOLDER is named) and tells every mistake with file, line and
column; it needs no database. export writes the pack in force, byte for byte as it was published.`,
  run: async ([verb, ...args], io) => {
    if (verb === 'check') return check(args, io)
    if (verb === 'export') return exportPack(args, io)
    io.stderr(`qiao policy does not know "${verb ?? ''}".\n${usage.join('\n')}\n`)
    return 2
  },
}

async function check(args: readonly string[], io: CommandIo): Promise<number> {
  const options = { json: { type: 'boolean' } } as const
  const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true })
  const folder = positionals[0] === undefined ? shippedPackFolder : resolve(positionals[0])
  const pack = packOf(await readPackFiles(folder))
  if ('problems' in pack) {
    if (values.json) io.stdout(`${JSON.stringify({ problems: pack.problems })}\n`)
    else io.stdout(`${pack.problems.map(problemLine).join('\n')}\n`)
    io.stderr(`${pack.problems.length} mistakes; nothing of the pack is used.\n`)
    return 1
  }
  const due = reviewsDue(pack, readConfig(io.env).today ?? demoToday)
  const counts = {
    version: pack.version,
    hash: pack.hash,
    programmes: pack.programmes.length,
    facts: pack.facts.length,
    parameters: pack.parameters.length,
    rows: pack.parameters.reduce((sum, { rows }) => sum + rows.length, 0),
  }
  if (values.json) io.stdout(`${JSON.stringify({ ...counts, reviewsDue: due })}\n`)
  else {
    io.stdout(
      `政策包 ${counts.version} (${counts.hash})：${counts.programmes} 项政策，${counts.facts} 个事实，${counts.parameters} 项标准 ${counts.rows} 行。没有错误。\n`,
    )
    for (const { parameter, reviewBy } of due)
      io.stdout(`待复核：${parameter}（应于 ${reviewBy} 前复核）\n`)
  }
  return 0
}

async function exportPack(args: readonly string[], io: CommandIo): Promise<number> {
  const { out } = parseArgs({ args: [...args], options: { out: { type: 'string' } } }).values
  if (!out) throw new AskedWrongly('--out is missing.', `Name a folder for the pack.\n${usage[1]}`)
  const installation = await openInstallation(readConfig(io.env), (line) => io.stderr(`${line}\n`))
  try {
    await publishShippedPack(installation.owner)
    const { files, version } = await asOwner(installation.owner, async (tx) => {
      const pack = await packInForce(tx)
      return { files: await packFiles(tx, pack.hash), version: pack.version }
    })
    for (const [path, text] of Object.entries(files)) {
      const file = join(resolve(out), path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text)
    }
    io.stderr(`政策包 ${version} 已写入 ${resolve(out)}：${Object.keys(files).length} 个文件。\n`)
    return 0
  } finally {
    await installation.close()
  }
}
