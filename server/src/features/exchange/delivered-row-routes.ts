import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { problem } from '../../platform/http/problem.ts'
import { decideRow, listRows, readDelivery } from './deliveries.ts'
import { maySettle } from './delivery.ts'
import { rowView } from './export-list.ts'
import { DeliveredRowView, RowKindView } from './delivery-views.ts'
import { exchangeProblems } from './problems.ts'

const strict = { additionalProperties: false } as const
const Id = Type.Object({ id: Type.Integer({ minimum: 1 }) })

export function deliveredRowRoutes(app: App): void {
  app.get(
    '/deliveries/:id/rows',
    {
      schema: {
        operationId: 'listDeliveredRows',
        tags: ['exchange'],
        summary:
          'Rows after a row with what became of them; where not asked for others, those held and refused and those a roll lacks',
        params: Id,
        querystring: Type.Object(
          {
            outcome: Type.Optional(RowKindView),
            after: Type.Integer({ minimum: 0, default: 0 }),
            size: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
          },
          strict,
        ),
        response: { 200: Type.Object({ items: Type.Array(DeliveredRowView) }) },
      },
      config: { may: 'deliveries.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id } = request.params
        const { outcome, after, size } = request.query
        const delivery = await readDelivery(tx, id)
        const wish = { delivery: id, after, most: size }
        const rows = await listRows(tx, outcome ? { ...wish, kind: outcome } : wish)
        await audit(tx, {
          action: 'delivery.rows-listed',
          subject: `delivery:${id}`,
          fields: ['members'],
          detail: { after, rows: rows.length },
        })
        return { items: rows.map((row) => rowView(row, delivery)) }
      }),
  )
  app.post(
    '/deliveries/:id/rows/:row/decision',
    {
      schema: {
        operationId: 'decideDeliveredRow',
        tags: ['exchange'],
        summary: 'Settle a row that waits: take its word, or leave what is on record',
        params: Type.Object({
          id: Type.Integer({ minimum: 1 }),
          row: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
        }),
        body: Type.Object(
          { decision: Type.Union([Type.Literal('apply'), Type.Literal('leave')]) },
          strict,
        ),
        response: { 200: Id },
      },
      config: { may: 'deliveries.write' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id, row } = request.params
        const { decision } = request.body
        const delivery = await readDelivery(tx, id)
        const [found] = await listRows(tx, { delivery: id, after: row - 1, most: 1 })
        if (found?.row !== row || !maySettle(found, decision, delivery))
          throw problem(exchangeProblems, 'row-not-waiting')
        if (!(await decideRow(tx, { delivery: id, row, decision })))
          throw problem(exchangeProblems, 'row-not-waiting')
        await audit(tx, {
          action: 'delivery.row-decided',
          subject: `delivery:${id}`,
          detail: { row, decision },
        })
        return { id }
      }),
  )
}
