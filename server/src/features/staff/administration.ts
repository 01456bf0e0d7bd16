import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { AsSelf } from './own-account.ts'
import { staffProblems } from './problems.ts'
import { hashToken, newToken } from './sign-in.ts'
import { areaFits, invitationLife, type Role, roleName } from './staff.ts'

/** An account as the security administrator sees it: how somebody signs in, nothing of their work. */
export type AccountRow = Readonly<{
  id: string
  name: string
  role: string
  areaId: string
  areaName: string
  username: string
  state: 'active' | 'locked' | 'invited' | 'disabled'
  secondFactor: boolean
  signedInAt: string | null
  /** Live sessions. */
  sessions: number
  lockedUntil: string | null
  /** Until when a link to choose a password waits. */
  invitedUntil: string | null
  /** Of the administrator who asks, which is not theirs to administer. */
  own: boolean
}>

/** Every account whose name or account contains the text, those in office first. */
export async function accountsFor(tx: Tx, search: string | null): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`select id, name, role, area_id as "areaId",
    area_name as "areaName", username, state, second_factor as "secondFactor",
    signed_in_at as "signedInAt", sessions, locked_until as "lockedUntil",
    invited_until as "invitedUntil", own from auth.accounts(${search})`.execute(tx)
  return rows
}

export type NewAccount = Readonly<{ name: string; role: Role; areaId: string; username: string }>

/** The token of a one-time link, shown once. */
export type Link = Readonly<{ id: string; token: string }>

/**
 * Makes an account with a link to choose its password.
 *
 * @throws Problem `area-unfit`, `username-taken`, `administrator-namesake`
 */
export async function inviteStaff(asSelf: AsSelf, asked: NewAccount): Promise<Link> {
  const { name, role, areaId, username } = asked
  if (!areaFits(role, areaId)) {
    const message = `${roleName(role)}不在这一级区划任职`
    throw problem(staffProblems, 'area-unfit', undefined, [{ path: '/body/areaId', message }])
  }
  const token = newToken()
  const id = await asSelf(async (tx) => {
    const { rows } = await sql<{ id: string }>`select auth.invite_staff(${name}, ${role}, ${areaId},
      ${username}, ${hashToken(token)}, ${invitationLife}) as id`.execute(tx)
    return rows[0]?.id ?? ''
  }).catch(refusedInvitation)
  return { id, token }
}

function refusedInvitation(cause: { code?: string; constraint?: string }): never {
  if (cause.constraint === 'administrator_is_one_person')
    throw problem(staffProblems, 'administrator-namesake')
  if (cause.code === '23505') throw problem(staffProblems, 'username-taken')
  if (cause.code === '23503') throw problem(staffProblems, 'area-unfit')
  throw cause
}

/**
 * A link to choose a password anew; the old one and every session end at once.
 *
 * @param secondFactor whether the authenticator is reset, too; not that of an administrator
 * @throws Problem `own-account`, `administrator-factor`, `not-found`
 */
export async function resetAccount(
  asSelf: AsSelf,
  id: string,
  secondFactor: boolean,
): Promise<Link> {
  const token = newToken()
  await act(asSelf, id, (tx, row) => {
    const isAdministrator = row.role.endsWith('-admin')
    if (secondFactor && isAdministrator) throw problem(staffProblems, 'administrator-factor')
    return sql<Did>`select auth.reset_account(${id}, ${hashToken(token)}, ${invitationLife},
      ${secondFactor}) as did`.execute(tx)
  })
  return { id, token }
}

export type AccountStep = 'unlock' | 'disable' | 'enable' | 'end-sessions'

/** @throws Problem `own-account`, `last-administrator`, `nothing-to-do`, `not-found` */
export async function takeAccountStep(
  asSelf: AsSelf,
  id: string,
  step: AccountStep,
): Promise<void> {
  await act(asSelf, id, (tx) => {
    if (step === 'unlock') return sql<Did>`select auth.unlock_account(${id}) as did`.execute(tx)
    if (step === 'end-sessions')
      return sql<Did>`select auth.end_sessions_of(${id}) as did`.execute(tx)
    return sql<Did>`select auth.set_account_active(${id}, ${step === 'enable'}) as did`.execute(tx)
  })
}

type Did = { did: boolean }

async function act(
  asSelf: AsSelf,
  id: string,
  work: (tx: Tx, row: AccountRow) => Promise<{ rows: Did[] }>,
): Promise<void> {
  const did = await asSelf(async (tx) => {
    const row = (await accountsFor(tx, null)).find((one) => one.id === id)
    if (!row) throw problem(platformProblems, 'not-found')
    if (row.own) throw problem(staffProblems, 'own-account')
    return (await work(tx, row)).rows[0]?.did
  }).catch((cause: { constraint?: string }) => {
    if (cause.constraint === 'administrator_of_each_kind')
      throw problem(staffProblems, 'last-administrator')
    throw cause
  })
  if (!did) throw problem(staffProblems, 'nothing-to-do')
}
