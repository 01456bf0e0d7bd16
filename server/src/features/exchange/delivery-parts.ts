import type { Pack } from '@qiao/rules'
import type { Clock } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Jobs } from '../../platform/jobs.ts'

export type DeliveryParts = Readonly<{
  clock: Clock
  cipher: FieldCipher
  jobs: Jobs
  packInForce: (tx: Tx) => Promise<Pack>
}>
