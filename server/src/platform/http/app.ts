import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { LogLevel } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { Access } from './access.ts'

/** The server that a feature hangs its routes on: what goes in and out is typed by its schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export type HttpParts = Readonly<{
  db: Database
  access: Access
  log: LogLevel | 'silent'
  /** Requests a minute of one account, from however many addresses. */
  requestsPerAccount: number
  /** Tests only: an answer that differs from its declared shape becomes an error. */
  checkAnswers?: boolean
}>
