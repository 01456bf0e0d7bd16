type Json = Readonly<Record<string, unknown>>

/**
 * The document with every titled shape said once, under its title among the components, and every
 * operation answering failures with a Problem.
 *
 * @throws Error when two different shapes carry one title
 */
export function nameComponents(document: Json): Json {
  const { components = {}, paths = {} } = document as { components?: Json; paths?: Json }
  const schemas: Record<string, unknown> = { ...(components['schemas'] as Json | undefined) }
  const named = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(named)
    if (typeof value !== 'object' || value === null) return value
    const { title, ...rest } = value as Json
    const shape = Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, named(one)]))
    if (typeof title !== 'string' || rest['type'] !== 'object') return { ...value, ...shape }
    keep(schemas, title, shape)
    return { $ref: `#/components/schemas/${title}` }
  }
  const shown = Object.entries(paths).map(([path, item]) => [
    path,
    withProblems(named(item) as Json),
  ])
  return { ...document, paths: Object.fromEntries(shown), components: { ...components, schemas } }
}

function keep(schemas: Record<string, unknown>, title: string, shape: unknown): void {
  const known = schemas[title]
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(shape)) {
    throw new Error(`two shapes of the API are called ${title}`)
  }
  schemas[title] = shape
}

const failure = {
  description: 'A failure, with a stable code',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

function withProblems(item: Json): Json {
  const operations = Object.entries(item).map(([method, operation]) => {
    const { responses, ...rest } = operation as { responses: Json }
    return [method, { ...rest, responses: { ...responses, default: failure } }]
  })
  return Object.fromEntries(operations)
}
