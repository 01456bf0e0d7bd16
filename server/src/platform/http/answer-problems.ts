import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from './app.ts'
import { knownMethods } from './known-methods.ts'
import { platformProblems } from './platform-problems.ts'
import { type FieldProblem, Problem, problem, problemBody } from './problem.ts'

/**
 * Every failure leaves as application/problem+json with a stable code; nothing of the inside shows.
 *
 * @param noteRefused notes a request that was refused; it does not throw
 */
export function answerProblems(
  app: App,
  noteRefused: (request: FastifyRequest, found: Problem) => Promise<void>,
): void {
  app.setErrorHandler(async (error, request, reply) => {
    const found = asProblem(error as FastifyError)
    if (found.kind.status >= 500) request.log.error(error)
    await noteRefused(request, found)
    return send(found, request, reply)
  })
  const methodsOf = knownMethods(app)
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(request.url.replace(/\?.*$/s, ''))
    if (methods.length === 0) return send(problem(platformProblems, 'not-found'), request, reply)
    reply.header('allow', methods.join(', '))
    return send(problem(platformProblems, 'method-not-allowed'), request, reply)
  })
}

/** For an address that cannot be read at all, which never comes as far as a route. */
export function answerUnreadable(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  void send(asProblem(error), request, reply)
}

function send(found: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .code(found.kind.status)
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problemBody(found, request.id))
}

type Validation = readonly {
  instancePath?: string
  message?: string
  params?: { additionalProperties?: string[] }
}[]

function asProblem(error: FastifyError): Problem {
  if (error instanceof Problem) return error
  if (error.validation) {
    const part = error.validationContext ?? 'body'
    const errors = fieldProblems(part, error.validation as Validation)
    const detail = `请求内容有误：${errors.map((one) => `${one.path} ${one.message}`).join('；')}`
    return problem(platformProblems, 'invalid-request', detail, errors)
  }
  if (error.statusCode === 429) return problem(platformProblems, 'too-many-requests')
  if (error.statusCode === 415) return problem(platformProblems, 'wrong-content-type')
  if (error.statusCode === 503) return problem(platformProblems, 'unavailable')
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return problem(platformProblems, 'invalid-request', `请求内容有误：${error.message}`)
  }
  return problem(platformProblems, 'internal')
}

function fieldProblems(part: string, validation: Validation): FieldProblem[] {
  return validation.map(({ instancePath, message, params }) => {
    const extra = params?.additionalProperties?.join(', ')
    return {
      path: `/${part === 'querystring' ? 'query' : part}${instancePath ?? ''}`,
      message: extra ? `${message ?? ''}: ${extra}` : (message ?? ''),
    }
  })
}
