import { sql } from 'kysely'
import type pg from 'pg'
import { emptyStaging, isEmpty, settleStaged, stagingTables } from '../features/households/load.ts'
import { asOwner } from '../platform/db/actor.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import { StartProblem } from '../platform/start-problem.ts'
import { batchLength, copy, type Seal, sealedRow } from './copy-rows.ts'
import { copyLine } from '../platform/db/copy-line.ts'
import { checkingKeysAtEnd } from './foreign-keys.ts'
import { generateDistrict } from './generate.ts'
import type { DistrictWish } from './plan.ts'
import { districtRolls } from './rolls.ts'
import { type Cell, rollRow, rowsOf, type Table } from './rows.ts'
import type { Progress } from './write-csv.ts'

export type LoadParts = Readonly<{
  /** A database opened as role `owner`: COPY into a table under row-level security is refused. */
  owner: Database
  seal: Seal
}>

/**
 * Loads a generated district into an empty demonstration database, all of it or nothing.
 *
 * Rows stream into schema staging by COPY and are taken over set by set.
 *
 * @returns households and people loaded
 * @throws StartProblem for a production database or one that holds households
 */
export async function loadDistrict(
  { owner, seal }: LoadParts,
  wish: DistrictWish,
  onProgress: Progress = () => {},
): Promise<{ households: number; persons: number }> {
  await asOwner(owner, refuseOccupied)
  await emptyStaging(owner)
  const loaded = await asOwner(owner, async (tx, connection) => {
    await refuseOccupied(tx)
    // Losing a load that was cut off costs nothing: it is made again from its seed.
    await sql`set local synchronous_commit = off`.execute(tx)
    await sql`set local work_mem = '128MB'`.execute(tx)
    await stage(connection, wish, seal, onProgress)
    return checkingKeysAtEnd(tx, () => settleStaged(tx, { today: wish.today, demo: true }))
  })
  await emptyStaging(owner)
  return loaded
}

async function refuseOccupied(tx: Tx): Promise<void> {
  const { rows } = await sql<{ mode: string }>`select mode from meta.installation`.execute(tx)
  if (rows.some(({ mode }) => mode === 'production')) {
    throw new StartProblem(
      'This database belongs to production; invented households are not loaded into it.',
      'Use a database of its own for demonstrations: start without DATABASE_URL, or name an empty one.',
    )
  }
  if (!(await isEmpty(tx))) {
    throw new StartProblem(
      'This database already holds households; a district is loaded into an empty one only.',
      'Delete the data folder (QIAO_DATA, usually .data) or name another with QIAO_DATA, then load again.',
    )
  }
}

async function stage(
  connection: pg.PoolClient,
  wish: DistrictWish,
  seal: Seal,
  onProgress: Progress,
): Promise<void> {
  const held = new Map<Table, string>(stagingTables.map((table) => [table, '']))
  let residents = 0
  let households = 0
  let length = 0
  let sending = Promise.resolve()
  // The database takes one batch in while the next one is made; never more than two are held.
  const send = async () => {
    await sending
    const batch = [...held].filter(([, text]) => text !== '')
    for (const table of held.keys()) held.set(table, '')
    length = 0
    onProgress({ residents, households })
    sending = copyAll(connection, batch)
    sending.catch(() => {})
  }
  for (const household of generateDistrict(wish)) {
    for (const [table, rows] of Object.entries(rowsOf(household, residents + 1)) as [
      Table,
      Cell[][],
    ][]) {
      const text = rows
        .map((row) => copyLine(table === 'person' ? sealedRow(row, seal) : row))
        .join('')
      held.set(table, held.get(table)! + text)
      length += text.length
    }
    residents += household.members.length
    households++
    if (length > batchLength) await send()
    else if (households % 50 === 0) await letLeave()
  }
  held.set(
    'roll',
    districtRolls(wish.today)
      .map((roll) => copyLine(rollRow(roll)))
      .join(''),
  )
  await send()
  await sending
}

/** Lets what was given to the connection leave while the program is busy making more. */
function letLeave(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

async function copyAll(
  connection: pg.PoolClient,
  batch: readonly (readonly [Table, string])[],
): Promise<void> {
  for (const [table, text] of batch) await copy(connection, table, text)
}
