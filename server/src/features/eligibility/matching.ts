import type { Pack } from '@qiao/rules'
import { asActor } from '../../platform/db/actor.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { makeCrew } from './crew.ts'
import { markedHouseholds } from './markers.ts'
import { type AfterRun, fewHouseholds, matchSome } from './match.ts'
import { matchInShards } from './match-in-shards.ts'
import { type Comparison, compareNightly } from './nightly.ts'
import type { RunSummary } from './run-record.ts'

export type MatchingParts = Readonly<{
  db: Database
  clock: Clock
  packInForce: (tx: Tx, on: string) => Promise<Pack>
  /** A live token of the program itself. */
  programToken: () => Promise<string>
  afterRun: AfterRun
  /** How many threads take shards; none: they are worked off in this one. */
  workers: number
  onError: (error: Error) => void
}>

type Progress = Readonly<{ households: number; of: number; cause: string }>

/** Matching as one process leads it: one run over the district at a time. */
export type Matching = Readonly<{
  /** Evaluates the district, or these households, and waits for the end. */
  run: (cause: string, households?: readonly number[]) => Promise<RunSummary>
  /** Evaluates the district; whoever asked need not wait for more than that it is seen to have begun. */
  begin: (cause: string) => Readonly<{ opened: Promise<void>; done: Promise<RunSummary> }>
  /** Evaluates the households that changed since they were answered, and these in any case. */
  runMarked: (households?: readonly number[]) => Promise<void>
  /** Whether the stored answers are what they should be, as of the last run over the district. */
  compare: () => Promise<Comparison | undefined>
  /** How far the run over the district that this process leads is, or `undefined` when it leads none. */
  progress: () => Progress | undefined
  /** Runs `work` as the program itself, which sees the whole district. */
  asProgram: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  close: () => Promise<void>
}>

/**
 * So many shards are done here before threads, each of which reads and compiles the policies first, would
 * be of any help. A delivery leaves more to them than a small district does: people are at work then.
 */
const alone = { ofDistrict: 16, ofDelivery: 4 }

/** From so many changed households on, the whole district is evaluated in one go. */
const markedAtOnce = 50_000

export function makeMatching(parts: MatchingParts): Matching {
  const { db, clock, programToken, workers, onError } = parts
  let progress: Progress | undefined
  const url = db.pool.options.connectionString ?? ''
  const crew = workers > 0 ? makeCrew({ url, size: workers, onError }) : undefined
  const inShards = { db, programToken, ...(crew ? { crew } : {}) }
  const asProgram = async <T>(work: (tx: Tx) => Promise<T>) =>
    asActor(db, await programToken(), work)
  const wishFor = (cause: string) => {
    const today = clock.today()
    const packInForce = (tx: Tx) => parts.packInForce(tx, today)
    return { packInForce, today, cause, afterRun: parts.afterRun }
  }
  const runSome = async (cause: string, households: readonly number[]) => {
    const wish = { ...wishFor(cause), households }
    return households.length <= fewHouseholds
      ? matchSome(db, await programToken(), wish)
      : matchInShards({ ...inShards, aloneUpTo: alone.ofDelivery }, wish)
  }
  const runDistrict = async (cause: string, onOpen: () => void = () => {}) => {
    const onProgress = (done: { households: number; of: number }) => {
      progress = { cause, ...done }
    }
    onProgress({ households: 0, of: 0 })
    try {
      const inShardsOrAlone = { ...inShards, aloneUpTo: alone.ofDistrict }
      return await matchInShards(inShardsOrAlone, { ...wishFor(cause), onOpen, onProgress })
    } finally {
      progress = undefined
    }
  }
  return {
    run: (cause, households) => (households ? runSome(cause, households) : runDistrict(cause)),
    begin: (cause) => {
      const { promise: opened, resolve } = Promise.withResolvers<void>()
      return { opened, done: runDistrict(cause, resolve) }
    },
    runMarked: async (households = []) => {
      const marked = await asProgram((tx) => markedHouseholds(tx, markedAtOnce))
      if (marked.length === markedAtOnce) return void (await runDistrict('households.changed'))
      const some = [...new Set([...households, ...marked])]
      if (some.length > 0) await runSome('household.changed', some)
    },
    compare: () => compareNightly(inShards, parts.packInForce),
    progress: () => progress,
    asProgram,
    close: async () => crew?.close(),
  }
}
