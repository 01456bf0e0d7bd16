import { Worker } from 'node:worker_threads'
import type { Ask, ReplyTo } from './messages.ts'

/** One thread of the laboratory. */
export type Thread = Readonly<{
  ask: <K extends Ask['kind']>(ask: Extract<Ask, { kind: K }>) => Promise<ReplyTo<K>>
  stop: () => Promise<void>
}>

type Waiting = Readonly<{ resolve: (value: never) => void; reject: (error: Error) => void }>

/** Starts a thread; whatever it is asked when it has ended is refused with the reason. */
export function startThread(): Thread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { name: 'lab' })
  const waiting = new Map<number, Waiting>()
  let [next, ended] = [0, undefined as Error | undefined]
  const end = (error: Error): void => {
    ended ??= error
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }
  worker.unref()
  worker.on('message', ({ id, value, error }: { id: number; value: never; error?: string }) => {
    const asked = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
    if (error === undefined) asked?.resolve(value)
    else asked?.reject(new Error(error))
  })
  worker.on('error', end)
  worker.on('exit', () => end(new Error('the thread of the laboratory has ended')))
  return {
    ask: (ask) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        waiting.set(++next, { resolve, reject })
        worker.ref()
        worker.postMessage({ id: next, ask })
      }),
    stop: async () => {
      await worker.terminate()
    },
  }
}
