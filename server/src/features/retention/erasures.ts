import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import type { RetentionClass } from '../households/retention.ts'
import { type Block, blockSentence, type ErasureState } from './erasure.ts'
import { retentionProblems } from './problems.ts'

export type Erasure = Readonly<{
  id: number
  kind: 'terms' | 'request'
  onDay: string
  personId: number | null
  basis: string
  state: ErasureState
  askedAt: string
  askedBy: string
  byMe: boolean
  decidedAt: string | null
  decidedBy: string | null
  finishedAt: string | null
  /** Households looked at, of how many; then those something went of, and how many records. */
  done: number
  of: number
  households: number
  records: number
  /** Households something still refers to, so that nothing of them went. */
  failed: number
}>

/** The latest first. */
export async function listErasures(tx: Tx, id?: number): Promise<Erasure[]> {
  const { rows } = await sql<Erasure>`
    select erasure.id, kind, on_day as "onDay", person_id as "personId", basis, state, asked_at as "askedAt",
      coalesce(asker.name, '其他同事') as "askedBy", asked_by = auth.staff_id() as "byMe", decided_at as "decidedAt",
      case when decided_by is not null then coalesce(decider.name, '其他同事') end as "decidedBy",
      finished_at as "finishedAt", done, of, households, records, failed
    from app.erasure left join app.staff asker on asker.id = asked_by left join app.staff decider on decider.id = decided_by
    where ${id ?? null}::bigint is null or erasure.id = ${id ?? null}::bigint
    order by erasure.id desc limit 100`.execute(tx)
  return rows
}

/** The household somebody in sight lives in; undefined for nobody. */
export async function personInSight(tx: Tx, id: number): Promise<number | undefined> {
  const { rows } = await sql<{ home: number }>`
    select household_id as home from app.person where id = ${id}`.execute(tx)
  return rows[0]?.home
}

/** Why a person cannot be erased on a day; empty: they can. */
async function blocksOf(tx: Tx, personId: number, day: string): Promise<readonly Block[]> {
  const { rows } = await sql<Block>`select why, class, since, until
    from app.erasure_blocks(${personId}, ${day}::date)`.execute(tx)
  return rows
}

/** @throws Problem `erasure-blocked`, with why and until when */
export async function refuseBlocked(tx: Tx, personId: number, day: string): Promise<void> {
  const blocks = await blocksOf(tx, personId, day)
  if (blocks.length === 0) return
  const errors = blocks.map((block) => ({ path: '/body/personId', message: blockSentence(block) }))
  const detail = errors.map(({ message }) => message).join('；')
  throw problem(retentionProblems, 'erasure-blocked', `${detail}。`, errors)
}

/**
 * @param personId null for all that has run out
 * @throws Problem `erasure-under-way` or `erasure-names-somebody`
 */
export async function askErasure(
  tx: Tx,
  { personId, day, basis }: Readonly<{ personId: number | null; day: string; basis: string }>,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select app.ask_erasure(${personId}, ${day}::date, ${basis}) as id`
    .execute(tx)
    .catch(refused)
  return rows[0]?.id ?? 0
}

/** @throws Problem `erasure-by-two`, `erasure-decided`, `erasure-terms-changed` or `erasure-blocked` */
export async function decideErasure(tx: Tx, id: number, confirmed: boolean): Promise<void> {
  await sql`select app.decide_erasure(${id}, ${confirmed})`.execute(tx).catch(refused)
}

const refusals: Readonly<Record<string, keyof typeof retentionProblems>> = {
  erasure_of_terms_one_at_a_time: 'erasure-under-way',
  erasure_of_person_once: 'erasure-under-way',
  erasure_confirmed_by_another: 'erasure-by-two',
  erasure_is_asked: 'erasure-decided',
  erasure_terms_stand: 'erasure-terms-changed',
  erasure_blocked: 'erasure-blocked',
  erasure_basis_names_nobody: 'erasure-names-somebody',
}

function refused(error: { constraint?: string }): never {
  const code = refusals[error.constraint ?? '']
  if (code) throw problem(retentionProblems, code)
  throw error
}

export type Gone = Readonly<{ householdId: number; records: number; remains: boolean }>

/** Carries an erasure on by at most so many households; none where it is over. */
export async function eraseNext(tx: Tx, id: number, most: number): Promise<readonly Gone[]> {
  const { rows } = await sql<Gone>`select household_id as "householdId", records, remains
    from app.erase_next(${id}, ${most})`.execute(tx)
  return rows
}

export type Stub = Readonly<{
  id: number
  erasureId: number
  householdId: number
  personId: number | null
  class: RetentionClass
  records: number
  firstDay: string | null
  lastDay: string | null
  erasedOn: string
  basis: string
  askedBy: string
  confirmedBy: string
}>

/** A page of what remains of erased records, the latest first. */
export async function listStubs(
  tx: Tx,
  { page, size }: Readonly<{ page: number; size: number }>,
): Promise<Readonly<{ items: Stub[]; total: number }>> {
  // By class, not by table: how the records lay is nothing to whoever asks that they existed.
  const grouped = sql`(select erasure_id, household_id, person_id, class, erased_on, erasure_stub.basis,
      min(erasure_stub.id) as id, sum(records) as records, min(first_day) as first_day, max(last_day) as last_day
    from app.erasure_stub group by 1, 2, 3, 4, 5, 6) stub`
  const counted = await sql<{ total: number }>`select count(*) as total from ${grouped}`.execute(tx)
  const { rows: items } = await sql<Stub>`
    select stub.id, erasure_id as "erasureId", household_id as "householdId", stub.person_id as "personId", class,
      stub.records::bigint as records, first_day as "firstDay", last_day as "lastDay", erased_on as "erasedOn", stub.basis,
      coalesce(asker.name, '其他同事') as "askedBy", coalesce(decider.name, '其他同事') as "confirmedBy"
    from ${grouped} join app.erasure on erasure.id = erasure_id
    left join app.staff asker on asker.id = asked_by left join app.staff decider on decider.id = decided_by
    order by stub.id desc limit ${size} offset ${(page - 1) * size}`.execute(tx)
  return { items, total: counted.rows[0]?.total ?? 0 }
}
