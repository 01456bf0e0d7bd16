import type { Pack } from '@qiao/rules'
import { Type } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { problem } from '../../platform/http/problem.ts'
import { exchangeProblems } from './problems.ts'
import { fieldsOf, readSources, sourceCalled, templateCsv } from './source.ts'
import { fieldView, SourceFieldView, sourceView, SourceView } from './views.ts'

export type ExchangeParts = Readonly<{ packInForce: (tx: Tx) => Promise<Pack> }>

export function exchangeRoutes(app: App, { packInForce }: ExchangeParts): void {
  app.get(
    '/sources',
    {
      schema: {
        operationId: 'listSources',
        tags: ['exchange'],
        summary: 'The bodies that deliver facts, and the facts of persons each delivers',
        response: { 200: Type.Object({ items: Type.Array(SourceView) }) },
      },
      config: { may: 'sources.read' },
    },
    async (request) => {
      const { facts } = await request.transact(packInForce)
      const sources = await readSources()
      return { items: sources.map((source) => sourceView(source, fieldsOf(source, facts))) }
    },
  )
  app.get(
    '/sources/:sourceId/template.csv',
    {
      schema: {
        operationId: 'getSourceTemplate',
        tags: ['exchange'],
        summary: 'The first line of what a source delivers, as CSV; it holds nothing of anybody',
        params: Type.Object({ sourceId: Type.String({ maxLength: 40 }) }),
        produces: ['text/csv'],
        response: { 200: { content: { 'text/csv': { schema: Type.String() } } } },
      },
      config: { may: 'sources.read' },
    },
    async (request, reply) => {
      const { facts } = await request.transact(packInForce)
      const source = await sourceCalled(request.params.sourceId)
      const rows = fieldsOf(source, facts).map(fieldView)
      if (rows.length === 0) throw problem(exchangeProblems, 'source-without-fields')
      const filename = `${source.id}.csv`
      return reply.sheet({ filename, row: SourceFieldView, rows, csv: templateCsv })
    },
  )
}
