import { sql } from 'kysely'
import { asActor } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { type Entry, entryDigest } from './entry.ts'
import { committedSince, keepSeal, neverSealed, type Place, readStanding } from './queries.ts'
import { noSeal, type Seal, sealHash } from './seal.ts'

export type SealerParts = Readonly<{
  db: Database
  /** A session of the program named `seal`, the only one that may write seals. */
  programToken: () => Promise<string>
  onError: (error: unknown) => void
}>

export type Sealer = Readonly<{
  /** Seals now what is committed. @returns how many entries; 0 also while somebody else is sealing */
  seal: () => Promise<number>
  /** Seals every second from now on. */
  start: () => void
  /** Finishes what is under way, then seals a last time. */
  stop: () => Promise<void>
}>

const pauseMs = 1000

/** Entries in one seal at most; what is more goes into further seals of the same moment. */
export const mostInSeal = 5000

/**
 * Chains what the audit log has taken in, each second, in the order in which it was committed.
 *
 * Of several processes one seals at a time. Writers wait for nothing: the sealer reads what is committed
 * and adds rows to a table of its own. An entry of a long transaction is sealed once that commits, and
 * holds up nobody's.
 */
export function makeSealer({ db, programToken, onError }: SealerParts): Sealer {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let underWay: Promise<unknown> = Promise.resolve()
  const seal = async () => asActor(db, await programToken(), sealCommitted)
  const next = () => {
    if (stopped) return
    timer = setTimeout(() => {
      underWay = seal().catch(onError).finally(next)
    }, pauseMs)
  }
  return {
    seal,
    start: next,
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await underWay
      await seal().catch(onError)
    },
  }
}

async function sealCommitted(tx: Tx): Promise<number> {
  const lock = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('qiao sealing')) as mine`.execute(tx)
  if (!lock.rows[0]?.mine) return 0
  const standing = await readStanding(tx)
  const { now: at, snapshot, moved, last } = standing
  const read = moved === undefined ? committedSince : neverSealed
  const head = { at, snapshot, afterId: moved ?? last?.afterId ?? 0 }
  let before: Pick<Seal, 'number' | 'hash'> = last ?? { number: 0, hash: noSeal }
  let from: Place = ['0', 0]
  let sealed = 0
  for (;;) {
    const entries = await read(tx, standing, from, mostInSeal)
    // Once transactions are counted anew, a seal must say so, be it over nothing.
    if (entries.length === 0 && (moved === undefined || before !== last)) return sealed
    const seal = sealOver(entries, { ...head, number: before.number + 1, previous: before.hash })
    await keepSeal(tx, seal)
    before = seal
    from = placeOf(entries) ?? from
    sealed += entries.length
  }
}

function placeOf(entries: readonly Entry[]): Place | undefined {
  const last = entries.at(-1)
  return last && [last.xid, last.id]
}

type Head = Pick<Seal, 'number' | 'at' | 'snapshot' | 'afterId' | 'previous'>

function sealOver(entries: readonly Entry[], head: Head): Seal {
  const content = {
    ...head,
    entries: entries.map(({ id }) => id),
    digests: entries.map(entryDigest),
  }
  return { ...content, hash: sealHash(content) }
}
