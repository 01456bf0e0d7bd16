import { Type } from 'typebox'
import { originOf } from '../../platform/http/admit-callers.ts'
import type { App } from '../../platform/http/app.ts'
import { refuseForeign } from './refuse-foreign.ts'
import type { StaffParts } from './staff-parts.ts'
import { acceptInvitation, readInvitation } from './sign-in.ts'
import { roleName } from './staff.ts'

const InvitationToken = Type.Object({ token: Type.String({ minLength: 20, maxLength: 100 }) })

export function invitationRoutes(app: App, { signin }: Pick<StaffParts, 'signin'>): void {
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
      await acceptInvitation(signin, request.params.token, request.body.password, originOf(request))
      return reply.code(204).send(null)
    },
  )
}
