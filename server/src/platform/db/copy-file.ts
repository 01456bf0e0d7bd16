import { createHash } from 'node:crypto'
import { chown, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ClusterUser } from './cluster-user.ts'

const chunk = 1 << 20

/**
 * Copies a file that another process may be writing, and has it on the disk when it returns.
 *
 * @param user whom the copy belongs to; `undefined`: the user of this process
 * @returns what was copied, or `undefined` for a file that is not there (any more)
 */
export async function copyFile(
  from: string,
  to: string,
  user?: ClusterUser,
): Promise<Readonly<{ size: number; sha256: string }> | undefined> {
  const source = await open(from, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!source) return undefined
  try {
    await makeFolder(dirname(to), user)
    const target = await open(to, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      const buffer = Buffer.allocUnsafe(chunk)
      let size = 0
      for (;;) {
        const { bytesRead } = await source.read(buffer, 0, chunk, size)
        if (bytesRead === 0) break
        const bytes = buffer.subarray(0, bytesRead)
        hash.update(bytes)
        await target.writeFile(bytes)
        size += bytesRead
      }
      await target.sync()
      if (user) await target.chown(user.uid, user.gid)
      return { size, sha256: hash.digest('hex') }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** Makes a folder as PostgreSQL wants its own: nobody else looks in. */
export async function makeFolder(folder: string, user: ClusterUser): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined || !user) return
  for (let made = folder; made.length >= first.length; made = dirname(made))
    await chown(made, user.uid, user.gid)
}
