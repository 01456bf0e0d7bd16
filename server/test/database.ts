import { createHash, randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Database, openDatabase } from '../src/platform/db/database.ts'
import { databaseRoles, type DatabaseRole, urlAs } from '../src/platform/db/roles.ts'
import { type TestServer, testServerVariable } from './postgres-for-tests.ts'

export type TestRole =
  | 'advisor'
  | 'township'
  | 'district'
  | 'system-admin'
  | 'security-admin'
  | 'audit-admin'

export type TestSession = Readonly<{ token: string; staffId: string; username: string }>

/** A database of its own for one test file: schema and areas are there, nothing else. */
export type TestDatabase = Readonly<{
  name: string
  /** Where it lies, for the few tests that prepare it as an installation does. */
  server: TestServer
  /** As the program uses it, under row-level security. */
  app: Database
  signin: Database
  /** Past row-level security, to lay out the rows of a test. */
  owner: Database
  url: (role: DatabaseRole) => string
  /** Opens a session of a new member of staff without a password. */
  sessionFor: (who: { role: TestRole; areaId: string; name?: string }) => Promise<TestSession>
  /** The token of the program itself, for the whole district. */
  jobToken: (job?: string) => Promise<string>
  /** Lets go of the database without dropping it, so that others can be copied from it. */
  disconnect: () => Promise<void>
  close: () => Promise<void>
}>

/**
 * Copies the migrated template of this run (about 50 ms). Call `close` in `afterAll`.
 *
 * @param from another database of this run to copy instead, which nobody may be connected to
 */
export async function createTestDatabase(from?: string): Promise<TestDatabase> {
  const server = testServer()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = async (text: string) => {
    const client = new pg.Client({ connectionString: server.superuserUrl })
    await client.connect()
    try {
      await client.query(text)
    } finally {
      await client.end()
    }
  }
  await admin(`create database ${name} template ${from ?? server.template} strategy file_copy`)
  await admin(`revoke all on database ${name} from public;
    grant all on database ${name} to owner; grant connect, temporary on database ${name} to app;
    grant connect on database ${name} to signin, reports`)
  const superuser = new URL(server.superuserUrl)
  superuser.pathname = `/${name}`
  const url = (role: DatabaseRole) => urlAs(superuser.toString(), server.secret, role)
  const [owner, app, signin] = databaseRoles.slice(0, 3).map((role) => openDatabase(url(role), 5))
  if (!owner || !app || !signin) throw new Error('three databases were opened')
  let connected = true
  const disconnect = async () => {
    if (!connected) return
    connected = false
    await Promise.all([app.close(), signin.close(), owner.close()])
  }
  return {
    name,
    server,
    app,
    signin,
    owner,
    url,
    sessionFor: (who) => openStaffSession(owner, who),
    jobToken: (job = 'test') => openJobSession(owner, job),
    disconnect,
    close: async () => {
      await disconnect()
      await admin(`drop database ${name} with (force)`)
    },
  }
}

function testServer(): TestServer {
  const text = process.env[testServerVariable]
  if (!text)
    throw new Error('Run through vitest from the root: it starts the PostgreSQL for tests.')
  return JSON.parse(text) as TestServer
}

async function openStaffSession(
  owner: Database,
  who: { role: TestRole; areaId: string; name?: string },
): Promise<TestSession> {
  const token = randomBytes(32).toString('base64url')
  const username = `${who.role}-${randomBytes(4).toString('hex')}`
  const staff = await owner.pool.query<{ id: string }>(
    `insert into app.staff (name, role, area_id) values ($1, $2, $3) returning id`,
    [who.name ?? '测试人员', who.role, who.areaId],
  )
  const staffId = staff.rows[0]?.id ?? ''
  await owner.pool.query(`insert into auth.account (staff_id, username) values ($1, $2)`, [
    staffId,
    username,
  ])
  await owner.pool.query(
    `insert into auth.session (token_hash, staff_id, expires_at, idle_limit)
     values ($1, $2, now() + interval '1 hour', interval '1 hour')`,
    [sha256(token), staffId],
  )
  return { token, staffId, username }
}

async function openJobSession(owner: Database, job: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await owner.pool.query(
    `insert into auth.session (token_hash, job, expires_at, idle_limit)
     values ($1, $2, now() + interval '1 hour', interval '1 hour')`,
    [sha256(token), job],
  )
  return token
}

function sha256(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
