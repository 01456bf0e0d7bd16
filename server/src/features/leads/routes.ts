import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { addNote, assignLeads, recordDisposition, snoozeLeads, undoDisposition } from './actions.ts'
import { leadDues, leadStates } from './filters.ts'
import { dispositions, longestCoolDown } from './lead.ts'
import { listLeads, readLead, type Reading } from './queries.ts'
import { type Lead, LeadListView, LeadView } from './views.ts'

export type LeadParts = Readonly<{
  clock: Clock
  /** The policies in force, for what programmes are called. */
  packInForce: (
    tx: Tx,
  ) => Promise<Readonly<{ programmes: readonly Readonly<{ id: string; name: string }>[] }>>
}>

const strict = { additionalProperties: false } as const
const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Day = Type.String({ format: 'date' })
const StaffId = Type.String({ format: 'uuid' })
const LeadId = Type.Object({ id: Id }, strict)
const LineId = Type.Object({ id: Id, lineId: Id }, strict)
const LeadIds = Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true })
const Changed = Type.Object({ changed: Type.Integer() })

const filters = {
  state: Type.Optional(
    Type.Union(
      leadStates.map((state) => Type.Literal(state)),
      { default: 'open' },
    ),
  ),
  area: Type.Optional(Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })),
  programme: Type.Optional(Type.String({ pattern: '^[a-z0-9-]{1,40}$' })),
  verdict: Type.Optional(Type.Union([Type.Literal('eligible'), Type.Literal('unknown')])),
  due: Type.Optional(Type.Union(leadDues.map((due) => Type.Literal(due)))),
  assignee: Type.Optional(Type.Union([Type.Literal('me'), Type.Literal('none'), StaffId])),
  sort: Type.Optional(
    Type.Union([Type.Literal('amount'), Type.Literal('since'), Type.Literal('programme')], {
      default: 'amount',
    }),
  ),
  order: Type.Optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')])),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
}
const Filters = Type.Object(filters, strict)
const Finding = Type.Object({ q: Type.String({ minLength: 1, maxLength: 40 }), ...filters }, strict)

/** What an address that leaves everything out asks for. */
const firstPage = { state: 'open', sort: 'amount', page: 1, size: 50 } as const

export function leadRoutes(app: App, parts: LeadParts): void {
  readingRoutes(app, parts)
  bulkRoutes(app, parts)
  lineRoutes(app, parts)
}

/** What a lead says of somebody. */
const leadFields = ['head', 'members', 'address', 'verdicts', 'amounts', 'leads'] as const

function readingRoutes(app: App, parts: LeadParts): void {
  const response = { 200: LeadListView }
  const config = { may: 'leads.read' }
  app.get(
    '/leads',
    {
      schema: {
        operationId: 'listLeads',
        tags: ['leads'],
        summary: 'The worklist: a page of leads, their sum, and counts for every filter',
        querystring: Filters,
        response,
      },
      config,
    },
    async (request) => list(request, request.query, parts),
  )
  // What is looked for comes in a body, since addresses are kept on their way.
  app.post(
    '/leads/find',
    {
      schema: {
        operationId: 'findLeads',
        tags: ['leads'],
        summary:
          'The worklist of households by part of the name of the head or of the register number',
        body: Finding,
        response,
      },
      config,
    },
    async (request) => list(request, request.body, parts),
  )
  app.get(
    '/leads/:id',
    {
      schema: {
        operationId: 'getLead',
        tags: ['leads'],
        summary: 'One lead with its lines and what happened with it',
        params: LeadId,
        response: { 200: LeadView },
      },
      config: { may: 'leads.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const lead = await readLead(tx, request.params.id, await readingOf(tx, request, parts))
        await note(tx, request, 'lead.read', lead)
        return lead
      }),
  )
}

function list(
  request: FastifyRequest,
  { q, ...given }: Static<typeof Filters> & { q?: string },
  parts: LeadParts,
): Promise<Static<typeof LeadListView>> {
  const asked = { ...firstPage, ...given }
  return request.transact(async (tx) => {
    const found = await listLeads(
      tx,
      { ...asked, ...(q?.trim() ? { q: q.trim() } : {}) },
      await readingOf(tx, request, parts),
    )
    await audit(tx, {
      action: 'lead.list',
      fields: leadFields,
      requestId: request.id,
      detail: { ...asked, searched: q !== undefined, shown: found.items.map(({ id }) => id) },
    })
    return found
  })
}

function bulkRoutes(app: App, parts: LeadParts): void {
  app.post(
    '/leads/assign',
    {
      schema: {
        operationId: 'assignLeads',
        tags: ['leads'],
        summary: 'Put leads into the hands of somebody who may see them, or of nobody',
        body: Type.Object(
          { leadIds: LeadIds, staffId: Type.Union([StaffId, Type.Null()]) },
          strict,
        ),
        response: { 200: Changed },
      },
      config: { may: 'leads.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { leadIds, staffId } = request.body
          const changed = await assignLeads(tx, leadIds, staffId, parts.clock.today())
          await audit(tx, {
            action: 'lead.assign',
            requestId: request.id,
            detail: { leadIds, staffId },
          })
          return { changed }
        }),
      ),
  )
  app.post(
    '/leads/snooze',
    {
      schema: {
        operationId: 'snoozeLeads',
        tags: ['leads'],
        summary: 'Take leads off the list until a day, or bring them back',
        body: Type.Object({ leadIds: LeadIds, until: Type.Union([Day, Type.Null()]) }, strict),
        response: { 200: Changed },
      },
      config: { may: 'leads.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { leadIds, until } = request.body
          const changed = await snoozeLeads(tx, leadIds, until, parts.clock.today())
          await audit(tx, {
            action: 'lead.snooze',
            requestId: request.id,
            detail: { leadIds, until },
          })
          return { changed }
        }),
      ),
  )
}

function lineRoutes(app: App, parts: LeadParts): void {
  app.post(
    '/leads/:id/lines/:lineId/disposition',
    {
      schema: {
        operationId: 'recordDisposition',
        tags: ['leads'],
        summary: 'Record what came of a line',
        params: LineId,
        body: Type.Object(
          {
            disposition: Type.Union(dispositions.map((one) => Type.Literal(one))),
            reason: Type.Optional(
              Type.String({
                maxLength: 300,
                description: 'Must be given for declined and not-eligible',
              }),
            ),
            note: Type.Optional(Type.String({ maxLength: 500 })),
            coolDays: Type.Optional(
              Type.Integer({
                minimum: 1,
                maximum: longestCoolDown,
                description: 'How long a line rests that is put to rest; 180 when left out',
              }),
            ),
            version: Type.Integer({ minimum: 1, description: 'Of the lead, as last read' }),
          },
          strict,
        ),
        response: { 200: LeadView },
      },
      config: { may: 'leads.write' },
    },
    async (request) =>
      change(request, parts, 'lead.disposition', (tx, reading) => {
        const { id: leadId, lineId } = request.params
        return recordDisposition(tx, { leadId, lineId }, request.body, reading)
      }),
  )
  app.post(
    '/leads/:id/lines/:lineId/undo',
    {
      schema: {
        operationId: 'undoDisposition',
        tags: ['leads'],
        summary: 'Take back the last disposition of a line',
        params: LineId,
        body: Type.Object({}, strict),
        response: { 200: LeadView },
      },
      config: { may: 'leads.write' },
    },
    async (request) =>
      change(request, parts, 'lead.undo', (tx, reading) => {
        const { id: leadId, lineId } = request.params
        return undoDisposition(tx, { leadId, lineId }, reading)
      }),
  )
  app.post(
    '/leads/:id/notes',
    {
      schema: {
        operationId: 'addLeadNote',
        tags: ['leads'],
        summary: 'Add a note to a lead',
        params: LeadId,
        body: Type.Object(
          { text: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) },
          strict,
        ),
        response: { 200: LeadView },
      },
      config: { may: 'leads.write' },
    },
    async (request) =>
      change(request, parts, 'lead.note', (tx) =>
        addNote(tx, request.params.id, request.body.text.trim(), parts.clock.today()),
      ),
  )
}

/** Does something with one lead, notes it, and answers with the lead as it is then. */
function change(
  request: FastifyRequest & { params: { id: number } },
  parts: LeadParts,
  action: string,
  work: (tx: Tx, reading: Reading) => Promise<void>,
): Promise<Lead> {
  return request.transact((tx) =>
    once(tx, request, async () => {
      const reading = await readingOf(tx, request, parts)
      await work(tx, reading)
      const lead = await readLead(tx, request.params.id, reading)
      await note(tx, request, action, lead)
      return lead
    }),
  )
}

async function readingOf(tx: Tx, { caller }: FastifyRequest, parts: LeadParts): Promise<Reading> {
  const { programmes } = await parts.packInForce(tx)
  return {
    staffId: caller.staffId,
    areaLevel: caller.areaLevel,
    may: caller.may,
    today: parts.clock.today(),
    programmeNames: new Map(programmes.map(({ id, name }) => [id, name])),
  }
}

async function note(tx: Tx, request: FastifyRequest, action: string, lead: Lead): Promise<void> {
  await audit(tx, {
    action,
    subject: `lead:${lead.id}`,
    householdId: lead.householdId,
    areaId: lead.area.id,
    fields: leadFields,
    requestId: request.id,
  })
}
