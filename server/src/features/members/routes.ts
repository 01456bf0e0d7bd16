import { Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { ChangeParts } from '../households/household-change.ts'
import { noteRead } from '../households/note-read.ts'
import { readHousehold } from '../households/queries.ts'
import { NewVersionView } from '../households/views.ts'
import { joinHousehold, leaveHousehold, splitHousehold } from './change.ts'
import { correctRoutes } from './correct-routes.ts'
import type { MemberParts } from './hukou.ts'
import { readComposition } from './queries.ts'
import { registeredPlaceRoutes } from './registered-place-routes.ts'
import { supporterRoutes } from './supporter-routes.ts'
import { CompositionView, JoiningForm, LeavingForm, SplitForm, SplitView } from './views.ts'

const strict = { additionalProperties: false } as const
const id = Type.Integer({ minimum: 1 })
const Household = Type.Object({ id }, strict)
const config = { may: 'households.write' }

export function memberRoutes(app: App, parts: MemberParts): void {
  readRoute(app, parts)
  leavingRoute(app, parts)
  joiningRoute(app, parts)
  splitRoute(app, parts)
  correctRoutes(app, parts)
  supporterRoutes(app, parts)
  registeredPlaceRoutes(app, parts)
}

function readRoute(app: App, { clock }: ChangeParts): void {
  app.get(
    '/households/:id/composition',
    {
      schema: {
        operationId: 'getComposition',
        tags: ['members'],
        summary: 'Who lived in a household on a day, its head and its collector',
        params: Household,
        querystring: Type.Object({ on: Type.Optional(Type.String({ format: 'date' })) }, strict),
        response: { 200: CompositionView },
      },
      config: { may: 'households.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id: householdId } = request.params
        if (!(await readHousehold(tx, householdId))) throw problem(platformProblems, 'not-found')
        const on = request.query.on ?? clock.today()
        const composition = await readComposition(tx, householdId, on)
        const read = { action: 'household.composition-read', householdId, detail: { on } }
        await noteRead(tx, { ...read, fields: ['members'] })
        return {
          on,
          members: [...composition.members],
          collectors: [...composition.collectors],
        }
      }),
  )
}

function leavingRoute(app: App, parts: ChangeParts): void {
  app.post(
    '/households/:id/members/:personId/leaving',
    {
      schema: {
        operationId: 'leaveHousehold',
        tags: ['members'],
        summary: 'A member leaves; a head with a successor, and a collector where awards are paid',
        params: Type.Object({ id, personId: id }, strict),
        body: LeavingForm,
        response: { 200: NewVersionView },
      },
      config,
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => ({
          version: await leaveHousehold(tx, parts, {
            ...request.body,
            householdId: request.params.id,
            personId: request.params.personId,
            requestId: request.id,
          }),
        })),
      ),
  )
}

function joiningRoute(app: App, parts: MemberParts): void {
  app.post(
    '/households/:id/members/joining',
    {
      schema: {
        operationId: 'joinHousehold',
        tags: ['members'],
        summary: 'Somebody on record joins, and leaves where they lived the day before',
        params: Household,
        body: JoiningForm,
        response: { 200: NewVersionView },
      },
      config,
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => ({
          version: await joinHousehold(tx, parts, {
            ...request.body,
            householdId: request.params.id,
            requestId: request.id,
          }),
        })),
      ),
  )
}

function splitRoute(app: App, parts: ChangeParts): void {
  app.post(
    '/households/:id/split',
    {
      schema: {
        operationId: 'splitHousehold',
        tags: ['members'],
        summary: 'Members found a household of their own in the same committee',
        params: Household,
        body: SplitForm,
        response: { 200: SplitView },
      },
      config,
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () =>
          splitHousehold(tx, parts, {
            ...request.body,
            householdId: request.params.id,
            requestId: request.id,
          }),
        ),
      ),
  )
}
