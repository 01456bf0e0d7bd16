import { Worker } from 'node:worker_threads'

/** Threads that take shards from the list for as long as there are any. */
export type Crew = Readonly<{
  size: number
  /**
   * Has every thread look for shards, as a session of the program.
   *
   * @returns how many they have staged, once all have found the list empty
   * @throws Error when a thread dies
   */
  work: (token: string) => Promise<number>
  close: () => Promise<void>
}>

export type CrewParts = Readonly<{
  /** The database as the application's role. */
  url: string
  size: number
  /** Told of every shard that failed; it is tried again. */
  onError: (error: Error) => void
}>

type Hand = Readonly<{ work: (token: string) => Promise<number>; end: () => Promise<void> }>

/** How long threads without work are kept: a day's delivery comes in more than one piece. */
const idleMs = 60_000

/** Nothing is started before there is work, and everything ended a while after it. */
export function makeCrew({ url, size, onError }: CrewParts): Crew {
  let hands: readonly Hand[] = []
  let working = 0
  let idle: NodeJS.Timeout | undefined
  const endAll = async () => {
    const ending = hands
    hands = []
    await Promise.all(ending.map(({ end }) => end()))
  }
  return {
    size,
    work: async (token) => {
      clearTimeout(idle)
      if (hands.length === 0) hands = Array.from({ length: size }, () => startHand(url, onError))
      working += 1
      try {
        const staged = await Promise.all(hands.map(({ work }) => work(token)))
        return staged.reduce((sum, n) => sum + n, 0)
      } catch (error) {
        await endAll()
        throw error
      } finally {
        working -= 1
        if (working === 0) idle = setTimeout(() => void endAll(), idleMs).unref()
      }
    },
    close: async () => {
      clearTimeout(idle)
      await endAll()
    },
  }
}

function startHand(url: string, onError: (error: Error) => void): Hand {
  const thread = new Worker(new URL('./crew-thread.ts', import.meta.url), {
    name: 'matching',
    workerData: { url },
  })
  const waiting: { resolve: (staged: number) => void; reject: (error: Error) => void }[] = []
  let ended: Error | undefined
  const end = (error: Error): void => {
    ended ??= error
    for (const { reject } of waiting.splice(0)) reject(ended)
  }
  thread.unref()
  thread.on('error', (error: Error) => end(error))
  thread.on('exit', () => end(new Error('a thread of matching has ended')))
  thread.on('message', (message: { failed: string } | { staged: number }) => {
    if ('failed' in message) onError(new Error(message.failed))
    else waiting.shift()?.resolve(message.staged)
  })
  return {
    work: (token) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        waiting.push({ resolve, reject })
        thread.postMessage({ token })
      }),
    end: async () => {
      await thread.terminate()
    },
  }
}
