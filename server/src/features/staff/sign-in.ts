import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { SecondFactor } from '../../platform/config.ts'
import { asActor, type Origin } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import { hashPassword, isPassword, refuseWeak } from './passwords.ts'
import { staffProblems } from './problems.ts'
import { type Awaits, lockOut, mustHaveSecondFactor, sessionLife } from './staff.ts'

/**
 * Runs `work` for somebody who has not signed in.
 *
 * @param signin the database as role `signin`, which can do nothing else
 */
function asVisitor<T>(
  signin: Database,
  origin: Origin | undefined,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return asActor(signin, '', work, origin)
}

export type Credentials = Readonly<{ username: string; password: string }>

/** A session that is open, or what it still awaits, with the token that its cookie carries. */
export type SignedIn = Readonly<{ token: string; awaits: Awaits | null }>

/**
 * Opens a session for the right password, or the first half of one.
 *
 * @param secondFactor who must have one
 * @throws Problem `wrong-password`, the same for an unknown account; `account-locked`
 */
export async function signIn(
  signin: Database,
  { username, password }: Credentials,
  origin: Origin,
  secondFactor: SecondFactor,
): Promise<SignedIn> {
  const account = await asVisitor(signin, origin, (tx) => accountOf(tx, username))
  const right = await isPassword(account?.password_hash, password)
  if (!account || account.locked_until || !right) {
    const because = account?.locked_until ? 'locked' : account ? 'password' : 'unknown'
    throw await refused(signin, { staffId: account?.staff_id ?? null, because }, origin)
  }
  const mustEnrol = mustHaveSecondFactor(secondFactor, account)
  return asVisitor(signin, origin, (tx) =>
    openSession(tx, { staffId: account.staff_id, by: 'password', mustEnrol }, origin),
  )
}

type Opening = Readonly<{ staffId: string; by: string; mustEnrol: boolean }>

/** @throws Problem `account-locked` when that happened meanwhile */
export async function openSession(
  tx: Tx,
  { staffId, by, mustEnrol }: Opening,
  origin: Origin,
): Promise<SignedIn> {
  const token = newToken()
  const { rows } = await sql<{ what: 'open' | Awaits | null }>`select auth.open_session(
    ${staffId}, ${hashToken(token)}, ${origin.agent ?? null}, ${by}, ${mustEnrol},
    ${sessionLife.lifetime}, ${sessionLife.idleLimit}) as what`.execute(tx)
  const what = rows[0]?.what
  if (!what) throw problem(staffProblems, 'account-locked')
  return { token, awaits: what === 'open' ? null : what }
}

async function accountOf(tx: Tx, username: string) {
  const { rows } = await sql<{
    staff_id: string
    role: string
    appointed: boolean
    password_hash: string | null
    locked_until: string | null
  }>`select * from auth.account_for_sign_in(${username})`.execute(tx)
  return rows[0]
}

export type Refused = Readonly<{
  /** `null` where there is no such account. */
  staffId: string | null
  because: 'unknown' | 'locked' | 'password' | 'code' | 'recovery-code'
}>

/** Notes and counts what did not open the door; what to answer. */
async function refused(signin: Database, what: Refused, origin: Origin) {
  const locked = await asVisitor(signin, origin, (tx) => noteRefusal(tx, what))
  return problem(
    staffProblems,
    locked || what.because === 'locked' ? 'account-locked' : 'wrong-password',
  )
}

/** Whether the account is locked by it. */
export async function noteRefusal(tx: Tx, { staffId, because }: Refused): Promise<boolean> {
  const { rows } = await sql<{ locked: string | null }>`select auth.sign_in_failed(
    ${staffId}, ${because}, ${lockOut.failures}, ${lockOut.window}, ${lockOut.lock}) as locked`.execute(
    tx,
  )
  return Boolean(rows[0]?.locked)
}

export async function signOut(signin: Database, token: string, origin?: Origin): Promise<void> {
  await asVisitor(signin, origin, (tx) =>
    sql`select auth.close_session(${hashToken(token)})`.execute(tx),
  )
}

export type Invited = Readonly<{ name: string; role: string; username: string }>

/** @throws Problem `invitation-void` for a used, expired or invented invitation */
export async function readInvitation(signin: Database, token: string): Promise<Invited> {
  const { rows } = await signin.pool.query<Invited>(
    `select name, role, username from auth.invitation_for($1)`,
    [hashToken(token)],
  )
  if (!rows[0]) throw problem(staffProblems, 'invitation-void')
  return rows[0]
}

/**
 * Sets the password of the invited person and ends every older session of theirs.
 *
 * @throws Problem `invitation-void`, `weak-password`
 */
export async function acceptInvitation(
  signin: Database,
  token: string,
  password: string,
  origin?: Origin,
): Promise<void> {
  await refuseWeak(password, await readInvitation(signin, token), '/body/password')
  const hash = await hashPassword(password)
  const accepted = await asVisitor(signin, origin, async (tx) => {
    const { rows } = await sql<{
      id: string | null
    }>`select auth.accept_invitation(${hashToken(token)}, ${hash}) as id`.execute(tx)
    return rows[0]?.id
  })
  if (!accepted) throw problem(staffProblems, 'invitation-void')
}

/**
 * A session of the program itself, which sees the whole district; close it with {@link signOut}.
 *
 * @param job what it runs, for the audit log, e.g. `match`
 */
export async function openJobSession(signin: Database, job: string): Promise<string> {
  const token = newToken()
  await signin.pool.query(`select auth.open_job_session($1, $2, $3)`, [
    job,
    hashToken(token),
    '1 hour',
  ])
  return token
}

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
