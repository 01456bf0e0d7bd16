import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import { answerProblems, answerUnreadable } from './answer-problems.ts'
import type { App, HttpParts } from './app.ts'
import { checkingRequest } from './checking-request.ts'
import { checkingSerializer } from './checking-serializer.ts'
import { admitCallers } from './admit-callers.ts'
import { maskAnswers } from './mask-answers.ts'

/**
 * An HTTP server without routes: strict input, sessions, problem+json, security headers.
 *
 * Bodies are taken as they are, never coerced: `null`, 0 and absent mean different things. Query
 * strings, which are all text, are converted.
 */
export async function makeHttp(parts: HttpParts): Promise<App> {
  const app: App = fastify({
    // The session's token travels in a cookie; neither is ever logged.
    logger: parts.log === 'silent' ? false : { level: parts.log, redact: ['req.headers'] },
    bodyLimit: 1_000_000,
    trustProxy: 'loopback',
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    frameworkErrors: answerUnreadable,
  }).withTypeProvider<TypeBoxTypeProvider>()
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
    // TLS ends at the proxy in front, which sets this header itself.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  })
  await app.register(rateLimit, { max: parts.requestsPerMinute ?? 1200, timeWindow: '1 minute' })
  await app.register(cookie)
  answerProblems(app)
  admitCallers(app, parts)
  maskAnswers(app, parts.access)
  return app
}
