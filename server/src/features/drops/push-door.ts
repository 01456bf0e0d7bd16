import { sql } from 'kysely'
import { asActor, type Origin } from '../../platform/db/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import { type Problem, problem } from '../../platform/http/problem.ts'
import { hashToken, newToken } from '../staff/sign-in.ts'
import { dropProblems } from './problems.ts'
import {
  isSignedBy,
  readSignature,
  type Signature,
  signedWithin,
  type SignedRequest,
} from './signature.ts'

/** Why a push was turned away, for the audit log. */
type Because =
  | 'unsigned'
  | 'unknown'
  | 'signature'
  | 'time'
  | 'revoked'
  | 'expired'
  | 'source'
  | 'content'

const answers = {
  unsigned: 'push-unsigned',
  unknown: 'push-signature-wrong',
  signature: 'push-signature-wrong',
  time: 'push-time-wrong',
  revoked: 'push-key-ended',
  expired: 'push-key-ended',
  source: 'push-key-of-another',
  content: 'push-content-differs',
} as const satisfies Record<Because, keyof typeof dropProblems>

type Knock = Readonly<{ request: SignedRequest; source: string; origin: Origin }>

/**
 * Opens a session for whoever has signed the request, before a byte of its content is read. What the key is,
 * only its holder is told: the signature is looked at before its end.
 *
 * @param signin the database as role `signin`
 * @throws Problem `push-unsigned`, `push-signature-wrong`, `push-time-wrong`, `push-key-ended`,
 *   `push-key-of-another`; each is in the audit log
 */
export async function openPush(
  signin: Database,
  { request, source, origin }: Knock,
): Promise<Readonly<{ token: string; signature: Signature }>> {
  const refuse = (because: Because, keyId?: string) =>
    refusePush(signin, { because, source, origin, ...(keyId ? { keyId } : {}) })
  const signature = readSignature(request)
  if (!signature) throw await refuse('unsigned')
  const { keyId, created } = signature
  const key = await keyCalled(signin, keyId)
  if (!key) throw await refuse('unknown')
  if (!isSignedBy(key.public_key, signature)) throw await refuse('signature', keyId)
  if (Math.abs(Date.now() / 1000 - created) > signedWithin) throw await refuse('time', keyId)
  if (key.state !== 'live') throw await refuse(key.state, keyId)
  if (key.source !== source) throw await refuse('source', keyId)
  const token = newToken()
  const { rows } = await signin.pool.query<{ open: boolean }>(
    'select auth.open_push_session($1, $2, $3) as open',
    [keyId, hashToken(token), '5 minutes'],
  )
  // Ended since it was looked at.
  if (!rows[0]?.open) throw await refuse('revoked', keyId)
  return { token, signature }
}

type PublicHalf = Readonly<{
  source: string
  public_key: Buffer
  state: 'live' | 'expired' | 'revoked'
}>

async function keyCalled(signin: Database, id: string): Promise<PublicHalf | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined
  const { rows } = await signin.pool.query<PublicHalf>('select * from auth.push_key_called($1)', [
    id,
  ])
  return rows[0]
}

/** Notes what was turned away. @returns the problem to answer with */
export async function refusePush(
  signin: Database,
  {
    because,
    source,
    origin,
    keyId,
  }: Readonly<{ because: Because; source: string; origin: Origin; keyId?: string }>,
): Promise<Problem> {
  await asActor(
    signin,
    '',
    (tx) => sql`select auth.push_refused(${keyId ?? null}, ${source}, ${because})`.execute(tx),
    origin,
  )
  return problem(dropProblems, answers[because])
}
