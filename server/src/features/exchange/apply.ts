import { sql } from 'kysely'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { rollDays } from '../households/wide.ts'
import { step } from './deliveries.ts'
import type { Delivery } from './delivery.ts'
import type { Transact } from './pieces.ts'
import type { Roll } from './roll.ts'

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

type Applied = Pick<Delivery, 'id' | 'roll'>

/**
 * Writes what a delivery tells, some households at a time. Cut off, it goes on where it was: a household is written
 * whole or not yet. A roll speaks of whoever it lacks only once all its awards are written.
 */
export async function applyDelivery(parts: ApplyParts, { id, roll }: Applied): Promise<void> {
  const transact = asProgram(parts)
  const left = await transact((tx) => pending(tx, id))
  const run = roll ? 'apply_roll' : 'apply_delivered'
  const households = await inLanes(parts, id, { run, of: left })
  if (roll && (await transact((tx) => said(tx, 'put_roll', id)))) await followRoll(parts, id, roll)
  await finish(parts, id, {
    states: ['applying', 'applied'],
    noted: 'delivery.applied',
    households,
  })
}

/** Takes back what a delivery wrote, where nothing was recorded since. */
export async function undoDelivery(parts: ApplyParts, { id, roll }: Applied): Promise<void> {
  const transact = asProgram(parts)
  const spoke = roll ? await transact((tx) => said(tx, 'silence_roll', id)) : false
  const left = await transact((tx) => written(tx, id, roll ? 'award' : 'fact'))
  const run = roll ? 'undo_roll' : 'undo_delivered'
  const households = await inLanes(parts, id, { run, of: left })
  if (roll && spoke) await followRoll(parts, id, roll)
  await finish(parts, id, { states: ['undoing', 'undone'], noted: 'delivery.undone', households })
}

/** What a roll says bears on every household of its area. */
async function followRoll(parts: ApplyParts, id: number, { areaId }: Roll): Promise<void> {
  const of = await asProgram(parts)(async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from app.household
      where starts_with(area_id, ${areaId})`.execute(tx)
    return rows[0]?.n ?? 0
  })
  await inLanes(parts, id, { run: 'refresh_roll_area', of })
}

type Run = 'apply_delivered' | 'apply_roll' | 'undo_delivered' | 'undo_roll' | 'refresh_roll_area'

/** @returns how many households there were */
async function inLanes(
  parts: ApplyParts,
  id: number,
  { run, of }: Readonly<{ run: Run; of: number }>,
): Promise<number> {
  const { clock } = parts
  const transact = asProgram(parts)
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
  return done
}

async function finish(
  parts: ApplyParts,
  id: number,
  {
    states,
    noted,
    households,
  }: Readonly<{
    states: readonly ['applying', 'applied'] | readonly ['undoing', 'undone']
    noted: string
    households: number
  }>,
): Promise<void> {
  await asProgram(parts)(async (tx) => {
    await step(tx, id, states)
    await audit(tx, { action: noted, subject: `delivery:${id}`, detail: { households } })
    await parts.jobs.enqueue(tx, 'households.changed', {}, { singletonKey: 'all' })
  })
}

function asProgram({ db, programToken }: ApplyParts): Transact {
  return async (work) => asActor(db, await programToken(), work)
}

async function said(tx: Tx, run: 'put_roll' | 'silence_roll', id: number): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select ${sql.id('app', run)}(${id}) as yes`.execute(
    tx,
  )
  return rows[0]?.yes ?? false
}

async function pending(tx: Tx, id: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select app.delivered_households(${id}) as n`.execute(tx)
  return rows[0]?.n ?? 0
}

async function written(tx: Tx, id: number, table: 'fact' | 'award'): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select household_id from ${sql.id('app', table)} where delivery_id = ${id} and superseded_at is null
      union
      select household_id from app.other_word where delivery_id = ${id} and superseded_at is null) one`.execute(
    tx,
  )
  return rows[0]?.n ?? 0
}
