import type { Pack } from '@qiao/rules'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Database, Tx } from '../../platform/db/database.ts'

export type CorrectionParts = Readonly<{
  db: Database
  /** As role `signin`, which opens sessions of keys and can do nothing else. */
  signin: Database
  cipher: FieldCipher
  /** The policies in force: which facts there are. */
  packInForce: (tx: Tx) => Promise<Pick<Pack, 'facts'>>
}>
