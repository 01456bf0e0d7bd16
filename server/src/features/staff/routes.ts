import { sql } from 'kysely'
import { Type } from 'typebox'
import { originOf } from '../../platform/http/admit-callers.ts'
import type { App } from '../../platform/http/app.ts'
import { accountRoutes } from './account-routes.ts'
import { administrationRoutes } from './administration-routes.ts'
import { invitationRoutes } from './invitation-routes.ts'
import { refuseForeign } from './refuse-foreign.ts'
import { authenticatorRoutes, secondStepRoutes } from './second-step-routes.ts'
import { AwaitsView, carry, drop, openedView, SessionView, sessionView } from './session-view.ts'
import { signIn, signOut } from './sign-in.ts'
import { signOnRoutes } from './sign-on-routes.ts'
import { roleName } from './staff.ts'
import type { StaffParts } from './staff-parts.ts'

const StaffView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    roleName: Type.String(),
    areaId: Type.String(),
    unfit: Type.Union([Type.String(), Type.Null()], {
      description: 'Why no lead goes to them: no certificate, or none that is valid today',
    }),
  },
  { title: 'Staff' },
)

const Credentials = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 100 }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
)

export function staffRoutes(app: App, parts: StaffParts): void {
  sessionRoutes(app, parts)
  secondStepRoutes(app, parts)
  signOnRoutes(app, parts)
  invitationRoutes(app, parts)
  accountRoutes(app, parts)
  authenticatorRoutes(app, parts)
  administrationRoutes(app, parts)
  app.get(
    '/staff',
    {
      schema: {
        operationId: 'listStaff',
        tags: ['staff'],
        summary: 'Colleagues in case work who can see an area, nearest first',
        querystring: Type.Object(
          { area: Type.Optional(Type.String({ pattern: '^[0-9]{6,12}$' })) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ staff: Type.Array(StaffView) }) },
      },
      config: { may: 'staff.read' },
    },
    async (request) => {
      const { area } = request.query
      return request.transact(async (tx) => {
        const { rows } = await sql<{ id: string; name: string; role: string; areaId: string }>`
          select id, name, role, area_id as "areaId" from app.staff
          where active and role in ('advisor', 'township', 'district')
            and (${area ?? null}::text is null or starts_with(${area ?? ''}, area_id))
          order by length(area_id) desc, name, id limit 200`.execute(tx)
        const ids = rows.map(({ id }) => id)
        const unfit = await parts.unfitForLeads(tx, ids)
        return {
          staff: rows.map(({ role, ...one }) => ({
            ...one,
            roleName: roleName(role),
            unfit: unfit.get(one.id) ?? null,
          })),
        }
      })
    },
  )
}

function sessionRoutes(app: App, parts: StaffParts): void {
  const { signin, config } = parts
  app.get(
    '/session',
    {
      schema: {
        operationId: 'getSession',
        tags: ['staff'],
        summary: 'Who is signed in',
        response: { 200: SessionView },
      },
      config: { public: true },
    },
    async (request) => sessionView(request.caller, parts),
  )
  app.post(
    '/session',
    {
      schema: {
        operationId: 'signIn',
        tags: ['staff'],
        summary: 'Sign in; the session is an HttpOnly cookie',
        body: Credentials,
        response: { 200: SessionView, 202: AwaitsView },
      },
      // Every failure counts against the account as well.
      config: { public: true, rateLimit: { max: 60, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      refuseForeign(request.headers)
      const origin = originOf(request)
      const signedIn = await signIn(signin, request.body, origin, config.secondFactor)
      carry(request, reply, signedIn)
      if (signedIn.awaits) return reply.code(202).send({ awaits: signedIn.awaits })
      return openedView(parts, signedIn.token)
    },
  )
  app.delete(
    '/session',
    {
      schema: {
        operationId: 'signOut',
        tags: ['staff'],
        summary: 'Sign out',
        response: { 204: Type.Null() },
      },
      config: { may: 'account.own' },
    },
    async (request, reply) => {
      await signOut(signin, request.caller.token, originOf(request))
      return drop(request, reply).code(204).send(null)
    },
  )
}
