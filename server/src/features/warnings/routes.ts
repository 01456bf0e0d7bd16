import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { warningDues, warningStates } from './filters.ts'
import { listWarnings, warningsOf } from './queries.ts'
import { quietHouseholds } from './quiet.ts'
import { readingOf, shown, WarningId, type WarningParts } from './show-warning.ts'
import {
  HouseholdWarningsView,
  oneOf,
  QuietListView,
  WarningListView,
  WarningView,
} from './views.ts'
import { severities, sourceGroups, topics } from './warning.ts'

const strict = { additionalProperties: false } as const
const Area = Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })
const page = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
}

const Filters = Type.Object(
  {
    state: Type.Optional(
      Type.Unsafe<(typeof warningStates)[number]>({ ...oneOf(warningStates), default: 'live' }),
    ),
    severity: Type.Optional(oneOf(severities)),
    topic: Type.Optional(oneOf(topics)),
    group: Type.Optional(oneOf(sourceGroups)),
    area: Type.Optional(Area),
    due: Type.Optional(oneOf(warningDues)),
    ...page,
  },
  strict,
)

/** Warnings, and households that have gone quiet: 预警. */
export function warningRoutes(app: App, parts: WarningParts): void {
  app.get(
    '/warnings',
    {
      schema: {
        operationId: 'listWarnings',
        tags: ['warnings'],
        summary: 'Warnings, the gravest first, with counts for every filter',
        querystring: Filters,
        response: { 200: WarningListView },
      },
      config: { may: 'warnings.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const asked = { state: 'live', page: 1, size: 50, ...request.query } as const
        const list = await listWarnings(tx, asked, await readingOf(request, parts))
        await noteShown(tx, request, 'warning.list', list.items)
        return list
      }),
  )
  app.get(
    '/warnings/quiet',
    {
      schema: {
        operationId: 'listQuietHouseholds',
        tags: ['warnings'],
        summary:
          'Households nobody has been in touch with for so many days, marks of risk first; unknown is never taken for well',
        querystring: Type.Object(
          {
            days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
            area: Type.Optional(Area),
            ...page,
          },
          strict,
        ),
        response: { 200: QuietListView },
      },
      config: { may: 'warnings.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const asked = { page: 1, size: 50, days: parts.quietDays, ...request.query }
        const list = await quietHouseholds(tx, asked, parts.clock.today())
        await noteShown(tx, request, 'warning.quiet-listed', list.items)
        return list
      }),
  )
  app.get(
    '/warnings/:id',
    {
      schema: {
        operationId: 'getWarning',
        tags: ['warnings'],
        summary: 'One warning with what it rests on and what happened with it',
        params: WarningId,
        response: { 200: WarningView },
      },
      config: { may: 'warnings.read' },
    },
    async (request) => request.transact((tx) => shown(tx, request, parts, 'warning.read')),
  )
  app.get(
    '/households/:id/warnings',
    {
      schema: {
        operationId: 'listWarningsOfHousehold',
        tags: ['warnings'],
        summary: 'The warnings of a household, those that live first',
        params: WarningId,
        response: { 200: HouseholdWarningsView },
      },
      config: { may: 'warnings.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id } = request.params
        const areaId = await areaOfSeen(tx, id)
        const reading = await readingOf(request, parts)
        const items = await warningsOf(tx, id, reading)
        await audit(tx, {
          action: 'warning.list',
          subject: `household:${id}`,
          householdId: id,
          areaId,
          fields: ['head'],
          requestId: request.id,
        })
        return { items: [...items], may: reading.may.includes('warnings.write') ? ['take'] : [] }
      }),
  )
}

/** @returns where it lies, where the reader sees it */
async function areaOfSeen(tx: Tx, householdId: number): Promise<string> {
  const { rows } = await sql<{ areaId: string }>`
    select area_id as "areaId" from app.household where id = ${householdId}`.execute(tx)
  if (!rows[0]) throw problem(platformProblems, 'not-found')
  return rows[0].areaId
}

async function noteShown(
  tx: Tx,
  request: FastifyRequest,
  action: string,
  items: readonly Readonly<{ householdId: number }>[],
): Promise<void> {
  await audit(tx, {
    action,
    fields: ['head'],
    requestId: request.id,
    detail: { shown: items.map(({ householdId }) => householdId) },
  })
}
