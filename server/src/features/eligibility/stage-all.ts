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
  /** Of so many shards at most, the one that leads takes its part itself; none when left out. */
  helpUpTo?: number
  /** When nobody has staged anything for so long, shards are offered anew; half a minute. */
  stalledMs?: number
}>

/** A run that is open: which one, and the pack it answers by. */
export type OpenRun = Readonly<{ id: number; pack: Pack; today: string }>

type OnProgress = ((done: { households: number; of: number }) => void) | undefined

/**
 * Waits until every shard of a run is staged: by the crew and by whoever else takes shards from the
 * list. A single one is worked off here.
 *
 * @throws Error when a shard has failed as often as is tolerated, or a thread of the crew has died
 */
export async function stageAll(
  parts: ShardsParts,
  run: OpenRun,
  onProgress?: OnProgress,
): Promise<RunProgress> {
  const numbers = await asProgram(parts, (tx) => unstaged(tx, run.id))
  if (!parts.crew || numbers.length === 1) await workHere(parts, run, numbers, onProgress)
  else if (numbers.length > 1) await workTogether(parts, run, numbers, onProgress)
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
    const helps = numbers.length <= (parts.helpUpTo ?? 0)
    const atWork = crew?.work(await programToken(), helps ? crew.size - 1 : crew.size)
    const helping = helps ? workOff(parts, run, queue) : undefined
    const working = Promise.all([atWork, helping])
    working.catch((error: unknown) => watched.abort(error))
    await watch(parts, queue, run, { onProgress, signal: watched.signal })
    await working
  } finally {
    await queue.close()
  }
}

/** Takes shards of the run off the list, until there are none. One that fails is tried again. */
async function workOff(
  { db, programToken }: ShardsParts,
  { id, pack, today }: OpenRun,
  queue: ShardQueue,
): Promise<void> {
  const worker = { matcher: makeMatcher(pack, today), kinds: new Set<number>() }
  while (
    await queue.workOne(async (order) => {
      if (order.run === id) await claimAndStage(db, await programToken(), worker, order)
    })
  );
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
