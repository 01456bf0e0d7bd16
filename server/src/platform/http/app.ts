import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import type { LogLevel } from '../config.ts'
import type { Database } from '../db/database.ts'
import { answerProblems } from './answer-problems.ts'
import { checkingSerializer } from './checking-serializer.ts'
import { admitCallers } from './admit-callers.ts'

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export type HttpParts = Readonly<{
  db: Database
  mayOf: (role: string) => readonly string[]
  log: LogLevel | 'silent'
  /** Requests a minute from one address; tests raise it. */
  requestsPerMinute?: number
  /** Tests only: an answer that differs from its declared shape becomes an error. */
  checkAnswers?: boolean
}>

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
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
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
  return app
}
