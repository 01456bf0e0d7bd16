import { type Entry, entryDigest } from './entry.ts'
import { hadCommitted, noSeal, readSnapshot, type Seal, sealHash } from './seal.ts'

/** What is wrong with the log, of which entry or seal. */
export type Finding = Readonly<{
  kind:
    | 'entry-changed'
    | 'entry-missing'
    | 'entry-added'
    | 'entry-twice'
    | 'entry-unreadable'
    | 'seal-changed'
    | 'seal-missing'
    | 'seal-out-of-order'
    | 'anchor-missing'
    | 'line-unreadable'
  /** Number of the seal, and of the entry where it is about one. */
  seal?: number
  entry?: number
  says: string
}>

export type Verified = Readonly<{
  entries: number
  seals: number
  /** The last seal: whoever notes its hash elsewhere can tell later whether the log was cut back. */
  head: Readonly<{ number: number; hash: string; at: number }> | null
  /** Entries that no seal holds yet; the oldest in microseconds since 1970. */
  unsealed: Readonly<{ count: number; oldest: number | null }>
}>

export type Verifier = Readonly<{
  entry: (entry: Entry) => void
  seal: (seal: Seal) => void
  /** The hash of a seal, in hex, that must be among them. */
  anchor: (hash: string) => void
  /** After everything was told. */
  end: () => Verified
}>

/**
 * Checks a log told in its order: the entries of a seal, then the seal; at the end what no seal holds.
 * Needs no database, and keeps only the entries of one seal.
 *
 * @param anchors hashes of seals noted earlier, in hex
 * @param found told what is wrong, as it is found
 */
export function makeVerifier(
  found: (finding: Finding) => void,
  anchors: readonly string[] = [],
): Verifier {
  const waiting = new Map<number, Held>()
  const seen = makeMarks()
  const missingAnchors = new Set(anchors.map((anchor) => anchor.toLowerCase()))
  let last: Seal | undefined
  let [entries, seals] = [0, 0]
  return {
    entry: (entry) => {
      entries += 1
      if (seen.has(entry.id)) return found(aboutEntry('entry-twice', entry.id, 'is there twice'))
      seen.add(entry.id)
      waiting.set(entry.id, held(entry, found))
    },
    seal: (seal) => {
      seals += 1
      missingAnchors.delete(seal.hash.toString('hex'))
      for (const finding of wrongInChain(seal, last)) found(finding)
      for (const finding of wrongEntries(seal, waiting)) found(finding)
      if (!last || seal.number > last.number) last = seal
    },
    anchor: (hash) => void missingAnchors.add(hash.toLowerCase()),
    end: () => {
      for (const hash of missingAnchors)
        found({
          kind: 'anchor-missing',
          says: `No seal has the hash ${hash}: the log was cut back or written anew since it was noted.`,
        })
      return { entries, seals, head: headOf(last), unsealed: unsealed(waiting, last, found) }
    },
  }
}

type Held = Readonly<{ digest: Buffer | undefined; at: number; xid: string }>

function held(entry: Entry, found: (finding: Finding) => void): Held {
  const { at, xid, id } = entry
  try {
    return { digest: entryDigest(entry), at, xid }
  } catch {
    found(aboutEntry('entry-unreadable', id, 'cannot be read'))
    return { digest: undefined, at, xid }
  }
}

function* wrongInChain(seal: Seal, last: Seal | undefined): Generator<Finding> {
  const { number } = seal
  const expected = (last?.number ?? 0) + 1
  if (number < expected) {
    yield aboutSeal('seal-out-of-order', number, `stands after seal ${expected - 1}`)
    return
  }
  for (let gone = expected; gone < number && gone < expected + mostListed; gone++)
    yield aboutSeal('seal-missing', gone, 'is missing')
  if (!sealHash(seal).equals(seal.hash))
    yield aboutSeal('seal-changed', number, 'does not have the hash that it bears: it was changed')
  else if (number === expected && !seal.previous.equals(last?.hash ?? noSeal))
    yield aboutSeal('seal-changed', number, `does not follow on what stands as seal ${number - 1}`)
}

/** A gap of a million seals is told by its beginning. */
const mostListed = 1000

function* wrongEntries(seal: Seal, waiting: Map<number, Held>): Generator<Finding> {
  for (const [place, id] of seal.entries.entries()) {
    const entry = waiting.get(id)
    waiting.delete(id)
    const digest = seal.digests[place]
    const of = ` (seal ${seal.number}, place ${place + 1})`
    if (!entry) yield { ...aboutEntry('entry-missing', id, `is missing${of}`), seal: seal.number }
    else if (!digest || !entry.digest?.equals(digest))
      yield {
        ...aboutEntry('entry-changed', id, `is not what was sealed${of}: it was changed or moved`),
        seal: seal.number,
      }
  }
}

/** What no seal holds is either new, or was slipped in among what had been sealed. */
function unsealed(
  waiting: ReadonlyMap<number, Held>,
  last: Seal | undefined,
  found: (finding: Finding) => void,
): Verified['unsealed'] {
  const snapshot = last && readSnapshot(last.snapshot)
  let count = 0
  let oldest: number | null = null
  for (const [id, { xid, at }] of waiting) {
    if (last && snapshot && (id <= last.afterId || hadCommitted(xid, snapshot))) {
      const says = `is in no seal, though it claims to be older than seal ${last.number}: it was added later`
      found(aboutEntry('entry-added', id, says))
      continue
    }
    count += 1
    oldest = Math.min(oldest ?? at, at)
  }
  return { count, oldest }
}

function headOf(last: Seal | undefined): Verified['head'] {
  return last ? { number: last.number, hash: last.hash.toString('hex'), at: last.at } : null
}

function aboutEntry(kind: Finding['kind'], entry: number, says: string): Finding {
  return { kind, entry, says: `Entry ${entry} ${says}.` }
}

function aboutSeal(kind: Finding['kind'], seal: number, says: string): Finding {
  return { kind, seal, says: `Seal ${seal} ${says}.` }
}

/** Which numbers were seen, a bit each: ids are dense, and a log has many. */
function makeMarks() {
  const pages = new Map<number, Uint8Array>()
  const bitsAPage = 8 * 4096
  const at = (id: number) =>
    [Math.floor(id / bitsAPage), (id % bitsAPage) >> 3, 1 << (id & 7)] as const
  return {
    has: (id: number) => {
      const [page, byte, bit] = at(id)
      return ((pages.get(page)?.[byte] ?? 0) & bit) !== 0
    },
    add: (id: number) => {
      const [page, byte, bit] = at(id)
      let bytes = pages.get(page)
      if (!bytes) pages.set(page, (bytes = new Uint8Array(4096)))
      bytes[byte] = (bytes[byte] ?? 0) | bit
    },
  }
}
