import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyRequest } from 'fastify'
import { answerProblems, answerUnreadable } from './answer-problems.ts'
import type { App, HttpParts } from './app.ts'
import { checkingRequest } from './checking-request.ts'
import { checkingSerializer } from './checking-serializer.ts'
import { admitCallers } from './admit-callers.ts'
import { maskAnswers } from './mask-answers.ts'
import { makeRefusalNotes } from './refusal-notes.ts'

/** How many accounts in full use stand behind the one address of their office. */
const accountsPerAddress = 10

/** What the log has of a request; nothing that follows the question mark, where people's words may stand. */
function loggedRequest({ method, url, ip }: FastifyRequest) {
  return { method, url: url.replace(/\?.*$/s, ''), remoteAddress: ip }
}

/**
 * An HTTP server without routes: strict input, sessions, problem+json, security headers.
 *
 * Bodies are taken as they are, never coerced: `null`, 0 and absent mean different things. Query
 * strings, which are all text, are converted.
 */
export async function makeHttp(parts: HttpParts): Promise<App> {
  const app: App = fastify({
    // The session's token travels in a cookie; neither is ever logged.
    logger:
      parts.log === 'silent'
        ? false
        : { level: parts.log, redact: ['req.headers'], serializers: { req: loggedRequest } },
    bodyLimit: 1_000_000,
    // Whoever sends so slowly holds a connection and means no request.
    requestTimeout: 60_000,
    trustProxy: 'loopback',
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    frameworkErrors: answerUnreadable,
  }).withTypeProvider<TypeBoxTypeProvider>()
  // Bodies are JSON; every other kind is answered 415.
  app.removeContentTypeParser('text/plain')
  app.setValidatorCompiler(checkingRequest)
  // Our answers are built, not passed through: plain JSON.stringify keeps every null.
  app.setSerializerCompiler(parts.checkAnswers ? checkingSerializer : () => JSON.stringify)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Ant Design writes its styles into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Said below to whom it holds for.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  })
  // TLS ends at the proxy in front: who came by it shall not be led back to plain HTTP for a year.
  app.addHook('onRequest', async ({ protocol }, reply) => {
    if (protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000')
  })
  // What is told of people is kept by no browser and no proxy, and shown by none as a page of its own.
  app.addHook('onSend', async ({ url }, reply) => {
    if (!url.startsWith('/api')) return
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    const isJson = String(reply.getHeader('content-type')).startsWith('application/json')
    if (isJson && !reply.hasHeader('content-disposition'))
      reply.header('content-disposition', 'attachment; filename="api.json"')
  })
  // An office shares an address; an account is one person, who needs no more than a few in a second.
  const perAddress = accountsPerAddress * parts.requestsPerAccount
  await app.register(rateLimit, { max: perAddress, timeWindow: '1 minute' })
  await app.register(cookie)
  answerProblems(app, makeRefusalNotes(app, parts.db))
  admitCallers(app, parts)
  maskAnswers(app, parts.access)
  return app
}
