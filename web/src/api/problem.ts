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

/** What the server said when it would not: application/problem+json. Status 0: it was not reached. */
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
