import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { staffProblems } from './problems.ts'
import { lockOut, passwordProblem, sessionLife } from './staff.ts'

/**
 * Opens a session for the right password.
 *
 * @param signin the database as role `signin`, which can do nothing else
 * @returns the token that the session cookie carries
 * @throws Problem `wrong-password`, the same for an unknown account; `account-locked`
 */
export async function signIn(
  signin: Database,
  username: string,
  password: string,
): Promise<string> {
  const { rows } = await signin.pool.query<{
    staff_id: string
    password_hash: string | null
    locked_until: string | null
  }>(`select * from auth.account_for_sign_in($1)`, [username])
  const account = rows[0]
  const right = await isPassword(account?.password_hash, password)
  if (account?.locked_until) throw problem(staffProblems, 'account-locked')
  if (!account) throw problem(staffProblems, 'wrong-password')
  if (!right) throw await failed(signin, account.staff_id)
  const token = newToken()
  const opened = await signin.pool.query<{ open_session: boolean }>(
    `select auth.open_session($1, $2, $3, $4)`,
    [account.staff_id, hashToken(token), sessionLife.lifetime, sessionLife.idleLimit],
  )
  if (!opened.rows[0]?.open_session) throw problem(staffProblems, 'account-locked')
  return token
}

async function failed(signin: Database, staffId: string) {
  const { rows } = await signin.pool.query<{ sign_in_failed: string | null }>(
    `select auth.sign_in_failed($1, $2, $3, $4)`,
    [staffId, lockOut.failures, lockOut.window, lockOut.lock],
  )
  return problem(staffProblems, rows[0]?.sign_in_failed ? 'account-locked' : 'wrong-password')
}

export async function signOut(signin: Database, token: string): Promise<void> {
  await signin.pool.query(`select auth.close_session($1)`, [hashToken(token)])
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
): Promise<void> {
  const { username } = await readInvitation(signin, token)
  const weakness = passwordProblem(password, username)
  if (weakness) {
    throw problem(staffProblems, 'weak-password', `${weakness}。`, [
      { path: '/body/password', message: weakness },
    ])
  }
  const { rows } = await signin.pool.query<{ accept_invitation: string | null }>(
    `select auth.accept_invitation($1, $2)`,
    [hashToken(token), await hashPassword(password)],
  )
  if (!rows[0]?.accept_invitation) throw problem(staffProblems, 'invitation-void')
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
