import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Seal } from '../district/copy-rows.ts'
import { tables } from '../district/rows.ts'
import { districtAreas } from '../features/areas/load.ts'
import { readBases } from '../features/consents/queries.ts'
import { emptyStaging } from '../features/households/load.ts'
import { packInForce } from '../features/policies/load.ts'
import { asOwner } from '../platform/db/actor.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import type { Jobs } from '../platform/jobs.ts'
import { contradictions } from './contradictions.ts'
import { makeRowCheck } from './row-checks.ts'
import { mergeStaged, type Written } from './merge-staged.ts'
import { type BadRow, stageFolder } from './stage-folder.ts'

export type DeliveryParts = Readonly<{
  /** A database opened as role `owner`, with its areas and a pack in force. */
  owner: Database
  seal: Seal
  /** 'YYYY-MM-DD'; no day of a delivery may be later, and the wide rows are as of it. */
  today: string
  /** Where matching learns that households have changed. */
  jobs: Jobs
}>

export type Loaded = Readonly<{ bad: readonly BadRow[] } | { written: Written }>

/**
 * Loads a folder of CSV files (household, person, fact, award, authorisation, roll) into a production database, all
 * of it or, where a row is bad, nothing. Households it changes are marked, and matched by the server if one is
 * running. The same folder once more writes nothing but its entry in
 * the audit log.
 *
 * @param dryRun does everything, says what it would write, and takes it back
 */
export async function loadDelivery(
  { owner, seal, today, jobs }: DeliveryParts,
  folder: string,
  dryRun = false,
): Promise<Loaded> {
  await emptyStaging(owner)
  let loaded: Loaded = { bad: [] }
  const takenBack = new Error('taken back')
  await asOwner(owner, async (tx, connection) => {
    await sql`select pg_advisory_xact_lock(hashtext('qiao load'))`.execute(tx)
    await sql`set local work_mem = '128MB'`.execute(tx)
    const wrong = await stageFolder(connection, folder, { check: await rowCheck(tx, today), seal })
    const bad = wrong.length > 0 ? wrong : await contradictions(tx, folder)
    loaded = { bad }
    if (bad.length > 0) throw takenBack
    const written = await mergeStaged(tx, today)
    loaded = { written }
    if (dryRun) throw takenBack
    await note(tx, folder, written)
    await jobs.enqueue(tx, 'households.changed', {}, { singletonKey: 'all' })
  }).catch((error: unknown) => {
    if (error !== takenBack) throw error
  })
  await emptyStaging(owner)
  return loaded
}

async function rowCheck(tx: Tx, today: string) {
  const { facts, programmes } = await packInForce(tx)
  const areas = await districtAreas()
  return makeRowCheck({
    today,
    committees: new Set(areas.flatMap(({ id, level }) => (level === 'committee' ? [id] : []))),
    areas: new Set(areas.map(({ id }) => id)),
    facts: new Map(facts.map((fact) => [fact.id, fact])),
    programmes: new Set(programmes.map(({ id }) => id)),
    bases: new Map((await readBases(tx)).map(({ id, authorised }) => [id, authorised])),
  })
}

/** Which files, by their content, and how much of them was new; nothing of anybody. */
async function note(tx: Tx, folder: string, written: Written): Promise<void> {
  const hash = createHash('sha256')
  for (const table of Object.keys(tables)) {
    for await (const piece of createReadStream(join(folder, `${table}.csv`))) {
      hash.update(piece as Buffer)
    }
  }
  const detail = JSON.stringify({ ...written, sha256: hash.digest('hex') })
  await sql`insert into app.audit (actor, action, subject, detail)
    values ('job:load', 'delivery.loaded', 'delivery:csv', ${detail}::jsonb)`.execute(tx)
}
