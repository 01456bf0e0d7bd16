import type { FastifyRequest } from 'fastify'
import type { Clock } from '../../platform/clock.ts'
import type { Config } from '../../platform/config.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { originOf } from '../../platform/http/admit-callers.ts'
import type { AsSelf } from './own-account.ts'

/** What the routes of this feature are made of. */
export type StaffParts = Readonly<{
  db: Database
  /** As role `signin`: the only door to accounts and sessions. */
  signin: Database
  cipher: FieldCipher
  clock: Clock
  config: Pick<Config, 'mode' | 'secondFactor' | 'signOn'>
  /** Of some, who may be handed no lead, and why. */
  unfitForLeads: (tx: Tx, staffIds: readonly string[]) => Promise<ReadonlyMap<string, string>>
}>

/** Accounts are reached as role `signin`, in a transaction that knows who asks. */
export function asSelfOf(signin: Database, request: FastifyRequest): AsSelf {
  return (work) => asActor(signin, request.caller.token, work, originOf(request))
}
