import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { csvOf } from './csv.ts'
import { inOrder, type Weighed } from './erasure.ts'
import { refuseSeconded } from './keepers.ts'
import { tryRetention } from './queries.ts'
import { DryRunView, WeighedView } from './views.ts'

const query = Type.Object(
  { day: Type.Optional(Type.String({ format: 'date', description: 'Today when left out' })) },
  { additionalProperties: false },
)

/** Sums of the district, in which nobody is named. */
export function dryRunRoutes(app: App, { clock }: Readonly<{ clock: Clock }>): void {
  const weigh = async (tx: Tx, day: string, action: string): Promise<readonly Weighed[]> => {
    await audit(tx, { action, detail: { day } })
    return inOrder(await tryRetention(tx, day))
  }
  app.get(
    '/retention/dry-run',
    {
      schema: {
        operationId: 'tryRetention',
        tags: ['retention'],
        summary: 'What would go on a day, and why the rest stays; nothing is deleted',
        querystring: query,
        response: { 200: DryRunView },
      },
      config: { may: 'retention.read' },
    },
    async (request) => {
      refuseSeconded(request.caller)
      const { day = clock.today() } = request.query
      const items = await request.transact((tx) => weigh(tx, day, 'retention.tried'))
      return { day, items: [...items] }
    },
  )
  app.get(
    '/retention/dry-run.csv',
    {
      schema: {
        operationId: 'exportRetentionDryRun',
        tags: ['retention'],
        summary: 'The same as a sheet',
        querystring: query,
        response: { 200: { content: { 'text/csv': { schema: Type.String() } } } },
      },
      config: { may: 'retention.export' },
    },
    async (request, reply) => {
      refuseSeconded(request.caller)
      const { day = clock.today() } = request.query
      const rows = [...(await request.transact((tx) => weigh(tx, day, 'retention.exported')))]
      const csv = (shown: readonly Weighed[]) => csvOf(shown, day)
      return reply.sheet({ filename: `retention-${day}.csv`, row: WeighedView, rows, csv })
    },
  )
}
