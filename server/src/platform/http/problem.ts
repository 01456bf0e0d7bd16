/** The kinds of problem a feature may answer with, by stable code. Titles and remedies are Chinese. */
export type ProblemKinds = Readonly<Record<string, ProblemKind>>

export type ProblemKind = Readonly<{
  status: number
  /** One sentence that says what is wrong, the same every time. */
  title: string
  /** What the person can do. */
  remedy: string
}>

/** Where in the request something is wrong: `/body/from`, `/query/page`. */
export type FieldProblem = Readonly<{ path: string; message: string }>

/** Thrown to answer a request with application/problem+json (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  readonly kind: ProblemKind
  readonly errors: readonly FieldProblem[]

  constructor(code: string, kind: ProblemKind, detail: string, errors: readonly FieldProblem[]) {
    super(detail)
    this.code = code
    this.kind = kind
    this.errors = errors
  }
}

/**
 * A problem to throw.
 *
 * @param detail what happened this time, a sentence for the person; the remedy when left out
 */
export function problem<K extends ProblemKinds>(
  kinds: K,
  code: keyof K & string,
  detail?: string,
  errors: readonly FieldProblem[] = [],
): Problem {
  const kind = kinds[code]
  if (!kind) throw new Error(`no such problem: ${code}`)
  return new Problem(code, kind, detail ?? kind.remedy, errors)
}

/** The body of application/problem+json; `type` leads to the list of codes. */
export function problemBody({ code, kind, message, errors }: Problem, requestId: string) {
  return {
    type: `/problems/${code}`,
    code,
    title: kind.title,
    status: kind.status,
    detail: message,
    requestId,
    ...(errors.length > 0 ? { errors } : {}),
  }
}
