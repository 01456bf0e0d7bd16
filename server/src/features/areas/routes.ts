import { sql } from 'kysely'
import { Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import type { Area } from './area.ts'

const AreaView = Type.Object(
  {
    id: Type.String({ description: '6, 9 or 12 digits; starts with the code of its parent' }),
    name: Type.String(),
    level: Type.Union([
      Type.Literal('district'),
      Type.Literal('township'),
      Type.Literal('committee'),
    ]),
    parentId: Type.Union([Type.String(), Type.Null()]),
  },
  { title: 'Area' },
)

export function areaRoutes(app: App): void {
  app.get(
    '/areas',
    {
      schema: {
        operationId: 'listAreas',
        tags: ['areas'],
        summary: 'Own area, everything inside it, and the areas above it',
        response: { 200: Type.Object({ areas: Type.Array(AreaView) }) },
      },
      config: { may: 'areas.read' },
    },
    async (request) => {
      const { rows } = await request.transact((tx) =>
        sql<Area>`select id, name, level, parent_id as "parentId" from app.area order by id`.execute(
          tx,
        ),
      )
      return { areas: rows }
    },
  )
}
