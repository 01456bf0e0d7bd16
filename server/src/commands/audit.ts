import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { readHead, noteAs } from '../features/audit/queries.ts'
import { format, type Heading, type Line, lineOf, readLine } from '../features/audit/log-file.ts'
import { readLog } from '../features/audit/log.ts'
import { type Finding, makeVerifier, type Verified } from '../features/audit/verify.ts'
import { openInstallation } from '../installation.ts'
import { readConfig } from '../platform/config.ts'
import { asOwner } from '../platform/db/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { AskedWrongly, StartProblem } from '../platform/start-problem.ts'
import type { Command, CommandIo } from './command.ts'

const usage = ['qiao audit export FILE', 'qiao audit verify [FILE] [--anchor HASH …]'] as const

/** What is wrong is told one by one, but a log that somebody emptied has as many lines as it had entries. */
const mostTold = 100

export const auditCommand: Command = {
  name: 'audit',
  usage,
  about: `Exports the audit log with its seals, one JSON a line, and notes in the log that it did; or verifies it: every
entry and seal that was changed, removed, added or moved, one line of JSON each, then a line that counts, with the last
seal and what is not sealed yet. With FILE it needs no database. --anchor is the hash of a seal noted earlier, which must
still be there: only that tells that the end of the log was cut off or all of it written anew. Exit code 1 where
something is wrong.`,
  run: async (args, io) => {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { anchor: { type: 'string', multiple: true } },
      allowPositionals: true,
    })
    const [what, file, ...more] = positionals
    const anchors = values.anchor ?? []
    if (what === 'export' && file !== undefined && more.length + anchors.length === 0)
      return exportLog(file, io)
    if (what !== 'verify' || more.length > 0)
      throw new AskedWrongly('qiao audit exports to a file, or verifies.', usage.join('\n'))
    if (!anchors.every((anchor) => /^[0-9a-f]{64}$/i.test(anchor)))
      throw new AskedWrongly('--anchor takes the hash of a seal.', 'It has 64 hexadecimal digits.')
    return file === undefined ? verifyDatabase(anchors, io) : verifyFile(file, anchors, io)
  },
}

async function exportLog(file: string, io: CommandIo): Promise<number> {
  return onDatabase(io, async (tx) => {
    const head = await readHead(tx)
    await noteAs(tx, 'job:audit', 'audit.exported', { to: 'file', head })
    const counts = { entries: 0, seals: 0 }
    const heading: Heading = { format, madeAt: new Date().toISOString(), head }
    await pipeline(
      async function* () {
        yield `${JSON.stringify(heading)}\n`
        for await (const line of readLog(tx)) {
          counts['entry' in line ? 'entries' : 'seals'] += 1
          yield `${lineOf(line)}\n`
        }
      },
      createWriteStream(file, { mode: 0o600, flags: 'wx' }),
    ).catch((error: NodeJS.ErrnoException) => {
      throw cannotUse(file, error)
    })
    io.stdout(`${JSON.stringify({ file, ...counts, head })}\n`)
    return 0
  })
}

async function verifyDatabase(anchors: readonly string[], io: CommandIo): Promise<number> {
  return onDatabase(io, async (tx) => {
    const { verified, findings } = await verify(readLog(tx), anchors, io)
    const { entries, seals, head } = verified
    await noteAs(tx, 'job:audit', 'audit.verified', { entries, seals, findings, head })
    return findings === 0 ? 0 : 1
  })
}

async function verifyFile(
  file: string,
  anchors: readonly string[],
  io: CommandIo,
): Promise<number> {
  const input = createReadStream(file)
  const opened = new Promise((resolve, reject) => input.once('open', resolve).once('error', reject))
  await opened.catch((error: NodeJS.ErrnoException) => {
    throw cannotUse(file, error)
  })
  const { findings } = await verify(readFileLines(input), anchors, io)
  return findings === 0 ? 0 : 1
}

/** Lines of a file; one that does not read is told by its number. */
async function* readFileLines(
  input: NodeJS.ReadableStream,
): AsyncGenerator<Line | Finding | Heading> {
  let number = 0
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    const heading = number === 1 ? readHeading(text) : undefined
    if (heading) yield heading
    else yield readLine(text) ?? unreadable(number)
  }
  if (number === 0) yield unreadable(1)
}

function readHeading(text: string): Heading | undefined {
  try {
    const heading = JSON.parse(text) as Heading
    return heading.format === format ? heading : undefined
  } catch {
    return undefined
  }
}

function unreadable(line: number): Finding {
  return { kind: 'line-unreadable', says: `Line ${line} is no entry and no seal of a log.` }
}

async function verify(
  lines: AsyncIterable<Line | Finding | Heading>,
  anchors: readonly string[],
  io: CommandIo,
): Promise<{ verified: Verified; findings: number }> {
  let findings = 0
  const found = (finding: Finding) => {
    findings += 1
    if (findings <= mostTold) io.stdout(`${JSON.stringify(finding)}\n`)
  }
  const verifier = makeVerifier(found, anchors)
  for await (const line of lines) {
    if ('entry' in line && typeof line.entry === 'object') verifier.entry(line.entry)
    else if ('seal' in line && typeof line.seal === 'object') verifier.seal(line.seal)
    else if ('kind' in line) found(line)
    else if ('head' in line && line.head) verifier.anchor(line.head.hash)
  }
  const verified = verifier.end()
  io.stdout(`${JSON.stringify({ ...verified, findings })}\n`)
  io.stderr(`${inWords(verified, findings)}\n`)
  return { verified, findings }
}

function inWords({ entries, seals, head, unsealed }: Verified, findings: number): string {
  const lines = [
    `审计日志 ${entries} 条，封签 ${seals} 个；${findings === 0 ? '未发现改动' : `发现 ${findings} 处问题`}`,
  ]
  if (head) lines.push(`最后一个封签：第 ${head.number} 号 ${head.hash}`)
  if (unsealed.oldest !== null) {
    const seconds = Math.max(0, Math.round(Date.now() / 1000 - unsealed.oldest / 1_000_000))
    lines.push(`尚未封签 ${unsealed.count} 条，最早的一条在 ${seconds} 秒前`)
  }
  return lines.join('\n')
}

function cannotUse(file: string, error: NodeJS.ErrnoException): Error {
  if (error.syscall !== 'open') return error
  return new StartProblem(
    `The file ${file} cannot be opened (${error.code ?? error.message}).`,
    error.code === 'EEXIST' ? 'Name one that is not there yet.' : 'Name another.',
    { cause: error },
  )
}

async function onDatabase(io: CommandIo, work: (tx: Tx) => Promise<number>): Promise<number> {
  const config = readConfig(io.env)
  const installation = await openInstallation(config, (line) => io.stderr(`${line}\n`))
  try {
    return await asOwner(installation.owner, work)
  } finally {
    await installation.close()
  }
}
