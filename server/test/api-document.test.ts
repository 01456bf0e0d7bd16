import { afterAll, beforeAll, expect, test } from 'vitest'
import { doors } from './access/http-doors.ts'
import { ask, type RunningQiao, runQiao } from './running-qiao.ts'

type Schema = Readonly<Record<string, unknown>>
type Operation = Readonly<{
  operationId: string
  summary: string
  tags: readonly string[]
  parameters?: readonly { name: string; in: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }>; required?: boolean }
  responses: Readonly<
    Record<string, { description: string; content?: Record<string, { schema: Schema }> }>
  >
}>
type Document = Readonly<{
  openapi: string
  info: { title: string; version: string }
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  components: { schemas: Schema; securitySchemes: Schema }
}>

let running: RunningQiao
let document: Document
let operations: (Operation & { line: string; path: string })[]
beforeAll(async () => {
  running = await runQiao('demo')
  const answer = await ask(running.http, 'GET /api/openapi.json')
  expect(answer.type).toMatch(/^application\/json/)
  document = answer.body
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      ...operation,
      path,
      line: `${method.toUpperCase()} ${path}`,
    })),
  )
})
afterAll(() => running.close())

/** Every object inside a value, itself first. */
function* objectsIn(value: unknown): Generator<Schema> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Schema
  for (const inner of Object.values(value)) yield* objectsIn(inner)
}

test('says what it is, in OpenAPI 3.1', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d+$/)
  expect(document.info).toMatchObject({
    title: '桥 Qiao',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  })
})

test('lists every route of the app, but for itself and the health of the server', () => {
  const listed = new Set(operations.map(({ line }) => line))
  const mounted = Object.keys(doors).map((line) => line.replaceAll(/:(\w+)/g, '{$1}'))
  expect([...listed].sort()).toEqual(
    mounted.filter((line) => line !== 'GET /health' && line !== 'GET /api/openapi.json').sort(),
  )
})

test('gives every operation a name of its own, a summary, a tag and at least one good answer', () => {
  const names = operations.map(({ operationId }) => operationId)
  expect(new Set(names).size).toBe(names.length)
  for (const { line, operationId, summary, tags, responses } of operations) {
    expect(operationId, line).toMatch(/^[a-z][A-Za-z]+$/)
    expect(summary, line).toBeTruthy()
    expect(tags, line).toHaveLength(1)
    expect(
      Object.keys(responses).filter((status) => status.startsWith('2')),
      line,
    ).not.toEqual([])
    for (const { description } of Object.values(responses))
      expect(typeof description, line).toBe('string')
  }
})

test('declares each name in an address once, as a needed parameter, and no other', () => {
  for (const { line, path, parameters = [] } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const declared = parameters.filter((parameter) => parameter.in === 'path')
    expect(
      declared.map(({ name }) => name),
      line,
    ).toEqual(named)
    expect(
      declared.every(({ required, schema }) => required === true && 'type' in schema),
      line,
    ).toBe(true)
  }
})

test('has bodies of JSON for writes and none for reads', () => {
  for (const { line, requestBody } of operations) {
    if (line.startsWith('GET ') || line.startsWith('DELETE '))
      expect(requestBody, line).toBeUndefined()
    // What a department's system pushes is the file as it is.
    else if (line.endsWith('/push'))
      expect(Object.keys(requestBody?.content ?? {}), line).toEqual(['application/octet-stream'])
    else expect(Object.keys(requestBody?.content ?? {}), line).toEqual(['application/json'])
  }
})

/** Names of parameters that hold what somebody typed of a person: addresses are kept on their way, bodies are not. */
const aPersonsWords =
  /^(q|query|search|find|text|words?|who|head|person|resident|note|because|reason|phone|tel|mobile|email|address|.*name|.*number|.*no)$/i
/** With why each may stand in an address all the same. */
const inAddresses: Readonly<Record<string, string>> = {
  'GET /api/audit who': 'of a member of staff in office, asked by the auditor alone',
  'GET /api/audit.csv who': 'the same',
  'GET /api/audit address': 'of a machine',
  'GET /api/audit.csv address': 'of a machine',
}

test('reads no word that somebody typed of a person from an address', () => {
  const words = operations
    .filter(({ line }) => line.startsWith('GET '))
    .flatMap(({ line, parameters = [] }) =>
      parameters
        .filter(({ in: where, name }) => where === 'query' && aPersonsWords.test(name))
        // One of a closed set is nobody's word.
        .filter(({ schema }) => !('anyOf' in schema || 'enum' in schema || 'const' in schema))
        .map(({ name }) => `${line} ${name}`),
    )
  expect(words.toSorted()).toEqual(Object.keys(inAddresses).toSorted())
})

test('refers to nothing that is not there, and uses no word that OpenAPI 3.1 has given up', () => {
  for (const one of objectsIn(document)) {
    expect(typeof one['nullable']).not.toBe('boolean')
    const reference = one['$ref']
    if (typeof reference !== 'string') continue
    const [root, ...steps] = reference.split('/')
    expect(root).toBe('#')
    expect(
      steps.reduce<unknown>((at, step) => (at as Schema)?.[step], document),
      reference,
    ).toBeDefined()
  }
})

test('says every named shape once, and every operation what its failures look like', () => {
  const names = Object.keys(document.components.schemas)
  expect(names).toEqual(
    expect.arrayContaining([
      'Household',
      'Lead',
      'LeadList',
      'Explanation',
      'Policy',
      'Run',
      'Problem',
    ]),
  )
  for (const { line, responses } of operations) {
    expect(Object.keys(responses['default']?.content ?? {}), line).toEqual([
      'application/problem+json',
    ])
    for (const [status, { content }] of Object.entries(responses)) {
      const schema = content?.['application/json']?.schema
      if (status === '200' && schema?.['type'] === 'object')
        expect(Object.keys(schema['properties'] ?? {}).length, line).toBeLessThan(4)
    }
  }
  const inside = [...objectsIn(document.paths)].filter(({ title }) => typeof title === 'string')
  expect(inside).toEqual([])
})

test('requires of every object only what it declares', () => {
  for (const { required, properties } of objectsIn(document)) {
    if (!Array.isArray(required) || typeof properties !== 'object') continue
    expect(required.filter((name) => !(name in (properties ?? {})))).toEqual([])
  }
})

test('describes a problem as it is answered', async () => {
  const problem = document.components.schemas['Problem'] as {
    required: string[]
    properties: Schema
  }
  const { body } = await ask(running.http, 'GET /api/areas')
  expect(Object.keys(body).sort()).toEqual([...problem.required].sort())
})
