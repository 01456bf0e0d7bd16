import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Draft, DraftState } from './draft.ts'

const columns =
  sql.raw(`draft.id, draft.title, draft.note, draft.base_hash as "baseHash", draft.files,
  draft.cases, draft.in_force_from as "from", draft.content_hash as "contentHash", draft.version,
  draft.state, draft.revision, draft.author, draft.changed_at as "changedAt",
  draft.release_hash as release, draft.undecided`)

export type DraftItem = Readonly<{
  id: number
  title: string
  state: DraftState
  from: string | null
  version: string
  /** By name. */
  author: string | null
  mine: boolean
  changedAt: string
  files: string[]
  /** The version of the release it brings. */
  release: string | null
  undecided: number
}>

/** Drafts, those still open first, the latest change first; at most 200. */
export async function listDrafts(tx: Tx): Promise<DraftItem[]> {
  const { rows } = await sql<DraftItem>`
    select draft.id, title, state, in_force_from as "from", draft.version, staff.name as author,
      coalesce(author = auth.staff_id(), false) as mine, changed_at as "changedAt",
      array(select jsonb_object_keys(draft.files) order by 1) as files,
      release.version as release, cardinality(undecided) as undecided
    from app.policy_draft draft left join app.staff on staff.id = draft.author
    left join app.pack_release release on release.hash = draft.release_hash
    order by state in ('published', 'withdrawn'), changed_at desc limit 200`.execute(tx)
  return rows
}

export async function findDraft(tx: Tx, id: number): Promise<Draft | undefined> {
  const { rows } = await sql<Draft>`
    select ${columns} from app.policy_draft draft where id = ${id}`.execute(tx)
  return rows[0]
}

/** The draft, held until the end of the transaction. */
export async function lockDraft(tx: Tx, id: number): Promise<Draft | undefined> {
  const { rows } = await sql<Draft>`
    select ${columns} from app.policy_draft draft where id = ${id} for update`.execute(tx)
  return rows[0]
}

type Content = Pick<
  Draft,
  | 'title'
  | 'note'
  | 'baseHash'
  | 'files'
  | 'cases'
  | 'from'
  | 'contentHash'
  | 'version'
  | 'undecided'
>

export async function insertDraft(
  tx: Tx,
  content: Content & Pick<Draft, 'release'>,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into app.policy_draft (title, note, base_hash, files, cases, in_force_from, content_hash, version,
      release_hash, undecided)
    values (${content.title}, ${content.note}, ${content.baseHash}, ${JSON.stringify(content.files)}::jsonb,
      ${JSON.stringify(content.cases)}::jsonb, ${content.from}, ${content.contentHash}, ${content.version},
      ${content.release}, ${content.undecided})
    returning id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** Writes new content, counts the revision up, and makes whoever does it the author. */
export async function saveContent(tx: Tx, id: number, content: Content): Promise<void> {
  await sql`update app.policy_draft set title = ${content.title}, note = ${content.note},
      base_hash = ${content.baseHash}, files = ${JSON.stringify(content.files)}::jsonb,
      cases = ${JSON.stringify(content.cases)}::jsonb, in_force_from = ${content.from},
      content_hash = ${content.contentHash}, version = ${content.version},
      undecided = ${content.undecided}, state = 'draft', revision = revision + 1, author = auth.staff_id(), changed_at = clock_timestamp()
    where id = ${id}`.execute(tx)
}

/** Makes whoever asks the author of a draft that came with a release. */
export async function takeUpDraft(tx: Tx, id: number): Promise<void> {
  await sql`update app.policy_draft set author = auth.staff_id(), changed_at = clock_timestamp()
    where id = ${id} and author is null`.execute(tx)
}

/** The draft that brings a release and was not withdrawn, as far as the caller may see it. */
export async function draftOfRelease(tx: Tx, release: string): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select id from app.policy_draft where release_hash = ${release} and state <> 'withdrawn'
    order by id desc limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

/** Withdraws what came with earlier releases and nobody has taken up. */
export async function supersedeDrafts(
  tx: Tx,
): Promise<Pick<Draft, 'id' | 'revision' | 'contentHash'>[]> {
  const { rows } = await sql<Pick<Draft, 'id' | 'revision' | 'contentHash'>>`
    update app.policy_draft set state = 'withdrawn', changed_at = clock_timestamp()
    where author is null and state = 'draft'
    returning id, revision, content_hash as "contentHash"`.execute(tx)
  return rows
}

export async function saveState(tx: Tx, id: number, state: DraftState): Promise<void> {
  await sql`update app.policy_draft set state = ${state}, changed_at = clock_timestamp()
    where id = ${id}`.execute(tx)
}

export async function noteEvent(
  tx: Tx,
  { id, revision, contentHash }: Pick<Draft, 'id' | 'revision' | 'contentHash'>,
  kind: string,
  text = '',
): Promise<void> {
  await sql`insert into app.policy_draft_event (draft_id, kind, revision, content_hash, text)
    values (${id}, ${kind}, ${revision}, ${contentHash}, ${text})`.execute(tx)
}

export type DraftEvent = Readonly<{
  kind: string
  revision: number
  text: string
  by: string | null
  at: string
}>

export async function eventsOf(tx: Tx, id: number): Promise<DraftEvent[]> {
  const { rows } = await sql<DraftEvent>`
    select kind, revision, text, staff.name as by, at
    from app.policy_draft_event event left join app.staff on staff.id = event.by
    where draft_id = ${id} order by event.id`.execute(tx)
  return rows
}

export type Approval = Readonly<{ staffId: string; name: string | null }>

/** Who approved exactly the present content. */
export async function approvalsOf(
  tx: Tx,
  draft: Pick<Draft, 'id' | 'revision'>,
): Promise<Approval[]> {
  const { rows } = await sql<Approval>`
    select distinct on (event.by) event.by as "staffId", staff.name
    from app.policy_draft_event event left join app.staff on staff.id = event.by
    where draft_id = ${draft.id} and revision = ${draft.revision} and kind = 'approved'`.execute(tx)
  return rows
}

export type StoredImpact<Effect = unknown> = Readonly<{
  effect: Effect
  secondApprover: boolean
  at: string
  by: string | null
}>

/** The impact of exactly the present content, worked out last. */
export async function impactFor<Effect>(
  tx: Tx,
  draft: Pick<Draft, 'id' | 'revision'>,
): Promise<StoredImpact<Effect> | null> {
  const { rows } = await sql<StoredImpact<Effect>>`
    select impact as effect, second_approver as "secondApprover", at, staff.name as by
    from app.policy_draft_impact one left join app.staff on staff.id = one.by
    where draft_id = ${draft.id} and revision = ${draft.revision} order by one.id desc limit 1`.execute(
    tx,
  )
  return rows[0] ?? null
}

export async function keepImpact(
  tx: Tx,
  draft: Pick<Draft, 'id' | 'revision' | 'contentHash'>,
  effect: object,
  secondApprover: boolean,
): Promise<void> {
  await sql`insert into app.policy_draft_impact (draft_id, revision, content_hash, impact, second_approver)
    values (${draft.id}, ${draft.revision}, ${draft.contentHash}, ${JSON.stringify(effect)}::jsonb,
      ${secondApprover})`.execute(tx)
}

export async function staffName(tx: Tx, staffId: string | null): Promise<string | null> {
  if (staffId === null) return null
  const { rows } = await sql<{ name: string }>`
    select name from app.staff where id = ${staffId}`.execute(tx)
  return rows[0]?.name ?? null
}
