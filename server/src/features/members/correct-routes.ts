import { Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { NewVersionView } from '../households/views.ts'
import { moveHousehold, takeBackChange } from './correct.ts'
import type { MemberParts } from './hukou.ts'
import { MoveForm, TakingBackForm } from './views.ts'

const params = Type.Object({ id: Type.Integer({ minimum: 1 }) }, { additionalProperties: false })

/** Moving a household to another committee, and taking back what was recorded by mistake. */
export function correctRoutes(app: App, parts: MemberParts): void {
  app.post(
    '/households/:id/move',
    {
      schema: {
        operationId: 'moveHousehold',
        tags: ['members'],
        summary: 'A household moves to another committee, with all that is recorded of it',
        params,
        body: MoveForm,
        response: { 200: NewVersionView },
      },
      config: { may: 'households.move' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => ({
          version: await moveHousehold(tx, parts, {
            ...request.body,
            householdId: request.params.id,
            requestId: request.id,
          }),
        })),
      ),
  )
  app.post(
    '/households/:id/members/taking-back',
    {
      schema: {
        operationId: 'takeBackChange',
        tags: ['members'],
        summary: 'Take back the last change of who lives in a household',
        params,
        body: TakingBackForm,
        response: { 200: NewVersionView },
      },
      config: { may: 'households.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => ({
          version: await takeBackChange(tx, parts, {
            ...request.body,
            householdId: request.params.id,
            requestId: request.id,
          }),
        })),
      ),
  )
}
