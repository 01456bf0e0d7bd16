import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { audit } from '../../platform/audit.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { putDelivery, type Taken } from '../exchange/announce.ts'
import { enqueueStep } from '../exchange/enqueue-step.ts'
import { keepPiece, piecesIn } from '../exchange/pieces.ts'

/** A file as its sender announces it. */
export type Pushed = Taken &
  Readonly<{
    fileName: string
    bytes: number
    /** The sender's name for it. */
    pushId: string
    hash: Buffer
  }>

/** What came is not what was announced; rolls back what was kept of it. */
export class ContentDiffers extends Error {
  override readonly name = 'ContentDiffers'
}

/**
 * Keeps a pushed file, sealed piece by piece, and has it looked into as one that a steward sends. The same push
 * once more is the delivery it was the first time, and its content is not read again.
 *
 * @param tx as the key; rolled back, nothing of the file is left
 * @throws ContentDiffers; Problem `key-reused` where the sender gave another file the same name
 */
export async function receivePush(
  tx: Tx,
  { cipher, jobs }: Readonly<{ cipher: FieldCipher; jobs: Jobs }>,
  pushed: Pushed,
  content: AsyncIterable<Uint8Array>,
): Promise<Readonly<{ id: number; again: boolean }>> {
  const { source, fileName, bytes, onDay, programme, areaId, complete, pushId, hash } = pushed
  // The same push twice at once waits here for the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(auth.actor() || ' ' || ${pushId}, 0))`.execute(
    tx,
  )
  const known = await sql<{ id: number; same: boolean }>`
    select id, push_hash = ${hash} and file_name = ${fileName} and on_day = ${onDay}::date
      and (programme, roll_area, roll_complete) is not distinct from (${programme}, ${areaId}, ${complete}) as same
    from app.delivery where push_id = ${pushId}`.execute(tx)
  const first = known.rows[0]
  if (first && !first.same) throw problem(platformProblems, 'key-reused')
  if (first) return { id: first.id, again: true }
  const id = await putDelivery(tx, pushed, pushed)
  await keepContent(tx, cipher, { id, bytes, hash }, content)
  await enqueueStep(tx, jobs, id)
  await audit(tx, {
    action: 'delivery.pushed',
    subject: `delivery:${id}`,
    detail: { source, bytes },
  })
  return { id, again: false }
}

async function keepContent(
  tx: Tx,
  cipher: FieldCipher,
  { id, bytes, hash }: Readonly<{ id: number; bytes: number; hash: Buffer }>,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const seen = createHash('sha256')
  let [number, came] = [0, 0]
  for await (const piece of piecesIn(content)) {
    came += piece.length
    if (came > bytes) throw new ContentDiffers('more came than was announced')
    seen.update(piece)
    await keepPiece(tx, cipher, { delivery: id, number, bytes: piece })
    number += 1
  }
  if (came !== bytes || !seen.digest().equals(hash))
    throw new ContentDiffers('another content came than was announced')
}
