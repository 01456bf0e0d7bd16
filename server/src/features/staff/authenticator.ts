import { createHash, randomInt } from 'node:crypto'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'

// Both are read when somebody first asks for a code, not when Qiao starts.
const otp = () => import('otplib')
const drawing = () => import('qrcode')

/** Seconds for which a code of an authenticator holds (RFC 6238). */
const period = 30

/** What somebody copies into an authenticator: as text, as an address, and as a picture of it. */
export type Offer = Readonly<{ secret: string; uri: string; svg: string }>

/** A new secret of 160 bits, as RFC 4226 advises. */
export async function newSecret(): Promise<string> {
  return (await otp()).generateSecret({ length: 20 })
}

export async function offerOf(secret: string, username: string): Promise<Offer> {
  const { generateURI } = await otp()
  const uri = generateURI({ issuer: '桥 Qiao', label: username, secret, period })
  const { toString: draw } = (await drawing()).default
  return { secret, uri, svg: await draw(uri, { type: 'svg', margin: 2 }) }
}

/**
 * The step of 30 seconds to which a code belongs: the present one, or one to either side, for clocks
 * that differ.
 *
 * @param code six digits, as typed
 * @param used the latest step of which a code was accepted; it and those before count no more
 * @param now in milliseconds
 * @returns nothing for a code that is wrong or used up
 */
export async function stepOf(
  code: string,
  { secret, used = null, now = Date.now() }: { secret: string; used?: number | null; now?: number },
): Promise<number | undefined> {
  const token = code.normalize('NFKC').replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const epoch = Math.floor(now / 1000)
  const after = used === null ? {} : { afterTimeStep: used }
  const { verify } = await otp()
  const found = await verify({ secret, token, epoch, period, epochTolerance: period, ...after })
  return found.valid && 'timeStep' in found ? found.timeStep : undefined
}

/** Without 0, 1, I, L, O and U, which are mistaken for one another or make words. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Ten codes of 78 bits, to be written down. 恢复码 */
export function newRecoveryCodes(): string[] {
  const four = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return Array.from({ length: 10 }, () => [four(), four(), four(), four()].join('-'))
}

/** However it was typed; a hash is enough, since nobody tries 78 bits. */
export function hashRecoveryCode(staffId: string, code: string): Buffer {
  const plain = code
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
  return createHash('sha256').update(`${staffId}:${plain}`).digest()
}

/** Sealed with its holder, so that it opens nothing in another's row. */
export function sealSecret(cipher: FieldCipher, staffId: string, secret: string): Uint8Array {
  return cipher.seal('authenticator', `${staffId}:${secret}`).sealed
}

/** @throws Error when the bytes are another's, or were changed */
export function openSecret(cipher: FieldCipher, staffId: string, sealed: Uint8Array): string {
  const [whose, secret] = cipher.open('authenticator', sealed).split(':')
  if (whose !== staffId || !secret) throw new Error('the secret of an authenticator lies elsewhere')
  return secret
}
