import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { readSources } from '../exchange/source.ts'
import { readCalendar } from '../workdays/queries.ts'
import { sharingCsv } from './csv.ts'
import { pageOf, type SharingParts } from './page.ts'
import { readRequests } from './queries.ts'
import type { State } from './sharing.ts'
import {
  byUrgency,
  type SharingLine,
  SharingPageView,
  sharingView,
  SharingView,
  StateView,
} from './views.ts'

const strict = { additionalProperties: false } as const
const filters = {
  source: Type.Optional(Type.String({ maxLength: 40 })),
  state: Type.Optional(StateView),
  overdue: Type.Optional(Type.Boolean({ description: 'Only what is overdue' })),
}
type Filters = Readonly<{ source?: string; state?: State; overdue?: boolean }>

/** The ledger of what other bodies share with the district: 共享台账. */
export function sharingRoutes(app: App, parts: SharingParts): void {
  listRoute(app, parts)
  exportRoute(app, parts)
  pageRoute(app, parts)
}

function listRoute(app: App, { clock }: SharingParts): void {
  app.get(
    '/sharing',
    {
      schema: {
        operationId: 'listSharing',
        tags: ['sharing'],
        summary: 'Requests to share data, what is overdue first, and how many are overdue at all',
        querystring: Type.Object(
          {
            ...filters,
            page: Type.Integer({ minimum: 1, default: 1 }),
            size: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
          },
          strict,
        ),
        response: {
          200: Type.Object({
            items: Type.Array(SharingView),
            total: Type.Integer(),
            counts: Type.Object({
              overdue: Type.Integer(),
              toDestroy: Type.Integer(),
              open: Type.Integer(),
            }),
          }),
        },
      },
      config: { may: 'sharing.read' },
    },
    async (request) => {
      const { page, size, ...asked } = request.query
      const all = await request.transact((tx) => linesOf(tx, clock))
      const found = all.filter((line) => fits(line, asked))
      return {
        items: found.slice((page - 1) * size, page * size),
        total: found.length,
        counts: {
          overdue: all.filter(({ overdue }) => overdue).length,
          toDestroy: all.filter(({ state }) => state === 'ended').length,
          open: all.filter(({ state }) => !['refused', 'destroyed', 'withdrawn'].includes(state))
            .length,
        },
      }
    },
  )
}

function exportRoute(app: App, { clock }: SharingParts): void {
  app.get(
    '/sharing.csv',
    {
      schema: {
        operationId: 'exportSharing',
        tags: ['sharing'],
        summary: 'The ledger as CSV',
        querystring: Type.Object(filters, strict),
        produces: ['text/csv'],
        response: { 200: { content: { 'text/csv': { schema: Type.String() } } } },
      },
      config: { may: 'sharing.export' },
    },
    async (request, reply) => {
      const rows = await request.transact(async (tx) => {
        const found = (await linesOf(tx, clock)).filter((line) => fits(line, request.query))
        const detail = { ...request.query, rows: found.length }
        await audit(tx, { action: 'sharing.exported', requestId: request.id, detail })
        return found
      })
      return reply.sheet({ filename: 'sharing.csv', row: SharingView, rows, csv: sharingCsv })
    },
  )
}

function pageRoute(app: App, { clock }: SharingParts): void {
  app.get(
    '/sharing/:id',
    {
      schema: {
        operationId: 'readSharing',
        tags: ['sharing'],
        summary: 'One request: what it states, its steps and clock, uses and corrections',
        params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
        response: { 200: SharingPageView },
      },
      config: { may: 'sharing.read' },
    },
    async (request) => request.transact((tx) => pageOf(tx, clock, request.params.id)),
  )
}

async function linesOf(tx: Tx, clock: Clock): Promise<SharingLine[]> {
  const at = { today: clock.today(), calendar: await readCalendar(tx) }
  const sources = await readSources()
  const rows = await readRequests(tx, {})
  return rows.map((row) => sharingView(row, sources, at)).toSorted(byUrgency)
}

function fits(line: SharingLine, { source, state, overdue }: Filters): boolean {
  return (
    (source === undefined || line.source === source) &&
    (state === undefined || line.state === state) &&
    (!overdue || line.overdue)
  )
}
