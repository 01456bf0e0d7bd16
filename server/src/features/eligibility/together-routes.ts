import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { ExplanationOf } from './explanation.ts'
import { combinationOf, incomeCurveOf } from './together.ts'
import { CombinationView, IncomeCurveView } from './together-views.ts'

/** A request about a household as known on a day. */
export type Asked = Pick<FastifyRequest, 'transact'> &
  Readonly<{ params: { id: number }; query: { on?: string } }>

const strict = { additionalProperties: false } as const
const HouseholdId = Type.Object({ id: Type.Integer({ minimum: 1 }) })
const Day = Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }))

/**
 * @param read what is known of the household, after seeing that the reader may see it at all; notes the
 *   action that it is read for
 */
export function togetherRoutes(
  app: App,
  read: (request: Asked, action: string) => Promise<ExplanationOf>,
): void {
  app.get(
    '/households/:id/combination',
    {
      schema: {
        operationId: 'combineProgrammes',
        tags: ['eligibility'],
        summary: 'Which programmes a household may receive together, and why not the others',
        params: HouseholdId,
        querystring: Type.Object({ on: Day }, strict),
        response: { 200: CombinationView },
      },
      config: { may: 'households.read' },
    },
    async (request) => combinationOf(await read(request, 'household.combination-read')),
  )
  app.get(
    '/households/:id/income-curve',
    {
      schema: {
        operationId: 'getIncomeCurve',
        tags: ['eligibility'],
        summary: 'Benefits of a household as one member earns more, every loss named',
        params: HouseholdId,
        querystring: Type.Object(
          { on: Day, member: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })) },
          strict,
        ),
        response: { 200: IncomeCurveView },
      },
      config: { may: 'households.read' },
    },
    async (request) => {
      const curve = incomeCurveOf(
        await read(request, 'household.income-curve-read'),
        request.query.member,
      )
      if (!curve) throw problem(platformProblems, 'not-found')
      return curve
    },
  )
}
