import type { Pack } from '@qiao/rules'
import { Type } from 'typebox'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import type { ChangeParts } from '../households/household-change.ts'
import { approveRequest, rebaseRequest, stepRequest } from './decide.ts'
import { ApprovalForm, ChangeRequestIdView, DecisionForm, VersionForm } from './views.ts'

export type ChangeRequestParts = ChangeParts &
  Readonly<{
    cipher: FieldCipher
    /** The policies in force: which facts there are. */
    pack: (tx: Tx) => Promise<Pick<Pack, 'facts'>>
  }>

const params = Type.Object({ id: Type.Integer({ minimum: 1 }) }, { additionalProperties: false })

/** What becomes of a request: rebased, withdrawn, returned, refused or approved. */
export function stepRoutes(app: App, parts: ChangeRequestParts): void {
  ownStepRoutes(app)
  decisionRoute(app)
  approvalRoute(app, parts)
}

function ownStepRoutes(app: App): void {
  app.post(
    '/change-requests/:id/rebase',
    {
      schema: {
        operationId: 'rebaseChangeRequest',
        tags: ['change-requests'],
        summary: 'Compare a request with what is on record now, by who asked or an official',
        params,
        body: VersionForm,
        response: { 200: ChangeRequestIdView },
      },
      config: { may: 'change-requests.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { id } = request.params
          await rebaseRequest(tx, { id, ...request.body, requestId: request.id })
          return { id }
        }),
      ),
  )
  app.post(
    '/change-requests/:id/withdrawal',
    {
      schema: {
        operationId: 'withdrawChangeRequest',
        tags: ['change-requests'],
        summary: 'Withdraw one’s own request',
        params,
        body: VersionForm,
        response: { 200: ChangeRequestIdView },
      },
      config: { may: 'change-requests.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { id } = request.params
          const of = { id, ...request.body, requestId: request.id }
          await stepRequest(tx, of, { step: 'withdrawn', because: null })
          return { id }
        }),
      ),
  )
}

function decisionRoute(app: App): void {
  app.post(
    '/change-requests/:id/decision',
    {
      schema: {
        operationId: 'decideChangeRequest',
        tags: ['change-requests'],
        summary: 'Return a request to be amended, or refuse it, with why; not one’s own',
        params,
        body: DecisionForm,
        response: { 200: ChangeRequestIdView },
      },
      config: { may: 'change-requests.decide' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { id } = request.params
          const { decision, because, version } = request.body
          const of = { id, version, requestId: request.id }
          await stepRequest(tx, of, { step: decision, because: because.trim() })
          return { id }
        }),
      ),
  )
}

function approvalRoute(app: App, { clock, jobs, cipher, pack }: ChangeRequestParts): void {
  app.post(
    '/change-requests/:id/approval',
    {
      schema: {
        operationId: 'approveChangeRequest',
        tags: ['change-requests'],
        summary: 'Put on record what is asked for, where nothing changed meanwhile; not one’s own',
        params,
        body: ApprovalForm,
        response: { 200: ChangeRequestIdView },
      },
      config: { may: 'change-requests.decide' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { id } = request.params
          const { facts } = await pack(tx)
          const parts = { clock, jobs, cipher, facts }
          await approveRequest(tx, parts, { ...request.body, id, requestId: request.id })
          return { id }
        }),
      ),
  )
}
