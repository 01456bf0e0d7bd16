import { Type } from 'typebox'
import type { Database } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import {
  answerEvents,
  changePassword,
  endOwnSessions,
  ownAccount,
  ownEvents,
  ownSessions,
} from './own-account.ts'
import { asSelfOf, type StaffParts } from './staff-parts.ts'
import { mustHaveSecondFactor } from './staff.ts'

const OptionalText = Type.Union([Type.String(), Type.Null()])

const EventName = Type.Union([
  Type.Literal('password-changed'),
  Type.Literal('invitation-accepted'),
  Type.Literal('reset'),
  Type.Literal('second-factor-on'),
  Type.Literal('second-factor-off'),
  Type.Literal('recovery-code-used'),
  Type.Literal('recovery-codes-renewed'),
  Type.Literal('sign-on-bound'),
  Type.Literal('locked'),
  Type.Literal('unlocked'),
  Type.Literal('new-browser'),
])

const AccountView = Type.Object(
  {
    username: Type.String(),
    hasPassword: Type.Boolean({ description: 'Not so for whoever comes by the sign-on only' }),
    passwordChangedAt: OptionalText,
    secondFactor: Type.Object({
      since: OptionalText,
      needed: Type.Boolean({ description: 'It cannot be turned off' }),
      recoveryCodesLeft: Type.Integer(),
    }),
    sessions: Type.Array(
      Type.Object({
        id: Type.String(),
        openedAt: Type.String(),
        seenAt: Type.String(),
        address: OptionalText,
        agent: Type.Union([Type.String(), Type.Null()], {
          description: 'What the browser says it is',
        }),
        current: Type.Boolean({ description: 'The session that asks' }),
      }),
    ),
    events: Type.Array(
      Type.Object({
        id: Type.Integer(),
        at: Type.String(),
        what: EventName,
        byOther: Type.Boolean({ description: 'An administrator did it, or the program' }),
        address: OptionalText,
        agent: OptionalText,
        mine: Type.Union([Type.Boolean(), Type.Null()], { description: 'What the holder said' }),
        here: Type.Boolean({ description: 'The session that asks did it, and is not asked' }),
      }),
      { description: 'What changed the account in half a year, the latest first' },
    ),
  },
  { title: 'Account' },
)

const Ended = Type.Object({ ended: Type.Integer({ description: 'Sessions that ended by it' }) })

/** The account of whoever is signed in: 账户与安全. */
export function accountRoutes(
  app: App,
  { signin, config }: Pick<StaffParts, 'signin' | 'config'>,
): void {
  app.get(
    '/account',
    {
      schema: {
        operationId: 'getAccount',
        tags: ['staff'],
        summary: 'The own account, with its live sessions',
        response: { 200: AccountView },
      },
      config: { may: 'account.own' },
    },
    async (request) =>
      asSelfOf(
        signin,
        request,
      )(async (tx) => {
        const account = await ownAccount(tx)
        return {
          username: account.username,
          hasPassword: account.passwordHash !== null,
          passwordChangedAt: account.passwordChangedAt,
          secondFactor: {
            since: account.secondFactorSince,
            needed: mustHaveSecondFactor(config.secondFactor, account),
            recoveryCodesLeft: account.recoveryCodesLeft,
          },
          sessions: await ownSessions(tx),
          events: await ownEvents(tx),
        }
      }),
  )
  app.post(
    '/account/password',
    {
      schema: {
        operationId: 'changePassword',
        tags: ['staff'],
        summary: 'Change the own password; every other session ends',
        body: Type.Object(
          {
            password: Type.String({ maxLength: 500, description: 'The one that holds until now' }),
            chosen: Type.String({ maxLength: 500 }),
          },
          { additionalProperties: false },
        ),
        response: { 200: Ended },
      },
      config: { may: 'account.own', rateLimit: { max: 60, timeWindow: '1 minute' } },
    },
    async (request) => {
      const { password, chosen } = request.body
      return { ended: await changePassword(asSelfOf(signin, request), password, chosen) }
    },
  )
  eventRoute(app, signin)
  sessionListRoutes(app, signin)
}

function eventRoute(app: App, signin: Database): void {
  app.post(
    '/account/events/answer',
    {
      schema: {
        operationId: 'answerAccountEvents',
        tags: ['staff'],
        summary: 'Say of changes of the own account whether they were one’s own doing',
        body: Type.Object(
          {
            events: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 50 }),
            mine: Type.Boolean({ description: 'False alerts the security administrator' }),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ answered: Type.Integer({ description: 'Those still unanswered' }) }),
        },
      },
      config: { may: 'account.own' },
    },
    async (request) => ({
      answered: await asSelfOf(signin, request)((tx) => answerEvents(tx, request.body)),
    }),
  )
}

function sessionListRoutes(app: App, signin: Database): void {
  app.delete(
    '/account/sessions',
    {
      schema: {
        operationId: 'endOtherSessions',
        tags: ['staff'],
        summary: 'Sign out everywhere else',
        response: { 200: Ended },
      },
      config: { may: 'account.own' },
    },
    async (request) => ({
      ended: await asSelfOf(signin, request)((tx) => endOwnSessions(tx, null)),
    }),
  )
  app.delete(
    '/account/sessions/:sessionId',
    {
      schema: {
        operationId: 'endSession',
        tags: ['staff'],
        summary: 'Sign out one other session',
        params: Type.Object({ sessionId: Type.String({ format: 'uuid' }) }),
        response: { 200: Ended },
      },
      config: { may: 'account.own' },
    },
    async (request) => {
      const { sessionId } = request.params
      const ended = await asSelfOf(signin, request)((tx) => endOwnSessions(tx, sessionId))
      if (ended === 0) throw problem(platformProblems, 'not-found')
      return { ended }
    },
  )
}
