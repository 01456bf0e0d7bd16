import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { pieceBytes } from './delivery.ts'
import type { ByteSource } from './reading/rows.ts'

/** Runs work in a transaction of its own, as whoever reads. */
export type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** Keeps one piece of a file, sealed; the same piece once more is left as it is. */
export async function keepPiece(
  tx: Tx,
  cipher: FieldCipher,
  { delivery, number, bytes }: Readonly<{ delivery: number; number: number; bytes: Buffer }>,
): Promise<void> {
  const { sealed } = cipher.seal('delivery', bytes.toString('base64'))
  await sql`insert into app.delivery_piece (delivery_id, number, bytes, piece_enc)
    values (${delivery}, ${number}, ${bytes.length}, ${sealed}) on conflict (delivery_id, number) do nothing`.execute(
    tx,
  )
}

/** How many bytes of a delivery have come, and which pieces. */
export async function piecesOf(
  tx: Tx,
  delivery: number,
): Promise<{ bytes: number; numbers: readonly number[] }> {
  const { rows } = await sql<{ bytes: number; numbers: number[] }>`
    select coalesce(sum(bytes), 0)::bigint as bytes, coalesce(array_agg(number order by number), '{}') as numbers
    from app.delivery_piece where delivery_id = ${delivery}`.execute(tx)
  return rows[0] ?? { bytes: 0, numbers: [] }
}

/** The same bytes in pieces of one size, but for the last. */
export async function* piecesIn(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const chunk of content) {
    held.push(chunk)
    size += chunk.length
    if (size < pieceBytes) continue
    const joined = Buffer.concat(held)
    let at = 0
    for (; joined.length - at >= pieceBytes; at += pieceBytes)
      yield joined.subarray(at, at + pieceBytes)
    const rest = joined.subarray(at)
    held = [rest]
    size = rest.length
  }
  if (size > 0) yield Buffer.concat(held)
}

/** The file of a delivery; one piece is held at a time, and each is read in a transaction of its own. */
export function fileOf(
  transact: Transact,
  cipher: FieldCipher,
  { id, bytes }: Readonly<{ id: number; bytes: number }>,
): ByteSource {
  let held: Readonly<{ number: number; bytes: Buffer }> | undefined
  const piece = async (number: number) => {
    if (held?.number === number) return held.bytes
    const sealed = await transact(async (tx) => {
      const { rows } = await sql<{
        sealed: Buffer
      }>`select piece_enc as sealed from app.delivery_piece
        where delivery_id = ${id} and number = ${number}`.execute(tx)
      return rows[0]?.sealed
    })
    if (!sealed) throw new Error(`delivery ${id} lacks piece ${number}`)
    held = { number, bytes: Buffer.from(cipher.open('delivery', sealed), 'base64') }
    return held.bytes
  }
  async function* read(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const number = Math.floor(at / pieceBytes)
      const from = number * pieceBytes
      const until = Math.min(end, from + pieceBytes)
      yield (await piece(number)).subarray(at - from, until - from)
      at = until
    }
  }
  return { size: bytes, read }
}

/** SHA-256 of a file, in hexadecimal. */
export async function hashOf({ size, read }: ByteSource): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of read(0, size)) hash.update(piece)
  return hash.digest('hex')
}
