import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'

/** Seals what people write of a case: it may tell of illness. */
export function sealWords(cipher: FieldCipher, text: string): Uint8Array {
  return cipher.seal('case', text.trim()).sealed
}

export function openWords(cipher: FieldCipher, sealed: Uint8Array | null): string | null {
  return sealed === null ? null : cipher.open('case', sealed)
}
