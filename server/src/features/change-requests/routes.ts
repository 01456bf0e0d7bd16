import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { amendRequest, askForChange } from './ask.ts'
import { listRequests } from './queries.ts'
import { showRequest } from './show-request.ts'
import { type ChangeRequestParts, stepRoutes } from './step-routes.ts'
import {
  AmendmentForm,
  ChangeRequestForm,
  ChangeRequestIdView,
  ChangeRequestListView,
  ChangeRequestView,
  StateView,
} from './views.ts'

const strict = { additionalProperties: false } as const
const params = Type.Object({ id: Type.Integer({ minimum: 1 }) }, strict)

const ListQuery = Type.Object(
  {
    state: Type.Optional(StateView),
    whose: Type.Optional(Type.Union([Type.Literal('mine'), Type.Literal('to-check')])),
    area: Type.Optional(Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })),
    household: Type.Optional(Type.Integer({ minimum: 1 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  strict,
)

export function changeRequestRoutes(app: App, parts: ChangeRequestParts): void {
  listRoute(app, parts)
  readRoute(app, parts)
  askRoute(app, parts)
  amendRoute(app, parts)
  stepRoutes(app, parts)
}

function listRoute(app: App, { pack }: ChangeRequestParts): void {
  app.get(
    '/change-requests',
    {
      schema: {
        operationId: 'listChangeRequests',
        tags: ['change-requests'],
        summary: 'Requests to put the record right, those that wait first; and how many to check',
        querystring: ListQuery,
        response: { 200: ChangeRequestListView },
      },
      config: { may: 'change-requests.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const asking = { page: 1, size: 50, ...request.query }
        const { facts } = await pack(tx)
        const list = await listRequests(tx, facts, asking)
        const shown = [...new Set(list.items.map(({ household }) => household.id))]
        await audit(tx, {
          action: 'change-request.list',
          fields: ['head'],
          requestId: request.id,
          detail: { ...asking, shown },
        })
        return list
      }),
  )
}

function readRoute(app: App, { cipher, pack }: ChangeRequestParts): void {
  app.get(
    '/change-requests/:id',
    {
      schema: {
        operationId: 'getChangeRequest',
        tags: ['change-requests'],
        summary: 'One request: of each field what stood, what stands now and what is asked for',
        params,
        response: { 200: ChangeRequestView },
      },
      config: { may: 'change-requests.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { facts } = await pack(tx)
        return showRequest(
          tx,
          { cipher, facts },
          {
            id: request.params.id,
            mayDecide: request.caller.may.includes('change-requests.decide'),
          },
        )
      }),
  )
}

function askRoute(app: App, { clock, cipher, pack }: ChangeRequestParts): void {
  app.post(
    '/households/:id/change-requests',
    {
      schema: {
        operationId: 'askForChange',
        tags: ['change-requests'],
        summary: 'Ask that what is on record of a household or its members be put right',
        params,
        body: ChangeRequestForm,
        response: { 200: ChangeRequestIdView },
      },
      config: { may: 'change-requests.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { facts } = await pack(tx)
          const id = await askForChange(
            tx,
            { clock, cipher, facts },
            { ...request.body, householdId: request.params.id, requestId: request.id },
          )
          return { id }
        }),
      ),
  )
}

function amendRoute(app: App, { clock, cipher, pack }: ChangeRequestParts): void {
  app.post(
    '/change-requests/:id/amendment',
    {
      schema: {
        operationId: 'amendChangeRequest',
        tags: ['change-requests'],
        summary: 'Hand a returned request in again, by whoever asked',
        params,
        body: AmendmentForm,
        response: { 200: ChangeRequestIdView },
      },
      config: { may: 'change-requests.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { id } = request.params
          const { facts } = await pack(tx)
          const form = request.body
          await amendRequest(tx, { clock, cipher, facts }, { id, form, requestId: request.id })
          return { id }
        }),
      ),
  )
}
