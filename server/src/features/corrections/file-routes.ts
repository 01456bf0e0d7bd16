import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import { instantOn } from '../../platform/clock.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { sourceCalled } from '../exchange/source.ts'
import { keepCorrectionClocks } from './clocks.ts'
import { correctionsCsv } from './csv.ts'
import { listFiles, makeFile, rowsOfFile } from './queries.ts'
import type { CorrectionParts } from './correction-parts.ts'
import { CorrectionFileView, CorrectionRowView } from './views.ts'

const strict = { additionalProperties: false } as const

/** Files of corrections: numbered by source, made once, fetched as often as need be. 回传文件 */
export function correctionFileRoutes(app: App, parts: CorrectionParts): void {
  filesRoute(app)
  makeRoute(app, parts)
  sheetRoute(app, parts)
}

function filesRoute(app: App): void {
  app.get(
    '/corrections/files',
    {
      schema: {
        operationId: 'listCorrectionFiles',
        tags: ['corrections'],
        summary: 'Files of corrections that were made, the latest first',
        querystring: Type.Object({ source: Type.Optional(Type.String({ maxLength: 40 })) }, strict),
        response: { 200: Type.Object({ items: Type.Array(CorrectionFileView) }) },
      },
      config: { may: 'corrections.read' },
    },
    async (request) => ({
      items: await request.transact((tx) => listFiles(tx, request.query)),
    }),
  )
}

function makeRoute(app: App, { clock }: CorrectionParts): void {
  app.post(
    '/corrections/files',
    {
      schema: {
        operationId: 'makeCorrectionFile',
        tags: ['corrections'],
        summary: 'Put what was not yet sent to a source into its next file',
        body: Type.Object({ source: Type.String({ minLength: 1, maxLength: 40 }) }, strict),
        response: { 200: CorrectionFileView },
      },
      config: { may: 'corrections.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const source = await sourceCalled(request.body.source)
          const id = await makeFile(tx, source.id)
          await keepCorrectionClocks(tx, instantOn(clock.today()))
          const [file] = await listFiles(tx, { id })
          if (!file) throw problem(platformProblems, 'not-found')
          await audit(tx, {
            action: 'correction.file-made',
            subject: `correction-file:${id}`,
            requestId: request.id,
            detail: { source: source.id, number: file.number, rows: file.rows },
          })
          return file
        }),
      ),
  )
}

function sheetRoute(app: App, { cipher, packInForce }: CorrectionParts): void {
  app.get(
    '/corrections/files/:fileId/rows.csv',
    {
      schema: {
        operationId: 'exportCorrectionFile',
        tags: ['corrections'],
        summary: 'A file of corrections as CSV, for the source it is made for; asks for a reason',
        params: Type.Object({ fileId: Type.Integer({ minimum: 1 }) }, strict),
        produces: ['text/csv'],
        response: { 200: { content: { 'text/csv': { schema: Type.String() } } } },
      },
      config: { may: 'corrections.export' },
    },
    async (request, reply) => {
      const { fileId: id } = request.params
      const { file, rows } = await request.transact(async (tx) => {
        const [found] = await listFiles(tx, { id })
        if (!found) throw problem(platformProblems, 'not-found')
        const { facts } = await packInForce(tx)
        const open = (sealed: Uint8Array) => cipher.open('id-number', sealed)
        const lines = await rowsOfFile(tx, facts, { file: id, open })
        await audit(tx, {
          action: 'correction.exported',
          subject: `correction-file:${id}`,
          fields: ['id-number', ...new Set(lines.map(({ fact }) => `fact:${fact}` as const))],
          requestId: request.id,
          detail: {
            source: found.source,
            number: found.number,
            shown: [...new Set(lines.map(({ householdId }) => householdId))],
          },
        })
        return { file: found, rows: lines }
      })
      return reply.sheet({
        filename: `corrections-${file.source}-${file.number}.csv`,
        row: CorrectionRowView,
        rows,
        csv: correctionsCsv,
      })
    },
  )
}
