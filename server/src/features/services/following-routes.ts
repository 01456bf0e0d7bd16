import { Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { serviceProblems } from './problems.ts'
import { noteCounselling, readCounselling, setTier } from './queries.ts'
import { auditOf, changed, readingOf, type ServiceParts, whole } from './show-service.ts'
import { CounsellingForm, CounsellingView, strict, TierForm } from './views.ts'

const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const OfHousehold = Type.Object({ id: Id }, strict)
const OfRecord = Type.Object({ id: Id, serviceId: Id }, strict)

/** Counselling notes, and how closely a household is followed: 心理疏导记录, 走访分级. */
export function followingRoutes(app: App, parts: ServiceParts): void {
  counsellingRoutes(app, parts)
  tierRoute(app, parts)
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
          await auditOf(tx, request, {
            householdId: id,
            action: 'household.counselling-noted',
            fields: ['facts:clinical'],
          })
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
        await auditOf(tx, request, {
          householdId: id,
          action: 'household.counselling-read',
          fields: ['facts:clinical'],
        })
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
          await auditOf(tx, request, {
            householdId: id,
            action: 'household.visit-tier-set',
            fields: ['services'],
            detail: { tier },
          })
          await changed(tx, parts, id)
        })
      })
      return reply.code(204).send(null)
    },
  )
}
