import { type TObject, Type } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { ChangeParts } from '../households/household-change.ts'
import { noteRead } from '../households/note-read.ts'
import { readHousehold } from '../households/queries.ts'
import { NewVersionView } from '../households/views.ts'
import { stillMissing } from './consent.ts'
import { membersOf, readAuthorisations, readBases, readObjections } from './queries.ts'
import {
  recordAuthorisation,
  recordConsent,
  recordObjection,
  withdrawAuthorisation,
  withdrawObjection,
} from './record.ts'
import { AuthorisationForm, ConsentForm, ConsentsView, ObjectionForm } from './views.ts'

const strict = { additionalProperties: false } as const
const id = Type.Integer({ minimum: 1 })
const HouseholdId = Type.Object({ id }, strict)
const config = { may: 'households.write' }
const response = { 200: NewVersionView }

export function consentRoutes(app: App, parts: ChangeParts): void {
  readRoute(app, parts)
  authorisationRoutes(app, parts)
  consentRoute(app, parts)
  objectionRoutes(app, parts)
}

function readRoute(app: App, { clock }: ChangeParts): void {
  app.get(
    '/households/:id/consents',
    {
      schema: {
        operationId: 'getConsents',
        tags: ['consents'],
        summary: 'What a household allows and objects to, and on what bases facts are known',
        params: HouseholdId,
        response: { 200: ConsentsView },
      },
      config: { may: 'households.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const household = await readHousehold(tx, request.params.id)
        if (!household) throw problem(platformProblems, 'not-found')
        await noteRead(tx, {
          action: 'household.consents-read',
          householdId: household.id,
          fields: ['consents'],
        })
        const authorisations = await readAuthorisations(tx, household.id, clock.today())
        const members = await membersOf(tx, household.id)
        return {
          bases: await readBases(tx),
          authorisations,
          objections: await readObjections(tx, household.id),
          meansCheck: { missing: [...stillMissing(members, authorisations)] },
        }
      }),
  )
}

function authorisationRoutes(app: App, parts: ChangeParts): void {
  app.post(
    '/households/:id/authorisations',
    {
      schema: schemaOf('recordAuthorisation', 'Record an authorisation with its term', {
        params: HouseholdId,
        body: AuthorisationForm,
      }),
      config,
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => ({
          version: await recordAuthorisation(tx, parts, {
            ...request.body,
            householdId: request.params.id,
            requestId: request.id,
          }),
        })),
      ),
  )
  withdrawalRoute(app, parts, {
    path: 'authorisations',
    operationId: 'withdrawAuthorisation',
    summary: 'Take an authorisation back: what rests on it is read no more from now on',
    withdraw: withdrawAuthorisation,
  })
}

function consentRoute(app: App, parts: ChangeParts): void {
  app.post(
    '/households/:id/consents',
    {
      schema: schemaOf(
        'recordConsent',
        'Record that a member consents to a purpose, told by a notice; taken back as an authorisation',
        { params: HouseholdId, body: ConsentForm },
      ),
      config,
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => ({
          version: await recordConsent(tx, parts, {
            ...request.body,
            householdId: request.params.id,
            requestId: request.id,
          }),
        })),
      ),
  )
}

function objectionRoutes(app: App, parts: ChangeParts): void {
  app.post(
    '/households/:id/objections',
    {
      schema: schemaOf('recordObjection', 'Record an objection to matching or to push', {
        params: HouseholdId,
        body: ObjectionForm,
      }),
      config,
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => ({
          version: await recordObjection(tx, parts, {
            ...request.body,
            householdId: request.params.id,
            requestId: request.id,
          }),
        })),
      ),
  )
  withdrawalRoute(app, parts, {
    path: 'objections',
    operationId: 'withdrawObjection',
    summary: 'Take an objection back: from now on the household or member is matched again',
    withdraw: withdrawObjection,
  })
}

type Withdrawal = Readonly<{
  path: 'authorisations' | 'objections'
  operationId: string
  summary: string
  withdraw: (
    tx: Tx,
    parts: ChangeParts,
    of: { householdId: number; id: number; requestId: string },
  ) => Promise<number>
}>

function withdrawalRoute(
  app: App,
  parts: ChangeParts,
  { path, operationId, summary, withdraw }: Withdrawal,
): void {
  app.post(
    `/households/:id/${path}/:consentId/withdrawal`,
    {
      schema: schemaOf(operationId, summary, {
        params: Type.Object({ id, consentId: id }, strict),
        body: Type.Object({}, strict),
      }),
      config,
    },
    async (request) => {
      const { id: householdId, consentId } = request.params
      return request.transact((tx) =>
        once(tx, request, async () => ({
          version: await withdraw(tx, parts, {
            householdId,
            id: consentId,
            requestId: request.id,
          }),
        })),
      )
    },
  )
}

function schemaOf<P extends TObject, B extends TObject>(
  operationId: string,
  summary: string,
  { params, body }: { params: P; body: B },
) {
  return { operationId, tags: ['consents'], summary, params, body, response }
}
