import { sql } from 'kysely'
import { loadAreas } from './features/areas/load.ts'
import { makeDemoAccounts } from './features/staff/demo-accounts.ts'
import { type Clock, makeClock } from './platform/clock.ts'
import type { Config, Mode } from './platform/config.ts'
import { type FieldCipher, makeFieldCipher } from './platform/crypto/field-cipher.ts'
import { keyCheck, type Keys, readOrMakeKeys } from './platform/crypto/keys.ts'
import { asOwner } from './platform/db/actor.ts'
import { type Database, openDatabase } from './platform/db/database.ts'
import { startEmbedded } from './platform/db/embedded.ts'
import { migrate } from './platform/db/migrate.ts'
import { prepareDatabase, urlAs } from './platform/db/roles.ts'
import { StartProblem } from './platform/start-problem.ts'
import { join } from 'node:path'

/** An installation that is open: its database, migrated, with its keys. */
export type Installation = Readonly<{
  config: Config
  clock: Clock
  cipher: FieldCipher
  app: Database
  signin: Database
  owner: Database
  /** True when the own PostgreSQL ran already: another Qiao may be at work. */
  adopted: boolean
  close: () => Promise<void>
}>

/**
 * Opens the database the settings name, or starts the own one, and brings it up to date.
 *
 * @param say one line about what takes a moment
 * @throws StartProblem with what to do
 */
export async function openInstallation(
  config: Config,
  say: (line: string) => void,
): Promise<Installation> {
  const keys = await readOrMakeKeys(config.keyFile, config.crypto)
  const server = config.databaseUrl ? undefined : await startOwn(config, keys, say)
  const url = config.databaseUrl ?? server?.url('qiao') ?? ''
  const opened: Database[] = []
  const close = async () => {
    await Promise.all(opened.map((database) => database.close()))
    await server?.stop()
  }
  try {
    await prepareDatabase(url, keys.secret)
    const applied = await migrate(urlAs(url, keys.secret, 'owner'))
    if (applied.length > 0) say(`数据库已更新：${applied.length} 步`)
    const open = (role: 'owner' | 'app' | 'signin', most: number) => {
      const database = openDatabase(urlAs(url, keys.secret, role), most)
      opened.push(database)
      return database
    }
    const owner = open('owner', 3)
    await settle(owner, config.mode, keys)
    return {
      config,
      clock: makeClock(config.today),
      cipher: makeFieldCipher(keys),
      app: open('app', 12),
      signin: open('signin', 4),
      owner,
      adopted: server?.adopted ?? false,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function startOwn(config: Config, keys: Keys, say: (line: string) => void) {
  const server = await startEmbedded({
    folder: join(config.data, 'postgres'),
    password: keys.secret,
  })
  say(server.adopted ? '接管正在运行的 PostgreSQL' : 'PostgreSQL 已启动')
  return server
}

/** Areas, mode and keys: what every installation has before anything else happens. */
async function settle(owner: Database, mode: Mode, keys: Keys): Promise<void> {
  await asOwner(owner, async (tx, connection) => {
    await sql`select pg_advisory_xact_lock(hashtext('qiao installation'))`.execute(tx)
    await loadAreas(connection)
    const { rows } = await sql<{ mode: Mode; key_check: Buffer | null }>`
      select mode, key_check from meta.installation`.execute(tx)
    const found = rows[0]
    if (!found) {
      await sql`insert into meta.installation (mode, key_check) values (${mode}, ${keyCheck(keys)})`.execute(
        tx,
      )
      if (mode === 'demo') await makeDemoAccounts(connection)
      return
    }
    refuseOtherMode(found.mode, mode)
    if (found.key_check && !found.key_check.equals(keyCheck(keys))) {
      throw new StartProblem(
        'The key file is not the one this database was made with: its encrypted fields could not be read.',
        'Restore the key file from its backup and name it in QIAO_KEY_FILE.',
      )
    }
  })
}

function refuseOtherMode(found: Mode, wanted: Mode): void {
  if (found === wanted) return
  throw new StartProblem(
    `This database is of mode ${found} and Qiao was started in mode ${wanted}; neither accepts the other's.`,
    `Start with QIAO_MODE=${found}, or name another database in DATABASE_URL or another folder in QIAO_DATA.`,
  )
}
