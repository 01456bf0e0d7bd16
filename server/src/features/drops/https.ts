import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { basename } from 'node:path'
import type { DropFile, DropPoint } from './drop-point.ts'
import { patience, type Remote, unreachable, Unreachable, untilBroken } from './remote.ts'

export type HttpsParts = Readonly<{
  token: string | undefined
  /** Certificates of authorities of the district's own, beside those of the system. */
  ca: readonly string[] | undefined
  today: string
}>

/** One file behind an address; where it is not there yet, there is none. Redirections are not followed. */
export function openHttps(
  { host, port, path }: DropPoint,
  { token, ca, today }: HttpsParts,
): Remote {
  const at = path.replaceAll('{day}', today)
  const name = decodeURIComponent(basename(at.split('?')[0] ?? '')) || host
  const ask = (method: 'HEAD' | 'GET', from = 0) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(from > 0 ? { range: `bytes=${from}-` } : {}),
      }
      const options = { host, port, path: at, method, headers, timeout: patience }
      const asked = request({ ...options, ...(ca ? { ca: [...ca] } : {}) }, resolve)
      asked.on('timeout', () =>
        asked.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
      )
      asked.on('error', (error) => reject(unreachable(error)))
      asked.end()
    })
  return {
    list: async () => {
      const answer = await ask('HEAD')
      answer.resume()
      return answer.statusCode === 404 ? [] : [fileOf(name, answer)]
    },
    read: (_name, from) => untilBroken(bytesOf(() => ask('GET', from), from)),
    close: () => {},
  }
}

function fileOf(name: string, { statusCode = 0, headers }: IncomingMessage): DropFile {
  if (statusCode === 401 || statusCode === 403)
    throw new Unreachable('对方没有接受访问令牌，请来源部门核对。')
  if (statusCode !== 200) throw new Unreachable(`对方答复 ${statusCode}，没有给出文件。`)
  const bytes = Number(headers['content-length'])
  const modifiedAt = new Date(headers['last-modified'] ?? '')
  if (!(bytes > 0) || Number.isNaN(modifiedAt.getTime()))
    throw new Unreachable('对方没有说明文件大小和修改时间（Content-Length、Last-Modified）。')
  return { name, bytes, modifiedAt }
}

async function* bytesOf(
  ask: () => Promise<IncomingMessage>,
  from: number,
): AsyncGenerator<Uint8Array> {
  const answer = await ask()
  // A server that does not know ranges sends all of it once more.
  let skip = from > 0 && answer.statusCode === 200 ? from : 0
  if (answer.statusCode !== 200 && answer.statusCode !== 206)
    throw new Unreachable(`对方答复 ${answer.statusCode}，没有给出文件。`)
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    if (skip >= chunk.length) skip -= chunk.length
    else {
      yield chunk.subarray(skip)
      skip = 0
    }
  }
}
