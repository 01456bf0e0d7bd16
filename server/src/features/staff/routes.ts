import { sql } from 'kysely'
import { Type } from 'typebox'
import type { Clock } from '../../platform/clock.ts'
import type { Mode } from '../../platform/config.ts'
import type { Database } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { type Caller, csrfToken, findCaller, sessionCookie } from '../../platform/http/caller.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { staffProblems } from './problems.ts'
import { acceptInvitation, readInvitation, signIn, signOut } from './sign-in.ts'
import { mayOf } from './access-matrix.ts'
import { roleName } from './staff.ts'

export type StaffParts = Readonly<{
  db: Database
  signin: Database
  clock: Clock
  mode: Mode
}>

const SessionView = Type.Object(
  {
    staff: Type.Object({
      id: Type.String(),
      name: Type.String(),
      role: Type.String(),
      roleName: Type.String(),
      area: Type.Object({ id: Type.String(), name: Type.String(), level: Type.String() }),
    }),
    csrf: Type.String({ description: 'To be sent as x-qiao-csrf with every write' }),
    may: Type.Array(Type.String()),
    mode: Type.Union([Type.Literal('demo'), Type.Literal('production')]),
    today: Type.String({ description: 'The day all verdicts are for' }),
  },
  { title: 'Session' },
)

const StaffView = Type.Object(
  { id: Type.String(), name: Type.String(), roleName: Type.String(), areaId: Type.String() },
  { title: 'Staff' },
)

const Credentials = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 100 }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
)

const InvitationToken = Type.Object({ token: Type.String({ minLength: 20, maxLength: 100 }) })

export function staffRoutes(app: App, parts: StaffParts): void {
  sessionRoutes(app, parts)
  invitationRoutes(app, parts)
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
      const { rows } = await request.transact((tx) =>
        sql<{ id: string; name: string; role: string; areaId: string }>`
          select id, name, role, area_id as "areaId" from app.staff
          where active and role in ('advisor', 'township', 'district')
            and (${area ?? null}::text is null or starts_with(${area ?? ''}, area_id))
          order by length(area_id) desc, name, id limit 200`.execute(tx),
      )
      return { staff: rows.map(({ role, ...one }) => ({ ...one, roleName: roleName(role) })) }
    },
  )
}

function sessionRoutes(app: App, { db, signin, clock, mode }: StaffParts): void {
  const view = (caller: Caller) => ({
    staff: {
      id: caller.staffId,
      name: caller.name,
      role: caller.role,
      roleName: roleName(caller.role),
      area: { id: caller.areaId, name: caller.areaName, level: caller.areaLevel },
    },
    csrf: csrfToken(caller.token),
    may: [...caller.may],
    mode,
    today: clock.today(),
  })
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
    async (request) => view(request.caller),
  )
  app.post(
    '/session',
    {
      schema: {
        operationId: 'signIn',
        tags: ['staff'],
        summary: 'Sign in; the session is an HttpOnly cookie',
        body: Credentials,
        response: { 200: SessionView },
      },
      // Every failure counts against the account as well.
      config: { public: true, rateLimit: { max: 60, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      refuseForeign(request.headers)
      const token = await signIn(signin, request.body.username, request.body.password)
      const caller = await findCaller(db, token, mayOf)
      if (!caller) throw problem(staffProblems, 'wrong-password')
      reply.setCookie(sessionCookie, token, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure: request.protocol === 'https',
      })
      return view(caller)
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
      config: { may: 'session.end' },
    },
    async (request, reply) => {
      await signOut(signin, request.caller.token)
      return reply.clearCookie(sessionCookie, { path: '/' }).code(204).send(null)
    },
  )
}

function invitationRoutes(app: App, { signin }: StaffParts): void {
  app.get(
    '/invitations/:token',
    {
      schema: {
        operationId: 'getInvitation',
        tags: ['staff'],
        summary: 'Whom an invitation is for',
        params: InvitationToken,
        response: {
          200: Type.Object({
            name: Type.String(),
            roleName: Type.String(),
            username: Type.String(),
          }),
        },
      },
      config: { public: true, rateLimit: { max: 60, timeWindow: '1 minute' } },
    },
    async (request) => {
      const { name, role, username } = await readInvitation(signin, request.params.token)
      return { name, username, roleName: roleName(role) }
    },
  )
  app.post(
    '/invitations/:token',
    {
      schema: {
        operationId: 'acceptInvitation',
        tags: ['staff'],
        summary: 'Choose a password with a one-time invitation',
        params: InvitationToken,
        body: Type.Object(
          { password: Type.String({ maxLength: 500 }) },
          { additionalProperties: false },
        ),
        response: { 204: Type.Null() },
      },
      config: { public: true, rateLimit: { max: 60, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      refuseForeign(request.headers)
      await acceptInvitation(signin, request.params.token, request.body.password)
      return reply.code(204).send(null)
    },
  )
}

/** Before there is a session no token can prove whose page sends: the browser's own word must do. */
function refuseForeign(headers: Record<string, unknown>): void {
  const site = headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') throw problem(platformProblems, 'csrf-missing')
}
