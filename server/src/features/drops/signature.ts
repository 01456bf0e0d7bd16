import { createPublicKey, verify } from 'node:crypto'

/** Seconds by which the sender's clock may differ from ours, and for which a signature can be sent. */
export const signedWithin = 300

/** What every signature must cover, in any order: whoever changes one of them has signed nothing. */
const covered = ['@method', '@path', '@query', 'content-digest', 'idempotency-key'] as const

/** What of a request is signed. */
export type SignedRequest = Readonly<{
  method: string
  /** Path and query as they were sent. */
  url: string
  headers: Readonly<Record<string, string | string[] | undefined>>
}>

/** A signature as the request states it (RFC 9421); whether it is right is still to be seen. */
export type Signature = Readonly<{
  keyId: string
  /** Seconds since 1970. */
  created: number
  /** The sender's name for what is sent. */
  pushId: string
  /** SHA-256 that the content is announced to have (RFC 9530). */
  hash: Buffer
  /** What was signed. */
  base: string
  bytes: Buffer
}>

/** Reads the one signature of a request; `undefined` where there is none, or none as the guide asks for. */
export function readSignature({ method, url, headers }: SignedRequest): Signature | undefined {
  const header = (name: string) => {
    const value = headers[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const input = /^([a-z][a-z0-9_-]{0,30})=(\(([^()]{1,200})\)([^()]{1,200}))$/.exec(
    header('signature-input'),
  )
  const given = /^([a-z][a-z0-9_-]{0,30})=:([A-Za-z0-9+/]{86}==):$/.exec(header('signature'))
  const digest = /^sha-256=:([A-Za-z0-9+/]{43}=):$/.exec(header('content-digest'))
  const pushId = header('idempotency-key')
  if (!input || !given || !digest || given[1] !== input[1]) return undefined
  if (!/^[\x21-\x7e]{1,200}$/.test(pushId)) return undefined
  const [, , stated = '', list = '', tail = ''] = input
  const names = list.split(' ').map((name) => /^"([a-z@-]+)"$/.exec(name)?.[1] ?? '')
  if (names.toSorted().join(' ') !== [...covered].toSorted().join(' ')) return undefined
  const parameters = readParameters(tail)
  const keyId = parameters?.get('keyid')
  const created = parameters?.get('created')
  if (keyId === undefined || created === undefined) return undefined
  const at = url.indexOf('?')
  const valueOf: Readonly<Record<string, string>> = {
    '@method': method,
    '@path': at < 0 ? url : url.slice(0, at),
    '@query': at < 0 ? '?' : url.slice(at),
    'content-digest': header('content-digest'),
    'idempotency-key': pushId,
  }
  const lines = names.map((name) => `"${name}": ${valueOf[name]}`)
  return {
    keyId,
    created: Number(created),
    pushId,
    hash: Buffer.from(digest[1] ?? '', 'base64'),
    base: [...lines, `"@signature-params": ${stated}`].join('\n'),
    bytes: Buffer.from(given[2] ?? '', 'base64'),
  }
}

/** `;created=1;keyid="…";alg="ed25519"` in any order, each once; `undefined` for anything else. */
function readParameters(text: string): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>()
  for (const part of text.split(';').slice(1)) {
    const [, name, whole, quoted] =
      /^(?:(created)=(\d{1,12})|(?:keyid|alg)="([a-z0-9-]{1,40})")$/.exec(part) ?? []
    const key = name ?? part.slice(0, part.indexOf('='))
    const value = whole ?? quoted
    if (value === undefined || found.has(key)) return undefined
    found.set(key, value)
  }
  const algorithm = found.get('alg')
  return algorithm === undefined || algorithm === 'ed25519' ? found : undefined
}

/** Whether whoever holds the private half has signed it. @param publicKey the 32 bytes of RFC 8032 */
export function isSignedBy(publicKey: Buffer, { base, bytes }: Signature): boolean {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
    format: 'jwk',
  })
  return verify(null, Buffer.from(base), key, bytes)
}
