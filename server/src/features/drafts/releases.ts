import { asOwner } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import { readCaseFiles } from '../policies/case-files.ts'
import { lockPublishing, packCases, packFiles } from '../policies/load.ts'
import { hashOf, loadPackFolder, readPackFiles, shippedPackFolder } from '../policies/pack-files.ts'
import {
  findRelease,
  keepRelease,
  type Release,
  releaseAwaiting,
  releaseContained,
} from '../policies/releases.ts'
import { contentHash } from './content.ts'
import { headOf } from './drafts.ts'
import { draftProblems } from './problems.ts'
import { draftOfRelease, insertDraft, noteEvent, supersedeDrafts } from './queries.ts'
import { versionOf } from './release-version.ts'
import { carriedIn } from './three-way.ts'

/** A release that waits to be adopted, and its draft; null: it was withdrawn, or is out of sight. */
export type Awaiting = Readonly<{ version: string; draft: number | null }>

/**
 * The pack of a folder as a release; the shipped one when none is named.
 *
 * @throws StartProblem with every mistake, one a line
 */
export async function releaseIn(folder = shippedPackFolder): Promise<Release> {
  const { pack, files } = await loadPackFolder(folder)
  return { hash: pack.hash, version: pack.version, files, cases: readCaseFiles(folder) }
}

/**
 * Takes a release in: one never seen before becomes a draft by nobody, once, with what the district
 * changed itself kept in it.
 *
 * @param owner a database opened as role `owner`, with a pack published
 * @returns what waits to be adopted, from now or from before; null for nothing
 */
export function receiveRelease(
  owner: Database,
  release: Release,
  today: string,
): Promise<Awaiting | null> {
  return asOwner(owner, async (tx) => {
    await lockPublishing(tx)
    if (!(await findRelease(tx, release.hash))) await arrive(tx, release, today)
    return awaitingDraft(tx)
  })
}

/**
 * Takes in what the program ships, which is only read whole where it was never seen before.
 *
 * @throws StartProblem when it does not read; what is in force stays
 */
export async function receiveShipped(
  owner: Database,
  today: string,
  folder = shippedPackFolder,
): Promise<Awaiting | null> {
  const hash = hashOf(await readPackFiles(folder))
  const known = await asOwner(owner, async (tx) =>
    (await findRelease(tx, hash)) ? { awaiting: await awaitingDraft(tx) } : null,
  )
  return known ? known.awaiting : receiveRelease(owner, await releaseIn(folder), today)
}

async function arrive(tx: Tx, release: Release, today: string): Promise<void> {
  const draft = await draftFor(tx, release, today)
  const contained = isEmpty(draft)
  await keepRelease(tx, release, contained)
  if (contained) return
  const by = `新版本 ${release.version} 已到，无人接手的旧版本草稿不再需要`
  for (const old of await supersedeDrafts(tx)) await noteEvent(tx, old, 'withdrawn', by)
  await begin(tx, draft)
}

/** The release that waits, with its draft as far as the caller may see it. */
export async function awaitingDraft(tx: Tx): Promise<Awaiting | null> {
  const awaiting = await releaseAwaiting(tx)
  if (!awaiting) return null
  return { version: awaiting.version, draft: await draftOfRelease(tx, awaiting.hash) }
}

/**
 * Begins the draft of the release that waits once more, after one was withdrawn; its author is who
 * asks for it.
 *
 * @throws Problem `nothing-awaits` when that one does not wait, or its draft is open
 */
export async function beginReleaseDraft(tx: Tx, version: string, today: string): Promise<number> {
  const awaiting = await releaseAwaiting(tx)
  const release = awaiting?.version === version && (await findRelease(tx, awaiting.hash))
  if (!release || (await draftOfRelease(tx, release.hash)) !== null)
    throw problem(draftProblems, 'nothing-awaits')
  return begin(tx, await draftFor(tx, release, today))
}

type NewDraft = Parameters<typeof insertDraft>[1]

async function draftFor(tx: Tx, release: Release, today: string): Promise<NewDraft> {
  const head = await headOf(tx, today)
  const base = await releaseContained(tx)
  const inForce = await packFiles(tx, head.hash)
  const files = carriedIn({ base: base.files, ours: inForce, theirs: release.files })
  const cases = carriedIn({
    base: base.cases,
    ours: await packCases(tx, head.hash),
    theirs: release.cases,
  })
  const version = await versionOf(tx, release, inForce, files.files)
  const content = { files: files.files, version }
  return {
    title: `随版本更新 ${release.version}`,
    note: `随程序到达的政策包 ${release.version} 与现行 ${head.version} 的差别；本区自 ${base.version} 以来自行改动的内容已保留。`,
    baseHash: head.hash,
    cases: cases.files,
    from: null,
    release: release.hash,
    undecided: [...files.undecided, ...cases.undecided],
    ...content,
    contentHash: contentHash(inForce, content),
  }
}

async function begin(tx: Tx, draft: NewDraft): Promise<number> {
  const id = await insertDraft(tx, draft)
  await noteEvent(tx, { id, revision: 1, contentHash: draft.contentHash }, 'begun')
  return id
}

function isEmpty({ files, cases, undecided }: NewDraft): boolean {
  return [...Object.keys(files), ...Object.keys(cases), ...undecided].length === 0
}
