import { compileSql, type Pack, type SqlProgram, type SqlSource } from '@qiao/rules'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/** The wide current rows as the SQL evaluator reads them; a derived fact is never stored. */
export const currentRows: SqlSource = {
  household: 'app.household_current',
  person: 'app.person_current',
  isStored: ({ derivedFrom }) => derivedFrom === null,
}

/** How the statement is best run: its stages come in the order of households, which merging needs. */
export const sqlSettings = `set local work_mem = '256MB'; set local jit = off;
  set local enable_nestloop = off; set local enable_hashjoin = off`

/** What the stored answers and SQL say of the district, and where they differ. */
export type Verification = Readonly<{
  /** Answers that either keeps: nobody keeps that somebody is ineligible. */
  compared: number
  disagreements: number
  /** Households of which something differs, at most {@link named}. */
  households: readonly number[]
}>

const named = 100

/**
 * Compares every stored answer with what the same pack says as one SQL statement: an opinion that
 * shares with the columns nothing but the policies and the wide rows.
 *
 * @param tx of somebody who sees the whole district
 * @param on the day of the last run
 */
export async function verifyAnswers(tx: Tx, pack: Pack, on: string): Promise<Verification> {
  await sql.raw(sqlSettings).execute(tx)
  const program = compileSql(pack, on, currentRows)
  const { rows } = await sql<Verification>`
    with fresh as materialized (${sql.raw(longForm(pack, program))}), stored as materialized (${sql.raw(storedForm)}),
    beside as (
      select household_id, fresh.said is distinct from stored.said as differs
      from fresh full join stored using (household_id, person_id, programme, target)
    )
    select count(*)::int as compared, count(*) filter (where differs)::int as disagreements,
      coalesce((array_agg(distinct household_id) filter (where differs))[:${sql.raw(String(named))}], '{}') as households
    from beside`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('a count has one row')
  return { ...row, households: row.households.map(Number) }
}

const verdicts = `array['ineligible', 'eligible', 'unknown']`
const kinds = `array['none', 'exact', 'range', 'official', 'unknown']`

/** A row for everything said that is kept: all but ineligible. Person 0 is the household itself. */
function longForm(pack: Pack, { text, targets }: SqlProgram): string {
  const values = targets.map(({ entity, verdict, kind, min, max }, index) => {
    const programme = pack.programmes[pack.program.targets[index]?.programme ?? -1]?.id ?? ''
    return `('${programme.replaceAll("'", "''")}', '${entity}', ${verdict}, ${kind}, ${min ?? 'null'}, ${max ?? 'null'})`
  })
  return `select household_id, coalesce(person_id, 0) as person_id, programme, target,
      concat_ws(' ', (${verdicts})[verdict + 1], (${kinds})[kind + 1], min::bigint, max::bigint) as said
    from (${text} offset 0) wide
    cross join lateral (values ${values.join(', ')}) long (programme, target, verdict, kind, min, max)
    where verdict <> 0 and (target = 'household'
      or person_id not in (select person_id from app.person_current where opted_out))`
}

/** The same of the answers that stand, in either way of keeping them. */
const storedForm = `
  select household_id, coalesce(person_id, 0) as person_id, programme, target,
    concat_ws(' ', verdict, amount_kind, amount_min, amount_max) as said
  from app.answer where superseded_at is null and verdict <> 'ineligible'
  union all
  select household_id, entry.person_id, programme, target,
    concat_ws(' ', 'unknown', amount_kind, amount_min, amount_max)
  from app.undecided cross join lateral unnest(kinds, person_ids) entry (kind_id, person_id)
  join app.undecided_kind kind on kind.id = entry.kind_id
  where superseded_at is null`
