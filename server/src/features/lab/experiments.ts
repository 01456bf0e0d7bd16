import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import type { Change } from './change.ts'
import type { ExperimentView } from './views.ts'

type Experiment = Static<typeof ExperimentView>

/** Kept experiments that the caller may see, the latest first, at most 200. */
export async function listExperiments(tx: Tx): Promise<Experiment[]> {
  const { rows } = await sql<Experiment>`
    select experiment.id, experiment.name, parameters, rules, at,
      -- A colleague above one's own area is not to be seen by name.
      coalesce(staff.name, '其他同事') as by, by = auth.staff_id() as mine
    from app.experiment left join app.staff on staff.id = experiment.by
    where removed_at is null order by experiment.id desc limit 200`.execute(tx)
  return rows
}

export async function keepExperiment(
  tx: Tx,
  { name, parameters, rules = [] }: Change & { name: string },
): Promise<{ id: number }> {
  const { rows } = await sql<{ id: number }>`
    insert into app.experiment (name, parameters, rules)
    values (${name}, ${JSON.stringify(parameters)}::jsonb, ${JSON.stringify(rules)}::jsonb) returning id`.execute(
    tx,
  )
  return { id: rows[0]?.id ?? 0 }
}

/** @returns whether there was one that the caller may remove */
export async function removeExperiment(tx: Tx, id: number): Promise<boolean> {
  const removed = await sql`update app.experiment set removed_at = clock_timestamp()
    where id = ${id} and removed_at is null`.execute(tx)
  return (removed.numAffectedRows ?? 0n) > 0n
}
