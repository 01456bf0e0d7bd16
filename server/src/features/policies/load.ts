import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import { asOwner } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { hashOf, loadPackFolder, type PackFiles, packOf, problemLine } from './pack-files.ts'

/** Packs compiled in this process, by hash: a published pack never changes. */
const compiled = new Map<string, Pack>()

/**
 * Publishes the shipped pack on a database that has none. Later releases do not replace what a
 * district has in force.
 *
 * @param owner a database opened as role `owner`
 */
export async function publishShippedPack(owner: Database): Promise<void> {
  await asOwner(owner, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('qiao policies'))`.execute(tx)
    const { rows } = await sql`select 1 from app.pack limit 1`.execute(tx)
    if (rows.length > 0) return
    const { pack, files } = await loadPackFolder()
    compiled.set(pack.hash, pack)
    await publish(tx, pack, files)
  })
}

/** Puts a pack in force; the one before stays as it is. */
export async function publish(tx: Tx, pack: Pack, files: PackFiles): Promise<void> {
  await sql`insert into app.pack (version, hash, files)
    values (${pack.version}, ${pack.hash}, ${JSON.stringify(files)}::jsonb)`.execute(tx)
}

/**
 * The pack in force, compiled; read from the database once per process and pack.
 *
 * @throws Error when there is none, or it no longer reads, which only a change of the engine can cause
 */
export async function packInForce(tx: Tx): Promise<Pack> {
  const { rows } = await sql<{
    hash: string
  }>`select hash from app.pack order by id desc limit 1`.execute(tx)
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
