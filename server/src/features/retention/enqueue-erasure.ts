import type { Tx } from '../../platform/db/database.ts'
import type { Jobs } from '../../platform/jobs.ts'

/** Has what was confirmed carried out. */
export const enqueueErasure = (tx: Tx, jobs: Jobs, erasureId: number): Promise<void> =>
  jobs.enqueue(tx, 'erasure.step', { erasureId }, { singletonKey: String(erasureId) })
