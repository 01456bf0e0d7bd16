import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { noteRead } from '../households/note-read.ts'
import { readHousehold, readMembers } from '../households/queries.ts'
import { readDue } from './due-queries.ts'
import { serviceProblems } from './problems.ts'
import {
  mayCounsel,
  noteCounselling,
  programmesToTell,
  readCounselling,
  readServices,
  readTier,
  readVersions,
  recordService,
  setTier,
  type StoredService,
} from './queries.ts'
import { faultsOf, mayEdit, noWords, type ServiceContent } from './service.ts'
import {
  CounsellingForm,
  CounsellingView,
  type Service,
  ServiceAmendment,
  ServiceForm,
  ServiceStartView,
  ServicesView,
  ServiceWithVersionsView,
  strict,
  TierForm,
} from './views.ts'

export type ServiceParts = Readonly<{
  clock: Clock
  cipher: FieldCipher
  jobs: Jobs
  /** The policies in force, for what programmes are called. */
  packInForce: (
    tx: Tx,
  ) => Promise<Readonly<{ programmes: readonly Readonly<{ id: string; name: string }>[] }>>
}>

const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const OfHousehold = Type.Object({ id: Id }, strict)
const OfRecord = Type.Object({ id: Id, serviceId: Id }, strict)

/** What was done for a household: 服务记录. */
export function serviceRoutes(app: App, parts: ServiceParts): void {
  readRoutes(app, parts)
  writeRoutes(app, parts)
  counsellingRoutes(app, parts)
  tierRoute(app, parts)
}

function readRoutes(app: App, parts: ServiceParts): void {
  app.get(
    '/households/:id/services',
    {
      schema: {
        operationId: 'listServices',
        tags: ['services'],
        summary: 'What was done for a household, what is due of it and how closely it is followed',
        params: OfHousehold,
        response: { 200: ServicesView },
      },
      config: { may: 'services.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id } = request.params
        const reading = await readingOf(tx, request, parts, id)
        await noteRead(tx, {
          action: 'household.services-read',
          householdId: id,
          fields: ['members', 'services'],
        })
        const { may } = request.caller
        return {
          area: { id: reading.areaId },
          items: (await readServices(tx, parts.cipher, id)).map((one) => viewOf(one, reading)),
          due: await readDue(tx, id, parts.clock.today()),
          tier: await readTier(tx, id),
          may: [
            ...(may.includes('services.write') ? (['record'] as const) : []),
            ...(may.includes('visit-tiers.write') ? (['set-tier'] as const) : []),
          ],
        }
      }),
  )
  app.get(
    '/households/:id/services/start',
    {
      schema: {
        operationId: 'startService',
        tags: ['services'],
        summary: 'What is known already when somebody begins to record a service',
        params: OfHousehold,
        response: { 200: ServiceStartView },
      },
      config: { may: 'services.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id } = request.params
        const reading = await readingOf(tx, request, parts, id)
        const due = await readDue(tx, id, parts.clock.today())
        const [last] = await readServices(tx, parts.cipher, id, 1)
        await noteRead(tx, {
          action: 'household.services-read',
          householdId: id,
          fields: ['members', 'services'],
        })
        const named = (programme: string) => ({
          id: programme,
          name: reading.programmeNames.get(programme) ?? programme,
        })
        return {
          area: { id: reading.areaId },
          today: parts.clock.today(),
          persons: [...reading.names].map(([personId, name]) => ({ personId, name })),
          programmes: (await programmesToTell(tx, id)).map(named),
          due,
          last: last
            ? {
                on: last.day,
                by: last.madeBy,
                said: last.words.said,
                seen: last.words.seen,
                next: last.words.next,
                flags: [...last.flags],
              }
            : null,
          method:
            due.some(({ kind, left }) => kind === 'contact' && left <= 0) &&
            !due.some(({ kind, left }) => kind === 'visit' && left <= 0)
              ? ('phone' as const)
              : ('visit' as const),
          mayCounsel: reading.mayCounsel,
        }
      }),
  )
  app.get(
    '/households/:id/services/:serviceId',
    {
      schema: {
        operationId: 'getService',
        tags: ['services'],
        summary: 'One record of service with what stood before',
        params: OfRecord,
        response: { 200: ServiceWithVersionsView },
      },
      config: { may: 'services.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const answer = await whole(tx, request, parts, request.params)
        await noteRead(tx, {
          action: 'household.services-read',
          householdId: request.params.id,
          fields: ['members', 'services'],
        })
        return answer
      }),
  )
}

function writeRoutes(app: App, parts: ServiceParts): void {
  app.post(
    '/households/:id/services',
    {
      schema: {
        operationId: 'recordService',
        tags: ['services'],
        summary: 'Record what was done for a household, or tried',
        params: OfHousehold,
        body: ServiceForm,
        response: { 201: ServiceWithVersionsView },
      },
      config: { may: 'services.write' },
    },
    async (request, reply) => {
      const { id } = request.params
      const answer = await request.transact(async (tx) => {
        await readingOf(tx, request, parts, id)
        return once(tx, request, async () => {
          await refuseFaults(tx, id, request.body, parts)
          const made = await recordService(
            tx,
            parts.cipher,
            { householdId: id },
            trim(request.body),
          )
          return written(tx, request, parts, { id, made, action: 'household.service-recorded' })
        })
      })
      reply.code(201)
      return answer
    },
  )
  app.put(
    '/households/:id/services/:serviceId',
    {
      schema: {
        operationId: 'amendService',
        tags: ['services'],
        summary: 'Write the next version of a record; what stood before stays',
        params: OfRecord,
        body: ServiceAmendment,
        response: { 200: ServiceWithVersionsView },
      },
      config: { may: 'services.write' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id, serviceId } = request.params
        const stands = await whole(tx, request, parts, request.params)
        return once(tx, request, async () => {
          const { version, because, ...content } = request.body
          if (because === null && !stands.may.includes('edit')) {
            const missing = [{ path: '/body/because', message: '请写明更正原因' }]
            throw problem(serviceProblems, 'service-reason-missing', undefined, missing)
          }
          await refuseFaults(tx, id, content, parts, stands.personIds)
          const made = await recordService(
            tx,
            parts.cipher,
            { householdId: id, id: serviceId, seen: version, because: because?.trim() ?? null },
            trim(content),
          )
          return written(tx, request, parts, { id, made, action: 'household.service-amended' })
        })
      }),
  )
}

function counsellingRoutes(app: App, parts: ServiceParts): void {
  app.post(
    '/households/:id/services/:serviceId/counselling',
    {
      schema: {
        operationId: 'noteCounselling',
        tags: ['services'],
        summary: 'Keep a counselling note with a record, by its author where a social worker',
        params: OfRecord,
        body: CounsellingForm,
        response: { 201: Type.Object({ kept: Type.Boolean() }) },
      },
      config: { may: 'counselling.write' },
    },
    async (request, reply) => {
      const { id, serviceId } = request.params
      const answer = await request.transact(async (tx) => {
        const { may } = await whole(tx, request, parts, request.params)
        if (!may.includes('counsel')) throw problem(serviceProblems, 'counselling-not-yours')
        return once(tx, request, async () => {
          const note = request.body.note.trim()
          await noteCounselling(tx, parts.cipher, { householdId: id, id: serviceId, note })
          await auditOf(tx, request, id, 'household.counselling-noted', ['facts:clinical'])
          return { kept: true }
        })
      })
      reply.code(201)
      return answer
    },
  )
  app.get(
    '/households/:id/services/:serviceId/counselling',
    {
      schema: {
        operationId: 'readCounselling',
        tags: ['services'],
        summary: 'Counselling notes of a record, as clinical facts are read',
        params: OfRecord,
        response: { 200: CounsellingView },
      },
      config: { may: 'counselling.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id, serviceId } = request.params
        const { area } = await whole(tx, request, parts, request.params)
        await auditOf(tx, request, id, 'household.counselling-read', ['facts:clinical'])
        const of = { householdId: id, id: serviceId }
        return { area, items: await readCounselling(tx, parts.cipher, of) }
      }),
  )
}

function tierRoute(app: App, parts: ServiceParts): void {
  app.put(
    '/households/:id/visit-tier',
    {
      schema: {
        operationId: 'setVisitTier',
        tags: ['services'],
        summary: 'Say how closely a household is followed, and why',
        params: OfHousehold,
        body: TierForm,
        response: { 204: Type.Null() },
      },
      config: { may: 'visit-tiers.write' },
    },
    async (request, reply) => {
      const { id } = request.params
      await request.transact(async (tx) => {
        await readingOf(tx, request, parts, id)
        return once(tx, request, async () => {
          const { tier, because, seen } = request.body
          const from = parts.clock.today()
          if (!(await setTier(tx, id, { tier, because: because.trim(), from, seen })))
            throw problem(serviceProblems, 'tier-changed')
          await auditOf(tx, request, id, 'household.visit-tier-set', ['services'], { tier })
          await changed(tx, parts, id)
        })
      })
      return reply.code(204).send(null)
    },
  )
}

type Reading = Readonly<{
  areaId: string
  names: ReadonlyMap<number, string>
  programmeNames: ReadonlyMap<string, string>
  staffId: string
  may: readonly string[]
  mayCounsel: boolean
  now: Date
}>

/** @throws Problem `not-found` for a household that is none of theirs */
async function readingOf(
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
async function whole(
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
      ({ id: _id, firstAt: _at, firstBy: _by, firstStaffId: _who, hasCounselling: _has, ...one }) =>
        copyOf(one),
    ),
  }
}

function viewOf(
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
    persons: one.personIds.flatMap((personId) => {
      const name = reading.names.get(personId)
      return name === undefined ? [] : [{ personId, name }]
    }),
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

async function refuseFaults(
  tx: Tx,
  id: number,
  content: ServiceContent,
  { clock }: ServiceParts,
  /** Whom the record named before: they may have left since. */
  before: readonly number[] = [],
): Promise<void> {
  const today = clock.today()
  const members = (await readMembers(tx, id, today)).map(({ personId }) => personId)
  const faults = faultsOf(content, { members: [...members, ...before], today })
  if (faults.length === 0) return
  const errors = faults.map(([field, message]) => ({ path: `/body/${field}`, message }))
  throw problem(serviceProblems, 'service-incomplete', undefined, errors)
}

function trim(content: ServiceContent): ServiceContent {
  const entries = Object.entries(content.words).map(([key, words]) => [key, words.trim()])
  const words = { ...noWords, ...(Object.fromEntries(entries) as Partial<typeof noWords>) }
  return { ...content, words }
}

async function written(
  tx: Tx,
  request: FastifyRequest,
  parts: ServiceParts,
  { id, made, action }: Readonly<{ id: number; made: number | null; action: string }>,
): Promise<Static<typeof ServiceWithVersionsView>> {
  if (made === null) throw problem(serviceProblems, 'service-changed')
  await auditOf(tx, request, id, action, ['services'], { service: made })
  await changed(tx, parts, id)
  return whole(tx, request, parts, { id, serviceId: made })
}

/** What is due of the household is worked out anew. */
async function changed(tx: Tx, { jobs }: ServiceParts, householdId: number): Promise<void> {
  await jobs.enqueue(tx, 'service.recorded', { householdId }, { singletonKey: String(householdId) })
}

async function auditOf(
  tx: Tx,
  request: FastifyRequest,
  householdId: number,
  action: string,
  fields: readonly ('services' | 'facts:clinical')[],
  detail: Readonly<Record<string, unknown>> = {},
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
