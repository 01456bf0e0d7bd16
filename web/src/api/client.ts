/** What the server said when it would not: application/problem+json. */
export class Problem extends Error {
  readonly type: string
  readonly status: number
  readonly detail: string | undefined
  readonly errors: readonly FieldProblem[]

  constructor(status: number, body: Partial<ProblemBody>) {
    super(body.title ?? `HTTP ${status}`)
    this.name = 'Problem'
    this.status = status
    this.type = body.type ?? 'unknown'
    this.detail = body.detail
    this.errors = body.errors ?? []
  }
}

interface FieldProblem {
  path?: string
  message?: string
}

interface ProblemBody {
  type: string
  title: string
  detail: string
  errors: FieldProblem[]
}

type QueryValue = string | number | boolean | undefined | null

export type Query = Record<string, QueryValue>

interface Sending {
  body?: unknown
  idempotencyKey?: string
}

let csrf = ''

/** Every later write carries this token; it comes with the session. */
export function rememberCsrf(token: string): void {
  csrf = token
}

function address(path: string, query: Query): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value))
  }
  const search = params.toString()
  return search ? `/api${path}?${search}` : `/api${path}`
}

async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => ({}))
  return new Problem(response.status, typeof body === 'object' && body !== null ? body : {})
}

/** @throws Problem for every answer outside 2xx; `offline` when the server cannot be reached. */
async function send<T>(method: string, url: string, sending: Sending = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (sending.body !== undefined) headers['content-type'] = 'application/json'
  if (method !== 'GET') headers['x-qiao-csrf'] = csrf
  if (sending.idempotencyKey) headers['idempotency-key'] = sending.idempotencyKey
  const body = sending.body === undefined ? null : JSON.stringify(sending.body)
  const response = await fetch(url, { method, headers, body }).catch(() => {
    throw new Problem(0, { type: 'offline' })
  })
  if (!response.ok) throw await problemOf(response)
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

export function get<T>(path: string, query: Query = {}): Promise<T> {
  return send<T>('GET', address(path, query))
}

export function post<T>(path: string, body: unknown = {}): Promise<T> {
  return send<T>('POST', address(path, {}), { body })
}

/** A write that may be sent again safely: the server answers a repeated key as it did before. */
export function put<T>(path: string, body: unknown, idempotencyKey: string): Promise<T> {
  return send<T>('PUT', address(path, {}), { body, idempotencyKey })
}

export function remove(path: string): Promise<void> {
  return send<void>('DELETE', address(path, {}))
}
