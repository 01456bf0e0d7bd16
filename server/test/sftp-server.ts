import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { fingerprintOf } from '../src/features/drops/sftp.ts'

/** A department's SFTP server: a process of its own that serves a folder. */
export type SftpServer = Readonly<{
  port: number
  serverKey: string
  /** Puts a file there that has lain for some minutes. */
  put: (path: string, content: string | Buffer, minutesAgo?: number) => Promise<void>
  remove: (path: string) => Promise<void>
  /** The line of authorized_keys by which somebody is let in. */
  letIn: (line: string) => Promise<void>
  stop: () => Promise<void>
}>

export async function startSftp(): Promise<SftpServer> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-test-sftp-'))
  const [files, hostKey, authorized] = ['files', 'host-key', 'authorized_keys'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  const host = ssh2.utils.generateKeyPairSync('ed25519')
  await mkdir(files)
  await writeFile(hostKey, host.private, { mode: 0o600 })
  await writeFile(authorized, host.public)
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'sftp-process.ts'), files, hostKey, authorized],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [port] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('the SFTP server did not start'))),
  ])) as [Buffer]
  const known = ssh2.utils.parseKey(host.public)
  if (known instanceof Error) throw known
  return {
    port: Number(port.toString()),
    serverKey: fingerprintOf(known.getPublicSSH()),
    put: async (path, content, minutesAgo = 10) => {
      const at = new Date(Date.now() - minutesAgo * 60_000)
      await mkdir(join(files, path, '..'), { recursive: true })
      await writeFile(join(files, path), content)
      await utimes(join(files, path), at, at)
    },
    remove: (path) => rm(join(files, path)),
    letIn: (line) => writeFile(authorized, line),
    stop: async () => {
      child.kill()
      await once(child, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
