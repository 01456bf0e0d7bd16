import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type { Clock } from '../../platform/clock.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { JobHandlers, Jobs, Schedule } from '../../platform/jobs.ts'
import { type ApplyParts, applyDelivery, undoDelivery } from './apply.ts'
import { checkDelivery, type CheckParts } from './check.ts'
import { readDelivery } from './deliveries.ts'
import { type DeliveryState, keepFileDays } from './delivery.ts'
import { enqueueStep } from './enqueue-step.ts'
import { receiveFile } from './receive.ts'
import { fieldsOf } from './reading/fields.ts'
import { factsOf, sourceCalled } from './source.ts'

export type ExchangeJobParts = CheckParts &
  Omit<ApplyParts, 'jobs'> &
  Readonly<{ clock: Clock; packInForce: (tx: Tx) => Promise<Pack> }>

/** The steps of a delivery that take longer than a request. */
export function exchangeJobs(parts: ExchangeJobParts, jobs: () => Jobs): JobHandlers {
  const { db, clock, programToken, packInForce } = parts
  const transact = async <T>(work: (tx: Tx) => Promise<T>) =>
    asActor(db, await programToken(), work)
  return {
    'delivery.step': async ({ deliveryId }: { deliveryId: number }) => {
      const { delivery, facts } = await transact(async (tx) => ({
        delivery: await readDelivery(tx, deliveryId),
        facts: (await packInForce(tx)).facts,
      }))
      const source = await sourceCalled(delivery.source)
      const told = { facts: factsOf(source, facts), today: clock.today() }
      const fields = fieldsOf(delivery, told)
      const applying = { ...parts, jobs: jobs() }
      const steps: Partial<Record<DeliveryState, () => Promise<void>>> = {
        receiving: () => receiveFile(parts, delivery, { source, fields }),
        checking: () => checkDelivery(parts, delivery, told),
        applying: () => applyDelivery(applying, delivery),
        undoing: () => undoDelivery(applying, delivery),
      }
      await steps[delivery.state]?.()
    },
    // After matching has answered the households that deliveries changed.
    'households.changed': async () => {
      await transact((tx) => sql`select app.count_found()`.execute(tx))
    },
    'deliveries.daily': async () => {
      await resumeDeliveries(parts, jobs())
      await transact((tx) => sql`select app.drop_old_files(${keepFileDays})`.execute(tx))
    },
  }
}

/** At night. */
export const exchangeSchedules: readonly Schedule[] = [
  { name: 'deliveries.daily', cron: '15 3 * * *' },
]

/** Puts what was cut off by the end of an earlier process on the list again. */
export async function resumeDeliveries(
  { db, programToken }: Pick<ExchangeJobParts, 'db' | 'programToken'>,
  jobs: Jobs,
): Promise<void> {
  await asActor(db, await programToken(), async (tx) => {
    const { rows } = await sql<{ id: number }>`select id from app.delivery
      where state in ('checking', 'applying', 'undoing') order by id`.execute(tx)
    for (const { id } of rows) await enqueueStep(tx, jobs, id)
  })
}
