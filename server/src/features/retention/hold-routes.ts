import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { readHousehold } from '../households/queries.ts'
import { refuseSeconded } from './keepers.ts'
import { retentionProblems } from './problems.ts'
import { holdHousehold, liftHold, listHolds } from './queries.ts'
import { HoldForm, HoldView, LiftHoldForm } from './views.ts'

const Holds = Type.Object({ items: Type.Array(HoldView) })

export function holdRoutes(app: App): void {
  listRoute(app)
  holdRoute(app)
  liftRoute(app)
}

function listRoute(app: App): void {
  app.get(
    '/legal-holds',
    {
      schema: {
        operationId: 'listLegalHolds',
        tags: ['retention'],
        summary: 'Households of which everything is kept, and why',
        response: { 200: Holds },
      },
      config: { may: 'retention.read' },
    },
    async (request) => {
      refuseSeconded(request.caller)
      return request.transact(async (tx) => {
        const items = await listHolds(tx)
        const shown = items.map(({ householdId }) => householdId)
        await audit(tx, {
          action: 'retention.holds-listed',
          requestId: request.id,
          detail: { shown },
        })
        return { items }
      })
    },
  )
}

function holdRoute(app: App): void {
  app.post(
    '/legal-holds',
    {
      schema: {
        operationId: 'holdHousehold',
        tags: ['retention'],
        summary: 'Keep everything of a household from now on, whatever runs out',
        body: HoldForm,
        response: { 200: Holds },
      },
      config: { may: 'retention.write' },
    },
    async (request) => {
      refuseSeconded(request.caller)
      return request.transact((tx) =>
        once(tx, request, async () => {
          const { householdId, kind } = request.body
          if (!(await readHousehold(tx, householdId))) throw problem(platformProblems, 'not-found')
          const id = await holdHousehold(tx, request.body).catch(stands)
          await audit(tx, {
            action: 'retention.held',
            subject: `legal-hold:${id}`,
            householdId,
            detail: { kind },
            requestId: request.id,
          })
          return { items: await listHolds(tx) }
        }),
      )
    },
  )
}

function liftRoute(app: App): void {
  app.post(
    '/legal-holds/:holdId/lifting',
    {
      schema: {
        operationId: 'liftLegalHold',
        tags: ['retention'],
        summary: 'Keep a household no longer than others',
        params: Type.Object({ holdId: Type.Integer({ minimum: 1 }) }),
        body: LiftHoldForm,
        response: { 200: Holds },
      },
      config: { may: 'retention.write' },
    },
    async (request) => {
      refuseSeconded(request.caller)
      return request.transact((tx) =>
        once(tx, request, async () => {
          const { holdId } = request.params
          const householdId = await liftHold(tx, holdId, request.body.because)
          if (householdId === null) throw problem(retentionProblems, 'no-such-hold')
          await audit(tx, {
            action: 'retention.hold-lifted',
            subject: `legal-hold:${holdId}`,
            householdId,
            requestId: request.id,
          })
          return { items: await listHolds(tx) }
        }),
      )
    },
  )
}

function stands(error: { constraint?: string }): never {
  if (error.constraint === 'legal_hold_one_current') throw problem(retentionProblems, 'hold-stands')
  throw error
}
