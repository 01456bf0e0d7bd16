import type { Fact } from '@qiao/rules'
import type { Clock } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'

export type AssessmentParts = Readonly<{
  clock: Clock
  cipher: FieldCipher
  /** The policies in force, for what facts are called. */
  packInForce: (tx: Tx) => Promise<Readonly<{ facts: readonly Fact[] }>>
}>
