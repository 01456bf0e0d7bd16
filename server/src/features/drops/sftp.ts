import { createHash } from 'node:crypto'
import ssh2, { type SFTPWrapper } from 'ssh2'
import type { DropPoint } from './drop-point.ts'
import { patience, type Remote, unreachable, Unreachable, untilBroken } from './remote.ts'

/** A key to sign in with: the private half in OpenSSH's form, and the line for authorized_keys. */
export function makeLoginKey(comment: string): Readonly<{ privateKey: string; line: string }> {
  const { private: privateKey, public: line } = ssh2.utils.generateKeyPairSync('ed25519', {
    comment,
  })
  return { privateKey, line }
}

/**
 * Signs in by key at a server that is known by its own, before anything of ours is shown to it.
 *
 * @throws Unreachable
 */
export async function openSftp(
  { host, port, path, userName, serverKey }: DropPoint,
  privateKey: string,
): Promise<Remote> {
  const client = new ssh2.Client()
  let known = true
  const session = await new Promise<SFTPWrapper>((resolve, reject) => {
    const stranger = () =>
      new Unreachable('对方的主机密钥与登记的不同，没有登录；请向来源部门核实。')
    client.on('error', (error) => reject(known ? loginProblem(error) : stranger()))
    client.on('close', () => reject(known ? unreachable({ code: 'ECONNRESET' }) : stranger()))
    client.on('ready', () =>
      client.sftp((error, sftp) => (error ? reject(unreachable(error)) : resolve(sftp))),
    )
    client.connect({
      host,
      port,
      username: userName ?? '',
      privateKey,
      readyTimeout: patience,
      // A line that is cut without a word would be waited on for good.
      keepaliveInterval: 10_000,
      keepaliveCountMax: 3,
      hostVerifier: (key: Buffer) => (known = fingerprintOf(key) === serverKey),
    })
  }).catch((error: unknown) => {
    client.end()
    throw error
  })
  // What fails later fails to whoever reads.
  client.removeAllListeners('error').on('error', () => {})
  return {
    list: () => listFolder(session, path),
    read: (name, from) => untilBroken(session.createReadStream(`${path}/${name}`, { start: from })),
    close: () => client.end(),
  }
}

/** As `ssh-keygen -l` prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

function loginProblem(error: Error & { level?: string }): Unreachable {
  if (error.level === 'client-authentication')
    return new Unreachable('对方没有接受登录；请来源部门把登录公钥加入该用户的 authorized_keys。')
  if (error.level === 'client-timeout') return unreachable({ code: 'ETIMEDOUT' })
  return unreachable(error)
}

function listFolder(session: SFTPWrapper, path: string) {
  return new Promise<ReturnType<typeof filesIn>>((resolve, reject) => {
    session.readdir(path, (error, entries) => {
      if (error) reject(new Unreachable(`打不开文件夹 ${path}：没有这个文件夹，或没有读取权限。`))
      else resolve(filesIn(entries))
    })
  })
}

function filesIn(entries: Parameters<Parameters<SFTPWrapper['readdir']>[1] & object>[1]) {
  return entries
    .filter(({ attrs }) => attrs.isFile())
    .map(({ filename, attrs }) => ({
      name: filename,
      bytes: attrs.size,
      modifiedAt: new Date(attrs.mtime * 1000),
    }))
}
