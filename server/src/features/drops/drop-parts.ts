import type { Database } from '../../platform/db/database.ts'
import type { DeliveryParts } from '../exchange/delivery-parts.ts'

export type DropParts = DeliveryParts &
  Readonly<{
    db: Database
    /** As role `signin`, which opens sessions of keys and can do nothing else. */
    signin: Database
  }>
