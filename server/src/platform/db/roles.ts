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
 * @throws StartProblem when the server does not answer, or refuses, or is too old, or has roles of
 *   these names that belong to another program or to an installation with another key file
 */
export async function prepareDatabase(url: string, secret: string): Promise<void> {
  const client = await connectOrCreate(url)
  try {
    refuseUnfit((await client.query<Server>(serverQuery)).rows[0])
    await client.query(`select pg_advisory_lock(hashtext('qiao roles'))`)
    await refuseOtherKeys(client, url, secret)
    await client.query('begin')
    for (const role of databaseRoles) await prepareRole(client, role, rolePassword(secret, role))
    await openDoors(client)
    await client.query('commit')
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

type Server = { number: number; version: string; encoding: string }
const serverQuery = `select current_setting('server_version_num')::int as number,
  current_setting('server_version') as version, current_setting('server_encoding') as encoding`

/** The oldest PostgreSQL all of Qiao's SQL runs on. */
const oldestServer = 16

/** @throws StartProblem for a server older than {@link oldestServer} and a database that is not in UTF-8 */
export function refuseUnfit(server: Server | undefined): void {
  if (!server || server.number < oldestServer * 10_000) {
    throw new StartProblem(
      `The PostgreSQL server of DATABASE_URL is version ${server?.version ?? 'unknown'}; Qiao needs ${oldestServer} or later.`,
      `Name a PostgreSQL ${oldestServer} or later in DATABASE_URL, or leave it out for an own one.`,
    )
  }
  if (server.encoding !== 'UTF8') {
    throw new StartProblem(
      `The database of DATABASE_URL is encoded as ${server.encoding}, which cannot hold every Chinese character; Qiao needs UTF8.`,
      `Name another database in DATABASE_URL; one that does not exist yet is made in UTF8.`,
    )
  }
}

async function prepareRole(client: pg.Client, role: DatabaseRole, password: string): Promise<void> {
  const found = await roleNote(client, role)
  if (found && !found.note?.startsWith(mark)) {
    throw new StartProblem(
      `The database server already has a role "${role}" that belongs to another program.`,
      'Give Qiao a PostgreSQL server of its own.',
    )
  }
  const bypass = role === 'owner' ? 'bypassrls' : 'nobypassrls'
  const settings = `login nosuperuser nocreatedb nocreaterole ${bypass}`
  if (found) await client.query(`alter role ${role} ${settings}`)
  else {
    await client.query(`create role ${role} ${settings} password '${password}'`)
    await client.query(`comment on role ${role} is '${mark}: ${role}'`)
  }
}

async function roleNote(client: pg.Client, role: DatabaseRole) {
  const { rows } = await client.query<{ note: string | null }>(
    `select shobj_description(oid, 'pg_authid') as note from pg_roles where rolname = $1`,
    [role],
  )
  return rows[0]
}

/**
 * Roles belong to the whole server: those of an installation with another key file are left as they
 * are, or it could no longer connect.
 */
async function refuseOtherKeys(client: pg.Client, url: string, secret: string): Promise<void> {
  if (!(await roleNote(client, 'owner'))?.note?.startsWith(mark)) return
  try {
    await (await connect(urlAs(url, secret, 'owner'))).end()
  } catch (cause) {
    if ((cause as { code?: string }).code !== '28P01') return
    throw new StartProblem(
      'The key file is not the one this database server was prepared with: the passwords of its roles are others.',
      'Name the key file of that installation in QIAO_KEY_FILE, or give Qiao a PostgreSQL server of its own.',
      { cause },
    )
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
  try {
    return await connect(url).catch(async (cause: { code?: string }) => {
      // 3D000: the database does not exist, which an empty server cannot help.
      if (cause.code !== '3D000') throw cause
      await createDatabase(url)
      return connect(url)
    })
  } catch (cause) {
    if (cause instanceof StartProblem) throw cause
    throw new StartProblem(
      `The PostgreSQL server of DATABASE_URL (${hostOf(url)}) did not let Qiao in: ${messageOf(cause)}.`,
      'Check that it runs, and the host, port, user and password in DATABASE_URL.',
      { cause },
    )
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (cause) {
    await client.end().catch(() => {})
    throw cause
  }
}

async function createDatabase(url: string): Promise<void> {
  const maintenance = new URL(url)
  const name = decodeURIComponent(maintenance.pathname.slice(1))
  maintenance.pathname = '/postgres'
  const admin = await connect(maintenance.toString())
  try {
    await admin.query(
      `create database ${pg.escapeIdentifier(name)} encoding 'UTF8' template template0`,
    )
  } catch (cause) {
    // Another process that starts now may have made it first.
    if (['42P04', '23505'].includes((cause as { code?: string }).code ?? '')) return
    throw new StartProblem(
      `The database "${name}" of DATABASE_URL does not exist and cannot be made: ${messageOf(cause)}.`,
      `Make it first (create database ${pg.escapeIdentifier(name)}), or name a user in DATABASE_URL who may.`,
      { cause },
    )
  } finally {
    await admin.end()
  }
}

function hostOf(url: string): string {
  const address = URL.canParse(url) ? new URL(url) : undefined
  return address?.host ?? 'unreadable address'
}

function messageOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return messageOf(cause.errors[0])
  return cause instanceof Error ? cause.message : String(cause)
}
