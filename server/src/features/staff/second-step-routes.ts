import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { asActor } from '../../platform/db/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import { originOf } from '../../platform/http/admit-callers.ts'
import type { App } from '../../platform/http/app.ts'
import { problem } from '../../platform/http/problem.ts'
import { asSelfOf } from './staff-parts.ts'
import { type AsSelf, confirmPassword, ownAccount } from './own-account.ts'
import { staffProblems } from './problems.ts'
import { refuseForeign } from './refuse-foreign.ts'
import type { StaffParts } from './staff-parts.ts'
import {
  confirmAuthenticator,
  enrollingAtTheDoor,
  offerAuthenticator,
  passSecondFactor,
  renewRecoveryCodes,
  turnOffAuthenticator,
} from './second-step.ts'
import { carry, openedView, secondStepCookie, SessionView } from './session-view.ts'
import { mustHaveSecondFactor } from './staff.ts'

const OfferView = Type.Object({
  secret: Type.String({ description: 'To be typed into an authenticator, in Base32' }),
  uri: Type.String(),
  svg: Type.String({ description: 'The address as a QR code' }),
})

const RecoveryCodes = Type.Array(Type.String(), { description: 'Shown this once' })
const Code = Type.Object(
  { code: Type.String({ minLength: 6, maxLength: 40 }) },
  { additionalProperties: false },
)
const Password = Type.Object(
  { password: Type.String({ maxLength: 500 }) },
  { additionalProperties: false },
)
const Nothing = Type.Object({}, { additionalProperties: false })
const perAddress = { max: 60, timeWindow: '1 minute' }

/** Whoever has given the right password and not yet the second factor, by a cookie of its own. */
function asAwaiting(signin: Database, request: FastifyRequest): AsSelf {
  const token = request.cookies[secondStepCookie]
  if (!token) throw problem(staffProblems, 'sign-in-anew')
  return (work) => asActor(signin, token, work, originOf(request))
}

/** The second step of signing in. */
export function secondStepRoutes(app: App, parts: StaffParts): void {
  const { signin, cipher } = parts
  const config = { public: true, rateLimit: perAddress } as const
  app.post(
    '/session/code',
    {
      schema: {
        operationId: 'passSecondFactor',
        tags: ['staff'],
        summary: 'Open the session with a code of the authenticator, or one to recover with',
        body: Code,
        response: { 200: SessionView },
      },
      config,
    },
    async (request, reply) => {
      refuseForeign(request.headers)
      const token = await passSecondFactor(asAwaiting(signin, request), cipher, request.body.code)
      carry(request, reply, { token, awaits: null })
      return openedView(parts, token)
    },
  )
  app.post(
    '/session/enrolment',
    {
      schema: {
        operationId: 'enrol',
        tags: ['staff'],
        summary: 'A new authenticator, for who must have one before the session opens',
        body: Nothing,
        response: { 200: OfferView },
      },
      config,
    },
    async (request) => {
      refuseForeign(request.headers)
      const asSelf = asAwaiting(signin, request)
      return offerAuthenticator(asSelf, cipher, await asSelf(enrollingAtTheDoor))
    },
  )
  app.post(
    '/session/enrolment/confirmation',
    {
      schema: {
        operationId: 'confirmEnrolment',
        tags: ['staff'],
        summary: 'Turn the authenticator on with a code of it, and open the session',
        body: Code,
        response: { 200: Type.Object({ session: SessionView, recoveryCodes: RecoveryCodes }) },
      },
      config,
    },
    async (request, reply) => {
      refuseForeign(request.headers)
      const asSelf = asAwaiting(signin, request)
      const who = await asSelf(enrollingAtTheDoor)
      const on = await confirmAuthenticator(asSelf, cipher, who, request.body.code)
      carry(request, reply, { token: on.token, awaits: null })
      return { session: await openedView(parts, on.token), recoveryCodes: [...on.recoveryCodes] }
    },
  )
}

/** The authenticator of whoever is signed in. Every change asks for the password first. */
export function authenticatorRoutes(app: App, { signin, cipher, config }: StaffParts): void {
  const own = { may: 'account.own', rateLimit: perAddress } as const
  app.post(
    '/account/second-factor',
    {
      schema: {
        operationId: 'offerSecondFactor',
        tags: ['staff'],
        summary: 'A new authenticator; the one before holds until the new one is confirmed',
        body: Password,
        response: { 200: OfferView },
      },
      config: own,
    },
    async (request) => {
      const asSelf = asSelfOf(signin, request)
      const account = await confirmPassword(asSelf, request.body.password)
      return offerAuthenticator(asSelf, cipher, account)
    },
  )
  app.post(
    '/account/second-factor/confirmation',
    {
      schema: {
        operationId: 'confirmSecondFactor',
        tags: ['staff'],
        summary: 'Turn on the authenticator that was offered, with a code of it',
        body: Code,
        response: { 200: Type.Object({ recoveryCodes: RecoveryCodes }) },
      },
      config: own,
    },
    async (request) => {
      const asSelf = asSelfOf(signin, request)
      const account = await asSelf(ownAccount)
      const { recoveryCodes } = await confirmAuthenticator(
        asSelf,
        cipher,
        account,
        request.body.code,
      )
      return { recoveryCodes: [...recoveryCodes] }
    },
  )
  app.post(
    '/account/second-factor/removal',
    {
      schema: {
        operationId: 'removeSecondFactor',
        tags: ['staff'],
        summary: 'Turn the authenticator off, for who need not have one',
        body: Password,
        response: { 204: Type.Null() },
      },
      config: own,
    },
    async (request, reply) => {
      const asSelf = asSelfOf(signin, request)
      const account = await confirmPassword(asSelf, request.body.password)
      if (mustHaveSecondFactor(config.secondFactor, account))
        throw problem(staffProblems, 'second-factor-needed')
      await asSelf(turnOffAuthenticator)
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/account/recovery-codes',
    {
      schema: {
        operationId: 'renewRecoveryCodes',
        tags: ['staff'],
        summary: 'Ten new codes to recover with; those before are void',
        body: Password,
        response: { 200: Type.Object({ recoveryCodes: RecoveryCodes }) },
      },
      config: own,
    },
    async (request) => {
      const asSelf = asSelfOf(signin, request)
      const { staffId } = await confirmPassword(asSelf, request.body.password)
      const codes = await asSelf((tx) => renewRecoveryCodes(tx, staffId))
      return { recoveryCodes: [...codes] }
    },
  )
}
