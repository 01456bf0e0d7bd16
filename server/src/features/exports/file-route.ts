import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import { sm3 } from '../../platform/crypto/sm3.ts'
import { csvSheet } from '../../platform/csv-sheet.ts'
import type { App } from '../../platform/http/app.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { fileName, watermarkOf } from './export.ts'
import type { ExportList } from './export-list.ts'
import { exportProblems } from './problems.ts'
import { readPurposes } from './purposes.ts'
import { instantOf, noteFile, readExport } from './queries.ts'
import { columnsOf, listFor, readAll } from './take-list.ts'

/** The file is made when it is fetched, of what whoever asked for it may see now, and is kept nowhere. */
export function fileRoute(app: App, { lists }: Readonly<{ lists: readonly ExportList[] }>): void {
  app.get(
    '/exports/:exportId/file',
    {
      schema: {
        operationId: 'fetchExport',
        tags: ['exports'],
        summary: 'The file of one’s own export as CSV, made now; noted with rows and digest',
        params: Type.Object({ exportId: Type.Integer({ minimum: 1 }) }),
        produces: ['text/csv'],
        response: { 200: { content: { 'text/csv': { schema: Type.String() } } } },
      },
      config: { may: 'exports.write' },
    },
    async (request, reply) => {
      const { exportId } = request.params
      const purposes = await readPurposes()
      const { name, text } = await request.transact(async (tx) => {
        const one = await readExport(tx, exportId)
        if (!one?.mine) throw problem(platformProblems, 'not-found')
        const list = listFor(lists, one.list, request)
        if (one.state !== 'ready') throw problem(exportProblems, 'export-not-ready')
        const rows = await readAll(tx, list, one.filters)
        if (rows.length > one.mostRows) throw problem(exportProblems, 'export-grown')
        const columns = columnsOf(list, request)
        const purpose = purposes.find(({ id }) => id === one.purpose)?.name ?? one.purpose
        const { name: by, areaName } = request.caller
        const at = await instantOf(tx)
        const mark = watermarkOf({ id: exportId, by, area: areaName, at, purpose })
        const text = reply.makeSheet({
          right: list.right,
          row: list.row,
          rows,
          csv: (shown) =>
            csvSheet([
              columns.map((column) => column.name),
              ...shown.map((row) => columns.map((column) => column.cell(row))),
              ...(list.note === undefined ? [] : [[`# ${list.note}`]]),
              [mark],
            ]),
        })
        const hash = sm3(text)
        const named = columns.map(({ name: column, shown }) => ({ name: column, shown }))
        const file = { rows: rows.length, columns: named, hash }
        await noteFile(tx, exportId, file).catch(refusedBecause)
        await audit(tx, {
          action: list.action,
          subject: `export:${exportId}`,
          fields: list.fields,
          requestId: request.id,
          detail: {
            ...one.filters,
            export: exportId,
            purpose: one.purpose,
            rows: rows.length,
            columns: columns.map((column) => column.name),
            sm3: hash.toString('hex'),
          },
        })
        return { name: fileName(list.id, exportId), text }
      })
      return reply.sendSheet(name, text)
    },
  )
}

/** What the database found meanwhile: the time was up, or another decided. */
function refusedBecause(error: { constraint?: string }): never {
  if (error.constraint === 'export_is_ready') throw problem(exportProblems, 'export-not-ready')
  if (error.constraint === 'export_as_allowed') throw problem(exportProblems, 'export-grown')
  throw error
}
