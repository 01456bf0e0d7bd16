import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import { type Clock, instantOn } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { noteRead } from '../households/note-read.ts'
import { readHousehold } from '../households/queries.ts'
import { shownForReason } from '../staff/field-classes.ts'
import { listReliefs, readRelief, type Reading, reliefsOf } from './queries.ts'
import { reliefProblems } from './problems.ts'
import { isDecision, lineOn, openStates, reliefStates } from './relief.ts'
import { reportRelief, takeStep, type Taken } from './steps.ts'
import {
  HouseholdReliefsView,
  ReliefClosureForm,
  ReliefExplanationForm,
  ReliefGrantForm,
  ReliefListView,
  ReliefReasonForm,
  ReliefReportForm,
  ReliefView,
  ReliefVisitForm,
} from './views.ts'

export type ReliefParts = Readonly<{
  clock: Clock
  /** The policies in force, for the standard that the most is counted by. */
  packInForce: (tx: Tx) => Promise<Readonly<{ parameters: Parameters<typeof lineOn>[0] }>>
}>

const strict = { additionalProperties: false } as const
const params = Type.Object(
  { id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) },
  strict,
)
const fields = ['head', 'reliefs'] as const

/** Quick relief, from the report of an emergency to the explanation afterwards. 小额快救 */
export function reliefRoutes(app: App, parts: ReliefParts): void {
  listRoute(app, parts)
  householdRoutes(app, parts)
  stepRoutes(app, parts)
}

function listRoute(app: App, parts: ReliefParts): void {
  app.get(
    '/reliefs',
    {
      schema: {
        operationId: 'listReliefs',
        tags: ['reliefs'],
        summary: 'Quick reliefs: what is due first is first',
        querystring: Type.Object(
          {
            state: Type.Union(
              (['open', 'ended', ...reliefStates] as const).map((one) => Type.Literal(one)),
              { default: 'open' },
            ),
            area: Type.Optional(Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })),
            page: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
            size: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
          },
          strict,
        ),
        response: { 200: ReliefListView },
      },
      config: { may: 'reliefs.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const today = parts.clock.today()
        const list = await listReliefs(tx, request.query, { today, at: instantOn(today) })
        await audit(tx, {
          action: 'relief.list',
          fields,
          requestId: request.id,
          detail: { ...request.query, shown: list.items.map(({ householdId }) => householdId) },
        })
        return list
      }),
  )
  app.get(
    '/reliefs/:id',
    {
      schema: {
        operationId: 'getRelief',
        tags: ['reliefs'],
        summary: 'One quick relief, what was done for it, and which steps the reader may take',
        params,
        response: { 200: ReliefView },
      },
      config: { may: 'reliefs.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const reading = await readingOf(tx, request, parts)
        return show(tx, request, 'relief.read', request.params.id, reading)
      }),
  )
}

function householdRoutes(app: App, parts: ReliefParts): void {
  app.get(
    '/households/:id/reliefs',
    {
      schema: {
        operationId: 'getReliefsOf',
        tags: ['reliefs'],
        summary: 'Quick reliefs of a household, the latest first',
        params,
        response: { 200: HouseholdReliefsView },
      },
      config: { may: 'reliefs.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id } = request.params
        if (!(await readHousehold(tx, id))) throw problem(platformProblems, 'not-found')
        const today = parts.clock.today()
        const items = await reliefsOf(tx, id, { today, at: instantOn(today) })
        await noteRead(tx, { action: 'household.reliefs-read', householdId: id, fields })
        const isOpen = items.some(({ state }) => openStates.includes(state))
        const mayReport = request.caller.may.includes('reliefs.write') && !isOpen
        return { householdId: id, items, mayReport }
      }),
  )
  app.post(
    '/households/:id/reliefs',
    {
      schema: {
        operationId: 'reportRelief',
        tags: ['reliefs'],
        summary: 'Report an emergency: three days begin in which it is decided',
        params,
        body: ReliefReportForm,
        response: { 200: ReliefView },
      },
      config: { may: 'reliefs.write' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const reading = await readingOf(tx, request, parts)
        // What is kept under the key of a request is a number, never what people wrote.
        const relief = await once(tx, request, async () => {
          const { id } = request.params
          if (!(await readHousehold(tx, id))) throw problem(platformProblems, 'not-found')
          return reportRelief(tx, id, request.body, reading)
        })
        return show(tx, request, 'relief.reported', relief, reading)
      }),
  )
}

/** One address for each step: who may take it stands at the door. */
function stepRoutes(app: App, parts: ReliefParts): void {
  const write = { may: 'reliefs.write' }
  const decide = { may: 'reliefs.decide' }
  const schema = { tags: ['reliefs'], params, response: { 200: ReliefView } }
  app.post(
    '/reliefs/:id/visit',
    {
      schema: {
        ...schema,
        operationId: 'visitRelief',
        summary: 'Record what was seen on the spot',
        body: ReliefVisitForm,
      },
      config: write,
    },
    async (request) => step(request, parts, { step: 'visit', ...request.body }),
  )
  app.post(
    '/reliefs/:id/grant',
    {
      schema: {
        ...schema,
        operationId: 'grantRelief',
        summary:
          'Grant help of at most a month’s standard for each person; where the standard on record has run out, with the one in force and where it stands',
        body: ReliefGrantForm,
      },
      config: decide,
    },
    async (request) => step(request, parts, { step: 'grant', ...request.body }),
  )
  app.post(
    '/reliefs/:id/refusal',
    {
      schema: {
        ...schema,
        operationId: 'refuseRelief',
        summary: 'Decide that no quick relief is given, and why',
        body: ReliefReasonForm,
      },
      config: decide,
    },
    async (request) => step(request, parts, { step: 'refuse', ...request.body }),
  )
  app.post(
    '/reliefs/:id/withdrawal',
    {
      schema: {
        ...schema,
        operationId: 'withdrawRelief',
        summary: 'Take a report back that was made by mistake or that they no longer want',
        body: ReliefReasonForm,
      },
      config: write,
    },
    async (request) => step(request, parts, { step: 'withdraw', ...request.body }),
  )
  app.post(
    '/reliefs/:id/explanation',
    {
      schema: {
        ...schema,
        operationId: 'explainRelief',
        summary: 'Explain afterwards what was granted, and with which papers',
        body: ReliefExplanationForm,
      },
      config: write,
    },
    async (request) => step(request, parts, { step: 'explain', ...request.body }),
  )
  app.post(
    '/reliefs/:id/return',
    {
      schema: {
        ...schema,
        operationId: 'returnRelief',
        summary: 'Send an explanation back to be completed',
        body: ReliefReasonForm,
      },
      config: decide,
    },
    async (request) => step(request, parts, { step: 'return', ...request.body }),
  )
  app.post(
    '/reliefs/:id/closure',
    {
      schema: {
        ...schema,
        operationId: 'closeRelief',
        summary: 'Close what was granted and explained; not by whoever granted it',
        body: ReliefClosureForm,
      },
      config: decide,
    },
    async (request) => step(request, parts, { step: 'close', ...request.body }),
  )
}

const happened = {
  visit: 'relief.visited',
  grant: 'relief.granted',
  refuse: 'relief.refused',
  withdraw: 'relief.withdrawn',
  explain: 'relief.explained',
  return: 'relief.returned',
  close: 'relief.closed',
} as const

function step(
  request: FastifyRequest & { params: { id: number } },
  parts: ReliefParts,
  taken: Taken & { version: number },
): Promise<Static<typeof ReliefView>> {
  return request.transact(async (tx) => {
    const reading = await readingOf(tx, request, parts)
    await once(tx, request, async () => {
      if (isDecision(taken.step) && reading.reasonShows.length > 0)
        throw problem(reliefProblems, 'relief-unread')
      await takeStep(tx, request.params.id, taken, reading)
    })
    return show(tx, request, happened[taken.step], request.params.id, reading)
  })
}

async function readingOf(
  tx: Tx,
  { caller, reason }: FastifyRequest,
  { clock, packInForce }: ReliefParts,
): Promise<Reading> {
  const today = clock.today()
  const { parameters } = await packInForce(tx)
  return {
    staffId: caller.staffId,
    may: caller.may,
    today,
    at: instantOn(today),
    line: lineOn(parameters, today),
    reasonShows:
      reason === undefined ? shownForReason(caller.role).filter((one) => one === 'free-text') : [],
  }
}

async function show(
  tx: Tx,
  request: FastifyRequest,
  action: string,
  id: number,
  reading: Reading,
): Promise<Static<typeof ReliefView>> {
  const relief = await readRelief(tx, id, reading)
  await audit(tx, {
    action,
    subject: `relief:${id}`,
    householdId: relief.householdId,
    areaId: relief.areaId,
    fields,
    requestId: request.id,
  })
  return relief
}
