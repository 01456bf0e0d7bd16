import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { borderlineFields, borderlineFilters, type BorderlineParts } from './export-list.ts'
import { listBorderline } from './queries.ts'
import { BorderlineView } from './views.ts'

const strict = { additionalProperties: false } as const

export function borderlineRoutes(app: App, { packInForce }: BorderlineParts): void {
  app.get(
    '/borderline',
    {
      schema: {
        operationId: 'listBorderline',
        tags: ['borderline'],
        summary: 'Who is above one line of money by at most a tenth, nearest first',
        querystring: Type.Object(
          {
            ...borderlineFilters,
            page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1 })),
            size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
          },
          strict,
        ),
        response: { 200: BorderlineView },
      },
      config: { may: 'borderline.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const asked = { sort: 'gap', page: 1, size: 50, ...request.query } as const
        const { programmes } = await packInForce(tx)
        const programmeNames = new Map(programmes.map(({ id, name }) => [id, name]))
        const { areaLevel } = request.caller
        const list = await listBorderline(tx, asked, { areaLevel, programmeNames })
        await audit(tx, {
          action: 'borderline.list',
          fields: borderlineFields,
          requestId: request.id,
          detail: { ...asked, shown: list.items.map(({ householdId }) => householdId) },
        })
        return list
      }),
  )
}
