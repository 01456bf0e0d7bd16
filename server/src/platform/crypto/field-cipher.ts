import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import type { Keys } from './keys.ts'
import type { CryptoSuite } from '../config.ts'

/**
 * What is encrypted field by field; the name is bound into each ciphertext and index. An identity (name,
 * number and day of birth) is only ever an index; of a delivery, pieces of its file in Base64; of a drop point, what the
 * program signs in with; of a scale what was answered, of assessments, cases and records of service what people wrote.
 */
export type SealedField =
  | 'id-number'
  | 'phone'
  | 'authenticator'
  | 'identity'
  | 'delivery'
  | 'drop-point'
  | 'scale'
  | 'assessment'
  | 'case'
  | 'service'
  | 'counselling'
  | 'words'

export type FieldCipher = Readonly<{
  seal: (field: SealedField, text: string) => { sealed: Uint8Array; index: Uint8Array }
  /** @throws Error when the bytes were changed, or belong to another field or an unknown key */
  open: (field: SealedField, sealed: Uint8Array) => string
  /** What an equality search looks for: the same text gives the same bytes, which tell nothing. */
  index: (field: SealedField, text: string) => Uint8Array
}>

type FieldKey = Readonly<{ id: number; suite: CryptoSuite; encrypt: KeyObject; mac: KeyObject }>

const macLength = 32
const tagLength = 16

/**
 * Encrypts single fields: byte 0 is the key's number, then the nonce, the ciphertext and the proof.
 *
 * Suite guomi: SM4-CBC (GB/T 32907), then HMAC-SM3 (GB/T 32905) over everything before it. Suite
 * intl: AES-256-GCM (NIST SP 800-38D).
 *
 * @param changed gives the keys anew when another process has added one
 */
export function makeFieldCipher(
  keys: Keys,
  changed: () => Keys | undefined = () => undefined,
): FieldCipher {
  let ring = makeRing(keys)
  const now = () => {
    const others = changed()
    if (others) ring = makeRing(others)
    return ring
  }
  const index = (field: SealedField, text: string) =>
    createHmac(ring.hash, ring.index).update(`${field}\0${text}`).digest()
  return {
    index,
    seal: (field, text) => ({
      sealed: seal(now().newest, field, text),
      index: index(field, text),
    }),
    open: (field, bytes) => {
      const sealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const id = sealed[0] ?? 0
      const key = ring.byId.get(id) ?? now().byId.get(id)
      if (!key) throw new Error(`field sealed with key ${id}, which the key file lacks`)
      return key.suite === 'guomi' ? openGuomi(key, field, sealed) : openIntl(key, field, sealed)
    },
  }
}

type Ring = Readonly<{
  newest: FieldKey
  byId: ReadonlyMap<number, FieldKey>
  index: KeyObject
  hash: 'sm3' | 'sha256'
}>

/** As key objects, which are prepared once: a district has two fields a person to seal. */
function makeRing(keys: Keys): Ring {
  const fields = keys.fields.map(({ id, suite, encrypt, mac }) => {
    return { id, suite, encrypt: createSecretKey(encrypt), mac: createSecretKey(mac) }
  })
  const [first, newest] = [fields[0], fields.at(-1)]
  if (!first || !newest) throw new Error('a key file holds at least one key')
  return {
    newest,
    byId: new Map(fields.map((key) => [key.id, key])),
    index: createSecretKey(keys.index),
    // The index keeps the first key's hash: it would find nothing after a change of suite otherwise.
    hash: first.suite === 'guomi' ? 'sm3' : 'sha256',
  }
}

function seal(key: FieldKey, field: SealedField, text: string): Buffer {
  if (key.suite === 'intl') {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key.encrypt, nonce).setAAD(Buffer.from(field))
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([Buffer.from([key.id]), nonce, body, cipher.getAuthTag()])
  }
  const nonce = randomBytes(16)
  const cipher = createCipheriv('sm4-cbc', key.encrypt, nonce)
  const sealed = Buffer.concat([
    Buffer.from([key.id]),
    nonce,
    cipher.update(text, 'utf8'),
    cipher.final(),
  ])
  return Buffer.concat([sealed, proof(key, field, sealed)])
}

function openGuomi(key: FieldKey, field: SealedField, sealed: Buffer): string {
  const body = sealed.subarray(0, -macLength)
  const given = sealed.subarray(-macLength)
  if (given.length !== macLength || !timingSafeEqual(given, proof(key, field, body)))
    throw new Error(changed)
  const cipher = createDecipheriv('sm4-cbc', key.encrypt, body.subarray(1, 17))
  return cipher.update(body.subarray(17), undefined, 'utf8') + cipher.final('utf8')
}

function openIntl(key: FieldKey, field: SealedField, sealed: Buffer): string {
  const cipher = createDecipheriv('aes-256-gcm', key.encrypt, sealed.subarray(1, 13), {
    authTagLength: tagLength,
  })
  cipher.setAAD(Buffer.from(field)).setAuthTag(sealed.subarray(-tagLength))
  try {
    return cipher.update(sealed.subarray(13, -tagLength), undefined, 'utf8') + cipher.final('utf8')
  } catch (cause) {
    throw new Error(changed, { cause })
  }
}

const changed = 'field was changed since it was sealed, or belongs elsewhere'

function proof(key: FieldKey, field: SealedField, sealed: Buffer): Buffer {
  return createHmac('sm3', key.mac).update(field).update('\0').update(sealed).digest()
}
