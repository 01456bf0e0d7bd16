import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { csvOf } from './csv.ts'
import { type Asked, listBorderline, type Reading, readRows, sorts } from './queries.ts'
import { BorderlineView, type NearLineRow, NearLineView } from './views.ts'

export type BorderlineParts = Readonly<{
  /** The policies in force, for what programmes are called. */
  packInForce: (
    tx: Tx,
  ) => Promise<Readonly<{ programmes: readonly Readonly<{ id: string; name: string }>[] }>>
}>

const strict = { additionalProperties: false } as const
const filters = {
  area: Type.Optional(Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })),
  programme: Type.Optional(Type.String({ pattern: '^[a-z0-9-]{1,40}$' })),
  sort: Type.Optional(
    Type.Union(
      sorts.map((sort) => Type.Literal(sort)),
      { default: 'gap' },
    ),
  ),
}
const advice = '仅供参考,以街镇审核确认为准'

/** What a row says of somebody. */
const borderlineFields = ['head', 'address', 'verdicts', 'amounts'] as const

/** A sheet of more rows than this is no list to work from. */
const MOST_ROWS = 20_000

export function borderlineRoutes(app: App, { packInForce }: BorderlineParts): void {
  const readingOf = async (
    tx: Tx,
    { areaLevel }: Pick<Reading, 'areaLevel'>,
  ): Promise<Reading> => ({
    areaLevel,
    programmeNames: new Map((await packInForce(tx)).programmes.map(({ id, name }) => [id, name])),
  })
  app.get(
    '/borderline',
    {
      schema: {
        operationId: 'listBorderline',
        tags: ['borderline'],
        summary: 'Who is above one line of money by at most a tenth, nearest first',
        querystring: Type.Object(
          {
            ...filters,
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
        const list = await listBorderline(tx, asked, await readingOf(tx, request.caller))
        await audit(tx, {
          action: 'borderline.list',
          fields: borderlineFields,
          requestId: request.id,
          detail: { ...asked, shown: list.items.map(({ householdId }) => householdId) },
        })
        return list
      }),
  )
  app.get(
    '/borderline.csv',
    {
      schema: {
        operationId: 'exportBorderline',
        tags: ['borderline'],
        summary: 'The same list as a sheet',
        querystring: Type.Object(filters, strict),
        response: {
          200: { content: { 'text/csv': { schema: Type.String() } } },
        },
      },
      config: { may: 'borderline.export' },
    },
    async (request, reply) => {
      const rows = await request.transact(async (tx) => {
        const asked: Asked = { sort: 'gap', ...request.query, page: 1, size: MOST_ROWS }
        const found = await readRows(tx, asked, await readingOf(tx, request.caller))
        await audit(tx, {
          action: 'borderline.exported',
          fields: borderlineFields,
          requestId: request.id,
          detail: { ...request.query, rows: found.length },
        })
        return found
      })
      const csv = (shown: readonly NearLineRow[]) => csvOf(shown, advice)
      return reply.sheet({ filename: 'borderline.csv', row: NearLineView, rows, csv })
    },
  )
}
