import { setTimeout as sleep } from 'node:timers/promises'
import type { Pack } from '@qiao/rules'
import { asActor } from '../../platform/db/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import type { Crew } from './crew.ts'
import { makeMatcher } from './matcher.ts'
import { noteProgress } from './run-record.ts'
import { openShardQueue, type ShardQueue } from './shard-queue.ts'
import { attemptsAllowed, progressOf, type RunProgress, unstaged } from './shards.ts'
import { claimAndStage } from './work-shard.ts'

/** How often it is asked how far a run is. */
const pollMs = 50

export type ShardsParts = Readonly<{
  db: Database
  /** A live token of the program itself, which sees the whole district. */
  programToken: () => Promise<string>
  /** Without it the shards are worked off here, one after the other. */
  crew?: Crew
  /** So many shards are worked off here in any case; one when left out. */
  aloneUpTo?: number
  /** When nobody has staged anything for so long, shards are offered anew; half a minute. */
  stalledMs?: number
}>

/** A run that is open: which one, and the pack it answers by. */
export type OpenRun = Readonly<{ id: number; pack: Pack; today: string }>

type OnProgress = ((done: { households: number; of: number }) => void) | undefined

/**
 * Waits until every shard of a run is staged: by the crew and by whoever else takes shards from the
 * list. A few are worked off here.
 *
 * @throws Error when a shard has failed as often as is tolerated, or a thread of the crew has died
 */
export async function stageAll(
  parts: ShardsParts,
  run: OpenRun,
  onProgress?: OnProgress,
): Promise<RunProgress> {
  const numbers = await asProgram(parts, (tx) => unstaged(tx, run.id))
  if (!parts.crew || numbers.length <= (parts.aloneUpTo ?? 1))
    await workHere(parts, run, numbers, onProgress)
  else await workTogether(parts, run, numbers, onProgress)
  return asProgram(parts, (tx) => progressOf(tx, run.id))
}

async function asProgram<T>(
  { db, programToken }: ShardsParts,
  work: Parameters<typeof asActor<T>>[2],
): Promise<T> {
  return asActor(db, await programToken(), work)
}

async function workHere(
  parts: ShardsParts,
  { id, pack, today }: OpenRun,
  numbers: readonly number[],
  onProgress: OnProgress,
): Promise<void> {
  const worker = { matcher: makeMatcher(pack, today), kinds: new Set<number>() }
  for (const number of numbers) {
    await claimAndStage(parts.db, await parts.programToken(), worker, { run: id, number })
    onProgress?.(await asProgram(parts, (tx) => progressOf(tx, id)))
  }
}

async function workTogether(
  parts: ShardsParts,
  run: OpenRun,
  numbers: readonly number[],
  onProgress: OnProgress,
): Promise<void> {
  const { db, programToken, crew } = parts
  const queue = await openShardQueue(db)
  try {
    await offer(parts, queue, run, numbers)
    const watched = new AbortController()
    const working = crew?.work(await programToken())
    working?.catch((error: unknown) => watched.abort(error))
    await watch(parts, queue, run, { onProgress, signal: watched.signal })
    await working
  } finally {
    await queue.close()
  }
}

function offer(
  parts: ShardsParts,
  queue: ShardQueue,
  { id, pack, today }: OpenRun,
  numbers: readonly number[],
): Promise<void> {
  return asProgram(parts, (tx) =>
    queue.send(
      tx,
      numbers.map((number) => ({ run: id, number, packHash: pack.hash, on: today })),
    ),
  )
}

type Watching = Readonly<{ onProgress: OnProgress; signal: AbortSignal }>

async function watch(
  parts: ShardsParts,
  queue: ShardQueue,
  run: OpenRun,
  { onProgress, signal }: Watching,
): Promise<void> {
  let [staged, since, noted] = [-1, performance.now(), 0]
  for (;;) {
    signal.throwIfAborted()
    const now = performance.now()
    const progress = await asProgram(parts, (tx) => progressOf(tx, run.id))
    if (progress.problem !== null)
      throw new Error(`a shard failed ${attemptsAllowed} times: ${progress.problem}`)
    if (progress.staged > staged) {
      ;[staged, since] = [progress.staged, now]
      onProgress?.(progress)
    }
    if (progress.staged === progress.shards) return
    if (now - noted > 1000) {
      noted = now
      await asProgram(parts, (tx) => noteProgress(tx, run.id, progress))
    }
    if (now - since > (parts.stalledMs ?? 30_000)) {
      // Whoever had taken the rest is gone: it is offered again, and done once.
      since = now
      await offer(parts, queue, run, await asProgram(parts, (tx) => unstaged(tx, run.id)))
      parts.crew?.work(await parts.programToken()).catch(() => {})
    }
    await sleep(pollMs)
  }
}
