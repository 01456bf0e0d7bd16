import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import {
  ClockLimitForm,
  ClockLimitsView,
  DutyOfficerForm,
  DutyOfficersView,
} from './clock-views.ts'
import { clockKinds } from './limit.ts'
import { clockProblems } from './problems.ts'
import { isInScope, nameOfficer, readLimits, readOfficers, stateLimit } from './setting-queries.ts'

const strict = { additionalProperties: false } as const
const AreaId = Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })

/** How long matters may take, and whom it goes to when they take longer: 办理时限, 时限负责人. */
export function clockSettingRoutes(app: App, parts: Readonly<{ clock: Clock }>): void {
  limitRoutes(app)
  officerRoutes(app, parts)
}

function limitRoutes(app: App): void {
  app.get(
    '/clock-limits',
    {
      schema: {
        operationId: 'listClockLimits',
        tags: ['clocks'],
        summary: 'How long each matter may take, on what that rests, and what stood before',
        response: { 200: ClockLimitsView },
      },
      config: { may: 'clock-limits.read' },
    },
    async (request) => request.transact(async (tx) => ({ items: await readLimits(tx) })),
  )
  app.put(
    '/clock-limits/:kind',
    {
      schema: {
        operationId: 'stateClockLimit',
        tags: ['clocks'],
        summary: 'State how long a matter may take; clocks that run keep the limit they began with',
        params: Type.Object({ kind: Type.String({ maxLength: 40 }) }, strict),
        body: ClockLimitForm,
        response: { 200: ClockLimitsView },
      },
      config: { may: 'clock-limits.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { version, ...stated } = request.body
          const kind = clockKinds.find((one) => one === request.params.kind)
          if (!kind) throw problem(platformProblems, 'not-found')
          if (!(await stateLimit(tx, kind, { ...stated, source: stated.source.trim() }, version)))
            throw problem(clockProblems, 'clock-limit-changed')
          await audit(tx, {
            action: 'clock.limit-stated',
            subject: `clock-limit:${kind}`,
            requestId: request.id,
            detail: stated,
          })
          return { items: await readLimits(tx) }
        }),
      ),
  )
}

function officerRoutes(app: App, { clock }: Readonly<{ clock: Clock }>): void {
  app.get(
    '/duty-officers',
    {
      schema: {
        operationId: 'listDutyOfficers',
        tags: ['clocks'],
        summary: 'Who answers for an area and those right inside it when a time limit runs out',
        querystring: Type.Object({ area: Type.Optional(AreaId) }, strict),
        response: { 200: DutyOfficersView },
      },
      config: { may: 'duty-officers.read' },
    },
    async (request) => {
      const { areaId, may } = request.caller
      const area = request.query.area ?? areaId
      const items = await request.transact((tx) => readOfficers(tx, area, clock.today()))
      return { items, may: may.includes('duty-officers.write') }
    },
  )
  app.put(
    '/duty-officers/:areaId',
    {
      schema: {
        operationId: 'nameDutyOfficer',
        tags: ['clocks'],
        summary: 'Name who answers for an area from a day on, or nobody any more',
        params: Type.Object({ areaId: Type.String({ maxLength: 12 }) }, strict),
        body: DutyOfficerForm,
        response: { 200: DutyOfficersView },
      },
      config: { may: 'duty-officers.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { areaId } = request.params
          if (!(await isInScope(tx, areaId))) throw problem(platformProblems, 'not-found')
          if (request.body.from < clock.today()) throw problem(clockProblems, 'officer-day-past')
          if (!(await nameOfficer(tx, areaId, request.body)))
            throw problem(clockProblems, 'officer-out-of-area')
          await audit(tx, {
            action: 'clock.officer-named',
            subject: `area:${areaId}`,
            areaId,
            requestId: request.id,
            detail: request.body,
          })
          return { items: await readOfficers(tx, areaId, clock.today()), may: true }
        }),
      ),
  )
}
