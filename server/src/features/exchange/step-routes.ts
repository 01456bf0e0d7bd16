import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { problem } from '../../platform/http/problem.ts'
import { readDelivery, step } from './deliveries.ts'
import { mappingProblems, mayBeUndone } from './delivery.ts'
import type { DeliveryParts } from './delivery-parts.ts'
import { MappingView } from './delivery-views.ts'
import { enqueueStep } from './enqueue-step.ts'
import { exchangeProblems } from './problems.ts'
import { fieldsOf } from './reading/fields.ts'
import { factsOf, sourceCalled } from './source.ts'

const strict = { additionalProperties: false } as const
const Id = Type.Object({ id: Type.Integer({ minimum: 1 }) })

export function stepRoutes(app: App, { clock, jobs, packInForce }: DeliveryParts): void {
  app.post(
    '/deliveries/:id/check',
    {
      schema: {
        operationId: 'checkDelivery',
        tags: ['exchange'],
        summary:
          'Confirm which column is what, and have every row checked; nothing is written of anybody',
        params: Id,
        body: Type.Object(
          { mapping: MappingView, onDay: Type.Optional(Type.String({ format: 'date' })) },
          strict,
        ),
        response: { 200: Id },
      },
      config: { may: 'deliveries.write' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id } = request.params
        const { mapping, onDay } = request.body
        const delivery = await readDelivery(tx, id)
        const today = clock.today()
        const facts = factsOf(await sourceCalled(delivery.source), (await packInForce(tx)).facts)
        const fields = fieldsOf(delivery, { facts, today })
        const wrong = mappingProblems(mapping, delivery.reading?.headings ?? [], fields)
        if (onDay !== undefined && onDay > today)
          throw problem(exchangeProblems, 'delivery-invalid', '事实日期不能晚于今天')
        if (wrong.length > 0) {
          const at = wrong.map(({ field, message }) => ({
            path: `/body/mapping/${field}`,
            message,
          }))
          throw problem(exchangeProblems, 'mapping-invalid', at[0]?.message ?? '', at)
        }
        const from = delivery.state === 'checked' ? 'checked' : 'received'
        await step(tx, id, [from, 'checking'], { mapping, ...(onDay ? { onDay } : {}) })
        await enqueueStep(tx, jobs, id)
        await audit(tx, { action: 'delivery.check-asked', subject: `delivery:${id}` })
        return { id }
      }),
  )
  app.post(
    '/deliveries/:id/steps',
    {
      schema: {
        operationId: 'stepDelivery',
        tags: ['exchange'],
        summary: 'Write what was checked, take it back, or discard it unwritten',
        params: Id,
        body: Type.Object(
          {
            step: Type.Union([
              Type.Literal('apply'),
              Type.Literal('undo'),
              Type.Literal('discard'),
            ]),
            ending: Type.Optional(
              Type.Integer({
                minimum: 0,
                description: 'To apply a roll: how many awards end with it, as was seen',
              }),
            ),
          },
          strict,
        ),
        response: { 200: Id },
      },
      config: { may: 'deliveries.write' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id } = request.params
        const { step: asked, ending: seen = 0 } = request.body
        const { state, appliedAt, ending } = await readDelivery(tx, id)
        if (asked === 'apply' && state === 'checked' && seen !== (ending ?? 0))
          throw problem(
            exchangeProblems,
            'roll-ends-awards',
            `这份名册将终止 ${ending ?? 0} 人（户）的在享登记`,
          )
        if (asked === 'undo' && state === 'applied' && !mayBeUndone(appliedAt, new Date()))
          throw problem(exchangeProblems, 'undo-too-late')
        const [from, to] = { ...steps, discard: [state, 'discarded'] as const }[asked]
        if (asked === 'discard' && !['receiving', 'received', 'checked', 'failed'].includes(state))
          throw problem(exchangeProblems, 'delivery-moved-on')
        // Rows settled after the rest was written follow it.
        await step(tx, id, [asked === 'apply' && state === 'applied' ? 'applied' : from, to])
        if (asked !== 'discard') await enqueueStep(tx, jobs, id)
        await audit(tx, { action: `delivery.${asked}-asked`, subject: `delivery:${id}` })
        return { id }
      }),
  )
}

const steps = { apply: ['checked', 'applying'], undo: ['applied', 'undoing'] } as const
