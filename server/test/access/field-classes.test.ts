import { afterAll, beforeAll, expect, test } from 'vitest'
import { rights } from '../../src/features/staff/access-matrix.ts'
import { fieldClasses } from '../../src/features/staff/field-classes.ts'
import { ask, type RunningQiao, runQiao } from '../running-qiao.ts'

/** Every property of every answer that may tell of a person bears a class, by which it is masked. */

type Schema = Readonly<{
  $ref?: string
  properties?: Readonly<Record<string, Schema>>
  items?: Schema
  anyOf?: readonly Schema[]
  'x-class'?: unknown
}>
type Operation = Readonly<{
  'x-may'?: string
  responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema?: Schema }>> }>>
}>
type Document = Readonly<{
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  components: Readonly<{ schemas: Readonly<Record<string, Schema>> }>
}>

let running: RunningQiao
let document: Document
beforeAll(async () => {
  running = await runQiao()
  document = (await ask(running.http, 'GET /api/openapi.json')).body as Document
})
afterAll(() => running.close())

/** The resources whose records are of people. */
const ofPeople = [
  'households',
  'leads',
  'questions',
  'borderline',
  'duplicates',
  'change-requests',
  'corrections',
  'clocks',
  'assessments',
  'scales',
  'reliefs',
  'cases',
  'services',
  'today',
  'warnings',
]

/** Names of properties that tell of the case, the policy or the page, and of nobody's person. */
const impersonal = new Set(
  `id personId householdId leadId registerNo total page size state version may reasonShows kind since
   level township area programme programmeName tier tierName takenName target verdict reasons via group receiving
   per fen min max money unit op line label left right gap permille exact text clause document article
   on pack hash advice fact factName type codes code ask nullable sensitivity source verifiedOn shelfUntil basis basisName covers
   legalBasis law lawConfirmed discovery authorised recordedAt supersededAt validFrom validTo from to recordedBy
   withdrawnOn withdrawnBy toldOn member unconfirmed day hidden nearMiss nextChange parameter parameterName
   knownUntil reason received complete month year once earned confirmed followed until curves
   way department forFact why probability eligible decided found certainFen cost mayRecord because
   households persons count isOld onDay among of leftOut monthlyFen monthlyMaxFen assignee snoozedUntil
   clinical at by disposition coolsUntil closeReason value changed amount minutes score elsewhere
   decidedAt decidedBy field standing keep version keptId keptHousehold mergedHousehold undoUntil mayUndo
   supporterId proposed both headLeaves collectorWanted merge leaving fieldName fieldNames madeAt madeBy
   mine conflicting outOfDate toCheck returned class done evidenceKind seenOn steps saidBy agrees settled inForce
   purpose purposeName noticeId noticeVersion
   sourceName areaId areaName theirDay ourDay foundBy raisedAt fileId fileNumber sentAt closedAt answeredBy broughtBy
   mayAnswer waiting number rows open
   dueDay dueAt left urgency certain subject subjectId owner startedAt mark level skipped toName toldAt how clock
   missing current poverty indicator dimension block weight weights weightsId weightsConfirmed low middle high unknown withheld again edit validUntil
   assessor approvedBy confirmedAt upheld repliedAt repliedBy changedAt changedBy none assessed ungraded urgent h a m0 share
   instrument instrumentName textVersion prorated mode trained raisedAt own handledAt handledBy assessmentId
   openedOn openedBy settled toDecide owner needId means meansRef dueOn settledOn resumesTo agreedHow agreedOn closingReason
   closedOn urgency planned withheld mayOpen handedTo
   cause people reportedOn reportedBy grantedFen visitedOn lineFen lineSource lineStated decidedOn explainedOn closedOn step
   document mayReport
   personIds begins ends method outcome services programmes nextDay firstBy firstAt due last season today mayCounsel
   counts overdue soon serviceId planned plan
   topic restricted severity group signal signalName onDay channel contactedAt visitedAt closedOn outcome disposal disposals
   warning report receipt mustReport days rank live lastContact quietDays`.split(/\s+/),
)
/** Of somebody in one answer, of a policy or place in another: here they are the latter. */
const elsewhere = [
  /\.(area|assignee|owner|handedTo|facets\.\w+|programmes|codes|bases|township)\[?\]?\.name$/,
  /^(get \/api\/households|post \/api\/households\/find)\.elsewhere(\.restricted)?$/,
  /\.(signals|named|facts|questions|reads|missing|leftOut|items|programmesTold|townships|differing|passing)\[\]\.name$/,
]

function* leaves(
  schema: Schema,
  path: string,
  classed = false,
): Generator<[string, string, boolean]> {
  const named = schema.$ref?.split('/').at(-1)
  const shape = named === undefined ? schema : (document.components.schemas[named] ?? {})
  const has = classed || schema['x-class'] !== undefined || shape['x-class'] !== undefined
  if (shape.properties)
    for (const [key, one] of Object.entries(shape.properties)) {
      if (!one.properties && !one.items && !one.anyOf && !one.$ref)
        yield [`${path}.${key}`, key, has || one['x-class'] !== undefined]
      else yield* leaves(one, `${path}.${key}`, has)
    }
  else if (shape.items) yield* leaves(shape.items, `${path}[]`, has)
  else if (shape.anyOf) for (const one of shape.anyOf) yield* leaves(one, path, has)
  else yield [path, path.replace(/\[\]$/, '').split('.').at(-1) ?? '', has]
}

function* answers(): Generator<[string, string, Schema]> {
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, { 'x-may': right = '', responses }] of Object.entries(item)) {
      const schema = responses['200']?.content?.['application/json']?.schema
      if (schema) yield [`${method} ${path}`, right, schema]
    }
}

test('every property of an answer about people bears a class, or is known to tell of nobody', () => {
  const bare = [...answers()]
    .filter(([, right]) => ofPeople.includes(right.split('.')[0] ?? ''))
    .flatMap(([operation, , schema]) =>
      [...leaves(schema, operation)]
        .filter(([, name, classed]) => !classed && !impersonal.has(name))
        .map(([path]) => path),
    )
    .filter((path) => !elsewhere.some((pattern) => pattern.test(path)))
  expect(bare).toEqual([])
})

test('what is named as a number, phone, address or birth bears a class wherever it stands', () => {
  const telling = /^(idNumber|phone|address|birthDate|age|sex|story|head|memberName)$/
  const bare = [...answers()].flatMap(([operation, , schema]) =>
    [...leaves(schema, operation)]
      .filter(([, name, classed]) => telling.test(name) && !classed)
      .map(([path]) => path),
  )
  // Addresses on the network: of whoever looked, of one's own sessions, of the district's sign-on.
  const network = /^(get \/api\/audit|get \/api\/account\.(sessions|events)|post \/api\/sign-on)/
  // Of a place, as posted at its door.
  const posted = /^(get|post|put) \/api\/station(s|-signs)\b/
  expect(bare.filter((path) => !network.test(path) && !posted.test(path))).toEqual([])
})

test('every operation but the public ones names a right of the matrix', () => {
  const open = [
    '/api/session',
    '/api/session/code',
    '/api/session/enrolment',
    '/api/session/enrolment/confirmation',
    '/api/sign-on',
    '/api/sign-on/answer',
    '/api/invitations/{token}',
    '/api/demo',
    '/api/badges/{token}',
    '/api/station-signs/{stationId}',
    '/api/sources/{sourceId}/push',
    '/api/sources/{sourceId}/corrections',
    '/api/sources/{sourceId}/corrections/{correctionId}/answer',
  ]
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      const right = operation['x-may']
      if (right === undefined) expect(open, `${method} ${path}`).toContain(path)
      else expect([...rights.keys()]).toContain(right)
    }
})

test('a class is one of those declared, or said by a property beside it', () => {
  const classes = new Set(Object.keys(fieldClasses))
  const found = JSON.stringify(document).matchAll(/"x-class":"([^"]+)"/g)
  for (const [, fieldClass = ''] of found) expect([...classes]).toContain(fieldClass)
})
