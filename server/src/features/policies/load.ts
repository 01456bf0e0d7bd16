import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import { asOwner } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { type CaseFiles, readCaseFiles } from './case-files.ts'
import {
  hashOf,
  loadPackFolder,
  type PackFiles,
  packOf,
  problemLine,
  shippedPackFolder,
} from './pack-files.ts'
import { keepRelease } from './releases.ts'

/** Packs compiled in this process, by hash: a published pack never changes. */
const compiled = new Map<string, Pack>()

/**
 * Publishes the shipped pack on a database that has none. Later releases do not replace what a
 * district has in force: they arrive as drafts.
 *
 * @param owner a database opened as role `owner`
 */
export async function publishShippedPack(owner: Database): Promise<void> {
  await asOwner(owner, async (tx) => {
    await lockPublishing(tx)
    const { rows } = await sql`select 1 from app.pack limit 1`.execute(tx)
    if (rows.length > 0) return
    const { pack, files } = await loadPackFolder()
    compiled.set(pack.hash, pack)
    const cases = readCaseFiles(shippedPackFolder)
    await keepRelease(tx, { hash: pack.hash, version: pack.version, files, cases }, true)
    await publish(tx, pack, files, { from: null, cases, release: pack.hash })
  })
}

/** One publication at a time, until the end of the transaction. */
export async function lockPublishing(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('qiao policies'))`.execute(tx)
}

/**
 * From which day on a pack is in force, null: from its publication; the cases beside it; and the
 * release it contains, null or left out: the one the database began with.
 */
type Publication = Readonly<{
  from: string | null
  cases: CaseFiles | null
  release?: string | null
}>

/** Puts a pack in force from its first day on; the one before stays as it is. */
export async function publish(
  tx: Tx,
  pack: Pack,
  files: PackFiles,
  { from, cases, release = null }: Publication,
): Promise<void> {
  await sql`insert into app.pack (version, hash, files, in_force_from, cases, release_hash)
    values (${pack.version}, ${pack.hash}, ${JSON.stringify(files)}::jsonb, ${from},
      ${cases === null ? null : JSON.stringify(cases)}::jsonb, ${release})`.execute(tx)
}

/**
 * A pack by name: which one, from which day, null: from its publication on; and the release it
 * contains, null: the one the database began with.
 */
export type PublishedPack = Readonly<{
  hash: string
  version: string
  from: string | null
  release: string | null
}>

/**
 * The pack in force on a day and those published for later, the earliest first. Of packs that begin
 * on one day the one published last supersedes the others.
 */
export async function packsFrom(tx: Tx, on: string): Promise<PublishedPack[]> {
  const { rows } = await sql<PublishedPack & { past: boolean }>`
    select distinct on (in_force_from) hash, version, in_force_from as "from",
      release_hash as release, coalesce(in_force_from <= ${on}::date, true) as past
    from app.pack order by in_force_from nulls first, id desc`.execute(tx)
  const current = rows.findLast(({ past }) => past)
  return rows
    .filter((row) => !row.past || row === current)
    .map(({ hash, version, from, release }) => ({ hash, version, from, release }))
}

/** The next local version of a release, counted up over every pack published: 2026.11.0+3. */
export async function nextVersion(tx: Tx, version: string): Promise<string> {
  const [release = version] = version.split('+')
  const { rows } = await sql<{ version: string }>`
    select version from app.pack where split_part(version, '+', 1) = ${release}`.execute(tx)
  const locals = rows.map((row) => Number(row.version.split('+')[1] ?? 0))
  return `${release}+${Math.max(0, ...locals) + 1}`
}

/** Whether a published pack bears a version. */
export async function isVersionTaken(tx: Tx, version: string): Promise<boolean> {
  const { rows } = await sql`select from app.pack where version = ${version}`.execute(tx)
  return rows.length > 0
}

/** The cases beside a published pack: its own, or those that came with the program. */
export async function packCases(tx: Tx, hash: string): Promise<CaseFiles> {
  const { rows } = await sql<{ cases: CaseFiles | null }>`
    select cases from app.pack where hash = ${hash}`.execute(tx)
  return rows[0]?.cases ?? readCaseFiles(shippedPackFolder)
}

/**
 * The pack in force on a day, compiled; read from the database once per process and pack.
 *
 * @param on the day; the database's own when left out
 * @throws Error when there is none, or it no longer reads, which only a change of the engine can cause
 */
export async function packInForce(tx: Tx, on?: string): Promise<Pack> {
  const day = on ?? null
  const { rows } = await sql<{ hash: string }>`
    select hash from app.pack
    where in_force_from is null
      or in_force_from <= coalesce(${day}::date, (now() at time zone 'Asia/Shanghai')::date)
    order by in_force_from desc nulls last, id desc limit 1`.execute(tx)
  const hash = rows[0]?.hash
  if (hash === undefined) throw new Error('no policy pack is published')
  return publishedPack(tx, hash)
}

/**
 * A published pack, in force or superseded, compiled; read from the database once per process.
 *
 * @throws Error when it was never published, or no longer reads, which only a change of the engine can cause
 */
export async function publishedPack(tx: Tx, hash: string): Promise<Pack> {
  const found = compiled.get(hash)
  if (found) return found
  const pack = packOf(await packFiles(tx, hash))
  if ('problems' in pack)
    throw new Error(
      `the published pack no longer reads:\n${pack.problems.map(problemLine).join('\n')}`,
    )
  compiled.set(hash, pack)
  return pack
}

/** The files of a published pack, as they were published. */
export async function packFiles(tx: Tx, hash: string): Promise<PackFiles> {
  const { rows } = await sql<{
    files: PackFiles
  }>`select files from app.pack where hash = ${hash}`.execute(tx)
  const files = rows[0]?.files
  if (!files || hashOf(files) !== hash) throw new Error(`pack ${hash} is not what was published`)
  return files
}
