import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { inSight, planDay, readToday } from './today-queries.ts'
import { PlanForm, TodayView } from './today-views.ts'
import { strict } from './views.ts'

type Parts = Readonly<{ clock: Clock; cipher: FieldCipher }>

/** So many stops are shown; whoever has more chooses an area. */
const most = 200

/** What whoever asks has to do today, most at risk of being missed first: 今日. */
export function todayRoutes(app: App, parts: Parts): void {
  app.get(
    '/today',
    {
      schema: {
        operationId: 'getToday',
        tags: ['services'],
        summary: 'Contacts and visits due, leads whose time runs out and steps promised',
        querystring: Type.Object(
          {
            area: Type.Optional(Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })),
          },
          strict,
        ),
        response: { 200: TodayView },
      },
      config: { may: 'today.read' },
    },
    async (request) =>
      request.transact((tx) => shown(tx, request, { ...parts, area: request.query.area })),
  )
  app.put(
    '/today/plan',
    {
      schema: {
        operationId: 'planToday',
        tags: ['services'],
        summary: 'Say which households one means to see today, in place of what was said before',
        body: PlanForm,
        response: { 200: TodayView },
      },
      config: { may: 'today.plan' },
    },
    async (request) =>
      request.transact(async (tx) => {
        // The answer names people: for a repeated request it is made anew, not kept.
        await once(tx, request, async () => {
          const { householdIds } = request.body
          if ((await inSight(tx, householdIds)) < householdIds.length)
            throw problem(platformProblems, 'not-found')
          await planDay(tx, parts.clock.today(), householdIds)
          await audit(tx, {
            action: 'today.planned',
            requestId: request.id,
            detail: { shown: householdIds },
          })
        })
        return shown(tx, request, { ...parts, area: undefined })
      }),
  )
}

async function shown(
  tx: Tx,
  request: FastifyRequest,
  { clock, cipher, area }: Parts & { area: string | undefined },
): Promise<Static<typeof TodayView>> {
  const { role, may } = request.caller
  const today = clock.today()
  const found = await readToday(tx, cipher, { today, area, role, most })
  await audit(tx, {
    action: 'today.list',
    fields: ['head', 'address', 'services'],
    requestId: request.id,
    detail: { area, shown: found.items.map(({ householdId }) => householdId) },
  })
  return {
    ...found,
    today,
    may: [
      ...(may.includes('services.write') ? (['record'] as const) : []),
      ...(may.includes('today.plan') ? (['plan'] as const) : []),
    ],
  }
}
