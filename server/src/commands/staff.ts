import { parseArgs } from 'node:util'
import { dayFromText } from '@qiao/rules'
import { districtId } from '../features/areas/area.ts'
import {
  addStaff,
  appoint,
  invite,
  inviteFirst,
  resetByCommand,
} from '../features/staff/accounts.ts'
import { capabilities, type Capability, type Role, roles } from '../features/staff/staff.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { readConfig } from '../platform/config.ts'
import { asOwner } from '../platform/db/actor.ts'
import { AskedWrongly, StartProblem } from '../platform/start-problem.ts'
import type { Command, CommandIo } from './command.ts'

const usage = [
  'qiao staff invite-first',
  'qiao staff add --name NAME --role ROLE --area CODE --username NAME',
  'qiao staff appoint --username NAME --capability CAPABILITY [--from DAY] [--to DAY]',
  'qiao staff list',
  'qiao staff reset --username NAME [--second-factor]',
] as const

export const staffCommand: Command = {
  name: 'staff',
  usage,
  about:
    'Makes accounts. Each begins with a one-time invitation to choose a password; it is shown once and valid for seven days. appoint lets somebody of the district draft policies (policy-author) approve and publish them (policy-approver) or take in what departments deliver (data-steward), from a day to a day. reset takes away the password and every session of an account, with --second-factor its authenticator, too, and makes a new link: for an administrator who is locked out; all else is done in the console.',
  run: async ([verb, ...rest], io) => {
    const work = { 'invite-first': inviteThree, add, appoint: appointOne, list, reset }[verb ?? '']
    if (!work) {
      io.stderr(`qiao staff does not know "${verb ?? ''}".\n${usage.join('\n')}\n`)
      return 2
    }
    const installation = await openInstallation(readConfig(io.env), (line) =>
      io.stderr(`${line}\n`),
    )
    try {
      await work(installation, rest, io)
      return 0
    } finally {
      await installation.close()
    }
  },
}

async function inviteThree(
  { owner, config }: Installation,
  _args: readonly string[],
  io: CommandIo,
): Promise<void> {
  if (config.mode === 'demo') {
    throw new StartProblem(
      'A demonstration already has its three administrators, with printed passwords.',
      'Invitations are for production: set DATABASE_URL and QIAO_MODE=production.',
    )
  }
  const invited = await asOwner(owner, (_tx, connection) => inviteFirst(connection, districtId))
  for (const { username, roleName, token } of invited) {
    io.stdout(`${roleName}\t${username}\t/invitation/${token}\n`)
  }
  io.stderr('每个邀请只能使用一次，7 天内有效，只显示这一次。请分别交给三位管理员本人。\n')
}

async function add({ owner }: Installation, args: readonly string[], io: CommandIo): Promise<void> {
  const { name, role, area, username } = readArguments(args)
  const token = await asOwner(owner, async (_tx, connection) => {
    const id = await addStaff(connection, { name, role, areaId: area, username }).catch(
      (cause: { code?: string }) => {
        throw asStartProblem(cause, area, username)
      },
    )
    return invite(connection, id)
  })
  io.stdout(`${roles[role].name}\t${username}\t/invitation/${token}\n`)
}

async function appointOne(
  { owner, clock }: Installation,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const text = { type: 'string' } as const
  const options = { username: text, capability: text, from: text, to: text }
  const { values } = parseArgs({ args: [...args], options })
  const { username, capability = '', from = clock.today(), to = null } = values
  if (!username || !Object.hasOwn(capabilities, capability)) {
    throw new AskedWrongly(
      `--username and --capability (${Object.keys(capabilities).join(', ')}) are needed.`,
      usage[2],
    )
  }
  if (![from, ...(to === null ? [] : [to])].every((day) => dayFromText(day) !== null))
    throw new AskedWrongly('--from and --to are days, as in 2026-07-01.', usage[2])
  await asOwner(owner, async (_tx, connection) => {
    const { rows } = await connection.query<{ id: string; role: string; area_id: string }>(
      `select staff.id, staff.role, staff.area_id from app.staff
       join auth.account on account.staff_id = staff.id where account.username = $1`,
      [username],
    )
    const found = rows[0]
    if (!found) throw new StartProblem(`There is no account "${username}".`, usage[3])
    if (found.role !== 'district' || found.area_id.length !== 6)
      throw new StartProblem(
        `"${username}" is not of the district.`,
        'Only staff of the district draft or approve policies.',
      )
    await appoint(connection, {
      staffId: found.id,
      capability: capability as Capability,
      from,
      to,
    })
  })
  io.stdout(`${username}\t${capability}\t${from}\t${to ?? ''}\n`)
}

async function reset(
  { owner }: Installation,
  args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const options = { username: { type: 'string' }, 'second-factor': { type: 'boolean' } } as const
  const { values } = parseArgs({ args: [...args], options })
  const { username, 'second-factor': secondFactor = false } = values
  if (!username) throw new AskedWrongly('--username is needed.', usage[4])
  const token = await asOwner(owner, (_tx, connection) =>
    resetByCommand(connection, username, secondFactor),
  )
  if (!token) throw new StartProblem(`There is no account "${username}" in office.`, usage[3])
  io.stdout(`${username}\t/invitation/${token}\n`)
}

function readArguments(args: readonly string[]): {
  name: string
  role: Role
  area: string
  username: string
} {
  const text = { type: 'string' } as const
  const options = { name: text, role: text, area: text, username: text }
  const { name, role, area, username } = parseArgs({ args: [...args], options }).values
  if (!name || !role || !area || !username) {
    throw new AskedWrongly('--name, --role, --area and --username are all needed.', usage[1])
  }
  if (!(role in roles)) {
    throw new AskedWrongly(
      `There is no role "${role}".`,
      `Roles are ${Object.keys(roles).join(', ')}.`,
    )
  }
  return { name, role: role as Role, area, username }
}

function asStartProblem(cause: { code?: string }, area: string, username: string): unknown {
  if (cause.code === '23503') {
    return new StartProblem(
      `There is no area "${area}".`,
      'Areas are national codes of 6, 9 or 12 digits.',
    )
  }
  if (cause.code === '23505') {
    return new StartProblem(
      `There already is an account "${username}".`,
      'Choose another --username.',
    )
  }
  return cause
}

async function list(
  { owner }: Installation,
  _args: readonly string[],
  io: CommandIo,
): Promise<void> {
  const { rows } = await owner.pool.query<{
    username: string
    role: string
    area_id: string
    ready: boolean
  }>(
    `select account.username, staff.role, staff.area_id, account.password_hash is not null as ready
     from app.staff join auth.account on account.staff_id = staff.id order by staff.role, account.username`,
  )
  for (const row of rows) {
    io.stdout(`${row.username}\t${row.role}\t${row.area_id}\t${row.ready ? 'ready' : 'invited'}\n`)
  }
}
