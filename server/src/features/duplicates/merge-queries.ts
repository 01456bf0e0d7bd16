import { sql } from 'kysely'
import type { Fact, Programme } from '@qiao/rules'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { type FactValue, valueText } from '../households/fact-value.ts'
import { readStanding } from '../members/queries.ts'
import { collectorWanted } from '../members/members.ts'
import { differencesOf, undoUntil } from './merge.ts'
import type { MergePlanView, MergeView } from './merge-views.ts'

export type Keep = 'first' | 'second'
type Sided = Static<typeof MergePlanView>['kept']

/** Who stays and who goes, in which households; undefined where the reader does not see both. */
export async function sidesOf(
  tx: Tx,
  pairId: number,
  keep: Keep,
): Promise<{ kept: Sided; merged: Sided } | undefined> {
  const { rows } = await sql<Sided & { isFirst: boolean }>`
    select person.id as "personId", household.id as "householdId", household.version,
      person.id = pair.first_id as "isFirst"
    from app.duplicate_pair pair join app.person on person.id in (first_id, second_id)
    join app.household on household.id = person.household_id
    where pair.id = ${pairId}`.execute(tx)
  const side = (first: boolean) => rows.find(({ isFirst }) => isFirst === first)
  const [kept, merged] = [side(keep === 'first'), side(keep !== 'first')]
  return kept && merged ? { kept: sided(kept), merged: sided(merged) } : undefined
}

function sided({ personId, householdId, version }: Sided): Sided {
  return { personId, householdId, version }
}

type Catalogue = Readonly<{
  facts: readonly Fact[]
  programmes: readonly Pick<Programme, 'id' | 'name'>[]
}>

/** What a merge would do, as far as the reader may see it. */
export async function readPlan(
  tx: Tx,
  { kept, merged }: Readonly<{ kept: Sided; merged: Sided }>,
  { catalogue, keep, today }: Readonly<{ catalogue: Catalogue; keep: Keep; today: string }>,
): Promise<Static<typeof MergePlanView>> {
  const [ours, theirs] = [await factsOf(tx, kept), await factsOf(tx, merged)]
  const known = new Set(ours.map(({ fact }) => fact))
  const declared = new Map(catalogue.facts.map((fact) => [fact.id, fact]))
  const programmes = new Map(catalogue.programmes.map(({ id, name }) => [id, name]))
  const named = <T extends { programme: string }>(row: T) => ({
    ...row,
    programmeName: programmes.get(row.programme) ?? row.programme,
  })
  const said = ({ fact, value, source, verifiedOn }: FactRow) => {
    const of = declared.get(fact)
    return { valueText: of ? valueText(of, value) : String(value), source, verifiedOn }
  }
  return {
    keep,
    kept,
    merged,
    differing: differencesOf(ours, theirs).map((one) => ({
      fact: one.kept.fact,
      name: declared.get(one.kept.fact)?.name ?? one.kept.fact,
      kept: said(one.kept),
      merged: said(one.merged),
      proposed: one.proposed,
    })),
    passing: theirs
      .filter(({ fact }) => !known.has(fact))
      .map(({ fact }) => ({ fact, name: declared.get(fact)?.name ?? fact })),
    awards: (await awardsOf(tx, kept, merged, today)).map(named),
    told: (await restingOf(tx, merged)).map(named),
    leaving: kept.householdId === merged.householdId ? null : await leavingOf(tx, merged, today),
    undoUntil: undoUntil(today),
  }
}

type FactRow = Readonly<{ fact: string; value: FactValue; source: string; verifiedOn: string }>

async function factsOf(tx: Tx, { personId, householdId }: Sided): Promise<readonly FactRow[]> {
  const { rows } = await sql<FactRow>`
    select fact, value, source, verified_on as "verifiedOn" from app.fact
    where household_id = ${householdId} and person_id = ${personId} and superseded_at is null
    order by fact`.execute(tx)
  return rows
}

async function awardsOf(tx: Tx, kept: Sided, merged: Sided, today: string) {
  const receiving = ({ personId, householdId }: Sided) => sql`
    select distinct programme from app.award where household_id = ${householdId} and person_id = ${personId}
      and superseded_at is null and state = 'receiving' and (valid_to is null or valid_to >= ${today}::date)`
  const { rows } = await sql<{ programme: string; both: boolean }>`
    select programme, programme in (${receiving(kept)}) as both
    from (${receiving(merged)}) theirs order by programme`.execute(tx)
  return rows
}

async function restingOf(tx: Tx, { personId, householdId }: Sided) {
  const { rows } = await sql<{ programme: string; disposition: string }>`
    select programme, disposition from app.lead_line
    where household_id = ${householdId} and person_id = ${personId} and state = 'cooling'
    order by programme`.execute(tx)
  return rows
}

async function leavingOf(tx: Tx, { personId, householdId }: Sided, today: string) {
  const standing = await readStanding(tx, householdId, today)
  const { rows: names } = await sql<{ personId: number; name: string }>`
    select id as "personId", name from app.person
    where id = any (${standing.members.map((member) => member.personId)}::bigint[])`.execute(tx)
  const called = new Map(names.map(({ personId: id, name }) => [id, name]))
  return {
    members: standing.members
      .filter((member) => member.personId !== personId)
      .map(({ personId: id, relation }) => ({
        personId: id,
        name: called.get(id) ?? '',
        relation,
      })),
    headLeaves: standing.members.some(
      (member) => member.personId === personId && member.relation === '02',
    ),
    collectorWanted: collectorWanted(standing, [personId]),
  }
}

/** The merge of a pair that stands, where there is one. */
export async function readMerge(
  tx: Tx,
  pairId: number,
  today: string,
): Promise<Static<typeof MergeView> | null> {
  const { rows } = await sql<Static<typeof MergeView>>`
    select kept_id as "keptId", kept_household as "keptHousehold", merged_household as "mergedHousehold",
      undo_until as "undoUntil", undo_until >= ${today}::date as "mayUndo"
    from app.merge where pair_id = ${pairId} and undone_at is null`.execute(tx)
  return rows[0] ?? null
}
