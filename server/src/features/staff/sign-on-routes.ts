import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { originOf } from '../../platform/http/admit-callers.ts'
import type { App } from '../../platform/http/app.ts'
import { problem } from '../../platform/http/problem.ts'
import { staffProblems } from './problems.ts'
import { refuseForeign } from './refuse-foreign.ts'
import type { StaffParts } from './staff-parts.ts'
import { carry } from './session-view.ts'
import { type Begun, makeSignOn, signInKnown } from './sign-on.ts'

/** Keeps what was begun in the browser that began it; no script reads it. */
const cookie = 'qiao_sign_on'
const path = '/api/sign-on'

/** The page of the console that the provider sends the browser back to. */
const pageOf = (request: FastifyRequest) => `${request.protocol}://${request.host}/sign-on`

function begunIn(request: FastifyRequest): Begun {
  try {
    const text = Buffer.from(request.cookies[cookie] ?? '', 'base64url').toString()
    const begun = JSON.parse(text) as Partial<Begun>
    const { state, nonce, verifier, invitation } = begun
    if (state && nonce && verifier) return { state, nonce, verifier, invitation }
  } catch {
    // Falls through: what cannot be read was not begun here.
  }
  throw problem(staffProblems, 'sign-on-failed')
}

/** Signing in by the district's sign-on; without one, the page offers none. */
export function signOnRoutes(app: App, { signin, config }: StaffParts): void {
  const signOn = config.signOn && makeSignOn(config.signOn)
  const open = { public: true, rateLimit: { max: 60, timeWindow: '1 minute' } } as const
  const refuseWithout = () => {
    if (!signOn) throw problem(staffProblems, 'no-sign-on')
    return signOn
  }
  app.get(
    '/sign-on',
    {
      schema: {
        operationId: 'getSignOn',
        tags: ['staff'],
        summary: 'Whether the district has a sign-on of its own',
        response: { 200: Type.Object({ offered: Type.Boolean() }) },
      },
      config: { public: true },
    },
    async () => ({ offered: signOn !== undefined }),
  )
  app.post(
    '/sign-on',
    {
      schema: {
        operationId: 'beginSignOn',
        tags: ['staff'],
        summary: 'Where to go to sign in, and with an invitation to accept it',
        body: Type.Object(
          { invitation: Type.Optional(Type.String({ minLength: 20, maxLength: 100 })) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ address: Type.String() }) },
      },
      config: open,
    },
    async (request, reply) => {
      refuseForeign(request.headers)
      const { address, begun } = await refuseWithout().begin(
        pageOf(request),
        request.body.invitation,
      )
      reply.setCookie(cookie, Buffer.from(JSON.stringify(begun)).toString('base64url'), {
        path,
        httpOnly: true,
        sameSite: 'strict',
        secure: request.protocol === 'https',
        maxAge: 600,
      })
      return { address }
    },
  )
  app.post(
    '/sign-on/answer',
    {
      schema: {
        operationId: 'finishSignOn',
        tags: ['staff'],
        summary: 'What the sign-on sent the browser back with; opens the session',
        body: Type.Object(
          { query: Type.String({ maxLength: 4000 }) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            awaits: Type.Union([Type.Literal('code'), Type.Literal('enrolment'), Type.Null()]),
          }),
        },
      },
      config: open,
    },
    async (request, reply) => {
      refuseForeign(request.headers)
      const provider = refuseWithout()
      const begun = begunIn(request)
      reply.clearCookie(cookie, { path })
      const known = await provider.finish(pageOf(request), request.body.query, begun)
      const { invitation } = begun
      const origin = originOf(request)
      const signedIn = await signInKnown(signin, { known, invitation }, origin, config.secondFactor)
      carry(request, reply, signedIn)
      return { awaits: signedIn.awaits }
    },
  )
}
