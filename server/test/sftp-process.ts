import { createPublicKey, verify } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import ssh2 from 'ssh2'

// An SFTP server in a process of its own, for tests: it serves a folder, read only, to whoever holds the key that its
// file authorized_keys names, read anew at each sign-in.
const [folder = '', hostKeyFile = '', authorizedFile = ''] = process.argv.slice(2)
const { STATUS_CODE, OPEN_MODE } = ssh2.utils.sftp

const attributes = ({ mode, size, mtimeMs, atimeMs }: ReturnType<typeof statSync> & object) => ({
  mode: Number(mode),
  size: Number(size),
  uid: 0,
  gid: 0,
  atime: Math.floor(Number(atimeMs) / 1000),
  mtime: Math.floor(Number(mtimeMs) / 1000),
})

const server = new ssh2.Server({ hostKeys: [readFileSync(hostKeyFile)] }, (client) => {
  client.on('error', () => {})
  client.on('authentication', (asked) => {
    if (asked.method !== 'publickey') return asked.reject(['publickey'])
    const allowed = ssh2.utils.parseKey(readFileSync(authorizedFile))
    if (allowed instanceof Error || !asked.key.data.equals(allowed.getPublicSSH()))
      return asked.reject(['publickey'])
    if (!asked.signature || !asked.blob) return asked.accept()
    const key = createPublicKey(allowed.getPublicPEM())
    return verify(null, asked.blob, key, asked.signature) ? asked.accept() : asked.reject()
  })
  client.on('session', (accept) => {
    accept().on('sftp', (acceptSftp) => {
      const sftp = acceptSftp()
      const handles = new Map<number, { file?: number; names?: string[] }>()
      let next = 0
      const handleOf = (bytes: Buffer) => handles.get(bytes.readUInt32BE(0))
      const opened = (request: number, held: { file?: number; names?: string[] }) => {
        const handle = Buffer.alloc(4)
        handle.writeUInt32BE(next)
        handles.set(next++, held)
        sftp.handle(request, handle)
      }
      const tried = (request: number, work: () => void) => {
        try {
          work()
        } catch {
          sftp.status(request, STATUS_CODE.NO_SUCH_FILE)
        }
      }
      const at = (path: string) => join(folder, path)
      sftp.on('OPENDIR', (request, path) =>
        tried(request, () =>
          opened(request, { names: readdirSync(at(path)).map((name) => join(path, name)) }),
        ),
      )
      sftp.on('READDIR', (request, handle) => {
        const held = handleOf(handle)
        const names = held?.names?.splice(0) ?? []
        if (names.length === 0) return sftp.status(request, STATUS_CODE.EOF)
        return sftp.name(
          request,
          names.map((name) => ({
            filename: name.split('/').at(-1) ?? '',
            longname: name,
            attrs: attributes(statSync(at(name))),
          })),
        )
      })
      sftp.on('OPEN', (request, path, flags) => {
        if (flags & OPEN_MODE.WRITE) return sftp.status(request, STATUS_CODE.PERMISSION_DENIED)
        return tried(request, () => opened(request, { file: openSync(at(path), 'r') }))
      })
      sftp.on('FSTAT', (request, handle) =>
        sftp.attrs(request, attributes(fstatSync(handleOf(handle)?.file ?? -1))),
      )
      sftp.on('READ', (request, handle, offset, length) => {
        // As a line that breaks in the middle of a large file.
        if (Number(offset) > 700_000 && existsSync(join(folder, '.cut'))) return client.end()
        const bytes = Buffer.alloc(Math.min(length, 32_768))
        const read = readSync(handleOf(handle)?.file ?? -1, bytes, 0, bytes.length, Number(offset))
        if (read === 0) return sftp.status(request, STATUS_CODE.EOF)
        return sftp.data(request, bytes.subarray(0, read))
      })
      sftp.on('CLOSE', (request, handle) => {
        const file = handleOf(handle)?.file
        if (file !== undefined) closeSync(file)
        sftp.status(request, STATUS_CODE.OK)
      })
    })
  })
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
