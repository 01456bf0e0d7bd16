import { mkdtemp, readdir, rm, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { prepareDatabase, urlAs } from '../src/platform/db/roles.ts'

/** What the test files need to find the server of this run; handed over in the environment. */
export type TestServer = Readonly<{ superuserUrl: string; secret: string; template: string }>
export const testServerVariable = 'QIAO_TEST_POSTGRES'
/** Where the one demonstration of this run is to lie. */
export const demonstrationVariable = 'QIAO_TEST_DEMONSTRATION'

const prefix = 'qiao-test-postgres-'
const secret = 'a secret for tests only'
const template = 'qiao_template'

/**
 * Starts one throwaway PostgreSQL for this vitest run, in a folder and on a port of its own, and
 * migrates the database every test file copies.
 */
export async function setup(): Promise<() => Promise<void>> {
  // Threads and programs that tests start read the server as a program does: compiled once.
  process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../../node_modules/.cache/qiao')
  if (needsNoDatabase()) return async () => {}
  await removeLeftovers()
  // mkdtemp makes the folder 0700; PostgreSQL runs as nobody when the tests run as root.
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  await chmod(folder, 0o711)
  const server = await startEmbedded({
    folder: join(folder, 'data'),
    password: secret,
    throwaway: true,
  })
  const superuserUrl = server.url('postgres')
  const teardown = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await makeTemplate(server.url(template))
  } catch (error) {
    await teardown()
    throw error
  }
  const handed: TestServer = { superuserUrl, secret, template }
  process.env[testServerVariable] = JSON.stringify(handed)
  process.env[demonstrationVariable] = join(folder, 'demonstration')
  return teardown
}

/** `vitest run rules/…` should not wait for a server nobody asks. */
function needsNoDatabase(): boolean {
  const asked = process.argv.slice(2).filter((word) => /^(rules|server|web)\b/.test(word))
  return asked.length > 0 && asked.every((word) => /^(rules|web)\b/.test(word))
}

async function makeTemplate(url: string): Promise<void> {
  await prepareDatabase(url, secret)
  const owner = urlAs(url, secret, 'owner')
  await migrate(owner)
  const { loadAreas } = await import('../src/features/areas/load.ts')
  const { loadFactClasses } = await import('../src/features/policies/fact-classes.ts')
  const { loadWorkdays } = await import('../src/features/workdays/load.ts')
  const { loadRetentionRules } = await import('../src/features/retention/load-rules.ts')
  const { retentionRules } = await import('../src/retention-rules.ts')
  const client = new pg.Client({ connectionString: owner })
  await client.connect()
  await loadAreas(client)
  await loadFactClasses(client)
  await loadWorkdays(client)
  await loadRetentionRules(client, retentionRules)
  await client.end()
}

/** A run that was killed leaves its server behind: stop those whose process is gone. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.startsWith(prefix) && name.slice(prefix.length).split('-')[0])
    if (!pid || isAlive(pid)) continue
    const folder = join(tmpdir(), name)
    const data = join(folder, 'data')
    await startEmbedded({ folder: data, password: secret, throwaway: true })
      .then((server) => server.stop())
      .catch(() => {})
    await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
