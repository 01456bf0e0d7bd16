import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { asActor } from '../../platform/db/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import { originOf } from '../../platform/http/admit-callers.ts'
import type { App } from '../../platform/http/app.ts'
import { problem } from '../../platform/http/problem.ts'
import { asSelfOf } from './staff-parts.ts'
import { accountsFor, inviteStaff, resetAccount, takeAccountStep } from './administration.ts'
import type { AsSelf } from './own-account.ts'
import { staffProblems } from './problems.ts'
import type { StaffParts } from './staff-parts.ts'
import { roleName, roles } from './staff.ts'

const OptionalText = Type.Union([Type.String(), Type.Null()])
const AccountRowView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    role: Type.String(),
    roleName: Type.String(),
    areaId: Type.String(),
    areaName: Type.String(),
    username: Type.String(),
    state: Type.Union([
      Type.Literal('active'),
      Type.Literal('locked'),
      Type.Literal('invited'),
      Type.Literal('disabled'),
    ]),
    secondFactor: Type.Boolean(),
    signedInAt: OptionalText,
    sessions: Type.Integer({ description: 'Live ones' }),
    lockedUntil: OptionalText,
    invitedUntil: Type.Union([Type.String(), Type.Null()], {
      description: 'Until when a link to choose a password waits',
    }),
    own: Type.Boolean({ description: 'Of whoever asks, and not theirs to administer' }),
  },
  { title: 'AccountRow' },
)

const AccountListView = Type.Object({
  accounts: Type.Array(AccountRowView),
  roles: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
})

const LinkView = Type.Object({
  id: Type.String(),
  token: Type.String({ description: 'Of the one-time link /invitation/TOKEN; shown this once' }),
})

const AccountId = Type.Object({ accountId: Type.String({ format: 'uuid' }) })
const Reason = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })

/** As the caller, with the reason they gave for what they do. */
function withReason(signin: Database, request: FastifyRequest, reason: string | undefined): AsSelf {
  const origin = { ...originOf(request), ...(reason ? { reason: reason.trim() } : {}) }
  return (work) => asActor(signin, request.caller.token, work, origin)
}

/** Accounts of everybody, for the security administrator: 人员账号. */
export function administrationRoutes(app: App, { signin }: Pick<StaffParts, 'signin'>): void {
  const response = { 200: AccountListView }
  const list = async (request: FastifyRequest, search: string | null) => {
    const rows = await asSelfOf(signin, request)((tx) => accountsFor(tx, search))
    return {
      accounts: rows.map((row) => ({ ...row, roleName: roleName(row.role) })),
      roles: Object.entries(roles).map(([id, { name }]) => ({ id, name })),
    }
  }
  app.get(
    '/accounts',
    {
      schema: {
        operationId: 'listAccounts',
        tags: ['staff'],
        summary: 'Every account, and how it stands with it',
        response,
      },
      config: { may: 'accounts.read' },
    },
    async (request) => list(request, null),
  )
  // Names come in a body, since addresses are kept on their way.
  app.post(
    '/accounts/find',
    {
      schema: {
        operationId: 'findAccounts',
        tags: ['staff'],
        summary: 'Accounts by name of their holder or of the account',
        body: Type.Object(
          { q: Type.String({ minLength: 1, maxLength: 100 }) },
          { additionalProperties: false },
        ),
        response,
      },
      config: { may: 'accounts.read' },
    },
    async (request) => list(request, request.body.q.trim() || null),
  )
  app.post(
    '/accounts',
    {
      schema: {
        operationId: 'inviteStaff',
        tags: ['staff'],
        summary: 'Make an account, with a one-time link to choose its password',
        body: Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 50, pattern: '\\S' }),
            role: Type.Union([
              Type.Literal('advisor'),
              Type.Literal('township'),
              Type.Literal('district'),
              Type.Literal('system-admin'),
              Type.Literal('security-admin'),
              Type.Literal('audit-admin'),
            ]),
            areaId: Type.String({ pattern: '^[0-9]{6,12}$' }),
            username: Type.String({ pattern: '^[a-z][a-z0-9._-]{1,31}$' }),
          },
          { additionalProperties: false },
        ),
        response: { 200: LinkView },
      },
      config: { may: 'accounts.write' },
    },
    async (request) => inviteStaff(asSelfOf(signin, request), request.body),
  )
  stepRoutes(app, signin)
}

function stepRoutes(app: App, signin: Database): void {
  app.post(
    '/accounts/:accountId/link',
    {
      schema: {
        operationId: 'resetAccount',
        tags: ['staff'],
        summary: 'A one-time link to choose a password anew; the old one and every session end',
        params: AccountId,
        body: Type.Object(
          {
            reason: Reason,
            secondFactor: Type.Boolean({ description: 'Whether the authenticator goes, too' }),
          },
          { additionalProperties: false },
        ),
        response: { 200: LinkView },
      },
      config: { may: 'accounts.write' },
    },
    async (request) => {
      const { reason, secondFactor } = request.body
      const asSelf = withReason(signin, request, reason)
      return resetAccount(asSelf, request.params.accountId, secondFactor)
    },
  )
  app.post(
    '/accounts/:accountId/steps',
    {
      schema: {
        operationId: 'takeAccountStep',
        tags: ['staff'],
        summary: 'Unlock, end the sessions; disable or enable, with a reason',
        params: AccountId,
        body: Type.Object(
          {
            step: Type.Union([
              Type.Literal('unlock'),
              Type.Literal('end-sessions'),
              Type.Literal('disable'),
              Type.Literal('enable'),
            ]),
            reason: Type.Optional(Reason),
          },
          { additionalProperties: false },
        ),
        response: { 204: Type.Null() },
      },
      config: { may: 'accounts.write' },
    },
    async (request, reply) => {
      const { step, reason } = request.body
      if (!reason && (step === 'disable' || step === 'enable'))
        throw problem(staffProblems, 'reason-needed')
      const asSelf = withReason(signin, request, reason)
      await takeAccountStep(asSelf, request.params.accountId, step)
      return reply.code(204).send(null)
    },
  )
}
