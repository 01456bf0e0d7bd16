import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { AdvisorParts } from './page.ts'
import { advisorProblems } from './problems.ts'
import { AreaId } from './station-views.ts'
import { readTrainings, stateTraining } from './training-queries.ts'
import { TrainingForm, TrainingsView } from './training-views.ts'

const response = { 200: TrainingsView }

/** Sessions of courses and who attended: recorded by officials of the area, seen by who was there. */
export function trainingRoutes(app: App, parts: AdvisorParts): void {
  app.get(
    '/trainings',
    {
      schema: {
        operationId: 'listTrainings',
        tags: ['advisors'],
        summary: 'Sessions of courses, the latest first; for an advisor those attended',
        querystring: Type.Object({ area: Type.Optional(AreaId) }, { additionalProperties: false }),
        response,
      },
      config: { may: 'advisors.read' },
    },
    async (request) => listOf(request, request.query.area),
  )
  app.post(
    '/trainings',
    {
      schema: {
        operationId: 'recordTraining',
        tags: ['advisors'],
        summary: 'Record a session and who attended',
        body: TrainingForm,
        response,
      },
      config: { may: 'advisors.write' },
    },
    async (request) => state(request, null, request.body, parts),
  )
  app.put(
    '/trainings/:trainingId',
    {
      schema: {
        operationId: 'stateTraining',
        tags: ['advisors'],
        summary: 'State a session or its attendance otherwise; what stood before is kept',
        params: Type.Object({ trainingId: Type.Integer({ minimum: 1 }) }),
        body: TrainingForm,
        response,
      },
      config: { may: 'advisors.write' },
    },
    async (request) => state(request, request.params.trainingId, request.body, parts),
  )
}

async function listOf(
  request: FastifyRequest,
  area?: string,
): Promise<Static<typeof TrainingsView>> {
  const { caller } = request
  const write = caller.may.includes('advisors.write')
  const rows = await request.transact((tx) => readTrainings(tx, { area }))
  return {
    items: rows.map(({ own, attendees, ...one }) => ({
      ...one,
      attendees: write ? [...attendees] : [caller.staffId],
      may: { write: write && own },
    })),
    may: { write },
  }
}

async function state(
  request: FastifyRequest,
  id: number | null,
  { seen, ...content }: Static<typeof TrainingForm>,
  { clock }: AdvisorParts,
): Promise<Static<typeof TrainingsView>> {
  if (content.onDay > clock.today()) throw problem(advisorProblems, 'training-day')
  // The database asks the same.
  if (!content.areaId.startsWith(request.caller.areaId))
    throw problem(platformProblems, 'forbidden')
  await request.transact((tx) =>
    once(tx, request, async () => {
      const [stands] = id === null ? [] : await readTrainings(tx, { id })
      if (id !== null && !stands) throw problem(platformProblems, 'not-found')
      if (stands && !stands.own) throw problem(platformProblems, 'forbidden')
      const number = await stateTraining(tx, id, content, seen).catch(refused)
      if (number === null) throw problem(advisorProblems, 'training-changed')
      await audit(tx, {
        action: 'training.stated',
        subject: `training:${number}`,
        areaId: content.areaId,
        requestId: request.id,
        detail: { course: content.course, attendees: content.attendees.length },
      })
      return { number }
    }),
  )
  return listOf(request)
}

/** Somebody who was there is not of the area, or nobody at all. */
function refused(error: { code?: string }): never {
  if (error.code === '42501') throw problem(advisorProblems, 'attendee-out-of-area')
  throw error
}
