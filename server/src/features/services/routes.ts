import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { noteRead } from '../households/note-read.ts'
import { readDue } from './due-queries.ts'
import { serviceProblems } from './problems.ts'
import { programmesToTell, readServices, readTier, recordService } from './queries.ts'
import { faultsOf, noWords, type ServiceContent } from './service.ts'
import {
  auditOf,
  changed,
  type Reading,
  readingOf,
  type ServiceParts,
  viewOf,
  whole,
} from './show-service.ts'
import {
  ServiceAmendment,
  ServiceForm,
  ServiceStartView,
  ServicesView,
  ServiceWithVersionsView,
  strict,
} from './views.ts'

const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const OfHousehold = Type.Object({ id: Id }, strict)
const OfRecord = Type.Object({ id: Id, serviceId: Id }, strict)

/** What was done for a household: 服务记录. */
export function serviceRoutes(app: App, parts: ServiceParts): void {
  readRoutes(app, parts)
  writeRoutes(app, parts)
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
        const reading = await readingOf(tx, request, parts, id)
        // Its number alone is kept for a repeated request: what people said lies sealed in one place.
        const serviceId = await once(tx, request, async () => {
          refuseFaults(request.body, reading, parts)
          const made = await recordService(
            tx,
            parts.cipher,
            { householdId: id },
            trim(request.body),
          )
          return written(tx, request, parts, { id, made, action: 'household.service-recorded' })
        })
        return whole(tx, request, parts, { id, serviceId })
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
        await once(tx, request, async () => {
          const { version, because, ...content } = request.body
          if (because === null && !stands.may.includes('edit')) {
            const missing = [{ path: '/body/because', message: '请写明更正原因' }]
            throw problem(serviceProblems, 'service-reason-missing', undefined, missing)
          }
          const reading = await readingOf(tx, request, parts, id)
          refuseFaults(content, reading, parts, stands)
          const made = await recordService(
            tx,
            parts.cipher,
            { householdId: id, id: serviceId, seen: version, because: because?.trim() ?? null },
            trim(content),
          )
          return written(tx, request, parts, { id, made, action: 'household.service-amended' })
        })
        return whole(tx, request, parts, request.params)
      }),
  )
}

function refuseFaults(
  content: ServiceContent,
  { names, programmeNames }: Reading,
  { clock }: ServiceParts,
  /** What it named before: people may have left since, and policies have ended. */
  before: Pick<ServiceContent, 'personIds' | 'programmes'> = { personIds: [], programmes: [] },
): void {
  const faults = faultsOf(content, {
    members: [...names.keys(), ...before.personIds],
    programmes: new Set([...programmeNames.keys(), ...before.programmes]),
    today: clock.today(),
  })
  if (faults.length === 0) return
  const errors = faults.map(([field, message]) => ({ path: `/body/${field}`, message }))
  throw problem(serviceProblems, 'service-incomplete', undefined, errors)
}

function trim(content: ServiceContent): ServiceContent {
  const entries = Object.entries(content.words).map(([key, words]) => [key, words.trim()])
  const words = { ...noWords, ...(Object.fromEntries(entries) as Partial<typeof noWords>) }
  return { ...content, words }
}

/** @returns its number */
async function written(
  tx: Tx,
  request: FastifyRequest,
  parts: ServiceParts,
  { id, made, action }: Readonly<{ id: number; made: number | null; action: string }>,
): Promise<number> {
  if (made === null) throw problem(serviceProblems, 'service-changed')
  await auditOf(tx, request, {
    householdId: id,
    action,
    fields: ['services'],
    detail: { service: made },
  })
  await changed(tx, parts, id)
  return made
}
