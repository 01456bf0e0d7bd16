import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { IndicatorId } from './assessment.ts'

/** What people write in an assessment: it tells of their health and home, and lies sealed. */
export type Words = Readonly<{
  /** What was seen of an indicator. */
  evidence: Readonly<Partial<Record<IndicatorId, string>>>
  changedBecause: string | null
  /** What is wished of each need, in the order of the needs. */
  outcomes: readonly string[]
}>

export function sealWords(cipher: FieldCipher, words: Words): Uint8Array {
  return cipher.seal('assessment', JSON.stringify(words)).sealed
}

export function openWords(cipher: FieldCipher, sealed: Uint8Array | null): Words {
  if (sealed === null) return { evidence: {}, changedBecause: null, outcomes: [] }
  return JSON.parse(cipher.open('assessment', sealed)) as Words
}

export function sealText(cipher: FieldCipher, text: string): Uint8Array {
  return cipher.seal('assessment', text).sealed
}

export function openText(cipher: FieldCipher, sealed: Uint8Array): string {
  return cipher.open('assessment', sealed)
}
