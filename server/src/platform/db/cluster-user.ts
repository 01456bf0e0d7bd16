import { chown, readFile } from 'node:fs/promises'
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { StartProblem } from '../start-problem.ts'

/** The operating-system user PostgreSQL runs as; `undefined` means the user of this process. */
export type ClusterUser = Readonly<{ uid: number; gid: number; name: string }> | undefined

/**
 * PostgreSQL refuses to run as root: then it is started as whoever owns the folder already, or as
 * `nobody`, which every system has.
 */
export async function clusterUser(folder: string): Promise<ClusterUser> {
  if (process.getuid?.() !== 0) return undefined
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const users = passwd.split('\n').map((line) => line.split(':'))
  const owner = statSync(folder, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) {
    const name = users.find(([, , uid]) => uid === String(owner.uid))?.[0]
    return { uid: owner.uid, gid: owner.gid, name: name ?? String(owner.uid) }
  }
  const nobody = users.find(([name]) => name === 'nobody')
  return { uid: Number(nobody?.[2] ?? 65534), gid: Number(nobody?.[3] ?? 65534), name: 'nobody' }
}

/** Makes `folder` belong to the user PostgreSQL runs as. */
export async function giveTo(user: ClusterUser, folder: string): Promise<void> {
  if (user) await chown(folder, user.uid, user.gid)
}

/**
 * Refuses a path that PostgreSQL's user could not enter, naming the first closed folder.
 *
 * @param what how the path is called in the sentence, e.g. "The data folder"
 */
export function refuseUnreachable(user: ClusterUser, path: string, what: string): void {
  if (!user) return
  const closed = parentsOf(path).find((folder) => !mayEnter(user, folder))
  if (closed === undefined) return
  throw new StartProblem(
    `${what} ${path} lies inside ${closed}, which PostgreSQL cannot enter: Qiao was started as root, and PostgreSQL then runs as "${user.name}".`,
    `Start Qiao as an ordinary user, or move it to a folder open to others such as /opt/qiao, or run: chmod o+x ${closed}`,
  )
}

function parentsOf(path: string): string[] {
  const parents: string[] = []
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    parents.unshift(folder)
    if (folder === dirname(folder)) return parents
  }
}

function mayEnter(user: NonNullable<ClusterUser>, folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (!found) return true
  if (found.uid === user.uid) return (found.mode & 0o100) !== 0
  if (found.gid === user.gid) return (found.mode & 0o010) !== 0
  return (found.mode & 0o001) !== 0
}
