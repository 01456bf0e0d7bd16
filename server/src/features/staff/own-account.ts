import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { hashPassword, isPassword, refuseWeak } from './passwords.ts'
import { staffProblems } from './problems.ts'
import { noteRefusal } from './sign-in.ts'

/** What somebody signed in needs to change how they sign in. */
export type OwnAccount = Readonly<{
  staffId: string
  name: string
  role: string
  username: string
  passwordHash: string | null
  passwordChangedAt: string | null
  lockedUntil: string | null
  /** Appointed to draft or approve policies. */
  appointed: boolean
  /** Since when an authenticator is asked for. */
  secondFactorSince: string | null
  /** An authenticator offered and not yet confirmed, sealed. */
  offered: Uint8Array | null
  recoveryCodesLeft: number
}>

/** Runs `work` as role `signin` in one transaction that knows the caller. */
export type AsSelf = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** @throws Problem `not-signed-in` when the session has ended meanwhile */
export async function ownAccount(tx: Tx): Promise<OwnAccount> {
  const { rows } = await sql<OwnAccount>`
    select staff_id as "staffId", name, role, username, password_hash as "passwordHash",
      password_changed_at as "passwordChangedAt", locked_until as "lockedUntil", appointed,
      second_factor_since as "secondFactorSince", totp_offered as offered,
      recovery_codes_left as "recoveryCodesLeft"
    from auth.own_account()`.execute(tx)
  if (!rows[0]) throw problem(platformProblems, 'not-signed-in')
  return rows[0]
}

/**
 * Makes sure that it is the holder of the account who sits there.
 *
 * A wrong password counts towards the lock-out like one at the door.
 *
 * @throws Problem `old-password-wrong`, `account-locked`
 */
export async function confirmPassword(asSelf: AsSelf, password: string): Promise<OwnAccount> {
  const account = await asSelf(ownAccount)
  const right = await isPassword(account.passwordHash, password)
  if (right && !account.lockedUntil) return account
  const because = account.lockedUntil ? 'locked' : 'password'
  const locked = await asSelf((tx) => noteRefusal(tx, { staffId: account.staffId, because }))
  if (locked || account.lockedUntil) throw problem(staffProblems, 'account-locked')
  throw problem(staffProblems, 'old-password-wrong', undefined, [
    { path: '/body/password', message: staffProblems['old-password-wrong'].title },
  ])
}

/**
 * Sets a new password and ends every other session.
 *
 * @returns how many sessions ended
 * @throws Problem `weak-password`, and those of {@link confirmPassword}
 */
export async function changePassword(asSelf: AsSelf, old: string, chosen: string): Promise<number> {
  const account = await confirmPassword(asSelf, old)
  await refuseWeak(chosen, account, '/body/chosen')
  const hash = await hashPassword(chosen)
  return asSelf(async (tx) => {
    const { rows } = await sql<{
      ended: number | null
    }>`select auth.change_password(${hash}) as ended`.execute(tx)
    const ended = rows[0]?.ended ?? null
    if (ended === null) throw problem(platformProblems, 'not-signed-in')
    return ended
  })
}

export type OwnSession = Readonly<{
  id: string
  openedAt: string
  seenAt: string
  address: string | null
  agent: string | null
  current: boolean
}>

/** The live sessions of whoever asks, this one first. */
export async function ownSessions(tx: Tx): Promise<OwnSession[]> {
  const { rows } = await sql<OwnSession>`select id, opened_at as "openedAt", seen_at as "seenAt",
    address, agent, current from auth.own_sessions()`.execute(tx)
  return rows
}

/** Ends one other session of the holder, or all others; how many those were. */
export async function endOwnSessions(tx: Tx, id: string | null): Promise<number> {
  const { rows } = await sql<{
    ended: number
  }>`select auth.end_own_sessions(${id}) as ended`.execute(tx)
  return rows[0]?.ended ?? 0
}

/** What the holder of an account is told of. */
type AccountEventName =
  | 'password-changed'
  | 'invitation-accepted'
  | 'reset'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'recovery-code-used'
  | 'recovery-codes-renewed'
  | 'sign-on-bound'
  | 'locked'
  | 'unlocked'
  | 'new-browser'

export type AccountEvent = Readonly<{
  id: number
  at: string
  what: AccountEventName
  /** An administrator did it, or the program. */
  byOther: boolean
  address: string | null
  agent: string | null
  /** What the holder said; null until then. */
  mine: boolean | null
  /** The session that asks did it, and is not asked about it. */
  here: boolean
}>

/** What the holder is told of their account, the latest first. */
export async function ownEvents(tx: Tx): Promise<AccountEvent[]> {
  const { rows } =
    await sql<AccountEvent>`select id, at, what, by_other as "byOther", address, agent,
    mine, here from auth.own_events()`.execute(tx)
  return rows
}

/**
 * The holder says whether it was they; what was not is an alert for the security administrator.
 *
 * @returns how many were still to be answered
 */
export async function answerEvents(
  tx: Tx,
  { events, mine }: Readonly<{ events: readonly number[]; mine: boolean }>,
): Promise<number> {
  const { rows } = await sql<{
    answered: number
  }>`select auth.answer_events(${events}, ${mine}) as answered`.execute(tx)
  return rows[0]?.answered ?? 0
}
