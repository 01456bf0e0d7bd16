import { parentPort } from 'node:worker_threads'
import { checkDraft, type CheckWish } from './check-draft.ts'

/** Checks drafts apart from the server: the cases of a whole pack take seconds. */
parentPort?.on('message', ({ id, wish }: { id: number; wish: CheckWish }) => {
  try {
    parentPort?.postMessage({ id, checked: checkDraft(wish) })
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
  }
})
