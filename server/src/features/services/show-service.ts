import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { readHousehold, readMembers } from '../households/queries.ts'
import { mayCounsel, readVersions, type StoredService } from './queries.ts'
import { mayEdit, type ServiceContent } from './service.ts'
import type { Service, ServiceWithVersionsView } from './views.ts'

export type ServiceParts = Readonly<{
  clock: Clock
  cipher: FieldCipher
  jobs: Jobs
  /** The policies in force, for what programmes are called. */
  packInForce: (
    tx: Tx,
  ) => Promise<Readonly<{ programmes: readonly Readonly<{ id: string; name: string }>[] }>>
}>

export type Reading = Readonly<{
  areaId: string
  names: ReadonlyMap<number, string>
  programmeNames: ReadonlyMap<string, string>
  staffId: string
  may: readonly string[]
  mayCounsel: boolean
  now: Date
}>

/** @throws Problem `not-found` for a household that is none of theirs */
export async function readingOf(
  tx: Tx,
  request: FastifyRequest,
  { clock, packInForce }: ServiceParts,
  id: number,
): Promise<Reading> {
  const household = await readHousehold(tx, id)
  if (!household) throw problem(platformProblems, 'not-found')
  const members = await readMembers(tx, id, clock.today())
  const { programmes } = await packInForce(tx)
  return {
    areaId: household.area.id,
    names: new Map(members.map(({ personId, name }) => [personId, name])),
    programmeNames: new Map(programmes.map((one) => [one.id, one.name])),
    staffId: request.caller.staffId,
    may: request.caller.may,
    mayCounsel: await mayCounsel(tx),
    now: clock.now(),
  }
}

/** @throws Problem `not-found` where there is no such record in sight */
export async function whole(
  tx: Tx,
  request: FastifyRequest,
  parts: ServiceParts,
  { id, serviceId }: Readonly<{ id: number; serviceId: number }>,
): Promise<Static<typeof ServiceWithVersionsView> & { area: { id: string } }> {
  const reading = await readingOf(tx, request, parts, id)
  const [stands, ...before] = await readVersions(tx, parts.cipher, {
    householdId: id,
    id: serviceId,
  })
  if (!stands) throw problem(platformProblems, 'not-found')
  return {
    ...viewOf(stands, reading),
    area: { id: reading.areaId },
    before: before.map(
      ({
        id: _id,
        persons: _persons,
        firstAt: _at,
        firstBy: _by,
        firstStaffId: _who,
        hasCounselling: _has,
        ...one
      }) => copyOf(one),
    ),
  }
}

export function viewOf(
  { firstStaffId, hasCounselling, ...one }: StoredService,
  reading: Reading,
): Service {
  const write = reading.may.includes('services.write')
  const own = firstStaffId === reading.staffId
  const edit =
    write && mayEdit({ firstBy: firstStaffId, firstAt: one.firstAt }, reading.staffId, reading.now)
  const counsel = own && reading.mayCounsel && one.services.includes('counselling')
  return {
    ...copyOf(one),
    persons: [...one.persons],
    programmesTold: one.programmes.map((id) => ({
      id,
      name: reading.programmeNames.get(id) ?? id,
    })),
    may: [
      ...(edit ? (['edit'] as const) : []),
      ...(write ? (['amend'] as const) : []),
      ...(counsel ? (['counsel'] as const) : []),
      ...(hasCounselling && reading.may.includes('counselling.read')
        ? (['read-counselling'] as const)
        : []),
    ],
  }
}

/** The arrays of an answer are its own. */
function copyOf<
  T extends Pick<ServiceContent, 'personIds' | 'services' | 'programmes' | 'materials' | 'flags'>,
>(one: T) {
  return {
    ...one,
    personIds: [...one.personIds],
    services: [...one.services],
    programmes: [...one.programmes],
    materials: [...one.materials],
    flags: [...one.flags],
  }
}

/** What is due of the household is worked out anew. */
export async function changed(tx: Tx, { jobs }: ServiceParts, householdId: number): Promise<void> {
  await jobs.enqueue(tx, 'service.recorded', { householdId }, { singletonKey: String(householdId) })
}

type Noted = Readonly<{
  householdId: number
  action: string
  fields: readonly ('services' | 'facts:clinical')[]
  detail?: Readonly<Record<string, unknown>>
}>

export async function auditOf(
  tx: Tx,
  request: FastifyRequest,
  { householdId, action, fields, detail = {} }: Noted,
): Promise<void> {
  await audit(tx, {
    action,
    subject: `household:${householdId}`,
    householdId,
    requestId: request.id,
    fields,
    detail,
  })
}
