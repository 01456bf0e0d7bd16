import type { Pack } from '@qiao/rules'
import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { exchangeProblems } from './problems.ts'
import { factsOf, readSources, sourceCalled, templateCsv } from './source.ts'
import { readHistory, readStated, stateSource } from './source-queries.ts'
import { readOrders } from './trust-queries.ts'
import { trustRoutes } from './trust-routes.ts'
import {
  fieldView,
  SourceFieldView,
  SourceForm,
  SourceHistoryView,
  sourceView,
  SourceView,
} from './views.ts'

export type ExchangeParts = Readonly<{ clock: Clock; packInForce: (tx: Tx) => Promise<Pack> }>

const params = Type.Object({ sourceId: Type.String({ maxLength: 40 }) })

export function exchangeRoutes(app: App, parts: ExchangeParts): void {
  listRoute(app, parts)
  templateRoute(app, parts)
  stateRoute(app, parts)
  historyRoute(app)
  trustRoutes(app, parts)
}

function listRoute(app: App, { clock, packInForce }: ExchangeParts): void {
  app.get(
    '/sources',
    {
      schema: {
        operationId: 'listSources',
        tags: ['exchange'],
        summary:
          'The bodies that deliver facts, what is agreed with each, and the facts it delivers',
        response: { 200: Type.Object({ items: Type.Array(SourceView) }) },
      },
      config: { may: 'sources.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { facts } = await packInForce(tx)
        const [sources, terms, today] = [await readSources(), await readStated(tx), clock.today()]
        const orders = await readOrders(tx)
        return {
          items: sources.map((source) =>
            sourceView(source, factsOf(source, facts), {
              stated: terms.get(source.id),
              today,
              orders,
            }),
          ),
        }
      }),
  )
}

function templateRoute(app: App, { packInForce }: ExchangeParts): void {
  app.get(
    '/sources/:sourceId/template.csv',
    {
      schema: {
        operationId: 'getSourceTemplate',
        tags: ['exchange'],
        summary: 'The first line of what a source delivers, as CSV; it holds nothing of anybody',
        params,
        produces: ['text/csv'],
        response: { 200: { content: { 'text/csv': { schema: Type.String() } } } },
      },
      config: { may: 'sources.read' },
    },
    async (request, reply) => {
      const { facts } = await request.transact(packInForce)
      const source = await sourceCalled(request.params.sourceId)
      const rows = factsOf(source, facts).map(fieldView)
      if (rows.length === 0) throw problem(exchangeProblems, 'source-without-fields')
      const filename = `${source.id}.csv`
      return reply.sheet({ filename, row: SourceFieldView, rows, csv: templateCsv })
    },
  )
}

function stateRoute(app: App, { clock, packInForce }: ExchangeParts): void {
  app.put(
    '/sources/:sourceId',
    {
      schema: {
        operationId: 'stateSource',
        tags: ['exchange'],
        summary: 'State what is agreed with a source; what stood before is kept',
        params,
        body: SourceForm,
        response: { 200: SourceView },
      },
      config: { may: 'sources.write' },
    },
    async (request) => {
      const source = await sourceCalled(request.params.sourceId)
      const { seen, ...terms } = request.body
      return request.transact((tx) =>
        once(tx, request, async () => {
          if (!(await stateSource(tx, source.id, terms, seen)))
            throw problem(exchangeProblems, 'source-changed')
          await audit(tx, {
            action: 'source.stated',
            subject: `source:${source.id}`,
            detail: terms,
            requestId: request.id,
          })
          const { facts } = await packInForce(tx)
          const stated = (await readStated(tx)).get(source.id)
          const [orders, today] = [await readOrders(tx), clock.today()]
          return sourceView(source, factsOf(source, facts), { stated, today, orders })
        }),
      )
    },
  )
}

function historyRoute(app: App): void {
  app.get(
    '/sources/:sourceId/history',
    {
      schema: {
        operationId: 'getSourceHistory',
        tags: ['exchange'],
        summary: 'What was ever agreed with a source, by whom stated and on what',
        params,
        response: { 200: SourceHistoryView },
      },
      config: { may: 'sources.read' },
    },
    async (request) => {
      const { id } = await sourceCalled(request.params.sourceId)
      return { items: await request.transact((tx) => readHistory(tx, id)) }
    },
  )
}
