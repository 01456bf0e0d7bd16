import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { limitOf, needsApproval, purposeProblem, type Rules } from './export.ts'
import type { ExportList } from './export-list.ts'
import { fileRoute } from './file-route.ts'
import { exportProblems } from './problems.ts'
import { readPurposes } from './purposes.ts'
import {
  askExport,
  decideExport,
  listExports,
  oneAtATime,
  readExport,
  takenToday,
} from './queries.ts'
import { showExport } from './show-export.ts'
import { columnsOf, filtersOf, listFor, readAll } from './take-list.ts'
import {
  DecisionForm,
  ExportForm,
  ExportListView,
  ExportView,
  PreviewForm,
  PreviewView,
  StateView,
} from './views.ts'

export type ExportParts = Readonly<{ lists: readonly ExportList[]; rules: Rules }>

const strict = { additionalProperties: false } as const
const params = Type.Object({ exportId: Type.Integer({ minimum: 1 }) }, strict)

export function exportRoutes(app: App, parts: ExportParts): void {
  listRoute(app, parts)
  previewRoute(app, parts)
  askRoute(app, parts)
  decideRoute(app, parts)
  fileRoute(app, parts)
}

function listRoute(app: App, { lists }: ExportParts): void {
  app.get(
    '/exports',
    {
      schema: {
        operationId: 'listExports',
        tags: ['exports'],
        summary:
          'What was taken along as files: one’s own, those of the area, or for the auditor all',
        querystring: Type.Object(
          {
            whose: Type.Optional(Type.Union([Type.Literal('mine'), Type.Literal('to-decide')])),
            list: Type.Optional(Type.String({ maxLength: 40 })),
            state: Type.Optional(StateView),
            page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
            size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
          },
          strict,
        ),
        response: { 200: ExportListView },
      },
      config: { may: 'exports.read' },
    },
    async (request) => {
      const asked = { page: 1, size: 50, ...request.query }
      const { items, total, toDecide } = await request.transact((tx) => listExports(tx, asked))
      const show = showExport(lists, await readPurposes(), request.caller)
      return {
        items: items.map(show),
        total,
        toDecide,
        page: asked.page,
        size: asked.size,
        lists: lists.map(({ id, name, en }) => ({ id, name, en })),
      }
    },
  )
}

function previewRoute(app: App, { lists, rules }: ExportParts): void {
  app.post(
    '/exports/preview',
    {
      schema: {
        operationId: 'previewExport',
        tags: ['exports'],
        summary: 'What a file would hold and whether another person is asked; nothing is made',
        body: PreviewForm,
        response: { 200: PreviewView },
      },
      config: { may: 'exports.write' },
    },
    async (request) => {
      const list = listFor(lists, request.body.list, request)
      const filters = filtersOf(list, request.body.filters)
      const purposes = await readPurposes()
      return request.transact(async (tx) => {
        const rows = (await readAll(tx, list, filters)).length
        const taken = await takenToday(tx)
        const limitRows = limitOf(rules, taken)
        return {
          listName: list.name,
          listEn: list.en,
          scope: [...(await list.say(tx, filters))],
          columns: columnsOf(list, request).map(({ name, shown }) => ({ name, shown })),
          rows,
          limitRows,
          dayRows: rules.dayRows,
          takenToday: taken,
          hours: rules.hours,
          needsApproval: needsApproval({ counted: rows, limitRows }),
          purposes: purposes.map(({ note, ...purpose }) => ({ ...purpose, note: note === true })),
        }
      })
    },
  )
}

function askRoute(app: App, { lists, rules }: ExportParts): void {
  app.post(
    '/exports',
    {
      schema: {
        operationId: 'askExport',
        tags: ['exports'],
        summary: 'Ask to take a list along for a purpose; above the limit another person decides',
        body: ExportForm,
        response: { 200: ExportView },
      },
      config: { may: 'exports.write' },
    },
    async (request) => {
      const { purpose } = request.body
      const note = request.body.note?.trim() || null
      const list = listFor(lists, request.body.list, request)
      const filters = filtersOf(list, request.body.filters)
      const purposes = await readPurposes()
      const wrong = purposeProblem(purposes, { purpose, note })
      if (wrong) throw problem(exportProblems, 'export-refused', `${wrong.message}。`, [wrong])
      return request.transact((tx) =>
        once(tx, request, async () => {
          await oneAtATime(tx)
          const asked = {
            list: list.id,
            filters,
            scope: await list.say(tx, filters),
            purpose,
            note,
            columns: columnsOf(list, request).map(({ name, shown }) => ({ name, shown })),
            counted: (await readAll(tx, list, filters)).length,
            limitRows: limitOf(rules, await takenToday(tx)),
            hours: rules.hours,
          }
          const id = await askExport(tx, asked)
          const { columns: _, scope: __, note: ___, ...detail } = asked
          const subject = `export:${id}`
          await audit(tx, { action: 'export.asked', subject, requestId: request.id, detail })
          return showExport(lists, purposes, request.caller)(await exportCalled(tx, id))
        }),
      )
    },
  )
}

function decideRoute(app: App, { lists }: ExportParts): void {
  app.post(
    '/exports/:exportId/decision',
    {
      schema: {
        operationId: 'decideExport',
        tags: ['exports'],
        summary: 'Allow an export above the limit, or refuse it with why; not one’s own',
        params,
        body: DecisionForm,
        response: { 200: ExportView },
      },
      config: { may: 'exports.decide' },
    },
    async (request) => {
      const { exportId } = request.params
      const allow = request.body.decision === 'approve'
      const because = request.body.because?.trim() || null
      if (!allow && (because ?? '').length < 2) {
        const wrong = { path: '/body/because', message: '不同意要写明理由' }
        throw problem(exportProblems, 'export-refused', `${wrong.message}。`, [wrong])
      }
      const purposes = await readPurposes()
      return request.transact((tx) =>
        once(tx, request, async () => {
          await exportCalled(tx, exportId)
          await decideExport(tx, exportId, { allow, because }).catch(refusedBecause)
          await audit(tx, {
            action: allow ? 'export.approved' : 'export.refused',
            subject: `export:${exportId}`,
            requestId: request.id,
          })
          return showExport(lists, purposes, request.caller)(await exportCalled(tx, exportId))
        }),
      )
    },
  )
}

function refusedBecause(error: { constraint?: string }): never {
  if (error.constraint === 'export_decided_by_another') throw problem(exportProblems, 'export-own')
  if (error.constraint === 'export_waits') throw problem(exportProblems, 'export-decided')
  throw error
}

/** @throws Problem `not-found` */
async function exportCalled(tx: Tx, id: number) {
  const found = await readExport(tx, id)
  if (!found) throw problem(platformProblems, 'not-found')
  return found
}
