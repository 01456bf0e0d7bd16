import createClient, { type Middleware } from 'openapi-fetch'
import { Problem } from './problem.ts'
import { sayWhy } from './reason.ts'
import type { paths } from './schema.ts'

let csrf = ''

/** Every later write carries this token; it comes with the session. */
export function rememberCsrf(token: string): void {
  csrf = token
}

/** A lost connection is tried once more; the same idempotency key keeps a write from happening twice. */
async function reach(request: Request): Promise<Response> {
  const again = request.clone()
  return fetch(request)
    .catch(() => fetch(again))
    .catch(() => {
      throw new Problem(0, { type: 'offline' })
    })
}

const markWrites: Middleware = {
  onRequest({ request }) {
    request.headers.set('accept', 'application/json')
    if (request.method === 'GET') return
    request.headers.set('x-qiao-csrf', csrf)
    request.headers.set('idempotency-key', crypto.randomUUID())
  },
}

/** The server's operations, typed by its own document. */
export const api = createClient<paths>({ baseUrl: '/', fetch: reach })
api.use(markWrites, sayWhy)

interface Called<Body> {
  data?: Body
  error?: unknown
  response: Response
}

/**
 * The body of an answer.
 *
 * @throws Problem for every answer outside 2xx; status 0 when the server cannot be reached
 */
export async function answerOf<Body>(call: Promise<Called<Body>>): Promise<Body> {
  const { data, error, response } = await call
  if (!response.ok) {
    throw new Problem(response.status, typeof error === 'object' && error !== null ? error : {})
  }
  return data as Body
}
