import { sm3 } from '../../platform/crypto/sm3.ts'
import { canonicalBytes } from './canonical.ts'

/** A seal over entries of the audit log and over the seal before. 封签 */
export type Seal = Readonly<{
  /** 1, 2, 3 … */
  number: number
  /** Microseconds since 1970-01-01T00:00:00Z. */
  at: number
  /** What was committed by then: xmin:xmax:xip,xip… */
  snapshot: string
  /** Entries up to this id are of another server's transactions, and sealed. */
  afterId: number
  /** Which entries, in order. */
  entries: readonly number[]
  /** The SM3 of each, in the same order. */
  digests: readonly Buffer[]
  previous: Buffer
  hash: Buffer
}>

/** What stands where the first seal names the one before. */
export const noSeal = Buffer.alloc(32)

/** What the hash of a seal is of; docs/reference/audit.md defines the bytes. */
export function sealHash(seal: Omit<Seal, 'hash'>): Buffer {
  const lines = seal.entries.map((id, at) => `${id} ${seal.digests[at]?.toString('hex') ?? ''}\n`)
  return sm3(
    canonicalBytes('qiao audit seal 1', [
      ['number', String(seal.number)],
      ['at', String(seal.at)],
      ['snapshot', seal.snapshot],
      ['after', String(seal.afterId)],
      ['previous', seal.previous.toString('hex')],
      ['count', String(seal.entries.length)],
      ['entries', lines.join('')],
    ]),
  )
}

export type Snapshot = Readonly<{ xmax: bigint; underWay: ReadonlySet<string> }>

const snapshotForm = /^\d+:(\d+):((?:\d+(?:,\d+)*)?)$/

export function isSnapshot(text: string): boolean {
  return snapshotForm.test(text)
}

/** @throws Error for text that is no snapshot of PostgreSQL */
export function readSnapshot(text: string): Snapshot {
  const [, xmax, list = ''] = snapshotForm.exec(text) ?? []
  if (xmax === undefined) throw new Error(`no snapshot: ${text}`)
  return { xmax: BigInt(xmax), underWay: new Set(list.split(',').filter(Boolean)) }
}

/** Whether a transaction that committed had done so by then. */
export function hadCommitted(xid: string, { xmax, underWay }: Snapshot): boolean {
  return BigInt(xid) < xmax && !underWay.has(xid)
}
