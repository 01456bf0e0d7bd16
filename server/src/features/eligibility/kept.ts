import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Moment } from './recall.ts'
import type { Content } from './answers.ts'

/** What is stored of one household or person and programme, in every field. */
export type Said = Content &
  Readonly<{
    person: number | null
    needSignal: boolean
    clinical: boolean
    nextChange: string | null
  }>

/** A stored answer, or the list of all that could not be said of a household, standing or closed. */
export type Kept = Omit<Moment, 'knownAt' | 'knownOn'> &
  Readonly<{
    kind: 'answer' | 'undecided'
    id: number
    clinical: boolean
    contentHash: number
    /** One for an answer, as many as there are for a list, in their order. */
    said: readonly Said[]
    recordedAt: string
    supersededAt: string | null
    run: Readonly<{ id: number; cause: string; on: string; engine: string }>
    pack: Readonly<{ version: string; hash: string }>
    /** Null for what was stored before instants were kept. */
    knownAt: string | null
    knownOn: string | null
  }>

export type KeptKind = Kept['kind']

/** Which ones: by their ids, or everything of a household. */
export type KeptChoice = Readonly<{ ids: readonly number[] } | { householdId: number }>

/** What is stored, as far as the session may see it, the oldest first. */
export async function readKept(tx: Tx, kind: KeptKind, choice: KeptChoice): Promise<Kept[]> {
  const where =
    'ids' in choice
      ? sql`kept.id = any(${choice.ids}::bigint[])`
      : sql`kept.household_id = ${choice.householdId}`
  const { rows } = await sql<Omit<Kept, 'kind'>>`
    select kept.id, kept.household_id as "householdId", kept.area_id as "areaId", kept.clinical,
      kept.content_hash as "contentHash", ${said[kind]} as said,
      kept.recorded_at as "recordedAt", kept.superseded_at as "supersededAt",
      json_build_object('id', run.id, 'cause', run.cause, 'on', run.on_day,
        'engine', run.engine_version) as run,
      json_build_object('version', kept.pack_version, 'hash', kept.pack_hash) as pack,
      kept.known_at::text as "knownAt", kept.known_on as "knownOn"
    from ${sql.id('app', kind)} kept join app.match_run run on run.id = kept.run_id
    where ${where} order by kept.id`.execute(tx)
  return rows.map((row) => ({ kind, ...row }))
}

/** So many of what can be replayed, of either kind, taken by chance; by household. */
export async function sampleKept(
  tx: Tx,
  count: number,
): Promise<readonly Readonly<{ kind: KeptKind; id: number }>[]> {
  const { rows } = await sql<{ kind: KeptKind; id: number }>`
    select kind, id from (
      select * from (
        select 'answer' as kind, id, household_id, known_at from app.answer where known_at is not null
        union all
        select 'undecided', id, household_id, known_at from app.undecided where known_at is not null
      ) kept order by random() limit ${count}) chosen
    order by household_id, known_at, kind, id`.execute(tx)
  return rows
}

const said = {
  answer: sql`json_build_array(json_build_object('person', kept.person_id,
    'programme', programme, 'target', target, 'tier', tier, 'verdict', verdict,
    'amountKind', amount_kind, 'amountMin', amount_min, 'amountMax', amount_max, 'per', per,
    'missing', missing, 'reasons', reasons, 'via', via, 'nearMiss', near_miss,
    'needSignal', need_signal, 'clinical', kept.clinical, 'nextChange', next_change))`,
  undecided: sql`(select json_agg(json_build_object('person', nullif(entry.person_id, 0),
      'programme', programme, 'target', target, 'tier', tier, 'verdict', 'unknown',
      'amountKind', amount_kind, 'amountMin', amount_min, 'amountMax', amount_max, 'per', per,
      'missing', missing, 'reasons', reasons, 'via', '{}'::text[], 'nearMiss', false,
      'needSignal', false, 'clinical', kept.clinical, 'nextChange', entry.next_change)
      order by entry.place)
    from unnest(kept.kinds, kept.person_ids, kept.next_changes)
      with ordinality as entry (kind_id, person_id, next_change, place)
    join app.undecided_kind kind on kind.id = entry.kind_id)`,
} as const

/**
 * The day on which a stored answer, or what it was given on, was erased; undefined where neither was.
 *
 * @param of one that is stored, or the number of one that is not
 */
export async function erasedOn(
  tx: Tx,
  of: Kept | Pick<Kept, 'kind' | 'id'>,
): Promise<string | undefined> {
  const gone =
    'knownAt' in of
      ? sql`household_id = ${of.householdId} and known_before > ${of.knownAt}::timestamptz`
      : sql`table_name = ${`app.${of.kind}`} and record_ids @> ${of.id}::bigint`
  const { rows } = await sql<{ day: string | null }>`
    select min(erased_on) as day from app.erasure_stub where ${gone}`.execute(tx)
  return rows[0]?.day ?? undefined
}

/** The numbers of what was stored of a household and has been erased. */
export async function erasedOf(tx: Tx, kind: KeptKind, householdId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select generate_series(lower(one), upper(one) - 1) as id
    from (select unnest(record_ids) as one from app.erasure_stub
      where table_name = ${`app.${kind}`} and household_id = ${householdId}) gone order by id`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}
