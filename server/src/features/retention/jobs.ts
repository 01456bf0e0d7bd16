import { audit } from '../../platform/audit.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import type { JobHandlers, Jobs, Schedule } from '../../platform/jobs.ts'
import { type ChangeParts, finishChange, lockHousehold } from '../households/household-change.ts'
import { enqueueErasure } from './enqueue-erasure.ts'
import { eraseNext, listErasures } from './erasures.ts'

export type RetentionJobParts = Readonly<{
  db: Database
  clock: ChangeParts['clock']
  programToken: () => Promise<string>
}>

/** Households weighed in one transaction; each goes whole or not yet. */
const householdsAtOnce = 100

/** Carries out what two people confirmed. Cut off, it goes on after the last household it looked at. */
export function retentionJobs(parts: RetentionJobParts, jobs: () => Jobs): JobHandlers {
  const { db, programToken } = parts
  return {
    'erasure.step': async ({ erasureId }: { erasureId: number }) => {
      const step = async () =>
        asActor(db, await programToken(), (tx) =>
          carryOn(tx, { clock: parts.clock, jobs: jobs() }, erasureId),
        )
      while (await step());
    },
    'erasures.daily': async () => resumeErasures(parts, jobs()),
  }
}

/** At night: what failed too often to be tried again by itself goes on. */
export const retentionSchedules: readonly Schedule[] = [
  { name: 'erasures.daily', cron: '45 3 * * *' },
]

/** @returns whether there is more to do */
async function carryOn(tx: Tx, parts: ChangeParts, id: number): Promise<boolean> {
  const [before] = await listErasures(tx, id)
  if (before?.state !== 'running') return false
  for (const { householdId, records, remains } of await eraseNext(tx, id, householdsAtOnce)) {
    await audit(tx, {
      action: remains ? 'retention.records-erased' : 'retention.household-erased',
      subject: `erasure:${id}`,
      householdId,
      detail: { records },
    })
    // What has run out was read by nothing any more; whoever asked to be gone was.
    if (remains && before.kind === 'request')
      await finishChange(tx, parts, await lockHousehold(tx, householdId))
  }
  const [after] = await listErasures(tx, id)
  if (after?.state === 'running') return true
  const { state, households, records, failed } = after ?? before
  const detail = { state, households, records, failed }
  await audit(tx, { action: 'retention.finished', subject: `erasure:${id}`, detail })
  return false
}

/** Puts what the end of an earlier process cut off on the list again. */
export async function resumeErasures(
  { db, programToken }: Pick<RetentionJobParts, 'db' | 'programToken'>,
  jobs: Jobs,
): Promise<void> {
  await asActor(db, await programToken(), async (tx) => {
    for (const { id, state } of await listErasures(tx))
      if (state === 'running') await enqueueErasure(tx, jobs, id)
  })
}
