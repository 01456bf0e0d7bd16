import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { RetentionClass } from '../households/retention.ts'
import type { Term, Weighed } from './erasure.ts'

export type StatedTerm = Term & Readonly<{ basis: string; because: string }>

export type PastTerm = StatedTerm &
  Readonly<{
    id: number
    class: RetentionClass
    recordedAt: string
    recordedBy: string
    supersededAt: string | null
  }>

const terms = sql`select retention_terms.id, class, years, months, days, basis, because, recorded_at as "recordedAt",
    coalesce(staff.name, '其他同事') as "recordedBy", superseded_at as "supersededAt"
  from app.retention_terms left join app.staff on staff.id = recorded_by`

/** What is confirmed now, by class. */
export async function readTerms(tx: Tx): Promise<ReadonlyMap<RetentionClass, PastTerm>> {
  const { rows } = await sql<PastTerm>`${terms} where superseded_at is null`.execute(tx)
  return new Map(rows.map((row) => [row.class, row]))
}

/** All that was ever confirmed of a class, the latest first. */
export async function readTermHistory(tx: Tx, of: RetentionClass): Promise<PastTerm[]> {
  const { rows } = await sql<PastTerm>`${terms} where class = ${of}
    order by retention_terms.id desc limit 100`.execute(tx)
  return rows
}

/**
 * @param seen the number of the terms the writer has seen; null where there were none
 * @returns false where somebody else stated others meanwhile
 */
export async function stateTerms(
  tx: Tx,
  of: RetentionClass,
  stated: StatedTerm,
  seen: number | null,
): Promise<boolean> {
  const { rows } = await sql<{ id: number | null }>`
    select app.state_retention(${of}, ${JSON.stringify(stated)}::jsonb, ${seen}) as id`.execute(tx)
  return rows[0]?.id !== null
}

/** What would go on a day and what would stay, of the whole district; nothing is deleted. */
export async function tryRetention(tx: Tx, day: string): Promise<readonly Weighed[]> {
  const { rows } =
    await sql<Weighed>`select class, state as outcome, records, persons, households, oldest
    from app.try_retention(${day}::date)`.execute(tx)
  return rows
}

export type Hold = Readonly<{
  id: number
  householdId: number
  registerNo: string
  kind: 'dispute' | 'litigation' | 'inspection' | 'other'
  because: string
  recordedAt: string
  recordedBy: string
  liftedAt: string | null
  liftedBecause: string | null
}>

/** Those that stand first, then the latest. */
export async function listHolds(tx: Tx): Promise<Hold[]> {
  const { rows } = await sql<Hold>`
    select hold.id, household_id as "householdId", register_no as "registerNo", hold.kind, because,
      recorded_at as "recordedAt", coalesce(staff.name, '其他同事') as "recordedBy",
      lifted_at as "liftedAt", lifted_because as "liftedBecause"
    from app.legal_hold hold join app.household on household.id = household_id
    left join app.staff on staff.id = recorded_by
    order by lifted_at is not null, hold.id desc limit 200`.execute(tx)
  return rows
}

export async function holdHousehold(
  tx: Tx,
  { householdId, kind, because }: Pick<Hold, 'householdId' | 'kind' | 'because'>,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select app.hold_household(${householdId}, ${kind}, ${because}) as id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** @returns the household it was of; null where it does not stand */
export async function liftHold(tx: Tx, id: number, because: string): Promise<number | null> {
  const { rows } = await sql<{ home: number | null }>`
    select app.lift_hold(${id}, ${because}) as home`.execute(tx)
  return rows[0]?.home ?? null
}
