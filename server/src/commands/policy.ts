import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Pack, unproven, type Watched, watchList } from '@qiao/rules'
import { type CaseProofs, caseProofs } from '../features/policies/case-proofs.ts'
import { packCases, packFiles, packInForce, publishShippedPack } from '../features/policies/load.ts'
import {
  type PackFiles,
  packOf,
  placed,
  problemLine,
  readPackFiles,
  shippedPackFolder,
} from '../features/policies/pack-files.ts'
import { receiveRelease, releaseIn } from '../features/drafts/releases.ts'
import { openInstallation } from '../installation.ts'
import { demoToday, readConfig } from '../platform/config.ts'
import { asOwner } from '../platform/db/actor.ts'
import { AskedWrongly, StartProblem } from '../platform/start-problem.ts'
import type { Command, CommandIo } from './command.ts'
import { noteCommand } from './note-command.ts'

const usage = [
  'qiao policy check [FOLDER] [--json] [--quick]',
  'qiao policy export --out FOLDER',
  'qiao policy receive FOLDER',
] as const

export const policyCommand: Command = {
  name: 'policy',
  usage,
  about: `check reads a pack (the shipped one when no FOLDER is named) and tells every mistake with file, line and
column; it needs no database. It proves that every figure and condition has a source, that no day between two figures
is forgotten, that nothing known by recollection excludes anybody, that everything declared is used, and, by the cases
beside the pack, that every condition is seen met, unmet and unknown; --quick leaves the cases out. export writes the
pack in force, byte for byte as it was published. receive takes in the pack of FOLDER as a later release: it arrives
as a draft, with what the district changed itself kept in it; its facts are those of the program.`,
  run: async ([verb, ...args], io) => {
    if (verb === 'check') return check(args, io)
    if (verb === 'export') return exportPack(args, io)
    if (verb === 'receive') return receive(args, io)
    io.stderr(`qiao policy does not know "${verb ?? ''}".\n${usage.join('\n')}\n`)
    return 2
  },
}

async function check(args: readonly string[], io: CommandIo): Promise<number> {
  const options = { json: { type: 'boolean' }, quick: { type: 'boolean' } } as const
  const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true })
  const folder = positionals[0] === undefined ? shippedPackFolder : resolve(positionals[0])
  const files = await readPackFiles(folder)
  const pack = packOf(files)
  if ('problems' in pack) {
    if (values.json) io.stdout(`${JSON.stringify({ problems: pack.problems })}\n`)
    else io.stdout(`${pack.problems.map(problemLine).join('\n')}\n`)
    io.stderr(`${pack.problems.length} mistakes; nothing of the pack is used.\n`)
    return 1
  }
  const cases = values.quick ? null : caseProofs(pack, folder)
  const owed = [...owedByPack(pack, files), ...(cases?.problems ?? [])]
  const today = readConfig(io.env).today ?? demoToday
  const due = watchList(pack).filter(({ by }) => by <= today)
  if (values.json) {
    const reviewsDue = due.map(dueFields)
    io.stdout(`${JSON.stringify({ ...countsOf(pack, cases), owed, reviewsDue })}\n`)
  } else {
    const sound = owed.length === 0 ? '没有错误。' : ''
    for (const line of owed) io.stdout(`${line}\n`)
    io.stdout(`${summary(pack, cases)}${sound}\n`)
    for (const watched of due) io.stdout(`${dueLine(watched)}\n`)
  }
  if (owed.length > 0)
    io.stderr(`${owed.length} things the pack still owes before it is published.\n`)
  return owed.length > 0 ? 1 : 0
}

const becauseWords: Readonly<Record<Watched['because'], string>> = {
  adjusted: '每年调整，新一期没有填',
  ended: '公布的期限已到',
  standing: '满24个月没有复核',
  missing: '一直没有找到',
}

function dueFields({ parameter, by, because, departments }: Watched) {
  return { parameter: parameter.id, programme: parameter.programme, by, because, departments }
}

function dueLine({ parameter, by, because, departments }: Watched): string {
  const why = becauseWords[because]
  return `待复核：${parameter.programme} ${parameter.name}（${by} 起，${why}；问${departments.join('、')}）`
}

function owedByPack(pack: Pack, files: PackFiles): string[] {
  return unproven(pack).map((problem) => problemLine(placed(problem, files[problem.file] ?? '')))
}

function countsOf(pack: Pack, cases: CaseProofs | null) {
  return {
    version: pack.version,
    hash: pack.hash,
    programmes: pack.programmes.length,
    facts: pack.facts.length,
    parameters: pack.parameters.length,
    rows: pack.parameters.reduce((sum, { rows }) => sum + rows.length, 0),
    ...(cases ? { cases: cases.cases } : {}),
  }
}

function summary(pack: Pack, checked: CaseProofs | null): string {
  const { version, hash, programmes, facts, parameters, rows } = countsOf(pack, checked)
  const cases = checked ? `，${checked.cases} 个例子` : ''
  return `政策包 ${version} (${hash})：${programmes} 项政策，${facts} 个事实，${parameters} 项标准 ${rows} 行${cases}。`
}

async function exportPack(args: readonly string[], io: CommandIo): Promise<number> {
  const { out } = parseArgs({ args: [...args], options: { out: { type: 'string' } } }).values
  if (!out) throw new AskedWrongly('--out is missing.', `Name a folder for the pack.\n${usage[1]}`)
  const installation = await openInstallation(readConfig(io.env), (line) => io.stderr(`${line}\n`))
  try {
    await publishShippedPack(installation.owner)
    await noteCommand(installation.owner, 'policy export')
    const { files, version } = await asOwner(installation.owner, async (tx) => {
      const pack = await packInForce(tx, installation.clock.today())
      const files = await packFiles(tx, pack.hash)
      return { files: { ...files, ...(await packCases(tx, pack.hash)) }, version: pack.version }
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

async function receive(args: readonly string[], io: CommandIo): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true })
  const [folder] = positionals
  if (folder === undefined || positionals.length > 1)
    throw new AskedWrongly('Exactly one FOLDER is needed.', `Name the pack's.\n${usage[2]}`)
  const release = await releaseIn(resolve(folder))
  refuseOtherFacts(release.files, await readPackFiles(shippedPackFolder))
  const installation = await openInstallation(readConfig(io.env), (line) => io.stderr(`${line}\n`))
  try {
    await publishShippedPack(installation.owner)
    await noteCommand(installation.owner, 'policy receive', { version: release.version })
    const awaiting = await receiveRelease(installation.owner, release, installation.clock.today())
    io.stderr(
      awaiting
        ? `政策包 ${awaiting.version} 等待采用：请在“政策草稿”里审核发布。\n`
        : `政策包 ${release.version} 的内容已在现行政策中。\n`,
    )
    return 0
  } finally {
    await installation.close()
  }
}

/** Facts are columns of the database: they come with the program, and with nothing else. */
function refuseOtherFacts(given: PackFiles, shipped: PackFiles): void {
  if (given['facts.yaml'] === shipped['facts.yaml']) return
  throw new StartProblem(
    'facts.yaml of this pack is not the one this program was made for.',
    'Install the release of the program that brings these facts, or take its facts.yaml.',
  )
}
