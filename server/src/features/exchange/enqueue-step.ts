import type { Tx } from '../../platform/db/database.ts'
import type { Jobs } from '../../platform/jobs.ts'

/** Has the step worked off that the state of a delivery asks for. */
export const enqueueStep = (tx: Tx, jobs: Jobs, deliveryId: number): Promise<void> =>
  jobs.enqueue(tx, 'delivery.step', { deliveryId }, { singletonKey: String(deliveryId) })
