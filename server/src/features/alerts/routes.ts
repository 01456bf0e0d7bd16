import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { roleName } from '../staff/staff.ts'
import { alertProblems } from './problems.ts'
import { listAlerts, settleAlert } from './queries.ts'
import { AlertsView, AlertSettlementForm } from './views.ts'

/** More are settled long since, and stay in the log. */
const mostShown = 200

/** What is out of the ordinary, for the security administrator to settle: 安全告警. */
export function alertRoutes(app: App): void {
  app.get(
    '/alerts',
    {
      schema: {
        operationId: 'listAlerts',
        tags: ['alerts'],
        summary: 'What is out of the ordinary with accounts, the open ones first',
        response: { 200: AlertsView },
      },
      config: { may: 'alerts.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const items = await listAlerts(tx, mostShown)
        return {
          items: items.map(({ role, evidence, ...one }) => ({
            ...one,
            roleName: role === null ? null : roleName(role),
            evidence: evidence.map((seen) => ({ ...seen, entries: [...seen.entries] })),
          })),
        }
      }),
  )
  app.post(
    '/alerts/:id/settlement',
    {
      schema: {
        operationId: 'settleAlert',
        tags: ['alerts'],
        summary: 'Settle an alert with a note of what it was',
        params: Type.Object({ id: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
        body: AlertSettlementForm,
        response: { 200: Type.Object({ done: Type.Literal(true) }) },
      },
      config: { may: 'alerts.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { id } = request.params
          const settled = await settleAlert(tx, id, request.body.note.trim()).catch(refused)
          if (!settled) throw problem(alertProblems, 'alert-settled')
          await audit(tx, { action: 'alert.settled', subject: `alert:${id}` })
          return { done: true as const }
        }),
      ),
  )
}

function refused(error: { constraint?: string }): never {
  if (error.constraint === 'alert_not_settled_by_its_own') throw problem(alertProblems, 'alert-own')
  throw error
}
