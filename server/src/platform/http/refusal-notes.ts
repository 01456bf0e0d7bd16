import type { FastifyRequest } from 'fastify'
import { audit } from '../audit.ts'
import { asActor } from '../db/actor.ts'
import type { Database } from '../db/database.ts'
import { callerOf, originOf } from './admit-callers.ts'
import type { App } from './app.ts'
import type { Problem } from './problem.ts'

/** An account whose requests are refused without end fills no log: what is more in a minute adds nothing to know. */
const notedInAMinute = 60

/** What somebody signed in may not do, may not know of, or does too often. */
const refused: readonly number[] = [403, 404, 429]

/**
 * Notes in the audit log that a request of somebody signed in was refused: which route, which code, and the
 * number of the household where the address holds one; nothing that was sent. Other requests cost nothing.
 */
export function makeRefusalNotes(
  app: App,
  db: Database,
): (request: FastifyRequest, found: Problem) => Promise<void> {
  const spendOf = app.createRateLimit({
    max: notedInAMinute,
    timeWindow: '1 minute',
    keyGenerator: (request) => `refused:${callerOf(request)?.staffId ?? ''}`,
  })
  return async (request, { code, kind }) => {
    const caller = callerOf(request)
    if (!caller || !refused.includes(kind.status)) return
    try {
      const spent = await spendOf(request)
      if (!spent.isAllowed && spent.isExceeded) return
      const subject = householdIn(request)
      const { method, routeOptions } = request
      const detail = { code, status: kind.status, method, route: routeOptions.url ?? null }
      await asActor(
        db,
        caller.token,
        (tx) => audit(tx, { action: 'request.refused', detail, ...(subject ? { subject } : {}) }),
        originOf(request),
      )
    } catch (error) {
      request.log.error(error)
    }
  }
}

function householdIn({ routeOptions, params }: FastifyRequest): string | undefined {
  if (!routeOptions.url?.startsWith('/api/households/:id')) return undefined
  // Before the schema has made a number of it, whatever was sent stands there.
  const id = String((params as Readonly<{ id?: unknown }>).id)
  return /^\d{1,15}$/.test(id) ? `household:${id}` : undefined
}
