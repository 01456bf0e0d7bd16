import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import type { CaseFiles } from '../policies/case-files.ts'
import {
  nextVersion,
  packCases,
  packFiles,
  packsFrom,
  type PublishedPack,
} from '../policies/load.ts'
import type { PackFiles } from '../policies/pack-files.ts'
import { findRelease } from '../policies/releases.ts'
import { changedFrom, contentHash, refuseForeignFiles, withoutRemoved, wholeOf } from './content.ts'
import { type Draft, mayWrite, startProblem } from './draft.ts'
import { draftProblems } from './problems.ts'
import { findDraft, insertDraft, lockDraft, noteEvent, saveContent } from './queries.ts'
import { carriedOver, type Choice } from './rebase.ts'
import { versionOf } from './release-version.ts'

/** What somebody wrote: other files stay as they are, and only what differs from the base counts. */
export type Written = Readonly<{
  title: string
  note: string
  from: string | null
  files: PackFiles
  cases: CaseFiles
}>

/** Who writes, on which day. */
export type Writer = Readonly<{ staffId: string; may: readonly string[]; today: string }>

/** A draft with the pack it stands on and the one published last. */
export type Standing = Readonly<{
  draft: Draft
  base: PackFiles
  baseCases: CaseFiles
  head: PublishedPack
  whole: PackFiles
  cases: CaseFiles
}>

/** The pack published last, in force already or not: what drafts are written against. */
export async function headOf(tx: Tx, today: string): Promise<PublishedPack> {
  const head = (await packsFrom(tx, today)).at(-1)
  if (!head) throw new Error('no policy pack is published')
  return head
}

/** @throws Problem `no-such-draft` */
export async function standingOf(
  tx: Tx,
  id: number,
  today: string,
  find = findDraft,
): Promise<Standing> {
  const draft = await find(tx, id)
  if (!draft) throw problem(draftProblems, 'no-such-draft')
  const base = await packFiles(tx, draft.baseHash)
  const baseCases = await packCases(tx, draft.baseHash)
  return {
    draft,
    base,
    baseCases,
    head: await headOf(tx, today),
    whole: wholeOf(base, draft),
    cases: withoutRemoved({ ...baseCases, ...draft.cases }),
  }
}

/** Begins a draft on the pack published last. */
export async function beginDraft(
  tx: Tx,
  { title, note }: Pick<Written, 'title' | 'note'>,
  today: string,
): Promise<number> {
  const head = await headOf(tx, today)
  const version = await nextVersion(tx, head.version)
  const content = { files: {}, version }
  const draft = {
    title,
    note,
    baseHash: head.hash,
    cases: {},
    from: null,
    release: null,
    undecided: [],
    ...content,
    contentHash: contentHash(await packFiles(tx, head.hash), content),
  }
  const id = await insertDraft(tx, draft)
  await noteEvent(tx, { id, revision: 1, contentHash: draft.contentHash }, 'begun')
  return id
}

/**
 * Saves what was written, whether it reads or not.
 *
 * @throws Problem `draft-changed`, `not-the-author`, `step-not-open`, `draft-file-refused`, `start-refused`
 */
export async function saveDraft(
  tx: Tx,
  id: number,
  { revision, ...written }: Written & { revision: number },
  writer: Writer,
): Promise<void> {
  const { draft, base, baseCases, head } = await writable(tx, id, revision, writer)
  refuseForeignFiles(written.files, written.cases)
  refuseStart(written.from, writer.today, head)
  const files = changedFrom(base, { ...draft.files, ...written.files })
  const cases = changedFrom(baseCases, { ...draft.cases, ...written.cases })
  await write(tx, draft, base, { ...draft, ...written, files, cases }, 'saved')
}

/** Which side to keep, file by file, on exactly the revision one has seen. */
export type Chosen = Readonly<{ revision: number; choices: Readonly<Record<string, Choice>> }>

/**
 * Keeps the district's side or the release's in files that both changed in the same place; those not
 * named stay undecided. Choosing the district's keeps what the author has written there since.
 */
export async function settleDraft(
  tx: Tx,
  id: number,
  { revision, choices }: Chosen,
  writer: Writer,
): Promise<void> {
  const { draft, base, baseCases } = await writable(tx, id, revision, writer)
  const release = draft.release === null ? undefined : await findRelease(tx, draft.release)
  const taken = draft.undecided.filter((path) => choices[path] === 'theirs')
  const from = (texts: PackFiles | undefined, isCase: boolean) =>
    Object.fromEntries(
      taken
        .filter((path) => path.startsWith('cases/') === isCase)
        .map((path) => [path, texts?.[path] ?? '']),
    )
  const settled = {
    ...draft,
    files: changedFrom(base, { ...draft.files, ...from(release?.files, false) }),
    cases: changedFrom(baseCases, { ...draft.cases, ...from(release?.cases, true) }),
    undecided: draft.undecided.filter((path) => choices[path] === undefined),
  }
  await write(tx, draft, base, settled, 'settled')
}

/**
 * Carries a draft over to the pack published last.
 *
 * @throws Problem `merge-undecided` with the files where both sides changed the same lines
 */
export async function rebaseDraft(
  tx: Tx,
  id: number,
  { revision, choices }: Chosen,
  writer: Writer,
): Promise<void> {
  const { draft, base, baseCases, head } = await writable(tx, id, revision, writer)
  const [headFiles, headCases] = [await packFiles(tx, head.hash), await packCases(tx, head.hash)]
  const files = carriedOver(base, headFiles, draft.files, choices)
  const cases = carriedOver(baseCases, headCases, draft.cases, choices)
  const undecided = [...files.undecided, ...cases.undecided]
  if (undecided.length > 0) {
    const errors = undecided.map((path) => ({ path, message: '请选择保留哪一边' }))
    throw problem(draftProblems, 'merge-undecided', undefined, errors)
  }
  const carried = {
    ...draft,
    baseHash: head.hash,
    version: await nextVersion(tx, head.version),
    files: changedFrom(headFiles, files.files),
    cases: changedFrom(headCases, cases.files),
  }
  await write(tx, draft, headFiles, carried, 'rebased')
}

async function write(
  tx: Tx,
  { id, revision }: Draft,
  base: PackFiles,
  content: Draft,
  kind: 'saved' | 'settled' | 'rebased',
): Promise<void> {
  const release = content.release === null ? undefined : await findRelease(tx, content.release)
  const version = release ? await versionOf(tx, release, base, content.files) : content.version
  const written = { ...content, version, contentHash: contentHash(base, { ...content, version }) }
  await saveContent(tx, id, written)
  await noteEvent(tx, { id, revision: revision + 1, contentHash: written.contentHash }, kind)
}

/**
 * A draft the caller may write on, at the revision they have seen, held until the end.
 *
 * @throws Problem `draft-changed`, `not-the-author`, `step-not-open`
 */
async function writable(tx: Tx, id: number, revision: number, writer: Writer): Promise<Standing> {
  const standing = await standingOf(tx, id, writer.today, lockDraft)
  refuseForeignWriter(standing.draft, writer)
  if (standing.draft.revision !== revision) throw problem(draftProblems, 'draft-changed')
  return standing
}

function refuseForeignWriter(draft: Draft, writer: Writer): void {
  if (mayWrite(draft, writer)) return
  const mine = draft.author === null || draft.author === writer.staffId
  throw problem(draftProblems, mine ? 'step-not-open' : 'not-the-author')
}

export function refuseStart(from: string | null, today: string, head: PublishedPack): void {
  const message = startProblem(from, today, head.from)
  if (message)
    throw problem(draftProblems, 'start-refused', `${message}。`, [{ path: '/body/from', message }])
}
