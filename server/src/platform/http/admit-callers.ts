import type { FastifyRequest } from 'fastify'
import { asActor, type Origin } from '../db/actor.ts'
import type { App, HttpParts } from './app.ts'
import { type Caller, findCaller, isCsrfToken, sessionCookieOf } from './caller.ts'
import { platformProblems } from './platform-problems.ts'
import { problem } from './problem.ts'

const callers = new WeakMap<FastifyRequest, Caller>()

/**
 * Lets a request through only when its route is public, or its session is live and its role may do
 * it. A route that says neither, or names a right that the matrix does not know, is refused when the
 * server starts. One account sends no more than its share in a minute, from however many addresses.
 */
export function admitCallers(
  app: App,
  { db, access, requestsPerAccount }: Pick<HttpParts, 'db' | 'access' | 'requestsPerAccount'>,
): void {
  const { mayOf, rights } = access
  const spendOf = app.createRateLimit({
    max: requestsPerAccount,
    timeWindow: '1 minute',
    keyGenerator: (request) => `account:${request.caller.staffId}`,
  })
  app.addHook('onRoute', ({ url, config }) => {
    if (!url.startsWith('/api') || config?.public) return
    if (!config?.may)
      throw new Error(`route ${url} says neither who may use it nor that it is public`)
    if (!rights.has(config.may))
      throw new Error(`route ${url} asks for ${config.may}, which is not in the access matrix`)
  })
  app.decorateRequest('caller', {
    getter(this: FastifyRequest): Caller {
      const caller = callers.get(this)
      if (!caller) throw problem(platformProblems, 'not-signed-in')
      return caller
    },
  })
  app.decorateRequest('reason', {
    getter(this: FastifyRequest) {
      return originOf(this).reason
    },
  })
  app.decorateRequest('transact', function (this: FastifyRequest, work) {
    return asActor(db, this.caller.token, work, originOf(this))
  })
  app.addHook('onRequest', async (request) => {
    const { config } = request.routeOptions
    if (!request.url.startsWith('/api')) return
    const token = request.cookies[sessionCookieOf(request)]
    const caller = token ? await findCaller(db, token, mayOf) : undefined
    if (caller) {
      callers.set(request, caller)
      const spent = await spendOf(request)
      if (!spent.isAllowed && spent.isExceeded) throw problem(platformProblems, 'too-many-requests')
    }
    if (config.public) return
    if (!caller) {
      if (config.may === undefined) return
      throw problem(platformProblems, 'not-signed-in')
    }
    if (!isSafe(request.method) && !isCsrfToken(caller.token, request.headers['x-qiao-csrf'])) {
      throw problem(platformProblems, 'csrf-missing')
    }
    if (config.may !== undefined && !caller.may.includes(config.may)) {
      throw problem(platformProblems, 'forbidden')
    }
    if (config.may !== undefined && rights.get(config.may)?.demandsReason && !request.reason) {
      throw problem(platformProblems, 'reason-missing')
    }
  })
}

/** Whoever is signed in, on a public route as well; `undefined` for nobody. */
export function callerOf(request: FastifyRequest): Caller | undefined {
  return callers.get(request)
}

/** The reason is percent-encoded, since a header holds no Chinese; an unreadable one is none. */
export function originOf({ id, ip, headers }: FastifyRequest): Origin {
  const stated = headers['x-qiao-reason']
  const origin = { requestId: id, address: ip, agent: headers['user-agent'] }
  if (typeof stated !== 'string' || stated.length > mostOfReason) return origin
  try {
    return {
      ...origin,
      reason: decodeURIComponent(stated).replaceAll('\0', '').trim() || undefined,
    }
  } catch {
    return origin
  }
}

/** In encoded form: two hundred characters. */
const mostOfReason = 1800

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}
