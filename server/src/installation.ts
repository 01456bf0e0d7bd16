import { join } from 'node:path'
import { sql } from 'kysely'
import { loadAreas } from './features/areas/load.ts'
import { holdsDemonstration } from './features/households/load.ts'
import { loadFactClasses } from './features/policies/fact-classes.ts'
import { loadRetentionRules } from './features/retention/load-rules.ts'
import { makeDemoAdvisors } from './features/advisors/demo.ts'
import { makeDemoAccounts } from './features/staff/demo-accounts.ts'
import { loadWorkdays } from './features/workdays/load.ts'
import { type Clock, makeClock } from './platform/clock.ts'
import type { Config, Mode } from './platform/config.ts'
import { type FieldCipher, makeFieldCipher } from './platform/crypto/field-cipher.ts'
import { keyCheck, type Keys, readOrMakeKeys, watchKeys } from './platform/crypto/keys.ts'
import { asOwner } from './platform/db/actor.ts'
import { isCluster } from './platform/db/cluster.ts'
import { type Database, openDatabase } from './platform/db/database.ts'
import { migrate } from './platform/db/migrate.ts'
import { openOwnServer, type OwnServer } from './platform/db/own-server.ts'
import { prepareDatabase, urlAs } from './platform/db/roles.ts'
import type { Occupation } from './platform/db/work-place.ts'
import { StartProblem } from './platform/start-problem.ts'
import { retentionRules } from './retention-rules.ts'

/** An installation that is open: its database, migrated, with its keys. */
export type Installation = Readonly<{
  config: Config
  clock: Clock
  cipher: FieldCipher
  app: Database
  signin: Database
  owner: Database
  /** Waits for what is under way; in a hurry our own PostgreSQL cuts it off, losing nothing kept. */
  close: (pace?: 'hurried') => Promise<void>
}>

/**
 * Opens the database the settings name, or starts the own one, and brings it up to date.
 *
 * @param say one line about what takes a moment
 * @param occupation a second server on one own database is refused; commands work beside it
 * @throws StartProblem with what to do
 */
export async function openInstallation(
  config: Config,
  say: (line: string) => void,
  occupation: Occupation = 'command',
): Promise<Installation> {
  const own = config.databaseUrl === undefined ? join(config.data, 'postgres') : undefined
  const keys = await readOrMakeKeys(config.keyFile, config.crypto, {
    lost: own !== undefined && (await isCluster(own)),
  })
  const server = own
    ? await openOwnServer({ folder: own, password: keys.secret }, occupation)
    : undefined
  if (server) say(server.adopted ? '接管正在运行的 PostgreSQL' : 'PostgreSQL 已启动')
  const url = config.databaseUrl ?? server?.url('qiao') ?? ''
  const opened: Database[] = []
  const close = (pace?: 'hurried') => closeAll(opened, server, pace)
  const open = (role: 'owner' | 'app' | 'signin', most: number) => {
    const database = openDatabase(urlAs(url, keys.secret, role), most)
    opened.push(database)
    return database
  }
  try {
    await prepareDatabase(url, keys.secret)
    const owner = open('owner', 3)
    // Before anything is changed: the database may be another installation's.
    const known = await isKnown(owner, config.mode, keys)
    const applied = await migrate(urlAs(url, keys.secret, 'owner'))
    if (applied.length > 0) say(`数据库已更新：${applied.length} 步`)
    await settle(owner, config.mode, keys, known)
    return {
      config,
      clock: makeClock(config.today),
      cipher: makeFieldCipher(keys, watchKeys(config.keyFile)),
      app: open('app', 12),
      signin: open('signin', 4),
      owner,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function closeAll(
  opened: readonly Database[],
  server: OwnServer | undefined,
  pace: 'hurried' | undefined,
): Promise<void> {
  if (pace === 'hurried') await server?.leave()
  await Promise.all(opened.map((database) => database.close()))
  if (pace !== 'hurried') await server?.leave()
}

/**
 * Whether the database is an installation already, and ours.
 *
 * @throws StartProblem for one of the other mode, of other keys, or with rows of a demonstration
 */
async function isKnown(owner: Database, mode: Mode, keys: Keys): Promise<boolean> {
  const { rows: there } = await owner.pool.query<{ found: boolean }>(
    `select to_regclass('meta.installation') is not null as found`,
  )
  if (!there[0]?.found) return false
  const { rows } = await owner.pool.query<{ mode: Mode; key_check?: Buffer | null }>(
    'select * from meta.installation',
  )
  const found = rows[0]
  if (!found) return false
  refuseOtherMode(found.mode, mode)
  if (found.key_check && !found.key_check.equals(keyCheck(keys))) {
    throw new StartProblem(
      'The key file is not the one this database was made with: its encrypted fields could not be read.',
      'Restore the key file from its backup and name it in QIAO_KEY_FILE.',
    )
  }
  return true
}

/** Areas, mode and keys: what every installation has before anything else happens. */
async function settle(owner: Database, mode: Mode, keys: Keys, known: boolean): Promise<void> {
  await asOwner(owner, async (tx, connection) => {
    await sql`select pg_advisory_xact_lock(hashtext('qiao installation'))`.execute(tx)
    await loadAreas(connection)
    await loadFactClasses(connection)
    await loadWorkdays(connection)
    await loadRetentionRules(connection, retentionRules)
    if (mode === 'production' && (await holdsDemonstration(tx))) throw inventedRows()
    if (!known) {
      const { rows } = await sql`insert into meta.installation (mode, key_check)
        values (${mode}, ${keyCheck(keys)}) on conflict do nothing returning mode`.execute(tx)
      if (rows.length > 0 && mode === 'demo') await makeDemoAccounts(connection)
    }
    if (mode === 'demo') await makeDemoAdvisors(connection)
  })
}

function inventedRows(): StartProblem {
  return new StartProblem(
    'This production database holds invented households of a demonstration.',
    'Restore it from a backup without them, or name another database in DATABASE_URL.',
  )
}

function refuseOtherMode(found: Mode, wanted: Mode): void {
  if (found === wanted) return
  throw new StartProblem(
    `This database is of mode ${found} and Qiao was started in mode ${wanted}; neither accepts the other's.`,
    `Start with QIAO_MODE=${found}, or name another database in DATABASE_URL or another folder in QIAO_DATA.`,
  )
}
