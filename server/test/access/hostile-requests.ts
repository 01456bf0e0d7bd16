import fc from 'fast-check'

type Json = Readonly<Record<string, unknown>>

/** What the API's own document says of one operation. */
export type Operation = Readonly<{
  method: string
  path: string
  parameters: readonly Readonly<{ name: string; in: string; schema: Json }>[]
  body: Json | undefined
}>

/** A request as somebody might send it who means no good. */
export type Hostile = Readonly<{
  method: string
  url: string
  headers: Readonly<Record<string, string>>
  payload: string | undefined
}>

/** Every operation of an OpenAPI document. */
export function operationsOf(document: Json): Operation[] {
  return Object.entries(document['paths'] as Record<string, Record<string, Json>>).flatMap(
    ([path, item]) =>
      Object.entries(item).map(([method, of]) => ({
        method: method.toUpperCase(),
        path,
        parameters: (of['parameters'] ?? []) as Operation['parameters'],
        body: bodySchema(of['requestBody'] as Json | undefined),
      })),
  )
}

function bodySchema(body: Json | undefined): Json | undefined {
  const content = body?.['content'] as Record<string, { schema: Json }> | undefined
  return content?.['application/json']?.schema
}

const tricky = fc.constantFrom(
  '',
  "' or 1=1 --",
  "'; drop table app.household; --",
  '%00',
  '\u0000',
  '\uD800',
  '../../../etc/passwd',
  '%2e%2e%2f',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '$ne',
  '__proto__',
  'ＡＢＣ１２３',
  '王\u200B五',
  '9'.repeat(400),
  '-1',
  '1e309',
  'NaN',
  '2025-02-30',
  '=cmd|calc',
  'a'.repeat(5000),
)
const number = fc.constantFrom(0, -1, 0.5, 1e21, -1e-7, 2 ** 31, 2 ** 53, Number.MAX_SAFE_INTEGER)
const anything: fc.Arbitrary<unknown> = fc.oneof(
  tricky,
  number,
  fc.constantFrom(null, true, [], {}, [[[[[[]]]]]], { __proto__: { may: 'all' } }),
  fc.jsonValue({ maxDepth: 2 }),
)

/** Ids that are there, of either township, and ids that nobody has. */
const id = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('1', '3', '10', '30') }, tricky)

/** A value as a schema wants it, as near as a stranger reading it would come. */
function fitting(schema: Json): fc.Arbitrary<unknown> {
  const {
    type,
    properties,
    items,
    anyOf,
    const: only,
  } = schema as {
    type?: string
    properties?: Record<string, Json>
    items?: Json
    anyOf?: Json[]
    const?: unknown
  }
  const [choices, required] = [schema['enum'] as unknown[] | undefined, schema['required']]
  if (choices) return fc.constantFrom(...choices)
  if (only !== undefined) return fc.constant(only)
  if (anyOf) return fc.oneof(...anyOf.map(fitting))
  if (properties) {
    const members = Object.fromEntries(
      Object.entries(properties).map(([key, one]) => [key, mostly(fitting(one))]),
    )
    return fc.record(members, { requiredKeys: (required ?? []) as string[] })
  }
  if (type === 'array') return fc.array(mostly(fitting(items ?? {})), { maxLength: 4 })
  if (type === 'integer') return fc.integer({ min: 0, max: 40 })
  if (type === 'number') return fc.double({ noNaN: true, min: 0, max: 1e6 })
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  if (schema['format'] === 'date') return fc.constantFrom('2025-06-01', '2025-05-31', '2024-02-29')
  if (schema['format'] === 'uuid') return fc.uuid()
  return fc.constantFrom('dibao', 'assets', '入户', '310118002001', '1', '说明')
}

function mostly(arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary }, { weight: 1, arbitrary: anything })
}

/** The body as it should be, as it should not, and as no JSON at all. */
function bodyOf(schema: Json | undefined): fc.Arbitrary<string | undefined> {
  const right = fitting(schema ?? {}).map((body) => JSON.stringify(body))
  const wrong = anything.map((body) => JSON.stringify(body) ?? '')
  const broken = fc.constantFrom('', '{', '{"a":1,"a":2}', '[1,2', `${'['.repeat(2000)}`, '\u0000')
  return fc.oneof(
    { weight: schema ? 7 : 1, arbitrary: right },
    { weight: 1, arbitrary: wrong },
    { weight: 1, arbitrary: broken },
    { weight: schema ? 1 : 7, arbitrary: fc.constant(undefined) },
  )
}

const headers = fc.record(
  {
    'content-type': fc.constantFrom('application/json', 'text/plain', 'application/xml', 'x'),
    'x-qiao-csrf': fc.constantFrom('', 'forged'),
    'x-forwarded-for': fc.constantFrom('127.0.0.1', '::1, 8.8.8.8', "'"),
    'x-qiao-reason': fc.constantFrom('%E6%9F%A5', '%', '%FF', 'a'.repeat(3000)),
    'idempotency-key': fc.constantFrom('', 'one', 'a'.repeat(500)),
    'if-match': fc.constantFrom('*', '"1"', 'x'),
    range: fc.constantFrom('bytes=0-0'),
    accept: fc.constantFrom('text/html', '*/*;q=0', ''),
  },
  { requiredKeys: [] },
)

/** Requests for one operation. */
function requestTo({ method, path, parameters, body }: Operation): fc.Arbitrary<Hostile> {
  const inPath = parameters.filter((one) => one.in === 'path').map(({ name }) => name)
  const inQuery = parameters.filter((one) => one.in === 'query')
  const asks: Record<string, fc.Arbitrary<unknown>> = { colour: tricky }
  for (const { name, schema } of inQuery) asks[name] = mostly(fitting(schema))
  const query = fc.record(asks, { requiredKeys: inQuery.slice(0, 2).map(({ name }) => name) })
  const payload = method === 'GET' ? fc.constant(undefined) : bodyOf(body)
  return fc
    .record({ ids: fc.tuple(...inPath.map(() => id)), query, headers, payload })
    .map(({ ids, query: asked, headers: own, payload: sent }) => {
      const filled = inPath.reduce((left, name, i) => left.replace(`{${name}}`, safe(ids[i])), path)
      const search = Object.entries(asked).map(([key, value]) => `${key}=${safe(value)}`)
      return {
        method,
        url: `${filled}?${search.join('&')}`,
        headers: { ...(sent === undefined ? {} : { 'content-type': 'application/json' }), ...own },
        payload: sent,
      }
    })
}

/** As an address can hold it; what is escaped already stays so, and what cannot be is left raw. */
function safe(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  try {
    return text.startsWith('%') ? text : encodeURIComponent(text)
  } catch {
    return '%ED%A0%80'
  }
}

/** Requests to all of them, each as often as another. */
export function hostileRequests(operations: readonly Operation[]): fc.Arbitrary<Hostile> {
  return fc.oneof(...operations.map(requestTo))
}
