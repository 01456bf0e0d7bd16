import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { wantedOf } from './household.ts'
import { findHouseholds, recordElsewhere } from './queries.ts'
import type { HouseholdParts } from './show-household.ts'
import { HouseholdListView } from './views.ts'

const strict = { additionalProperties: false } as const
const config = { may: 'households.read' }
const response = { 200: HouseholdListView }

const filters = {
  area: Type.Optional(Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })),
  differing: Type.Optional(
    Type.Boolean({ description: 'Only where sources differ and nobody has decided' }),
  ),
  hukou: Type.Optional(
    Type.Literal('off', {
      description: 'Only where somebody is registered elsewhere than they live (人户分离)',
    }),
  ),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
}
const Filters = Type.Object(filters, strict)
const Finding = Type.Object(
  { q: Type.String({ minLength: 1, maxLength: 100 }), ...filters },
  strict,
)

/** The list of households; what is looked for comes in a body, since addresses are kept on their way. */
export function listRoutes(app: App, parts: HouseholdParts): void {
  app.get(
    '/households',
    {
      schema: {
        operationId: 'listHouseholds',
        tags: ['households'],
        summary: 'Households of the own area by where they live, page by page',
        querystring: Filters,
        response,
      },
      config,
    },
    async (request) => list(request, request.query, parts),
  )
  app.post(
    '/households/find',
    {
      schema: {
        operationId: 'findHouseholds',
        tags: ['households'],
        summary: 'Households by name, register number, end of the address, ID number or phone',
        body: Finding,
        response,
      },
      config,
    },
    async (request) => list(request, request.body, parts),
  )
}

async function list(
  request: Pick<FastifyRequest, 'transact'>,
  {
    q,
    area,
    hukou,
    differing = false,
    page = 1,
    size = 50,
  }: Static<typeof Filters> & { q?: string },
  { cipher, clock, leadsOf }: HouseholdParts,
): Promise<Static<typeof HouseholdListView>> {
  const wanted = q === undefined ? undefined : wantedOf(q)
  const index = wanted && wanted.by !== 'words' ? cipher.index(wanted.by, wanted.text) : undefined
  return request.transact(async (tx) => {
    const { items, total } = await findHouseholds(tx, {
      page,
      size,
      ...(wanted ? { wanted } : {}),
      ...(index ? { index } : {}),
      ...(area === undefined ? {} : { area }),
      ...(differing ? { differingOn: clock.today() } : {}),
      ...(hukou === undefined ? {} : { offHukouOn: clock.today() }),
    })
    const elsewhere = index && wanted?.by === 'id-number' ? await recordElsewhere(tx, index) : null
    // What was typed may be somebody's number: only how it was searched is noted.
    const shown = items.map(({ id }) => id)
    await audit(tx, {
      action: wanted ? 'household.searched' : 'household.listed',
      ...(area === undefined ? {} : { areaId: area }),
      fields: ['head', 'address'],
      detail: wanted
        ? { by: wanted.by, found: total, shown, elsewhere: elsewhere !== null }
        : { page, shown, ...(hukou === undefined ? {} : { hukou }) },
    })
    const leads = await leadsOf?.(tx, shown)
    return {
      items: items.map((item) => ({ ...item, leadId: leads?.get(item.id) ?? null })),
      total,
      page,
      size,
      elsewhere,
    }
  })
}
