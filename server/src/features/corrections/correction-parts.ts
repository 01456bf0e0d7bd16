import type { Pack } from '@qiao/rules'
import type { Clock } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Database, Tx } from '../../platform/db/database.ts'

export type CorrectionParts = Readonly<{
  db: Database
  /** As role `signin`, which opens sessions of keys and can do nothing else. */
  signin: Database
  cipher: FieldCipher
  clock: Clock
  /** The policies in force: which facts there are. */
  packInForce: (tx: Tx) => Promise<Pick<Pack, 'facts'>>
}>
