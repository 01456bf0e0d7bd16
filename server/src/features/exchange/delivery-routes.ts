import type { Pack } from '@qiao/rules'
import type { Static } from 'typebox'
import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { deliveredRowRoutes } from './delivered-row-routes.ts'
import { listDeliveries, readDelivery } from './deliveries.ts'
import { type Delivery, stepsOf } from './delivery.ts'
import type { DeliveryParts } from './delivery-parts.ts'
import { DeliveryPageView, DeliveryView, StateView } from './delivery-views.ts'
import { piecesOf } from './pieces.ts'
import { receiveRoutes } from './receive-routes.ts'
import { fieldsOf } from './reading/fields.ts'
import { factsOf, readSources, sourceCalled } from './source.ts'
import { stepRoutes } from './step-routes.ts'

const strict = { additionalProperties: false } as const

export function deliveryRoutes(app: App, parts: DeliveryParts): void {
  receiveRoutes(app, parts)
  readRoutes(app, parts)
  deliveredRowRoutes(app)
  stepRoutes(app, parts)
}

function readRoutes(app: App, { clock, packInForce }: DeliveryParts): void {
  app.get(
    '/deliveries',
    {
      schema: {
        operationId: 'listDeliveries',
        tags: ['exchange'],
        summary: 'What was delivered, the latest first',
        querystring: Type.Object(
          {
            source: Type.Optional(Type.String({ maxLength: 40 })),
            state: Type.Optional(StateView),
            page: Type.Integer({ minimum: 1, maximum: 10_000, default: 1 }),
            size: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
          },
          strict,
        ),
        response: { 200: Type.Object({ total: Type.Integer(), items: Type.Array(DeliveryView) }) },
      },
      config: { may: 'deliveries.read' },
    },
    async (request) => {
      const { state, ...page } = request.query
      const { found, pack } = await request.transact(async (tx) => ({
        found: await listDeliveries(tx, { ...page, ...(state ? { state } : {}) }),
        pack: await packInForce(tx),
      }))
      const view = await viewer(pack)
      return { total: found.total, items: found.items.map(view) }
    },
  )
  app.get(
    '/deliveries/:id',
    {
      schema: {
        operationId: 'readDelivery',
        tags: ['exchange'],
        summary:
          'One delivery: its columns with samples, how far it is, and what became of its rows',
        params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
        response: { 200: DeliveryPageView },
      },
      config: { may: 'deliveries.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id } = request.params
        const delivery = await readDelivery(tx, id)
        const pack = await packInForce(tx)
        const facts = factsOf(await sourceCalled(delivery.source), pack.facts)
        const fields = fieldsOf(delivery, { facts, today: clock.today() })
        const { numbers } = await piecesOf(tx, id)
        await audit(tx, { action: 'delivery.read', subject: `delivery:${id}` })
        const view = await viewer(pack)
        return {
          ...view(delivery),
          reading: readingView(delivery.reading),
          fields: fields.map(({ id: field, name }) => ({ id: field, name })),
          pieces: delivery.state === 'receiving' ? [...numbers] : [],
        }
      }),
  )
}

/** Deliveries as they are shown, each with the name of its source, and of its programme if it is a roll. */
async function viewer({ programmes }: Pack) {
  const names = new Map((await readSources()).map(({ id, name }) => [id, name]))
  const rolls = new Map(programmes.map(({ id, name }) => [id, name]))
  const now = new Date()
  return ({ reading: _, roll, ...delivery }: Delivery): Static<typeof DeliveryView> => ({
    ...delivery,
    roll: roll && { ...roll, programmeName: rolls.get(roll.programme) ?? roll.programme },
    sourceName: names.get(delivery.source) ?? delivery.source,
    steps: [...stepsOf(delivery, now)],
  })
}

function readingView(reading: Delivery['reading']): Static<typeof DeliveryPageView>['reading'] {
  if (!reading) return null
  const { headings, samples, proposed, hints } = reading
  return {
    headings: [...headings],
    samples: samples.map((words) => [...words]),
    proposed,
    hints: [...hints],
  }
}
