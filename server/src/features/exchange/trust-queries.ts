import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { WordKind } from '../households/trust.ts'

/** An order of sources as a data steward set it. */
export type StatedOrder = Readonly<{
  id: number
  fact: string
  kinds: readonly WordKind[]
  because: string
  recordedAt: string
  recordedBy: string
  supersededAt: string | null
}>

/** All that were ever set, the latest first. */
export async function readStatedOrders(tx: Tx): Promise<StatedOrder[]> {
  const { rows } = await sql<StatedOrder>`
    select fact_trust.id, fact, kinds, because, recorded_at as "recordedAt",
      coalesce(staff.name, '其他同事') as "recordedBy", superseded_at as "supersededAt"
    from app.fact_trust left join app.staff on staff.id = recorded_by
    order by fact_trust.id desc`.execute(tx)
  return rows
}

/** Those that stand, by fact. */
export async function readOrders(tx: Tx): Promise<ReadonlyMap<string, readonly WordKind[]>> {
  const standing = (await readStatedOrders(tx)).filter(({ supersededAt }) => supersededAt === null)
  return new Map(standing.map(({ fact, kinds }) => [fact, kinds]))
}

/**
 * @param seen the number of the order the writer has seen; null where the one that follows from the facts stood
 * @returns false where somebody else set another meanwhile
 */
export async function stateOrder(
  tx: Tx,
  fact: string,
  { kinds, because, seen }: Pick<StatedOrder, 'kinds' | 'because'> & { seen: number | null },
): Promise<boolean> {
  const { rows } = await sql<{ id: number | null }>`
    select app.state_trust(${fact}, ${kinds}::text[], ${because}, ${seen}) as id`.execute(tx)
  return rows[0]?.id !== null
}
