import { createHmac } from 'node:crypto'
import pg from 'pg'
import { StartProblem } from '../start-problem.ts'

/**
 * The database roles: `owner` migrates and owns everything, `app` answers requests and owns
 * nothing, `signin` may only call the sign-in functions, `reports` reads views.
 */
export const databaseRoles = ['owner', 'app', 'signin', 'reports'] as const
export type DatabaseRole = (typeof databaseRoles)[number]

/** What a role of ours says of itself, so that a namesake of another program is not taken over. */
const mark = 'Qiao'

/**
 * The password of a database role, derived from one secret of the key file so that every process
 * of an installation knows it and none has to be stored twice.
 */
function rolePassword(secret: string, role: DatabaseRole): string {
  return createHmac('sha256', secret).update(`role:${role}`).digest('base64url')
}

/** The address of the same server and database as another role. */
export function urlAs(url: string, secret: string, role: DatabaseRole): string {
  const address = new URL(url)
  address.username = role
  address.password = rolePassword(secret, role)
  return address.toString()
}

/**
 * Makes the database of `url` if it is missing, then its roles, and closes the database to others.
 *
 * @param url the address of a role that may create roles with BYPASSRLS, usually the superuser
 * @throws StartProblem when the server does not answer, or refuses, or has roles of these names
 *   that belong to another program
 */
export async function prepareDatabase(url: string, secret: string): Promise<void> {
  const client = await connectOrCreate(url)
  try {
    await client.query(`select pg_advisory_lock(hashtext('qiao roles'))`)
    for (const role of databaseRoles) await prepareRole(client, role, rolePassword(secret, role))
    await openDoors(client)
  } catch (cause) {
    if (cause instanceof StartProblem) throw cause
    throw new StartProblem(
      `The database user of DATABASE_URL may not prepare the database: ${messageOf(cause)}.`,
      'Name a superuser in DATABASE_URL, or one with CREATEROLE and BYPASSRLS that owns the database.',
      { cause },
    )
  } finally {
    await client.end()
  }
}

async function prepareRole(client: pg.Client, role: DatabaseRole, password: string): Promise<void> {
  const { rows } = await client.query<{ note: string | null }>(
    `select shobj_description(oid, 'pg_authid') as note from pg_roles where rolname = $1`,
    [role],
  )
  const found = rows[0]
  if (found && !found.note?.startsWith(mark)) {
    throw new StartProblem(
      `The database server already has a role "${role}" that belongs to another program.`,
      'Give Qiao a PostgreSQL server of its own.',
    )
  }
  const bypass = role === 'owner' ? 'bypassrls' : 'nobypassrls'
  const settings = `login nosuperuser nocreatedb nocreaterole ${bypass} password '${password}'`
  if (found) await client.query(`alter role ${role} ${settings}`)
  else {
    await client.query(`create role ${role} ${settings}`)
    await client.query(`comment on role ${role} is '${mark}: ${role}'`)
  }
}

async function openDoors(client: pg.Client): Promise<void> {
  const name = pg.escapeIdentifier(client.database ?? 'postgres')
  await client.query(`revoke all on database ${name} from public`)
  await client.query(`grant connect, create, temporary on database ${name} to owner`)
  await client.query(`grant connect, temporary on database ${name} to app`)
  await client.query(`grant connect on database ${name} to signin, reports`)
  await client.query(`revoke all on schema public from public`)
  await client.query(`grant usage on schema public to owner, app, reports`)
  await client.query(`grant create on schema public to owner`)
}

async function connectOrCreate(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (cause) {
    await client.end().catch(() => {})
    // 3D000: the database does not exist, which an empty server cannot help.
    if ((cause as { code?: string }).code === '3D000') return createAndConnect(url)
    throw new StartProblem(
      `The PostgreSQL server of DATABASE_URL (${hostOf(url)}) did not let Qiao in: ${messageOf(cause)}.`,
      'Check that it runs, and the host, port, user and password in DATABASE_URL.',
      { cause },
    )
  }
}

async function createAndConnect(url: string): Promise<pg.Client> {
  const maintenance = new URL(url)
  const name = decodeURIComponent(maintenance.pathname.slice(1))
  maintenance.pathname = '/postgres'
  const admin = new pg.Client({ connectionString: maintenance.toString() })
  await admin.connect()
  try {
    await admin.query(`create database ${pg.escapeIdentifier(name)}`)
  } finally {
    await admin.end()
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

function hostOf(url: string): string {
  const address = URL.canParse(url) ? new URL(url) : undefined
  return address?.host ?? 'unreadable address'
}

function messageOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return messageOf(cause.errors[0])
  return cause instanceof Error ? cause.message : String(cause)
}
