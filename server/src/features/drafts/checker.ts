import { Worker } from 'node:worker_threads'
import type { Checked, CheckWish } from './check-draft.ts'

/** Checks drafts in a thread of its own, one after the other. */
export type Checker = Readonly<{
  check: (wish: CheckWish) => Promise<Checked>
  close: () => Promise<void>
}>

type Answer = Readonly<{ id: number; checked?: Checked; error?: string }>
type Waiting = Readonly<{ resolve: (checked: Checked) => void; reject: (error: Error) => void }>

/** The thread starts with the first check; one that has died is replaced by the next check. */
export function makeChecker(): Checker {
  let worker: Worker | undefined
  let next = 0
  const waiting = new Map<number, Waiting>()
  const end = (error: Error): void => {
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const start = (): Worker => {
    const made = new Worker(new URL('./check-worker.ts', import.meta.url), { name: 'drafts' })
    made.unref()
    made.on('message', ({ id, checked, error }: Answer) => {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (checked) asked?.resolve(checked)
      else asked?.reject(new Error(error))
    })
    made.on('error', end)
    made.on('exit', () => end(new Error('the thread that checks drafts has ended')))
    return made
  }
  return {
    check: (wish) =>
      new Promise((resolve, reject) => {
        worker ??= start()
        waiting.set(++next, { resolve, reject })
        worker.postMessage({ id: next, wish })
      }),
    close: async () => {
      await worker?.terminate()
    },
  }
}
