import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { platformProblems } from './platform-problems.ts'
import { problem } from './problem.ts'

/**
 * Does `work` once for an Idempotency-Key: a repeated request gets the first answer again.
 *
 * Without the header `work` simply runs. Two requests with one key wait for each other, because the
 * answer is stored in the transaction of the work.
 *
 * @throws Problem `key-reused` when the key came before with another content
 */
export async function once<T>(tx: Tx, request: FastifyRequest, work: () => Promise<T>): Promise<T> {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key === '') return work()
  const hash = createHash('sha256')
    .update(JSON.stringify([request.method, request.url, request.body]))
    .digest()
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${request.caller.staffId} ${key}`}, 0))`.execute(
    tx,
  )
  const { rows } = await sql<{ same: boolean; answer: T }>`
    select request_hash = ${hash} as same, answer from app.idempotency where key = ${key}`.execute(
    tx,
  )
  if (rows[0]) {
    if (!rows[0].same) throw problem(platformProblems, 'key-reused')
    return rows[0].answer
  }
  const answer = await work()
  await sql`insert into app.idempotency (key, request_hash, answer)
    values (${key}, ${hash}, ${JSON.stringify(answer ?? null)}::jsonb)`.execute(tx)
  return answer
}
