import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Fact } from '@qiao/rules'
import { sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import { asActor, asActorOnConnection } from '../../platform/db/actor.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import { copyBytes, copyLine } from '../../platform/db/copy-line.ts'
import type { Database } from '../../platform/db/database.ts'
import type { Delivery } from './delivery.ts'
import { step } from './deliveries.ts'
import { fileOf, type Transact } from './pieces.ts'
import { factReader, type ReadRow, rollReader } from './read-rows.ts'
import type { SheetRow } from './reading/rows.ts'
import { openSheet } from './reading/sheet.ts'
import { UnreadableFile } from './reading/unreadable-file.ts'

export type CheckParts = Readonly<{
  db: Database
  cipher: FieldCipher
  /** A live token of the program itself. */
  programToken: () => Promise<string>
}>

/** Rows read between two words of progress. */
const rowsAtOnce = 20_000

/**
 * Reads the file of a delivery row by row and compares each with what is on record; nothing is written of anybody.
 * Begun anew, it begins from the first row.
 *
 * @param facts what its source may tell
 */
export async function checkDelivery(
  parts: CheckParts,
  delivery: Delivery,
  { facts, today }: Readonly<{ facts: readonly Fact[]; today: string }>,
): Promise<void> {
  const { db, programToken } = parts
  const transact: Transact = async (work) => asActor(db, await programToken(), work)
  const { id, onDay, mapping, reading, roll } = delivery
  if (!mapping || !reading) throw new Error(`delivery ${id} is checked without a mapping`)
  const rowReading = { headings: reading.headings, mapping, onDay, today }
  const read = roll ? rollReader(rowReading, roll.programme) : factReader(rowReading, facts)
  try {
    const sheet = await openSheet(fileOf(transact, parts.cipher, delivery))
    await asActorOnConnection(db, await programToken(), async (tx, connection) => {
      const lines = linesOf(parts.cipher, id, read, sheet.rows, async (rows) => {
        await transact((other) => sql`select app.note_delivery(${id}, ${rows}, 0)`.execute(other))
      })
      await pipeline(Readable.from(lines), connection.query(copyFrom(staged)))
      await sql`select ${sql.id('app', roll ? 'match_roll' : 'match_delivery')}(${id})`.execute(tx)
      await step(tx, id, ['checking', 'checked'])
    })
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    await transact((tx) => step(tx, id, ['checking', 'failed'], { problem: error.message }))
  }
}

const staged = `copy staging.delivered (delivery_id, row, id_number_index, name, on_day, facts, reason, of_column, said)
  from stdin`

/** The rows below the headings as COPY takes them, in pieces of many. */
async function* linesOf(
  cipher: FieldCipher,
  delivery: number,
  read: (row: SheetRow) => ReadRow,
  rows: AsyncIterable<SheetRow>,
  tell: (rows: number) => Promise<void>,
): AsyncGenerator<string> {
  let piece = ''
  let count = -1
  for await (const row of rows) {
    count += 1
    if (count === 0) continue
    piece += lineOf(cipher, delivery, read(row))
    if (count % 1000 === 0) {
      yield piece
      piece = ''
    }
    if (count % rowsAtOnce === 0) await tell(count)
  }
  if (piece !== '') yield piece
}

function lineOf(cipher: FieldCipher, delivery: number, read: ReadRow): string {
  if ('wrong' in read) {
    const { row, wrong, column, said } = read
    return copyLine([delivery, row, null, null, null, null, wrong, column, said])
  }
  const { row, idNumber, name, onDay, facts } = read
  const index = copyBytes(cipher.index('id-number', idNumber))
  return copyLine([delivery, row, index, name, onDay, JSON.stringify(facts), null, null, null])
}
