import { sql } from 'kysely'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { rollDays } from '../households/wide.ts'
import { step } from './deliveries.ts'

export type ApplyParts = Readonly<{
  db: Database
  clock: Clock
  jobs: Jobs
  /** A live token of the program itself. */
  programToken: () => Promise<string>
}>

/** Households written in one transaction; whoever records something of one of them waits so long. */
const householdsAtOnce = 1000
/** Transactions at work side by side, with households of their own each. */
const lanes = 2

/**
 * Writes what a delivery tells, some households at a time. Cut off, it goes on where it was: a household is written
 * whole or not yet.
 */
export const applyDelivery = (parts: ApplyParts, id: number) =>
  inLanes(parts, id, {
    run: 'apply_delivered',
    states: ['applying', 'applied'],
    noted: 'delivery.applied',
    left: (tx) => pending(tx, id),
  })

/** Takes back what a delivery wrote, where nothing was recorded since. */
export const undoDelivery = (parts: ApplyParts, id: number) =>
  inLanes(parts, id, {
    run: 'undo_delivered',
    states: ['undoing', 'undone'],
    noted: 'delivery.undone',
    left: (tx) => written(tx, id),
  })

type Work = Readonly<{
  run: 'apply_delivered' | 'undo_delivered'
  states: readonly ['applying', 'applied'] | readonly ['undoing', 'undone']
  noted: string
  /** Households to go. */
  left: (tx: Tx) => Promise<number>
}>

async function inLanes(
  { db, clock, jobs, programToken }: ApplyParts,
  id: number,
  { run, states, noted, left }: Work,
): Promise<void> {
  const transact = async <T>(work: (tx: Tx) => Promise<T>) =>
    asActor(db, await programToken(), work)
  const of = await transact(left)
  let done = 0
  const lane = async (number: number) => {
    let after = 0
    for (;;) {
      const some = await transact(async (tx) => {
        const { rows } = await sql<{ last: number | null; households: number | null }>`
          select last, households from ${sql.id('app', run)}(${id}, ${number}, ${lanes}, ${after},
            ${householdsAtOnce}, ${clock.today()}::date, ${rollDays})`.execute(tx)
        return rows[0]
      })
      if (!some?.last) return
      after = some.last
      done += some.households ?? 0
      await transact((tx) => sql`select app.note_delivery(${id}, ${done}, ${of})`.execute(tx))
    }
  }
  // Both are waited for: the step is not over while one of them still writes.
  const ended = await Promise.allSettled(Array.from({ length: lanes }, (_, number) => lane(number)))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  await transact(async (tx) => {
    await step(tx, id, states)
    await audit(tx, { action: noted, subject: `delivery:${id}`, detail: { households: done } })
    await jobs.enqueue(tx, 'households.changed', {}, { singletonKey: 'all' })
  })
}

async function pending(tx: Tx, id: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select app.delivered_households(${id}) as n`.execute(tx)
  return rows[0]?.n ?? 0
}

async function written(tx: Tx, id: number): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(distinct household_id)::int as n from app.fact
    where delivery_id = ${id} and superseded_at is null`.execute(tx)
  return rows[0]?.n ?? 0
}
