import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { SourceTerms } from './source-terms.ts'

/** What stands of a source, and the day of the facts it last delivered. */
export type StatedSource = SourceTerms &
  Readonly<{
    source: string
    /** Null where nothing was ever stated. */
    statedId: number | null
    lastOn: string | null
  }>

/** Of every source of which something was stated or delivered, by its id. */
export async function readStated(tx: Tx): Promise<ReadonlyMap<string, StatedSource>> {
  const { rows } = await sql<StatedSource>`
    select source, terms.id as "statedId", owner, legal_basis as "legalBasis", cadence, contact,
      sharing, method, grade, last_on as "lastOn"
    from (select * from app.source_terms where superseded_at is null) terms
    full join (select source, max(on_day) as last_on from app.delivery where state = 'applied' group by source) delivered
      using (source)`.execute(tx)
  return new Map(rows.map((row) => [row.source, row]))
}

export type PastTerms = SourceTerms &
  Readonly<{ because: string; recordedAt: string; recordedBy: string; supersededAt: string | null }>

/** All that was ever stated of a source, the latest first. */
export async function readHistory(tx: Tx, source: string): Promise<PastTerms[]> {
  const { rows } = await sql<PastTerms>`
    select owner, legal_basis as "legalBasis", cadence, contact,
      sharing, method, grade, because,
      recorded_at as "recordedAt", coalesce(staff.name, '其他同事') as "recordedBy", superseded_at as "supersededAt"
    from app.source_terms left join app.staff on staff.id = recorded_by
    where source = ${source} order by source_terms.id desc limit 100`.execute(tx)
  return rows
}

/**
 * @param seen the number of the terms the writer has seen; null where there were none
 * @returns false where somebody else stated other terms meanwhile
 */
export async function stateSource(
  tx: Tx,
  source: string,
  terms: SourceTerms & Readonly<{ because: string }>,
  seen: number | null,
): Promise<boolean> {
  const { rows } = await sql<{ id: number | null }>`
    select app.state_source(${source}, ${JSON.stringify(terms)}::jsonb, ${seen}) as id`.execute(tx)
  return rows[0]?.id !== null
}
