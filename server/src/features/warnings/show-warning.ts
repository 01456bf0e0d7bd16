import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { shownForReason } from '../staff/field-classes.ts'
import { readCatalogue } from './catalogue.ts'
import { readWarning, type Reading } from './queries.ts'
import type { Warning } from './views.ts'

export type WarningParts = Readonly<{
  clock: Clock
  cipher: FieldCipher
  jobs: Jobs
  /** Days in which nothing but red is raised of a topic after a warning of it was closed. */
  restDays: number
  /** Days without contact after which a household is quiet, unless asked otherwise. */
  quietDays: number
}>

export const WarningId = Type.Object(
  { id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) },
  { additionalProperties: false },
)

/** Who looks, with the catalogue by which signals are called. */
export async function readingOf(
  { caller, reason }: FastifyRequest,
  { clock }: Pick<WarningParts, 'clock'>,
): Promise<Reading> {
  return {
    staffId: caller.staffId,
    areaLevel: caller.areaLevel,
    may: caller.may,
    today: clock.today(),
    catalogue: await readCatalogue(),
    hidden: reason === undefined ? shownForReason(caller.role) : [],
  }
}

type OfWarning = FastifyRequest & { params: Static<typeof WarningId> }

/** The warning as it is now, noted as looked at. */
export async function shown(
  tx: Tx,
  request: OfWarning,
  parts: WarningParts,
  action: string,
): Promise<Warning> {
  const { id } = request.params
  const warning = await readWarning(tx, id, await readingOf(request, parts), parts.cipher)
  await audit(tx, {
    action,
    subject: `warning:${id}`,
    // Who looked at a household is told to officials who may not know of what is restricted.
    ...(warning.restricted ? {} : { householdId: warning.householdId }),
    areaId: warning.area.id,
    fields: ['head', `facts:${warning.sensitivity}`],
    requestId: request.id,
  })
  return warning
}
