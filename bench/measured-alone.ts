import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const path = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/**
 * Runs a script on a district of so many residents, in processes of their own: that loading made the district is
 * no part of the memory of what is measured.
 *
 * @param script beside this file; prints what it measured as JSON
 */
export async function measuredAlone<T>(residents: number, script: string): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-bench-'))
  await chmod(folder, 0o711)
  const env = { ...process.env, QIAO_DATA: join(folder, 'data'), QIAO_MODE: 'demo' }
  const node = (args: readonly string[]) =>
    run(process.execPath, [...args], { env, maxBuffer: 1e8 })
  try {
    const size = ['--residents', String(residents), '--seed', '1']
    await node([path('../server/src/cli.ts'), 'district', 'load', ...size])
    const { stdout } = await node([path(script)])
    return JSON.parse(stdout) as T
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
