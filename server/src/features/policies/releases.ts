import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { type CaseFiles, readCaseFiles } from './case-files.ts'
import { type PackFiles, shippedPackFolder } from './pack-files.ts'

/** A pack as it came with the program or from Git. 随程序到达的政策包 */
export type Release = Readonly<{
  hash: string
  version: string
  files: PackFiles
  cases: CaseFiles
}>

/**
 * Keeps a release that has arrived.
 *
 * @param contained whether all of it is in force already, or published for later
 */
export async function keepRelease(tx: Tx, release: Release, contained: boolean): Promise<void> {
  const { hash, version, files, cases } = release
  await sql`insert into app.pack_release (hash, version, files, cases, contained)
    values (${hash}, ${version}, ${JSON.stringify(files)}::jsonb, ${JSON.stringify(cases)}::jsonb,
      ${contained})`.execute(tx)
}

export async function findRelease(tx: Tx, hash: string): Promise<Release | undefined> {
  const { rows } = await sql<Stored>`
    select hash, version, files, cases from app.pack_release where hash = ${hash}`.execute(tx)
  return rows[0] && whole(rows[0])
}

const contained = sql.raw(
  '(release.contained or exists (select from app.pack where pack.release_hash = release.hash))',
)

/**
 * The last release that went into what is published; before another one that arrived later, if one
 * is named. What the district has besides, it changed itself.
 *
 * @throws Error when nothing was ever published
 */
export async function releaseContained(tx: Tx, before?: string): Promise<Release> {
  const { rows } = await sql<Stored>`
    select hash, version, files, cases from app.pack_release release
    where ${contained} and id < coalesce(
      (select id from app.pack_release where hash = ${before ?? null}), ${Number.MAX_SAFE_INTEGER})
    order by id desc limit 1`.execute(tx)
  const found = rows[0]
  if (!found) throw new Error('no policy pack is published')
  return whole(found)
}

/** A release that has arrived and went into nothing published yet. */
export type AwaitingRelease = Readonly<{ hash: string; version: string }>

/** The release that arrived last, unless what is published contains it. */
export async function releaseAwaiting(tx: Tx): Promise<AwaitingRelease | null> {
  const { rows } = await sql<AwaitingRelease & { done: boolean }>`
    select hash, version, ${contained} as done from app.pack_release release
    order by id desc limit 1`.execute(tx)
  const [last] = rows
  return !last || last.done ? null : { hash: last.hash, version: last.version }
}

type Stored = Omit<Release, 'cases'> & Readonly<{ cases: CaseFiles | null }>

function whole({ cases, ...release }: Stored): Release {
  return { ...release, cases: cases ?? readCaseFiles(shippedPackFolder) }
}
