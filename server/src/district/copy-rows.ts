import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { copyBytes } from '../platform/db/copy-line.ts'
import { type Cell, type Table, tables } from './rows.ts'

/** Encrypts an ID number or a phone and makes its blind index, which equality search looks for. */
export type Seal = (
  field: 'id-number' | 'phone',
  text: string,
) => Readonly<{ sealed: Uint8Array; index: Uint8Array }>

/** Characters of COPY text held before they are sent. */
export const batchLength = 2_000_000

const idNumberAt = tables.person.indexOf('id_number')
const phoneAt = tables.person.indexOf('phone')

/** The row with ID number and phone each replaced by its sealed text and blind index. */
export function sealedRow(row: readonly Cell[], seal: Seal): Cell[] {
  return row.flatMap((cell, at) => {
    if (at !== idNumberAt && at !== phoneAt) return [cell]
    if (cell === null) return [null, null]
    const { sealed, index } = seal(at === phoneAt ? 'phone' : 'id-number', String(cell))
    return [copyBytes(sealed), copyBytes(index)]
  })
}

function columnsOf(table: Table): string {
  return tables[table]
    .flatMap((column) =>
      column === 'id_number' || column === 'phone'
        ? [`${column}_enc`, `${column}_index`]
        : [column],
    )
    .join(', ')
}

export async function copy(connection: pg.PoolClient, table: Table, text: string): Promise<void> {
  await pipeline(
    Readable.from([Buffer.from(text)]),
    connection.query(copyFrom(`copy staging.${table} (${columnsOf(table)}) from stdin`)),
  )
}
