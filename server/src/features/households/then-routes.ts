import { Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import { showFactsThen } from './facts-then.ts'
import type { HouseholdParts } from './show-household.ts'
import { FactsThenView } from './views.ts'

/** A household as it was known on a day that is past. */
export function thenRoutes(app: App, parts: Pick<HouseholdParts, 'clock' | 'pack'>): void {
  app.get(
    '/households/:id/facts',
    {
      schema: {
        operationId: 'getFactsThen',
        tags: ['households'],
        summary: 'What was known of a household on a day, and what it received',
        params: Type.Object({ id: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
        querystring: Type.Object(
          { on: Type.Optional(Type.String({ format: 'date' })) },
          { additionalProperties: false },
        ),
        response: { 200: FactsThenView },
      },
      config: { may: 'households.read' },
    },
    async (request) => {
      const on = request.query.on ?? parts.clock.today()
      return request.transact((tx) => showFactsThen(tx, parts, { id: request.params.id, on }))
    },
  )
}
