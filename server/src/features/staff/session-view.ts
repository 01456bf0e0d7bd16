import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Caller, csrfToken, findCaller, sessionCookieOf } from '../../platform/http/caller.ts'
import { problem } from '../../platform/http/problem.ts'
import { staffProblems } from './problems.ts'
import type { StaffParts } from './staff-parts.ts'
import type { SignedIn } from './sign-in.ts'
import { mayOf } from './access-matrix.ts'
import { roleName } from './staff.ts'

export const SessionView = Type.Object(
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

export const AwaitsView = Type.Object({
  awaits: Type.Union([Type.Literal('code'), Type.Literal('enrolment')], {
    description: 'What is still to be done within ten minutes before the session opens',
  }),
})

export function sessionView(
  caller: Caller,
  { clock, config }: Pick<StaffParts, 'clock' | 'config'>,
) {
  return {
    staff: {
      id: caller.staffId,
      name: caller.name,
      role: caller.role,
      roleName: roleName(caller.role),
      area: { id: caller.areaId, name: caller.areaName, level: caller.areaLevel },
    },
    csrf: csrfToken(caller.token),
    may: [...caller.may],
    mode: config.mode,
    today: clock.today(),
  }
}

/** Carries the token of a session that still awaits something, to the sign-in routes only. */
export const secondStepCookie = 'qiao_second_step'
const atTheDoor = '/api/session'

const cookieFor = (request: FastifyRequest, path: string) =>
  ({ path, httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' }) as const

/** Puts the token where it belongs: into the cookie of the session, or that of the second step. */
export function carry(request: FastifyRequest, reply: FastifyReply, { token, awaits }: SignedIn) {
  if (awaits) reply.setCookie(secondStepCookie, token, cookieFor(request, atTheDoor))
  else {
    reply.clearCookie(secondStepCookie, { path: atTheDoor })
    reply.setCookie(sessionCookieOf(request), token, cookieFor(request, '/'))
  }
}

/** Takes the session's cookie away. */
export function drop(request: FastifyRequest, reply: FastifyReply) {
  return reply.clearCookie(sessionCookieOf(request), cookieFor(request, '/'))
}

/** The session that has just been opened, as its page sees it. */
export async function openedView(parts: StaffParts, token: string) {
  const caller = await findCaller(parts.db, token, mayOf)
  if (!caller) throw problem(staffProblems, 'wrong-password')
  return sessionView(caller, parts)
}
