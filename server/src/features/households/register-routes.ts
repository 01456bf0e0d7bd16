import { Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { addMember, bindIdentity, registerHousehold, type RegisterParts } from './register.ts'
import { searchPeople } from './search-people.ts'
import type { HouseholdParts } from './show-household.ts'
import type { Tx } from '../../platform/db/database.ts'
import {
  HouseholdForm,
  IdentityForm,
  MemberForm,
  NewHouseholdView,
  NewVersionView,
  PersonSearchForm,
  PersonSearchView,
} from './views.ts'

const strict = { additionalProperties: false } as const
const id = Type.Integer({ minimum: 1 })
const config = { may: 'households.register' }

/** Entering households and members: never before a search for them. */
export function registerRoutes(app: App, parts: HouseholdParts): void {
  const { clock, jobs, cipher } = parts
  const registering = async (tx: Tx): Promise<RegisterParts> => {
    const { facts } = await parts.pack(tx)
    return { clock, jobs, cipher, facts }
  }
  app.post(
    '/households/search',
    {
      schema: {
        operationId: 'searchPerson',
        tags: ['households'],
        summary:
          'Who on record may be the person about to be entered, and why; kept for half an hour',
        body: PersonSearchForm,
        response: { 200: PersonSearchView },
      },
      config,
    },
    async (request) =>
      request.transact((tx) =>
        searchPeople(tx, cipher, { sought: request.body, requestId: request.id }),
      ),
  )
  app.post(
    '/households',
    {
      schema: {
        operationId: 'registerHousehold',
        tags: ['households'],
        summary: 'Enter a household under its head, after one’s own search for them',
        body: HouseholdForm,
        response: { 200: NewHouseholdView },
      },
      config,
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () =>
          registerHousehold(tx, await registering(tx), { ...request.body, requestId: request.id }),
        ),
      ),
  )
  app.post(
    '/households/:id/members',
    {
      schema: {
        operationId: 'addMember',
        tags: ['households'],
        summary: 'Enter somebody on no record as a member, after one’s own search for them',
        params: Type.Object({ id }, strict),
        body: MemberForm,
        response: { 200: NewVersionView },
      },
      config,
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => ({
          version: await addMember(tx, await registering(tx), {
            ...request.body,
            householdId: request.params.id,
            requestId: request.id,
          }),
        })),
      ),
  )
  app.post(
    '/households/:id/members/:personId/identity',
    {
      schema: {
        operationId: 'bindIdentity',
        tags: ['households'],
        summary: 'Give whoever has a temporary identity their ID number; all that is known stays',
        params: Type.Object({ id, personId: id }, strict),
        body: IdentityForm,
        response: { 200: NewVersionView },
      },
      config,
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => ({
          version: await bindIdentity(tx, await registering(tx), {
            ...request.body,
            householdId: request.params.id,
            personId: request.params.personId,
            requestId: request.id,
          }),
        })),
      ),
  )
}
