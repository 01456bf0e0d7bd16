import type { Entry } from './entry.ts'
import { isSnapshot, type Seal } from './seal.ts'

/** One line of an exported log. */
export type Line = Readonly<{ entry: Entry }> | Readonly<{ seal: Seal }>

/** The first line of an exported log: what the file is, and the last seal it holds. */
export type Heading = Readonly<{
  format: typeof format
  madeAt: string
  head: Readonly<{ number: number; hash: string }> | null
}>

export const format = 'qiao-audit-log-1'

/** As JSON without a line feed; `detail` as the database has it, so that no number is rounded. */
export function lineOf(line: Line): string {
  if ('seal' in line) return JSON.stringify({ seal: sealJson(line.seal) })
  const { detail, ...rest } = line.entry
  const open = JSON.stringify({ entry: rest }).slice(0, -2)
  return `${open},"detail":${detail ?? 'null'}}}`
}

function sealJson({ digests, previous, hash, ...rest }: Seal) {
  return {
    ...rest,
    digests: digests.map((digest) => digest.toString('hex')),
    previous: previous.toString('hex'),
    hash: hash.toString('hex'),
  }
}

/** @returns what a line says, or `undefined` for one that is no entry and no seal */
export function readLine(text: string): Line | undefined {
  try {
    const { entry, seal } = JSON.parse(text) as { entry?: Entry; seal?: SealJson }
    if (seal) return isSeal(seal) ? { seal: sealOf(seal) } : undefined
    if (!entry || !isEntry(entry)) return undefined
    return { entry: { ...entry, detail: entry.detail === null ? null : detailText(text) } }
  } catch {
    return undefined
  }
}

type SealJson = ReturnType<typeof sealJson>

function sealOf({ digests, previous, hash, ...rest }: SealJson): Seal {
  const bytes = (hex: string) => Buffer.from(hex, 'hex')
  return { ...rest, digests: digests.map(bytes), previous: bytes(previous), hash: bytes(hash) }
}

function isEntry({ id, at, xid, fields }: Entry): boolean {
  return [id, at].every(Number.isSafeInteger) && /^\d+$/.test(xid) && Array.isArray(fields)
}

function isSeal({ number, at, afterId, entries, snapshot }: SealJson): boolean {
  const numbers = [number, at, afterId, ...entries].every(Number.isSafeInteger)
  return numbers && isSnapshot(snapshot)
}

/** The text of `detail`, the last value of the line: within a string its quotes would be escaped. */
function detailText(line: string): string {
  const key = '"detail":'
  return line.slice(line.indexOf(key) + key.length, -2)
}
