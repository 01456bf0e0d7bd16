import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { noteRead } from '../households/note-read.ts'
import { readHousehold } from '../households/queries.ts'
import { NewVersionView } from '../households/views.ts'
import type { MemberParts } from './hukou.ts'
import {
  recordRegisteredPlace,
  registeredHere,
  registeredPlacesOf,
  townships,
} from './registered-place.ts'
import {
  RegisteredHereView,
  RegisteredPlaceForm,
  RegisteredPlacesView,
} from './registered-place-views.ts'

const params = Type.Object({ id: Type.Integer({ minimum: 1 }) }, { additionalProperties: false })

/** Where members are registered, and who of a township’s registered people lives in another. */
export function registeredPlaceRoutes(app: App, parts: MemberParts): void {
  readRoute(app)
  recordRoute(app, parts)
  hereRoute(app)
}

function readRoute(app: App): void {
  app.get(
    '/households/:id/registered-places',
    {
      schema: {
        operationId: 'getRegisteredPlaces',
        tags: ['members'],
        summary: 'Where the members of a household are and were registered',
        params,
        response: { 200: RegisteredPlacesView },
      },
      config: { may: 'households.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const householdId = request.params.id
        if (!(await readHousehold(tx, householdId))) throw problem(platformProblems, 'not-found')
        const action = 'household.registered-places-read'
        await noteRead(tx, { action, householdId, fields: ['members'] })
        return { items: await registeredPlacesOf(tx, householdId), townships: await townships(tx) }
      }),
  )
}

function recordRoute(app: App, parts: MemberParts): void {
  app.post(
    '/households/:id/registered-places',
    {
      schema: {
        operationId: 'recordRegisteredPlace',
        tags: ['members'],
        summary: 'A member is registered in a place from a day on; the fact `hukou` follows',
        params,
        body: RegisteredPlaceForm,
        response: { 200: NewVersionView },
      },
      config: { may: 'households.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => ({
          version: await recordRegisteredPlace(tx, parts, {
            ...request.body,
            householdId: request.params.id,
            requestId: request.id,
          }),
        })),
      ),
  )
}

function hereRoute(app: App): void {
  app.get(
    '/registered-here',
    {
      schema: {
        operationId: 'listRegisteredHere',
        tags: ['members'],
        summary: 'Who is registered in the own township, lives in another and has an open lead',
        response: { 200: RegisteredHereView },
      },
      config: { may: 'registered-here.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const found = await registeredHere(tx)
        const shown = [...new Set(found.map(({ householdId }) => householdId))]
        await audit(tx, {
          action: 'household.registered-here-listed',
          fields: ['head'],
          detail: { shown },
          requestId: request.id,
        })
        return { items: found.map(({ name, township }) => ({ name, township })) }
      }),
  )
}
