import type pg from 'pg'
import { StartProblem } from '../../platform/start-problem.ts'
import { hashToken, newToken } from './sign-in.ts'
import { administrators, type Capability, invitationLife, type Role, roles } from './staff.ts'

/** A connection as role `owner`: accounts are made by whoever runs the server. */
type Owner = Pick<pg.ClientBase, 'query'>

export type NewStaff = Readonly<{ name: string; role: Role; areaId: string; username: string }>

/** Adds a member of staff with an account that has no password yet; returns their id. */
export async function addStaff(owner: Owner, staff: NewStaff): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `with person as (
       insert into app.staff (name, role, area_id) values ($1, $2, $3) returning id
     )
     insert into auth.account (staff_id, username) select id, $4 from person returning staff_id as id`,
    [staff.name, staff.role, staff.areaId, staff.username],
  )
  return rows[0]?.id ?? ''
}

export type Appointment = Readonly<{
  staffId: string
  capability: Capability
  from: string
  /** `null` as long as no end is set. */
  to: string | null
}>

/** Appoints somebody; the same appointment twice changes nothing. */
export async function appoint(owner: Owner, { staffId, capability, from, to }: Appointment) {
  await owner.query(
    `insert into app.appointment (staff_id, capability, valid_from, valid_to) values ($1, $2, $3, $4)
     on conflict on constraint appointment_once_at_a_time do nothing`,
    [staffId, capability, from, to],
  )
}

/** Notes what a command did with an account, which nobody is signed in for. */
async function note(owner: Owner, action: string, staffId: string, detail: object): Promise<void> {
  await owner.query(`select auth.note('job:staff', $1, $2, $3)`, [
    action,
    staffId,
    JSON.stringify(detail),
  ])
}

/** A one-time invitation to choose a password; the token is shown once and stored hashed. */
export async function invite(owner: Owner, staffId: string): Promise<string> {
  const { rows } = await owner.query<{ role: string; area: string }>(
    'select role, area_id as area from app.staff where id = $1',
    [staffId],
  )
  await note(owner, 'account.invited', staffId, rows[0] ?? {})
  return makeLink(owner, staffId)
}

/**
 * Takes an account's password and sessions away, and with `secondFactor` its authenticator, for somebody who is
 * locked out and whom no security administrator can help.
 *
 * @returns the token of a link to choose a new password; nothing for an account that is not there
 */
export async function resetByCommand(
  owner: Owner,
  username: string,
  secondFactor: boolean,
): Promise<string | undefined> {
  const { rows } = await owner.query<{ id: string }>(
    `update auth.account set password_hash = null, failures = 0, first_failure_at = null, locked_until = null,
       totp_secret = case when $2 then null else totp_secret end,
       totp_on_at = case when $2 then null else totp_on_at end, totp_offered = null
     from app.staff where staff.id = account.staff_id and staff.active and username = $1
     returning staff_id as id`,
    [username, secondFactor],
  )
  const id = rows[0]?.id
  if (!id) return undefined
  await owner.query('delete from auth.sign_on where staff_id = $1', [id])
  if (secondFactor) await owner.query('delete from auth.recovery_code where staff_id = $1', [id])
  await owner.query(
    'update auth.invitation set used_at = now() where staff_id = $1 and used_at is null',
    [id],
  )
  const ended = await owner.query('delete from auth.session where staff_id = $1', [id])
  await note(owner, 'account.reset', id, { secondFactor, sessionsEnded: ended.rowCount ?? 0 })
  return makeLink(owner, id)
}

async function makeLink(owner: Owner, staffId: string): Promise<string> {
  const token = newToken()
  await owner.query(
    `insert into auth.invitation (token_hash, staff_id, expires_at) values ($1, $2, now() + $3::interval)`,
    [hashToken(token), staffId, invitationLife],
  )
  return token
}

/**
 * Makes the three administrators of a new installation and an invitation for each. 三员
 *
 * Run again it invites those who have not yet chosen a password.
 *
 * @throws StartProblem when all three have one
 */
export async function inviteFirst(
  owner: Owner,
  districtId: string,
): Promise<readonly { username: string; roleName: string; token: string }[]> {
  const invited: { username: string; roleName: string; token: string }[] = []
  for (const role of administrators) {
    const { rows } = await owner.query<{ id: string; username: string; ready: boolean }>(
      `select staff.id, account.username, account.password_hash is not null as ready
       from app.staff join auth.account on account.staff_id = staff.id
       where staff.role = $1 and staff.active`,
      [role],
    )
    if (rows.some((row) => row.ready)) continue
    const username = rows[0]?.username ?? role
    const id =
      rows[0]?.id ??
      (await addStaff(owner, { name: roles[role].name, role, areaId: districtId, username }))
    await owner.query(
      `update auth.invitation set used_at = now() where staff_id = $1 and used_at is null`,
      [id],
    )
    invited.push({ username, roleName: roles[role].name, token: await invite(owner, id) })
  }
  if (invited.length === 0) {
    throw new StartProblem(
      'The three administrators already have their passwords.',
      'Invite others with: qiao staff add --name NAME --role ROLE --area CODE --username NAME',
    )
  }
  return invited
}
