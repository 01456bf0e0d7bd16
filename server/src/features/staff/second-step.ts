import { sql } from 'kysely'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import {
  hashRecoveryCode,
  newRecoveryCodes,
  newSecret,
  type Offer,
  offerOf,
  openSecret,
  sealSecret,
  stepOf,
} from './authenticator.ts'
import type { AsSelf } from './own-account.ts'
import { staffProblems } from './problems.ts'
import { hashToken, newToken, noteRefusal } from './sign-in.ts'
import { type Awaits, sessionLife } from './staff.ts'

/** Who stands between the two steps of signing in. */
type Awaiting = Readonly<{
  staffId: string
  username: string
  awaits: Awaits
  secret: Uint8Array | null
  offered: Uint8Array | null
  step: number | null
  lockedUntil: string | null
}>

/** @throws Problem `sign-in-anew` when the first step is too long ago, or was for something else */
async function awaiting(tx: Tx, awaits: Awaits): Promise<Awaiting> {
  const { rows } = await sql<Awaiting>`select staff_id as "staffId", username, awaits,
    totp_secret as secret, totp_offered as offered, totp_step as step,
    locked_until as "lockedUntil" from auth.awaiting()`.execute(tx)
  const found = rows[0]
  if (found?.awaits !== awaits) throw problem(staffProblems, 'sign-in-anew')
  if (found.lockedUntil) throw problem(staffProblems, 'account-locked')
  return found
}

/**
 * Opens the session for a code of the authenticator, or one to recover with.
 *
 * @returns the token of the session; that of the first step opens nothing more
 * @throws Problem `wrong-code`, which counts towards the lock-out; `account-locked`; `sign-in-anew`
 */
export async function passSecondFactor(
  asSelf: AsSelf,
  cipher: FieldCipher,
  code: string,
): Promise<string> {
  const { staffId, secret, step: used } = await asSelf((tx) => awaiting(tx, 'code'))
  // Longer than the digits of an authenticator: written down for the day when it is lost.
  const recovers = code.replaceAll(/\s/g, '').length > 6
  const step = recovers
    ? undefined
    : await stepOf(code, { secret: secret ? openSecret(cipher, staffId, secret) : '', used })
  const recovery = recovers ? hashRecoveryCode(staffId, code) : null
  const token = newToken()
  const opened =
    (recovers || step !== undefined) &&
    (await asSelf((tx) => pass(tx, step ?? null, recovery, token)))
  if (opened) return token
  const because = recovers ? 'recovery-code' : 'code'
  const locked = await asSelf((tx) => noteRefusal(tx, { staffId, because }))
  throw problem(staffProblems, locked ? 'account-locked' : 'wrong-code')
}

async function pass(tx: Tx, step: number | null, recovery: Buffer | null, token: string) {
  const { rows } = await sql<{
    opened: boolean
  }>`select auth.pass_second_factor(${step}, ${recovery},
    ${hashToken(token)}, ${sessionLife.lifetime}, ${sessionLife.idleLimit}) as opened`.execute(tx)
  return rows[0]?.opened === true
}

/** Whose authenticator is to be set up: signed in, or who must before they are. */
type Enrolling = Readonly<{ staffId: string; username: string; offered: Uint8Array | null }>

/** @throws Problem `sign-in-anew` */
export function enrollingAtTheDoor(tx: Tx): Promise<Enrolling> {
  return awaiting(tx, 'enrolment')
}

/** Offers a new secret; what was offered before is void. */
export async function offerAuthenticator(
  asSelf: AsSelf,
  cipher: FieldCipher,
  { staffId, username }: Enrolling,
): Promise<Offer> {
  const secret = await newSecret()
  await asSelf((tx) =>
    sql`select auth.offer_second_factor(${sealSecret(cipher, staffId, secret)})`.execute(tx),
  )
  return offerOf(secret, username)
}

export type TurnedOn = Readonly<{
  /** Of the session that opens by it, for whoever had none. */
  token: string
  /** Shown this once. */
  recoveryCodes: readonly string[]
}>

/**
 * Turns on the authenticator that was offered, for a code that it shows.
 *
 * @throws Problem `no-second-factor` when none was offered, `wrong-code`
 */
export async function confirmAuthenticator(
  asSelf: AsSelf,
  cipher: FieldCipher,
  { staffId, offered }: Enrolling,
  code: string,
): Promise<TurnedOn> {
  if (!offered) throw problem(staffProblems, 'no-second-factor')
  const step = await stepOf(code, { secret: openSecret(cipher, staffId, offered) })
  if (step === undefined) throw problem(staffProblems, 'wrong-code')
  const recoveryCodes = newRecoveryCodes()
  const hashes = recoveryCodes.map((one) => hashRecoveryCode(staffId, one))
  const token = newToken()
  const on = await asSelf(async (tx) => {
    const { rows } = await sql<{
      on: boolean
    }>`select auth.turn_on_second_factor(${step}, ${hashes},
      ${hashToken(token)}, ${sessionLife.lifetime}, ${sessionLife.idleLimit}) as on`.execute(tx)
    return rows[0]?.on
  })
  if (!on) throw problem(staffProblems, 'no-second-factor')
  return { token, recoveryCodes }
}

/** @throws Problem `no-second-factor` */
export async function turnOffAuthenticator(tx: Tx): Promise<void> {
  const { rows } = await sql<{ off: boolean }>`select auth.turn_off_second_factor() as off`.execute(
    tx,
  )
  if (!rows[0]?.off) throw problem(staffProblems, 'no-second-factor')
}

/**
 * Ten new codes to recover with; those before are void.
 *
 * @throws Problem `no-second-factor`
 */
export async function renewRecoveryCodes(tx: Tx, staffId: string): Promise<readonly string[]> {
  const codes = newRecoveryCodes()
  const hashes = codes.map((one) => hashRecoveryCode(staffId, one))
  const { rows } = await sql<{
    renewed: boolean
  }>`select auth.renew_recovery_codes(${hashes}) as renewed`.execute(tx)
  if (!rows[0]?.renewed) throw problem(staffProblems, 'no-second-factor')
  return codes
}
