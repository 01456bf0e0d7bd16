import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { readHousehold } from '../households/queries.ts'
import { roleName } from '../staff/staff.ts'
import { auditCsv } from './csv.ts'
import { type AuditLine, listEntries, looksAt } from './entries.ts'
import { readLog } from './log.ts'
import { countUnsealed, readLastSeal } from './queries.ts'
import { makeVerifier } from './verify.ts'
import {
  AuditChainView,
  type AuditEntry,
  AuditEntryView,
  AuditListView,
  AuditVerifiedView,
  LookListView,
} from './views.ts'
import { actionName, actionNames, fieldName, fieldNames } from './words.ts'

const strict = { additionalProperties: false } as const
const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Day = Type.String({ format: 'date' })
const filters = {
  who: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  action: Type.Optional(Type.String({ pattern: '^[a-z.-]{1,60}$' })),
  household: Type.Optional(Id),
  lead: Type.Optional(Id),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  request: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  address: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
}

/** A sheet of more rows than this is taken with the command `qiao audit export`. */
const MOST_ROWS = 20_000

export function auditRoutes(app: App): void {
  listRoute(app)
  sheetRoute(app)
  chainRoutes(app)
  looksRoute(app)
}

function listRoute(app: App): void {
  app.get(
    '/audit',
    {
      schema: {
        operationId: 'listAudit',
        tags: ['audit'],
        summary: 'Entries of the audit log, newest first; that they were read is one more',
        querystring: Type.Object(
          {
            ...filters,
            before: Type.Optional(Id),
            size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
          },
          strict,
        ),
        response: { 200: AuditListView },
      },
      config: { may: 'audit.read' },
    },
    async (request) => {
      const { before, size = 50, ...asked } = request.query
      const from = before === undefined ? {} : { before }
      const found = await request.transact(async (tx) => {
        const lines = await listEntries(tx, asked, { ...from, most: size + 1 })
        await audit(tx, { action: 'audit.read', detail: { ...asked, ...from, rows: lines.length } })
        return lines
      })
      const items = found.slice(0, size).map(entryView)
      return {
        items,
        next: found.length > size ? (items.at(-1)?.id ?? null) : null,
        actions: namesOf(actionNames),
        fields: namesOf(fieldNames),
      }
    },
  )
}

function namesOf(names: typeof actionNames): { id: string; name: string; en: string }[] {
  return Object.entries(names).map(([id, words]) => ({ id, ...words }))
}

function entryView({ role, ...line }: AuditLine): AuditEntry {
  return { ...line, roleName: role === null ? null : roleName(role) }
}

function sheetRoute(app: App): void {
  app.get(
    '/audit.csv',
    {
      schema: {
        operationId: 'exportAudit',
        tags: ['audit'],
        summary: 'The same list as a sheet, for a stated reason',
        querystring: Type.Object(filters, strict),
        response: { 200: { content: { 'text/csv': { schema: Type.String() } } } },
      },
      config: { may: 'audit.export' },
    },
    async (request, reply) => {
      const rows = await request.transact(async (tx) => {
        const lines = await listEntries(tx, request.query, { most: MOST_ROWS })
        const detail = { ...request.query, to: 'sheet', rows: lines.length }
        await audit(tx, { action: 'audit.exported', detail })
        return lines.map(entryView)
      })
      return reply.sheet({ filename: 'audit.csv', row: AuditEntryView, rows, csv: auditCsv })
    },
  )
}

function chainRoutes(app: App): void {
  app.get(
    '/audit/chain',
    {
      schema: {
        operationId: 'getAuditChain',
        tags: ['audit'],
        summary: 'Up to where the log is sealed, and what is not yet',
        response: { 200: AuditChainView },
      },
      config: { may: 'audit.read' },
    },
    async (request) =>
      request.transact(async (tx) => ({
        seal: await readLastSeal(tx),
        unsealed: await countUnsealed(tx),
      })),
  )
  app.post(
    '/audit/verification',
    {
      schema: {
        operationId: 'verifyAudit',
        tags: ['audit'],
        summary: 'Check every entry and seal now; that it was done is noted',
        body: Type.Object({}, strict),
        response: { 200: AuditVerifiedView },
      },
      config: { may: 'audit.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        let findings = 0
        const told: string[] = []
        const verifier = makeVerifier(({ says }) => {
          findings += 1
          if (told.length < 100) told.push(says)
        })
        for await (const line of readLog(tx))
          if ('entry' in line) verifier.entry(line.entry)
          else verifier.seal(line.seal)
        const { entries, seals, head, unsealed } = verifier.end()
        await audit(tx, { action: 'audit.verified', detail: { entries, seals, findings, head } })
        return {
          entries,
          seals,
          findings,
          told,
          unsealed: unsealed.count,
          hash: head?.hash ?? null,
        }
      }),
  )
}

function looksRoute(app: App): void {
  app.get(
    '/households/:id/looks',
    {
      schema: {
        operationId: 'listLooks',
        tags: ['audit'],
        summary:
          'Who looked at a household or wrote in it, when, why and at what; for telling the household',
        params: Type.Object({ id: Id }, strict),
        response: { 200: LookListView },
      },
      config: { may: 'looks.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id } = request.params
        const household = await readHousehold(tx, id)
        if (!household) throw problem(platformProblems, 'not-found')
        const looks = await looksAt(tx, id, 500)
        await audit(tx, {
          action: 'household.log-read',
          subject: `household:${id}`,
          householdId: id,
          areaId: household.area.id,
          detail: { rows: looks.length },
        })
        return { items: looks.map(lookView) }
      }),
  )
}

function lookView(
  look: Awaited<ReturnType<typeof looksAt>>[number],
): Static<typeof LookListView>['items'][number] {
  const { role, action, fields, ...rest } = look
  return {
    ...rest,
    roleName: role === null ? null : roleName(role),
    actionName: actionName(action),
    fieldNames: fields.map(fieldName),
  }
}
