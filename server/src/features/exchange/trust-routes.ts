import type { Pack } from '@qiao/rules'
import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { isRecorded } from '../households/household.ts'
import { trustOrder, wordKinds } from '../households/trust.ts'
import { exchangeProblems } from './problems.ts'
import { readStatedOrders, stateOrder } from './trust-queries.ts'
import { FactTrustView, TrustForm } from './trust-views.ts'

/** Whose word of each fact goes first, and setting it otherwise. */
export function trustRoutes(
  app: App,
  { packInForce }: Readonly<{ packInForce: (tx: Tx) => Promise<Pack> }>,
): void {
  app.get(
    '/fact-trust',
    {
      schema: {
        operationId: 'listFactTrust',
        tags: ['exchange'],
        summary:
          'Of every fact that is recorded, whose word goes first, and what was ever set otherwise',
        response: { 200: Type.Object({ items: Type.Array(FactTrustView) }) },
      },
      config: { may: 'sources.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { facts } = await packInForce(tx)
        const stated = Map.groupBy(await readStatedOrders(tx), ({ fact }) => fact)
        return {
          items: facts.filter(isRecorded).map((fact) => {
            const history = stated.get(fact.id) ?? []
            const stands = history.find(({ supersededAt }) => supersededAt === null)
            return {
              fact: fact.id,
              name: fact.name,
              en: fact.en ?? fact.name,
              owner: fact.owner ?? null,
              kinds: [...(stands?.kinds ?? trustOrder(fact))],
              statedId: stands?.id ?? null,
              history: history.map(({ kinds, because, recordedAt, recordedBy }) => ({
                kinds: [...kinds],
                because,
                recordedAt,
                recordedBy,
              })),
            }
          }),
        }
      }),
  )
  app.put(
    '/fact-trust/:fact',
    {
      schema: {
        operationId: 'stateFactTrust',
        tags: ['exchange'],
        summary: 'Set whose word of a fact goes first from now on; what stood before is kept',
        params: Type.Object({ fact: Type.String({ maxLength: 100 }) }),
        body: TrustForm,
        response: { 200: Type.Object({ fact: Type.String() }) },
      },
      config: { may: 'sources.write' },
    },
    async (request) => {
      const { fact } = request.params
      return request.transact((tx) =>
        once(tx, request, async () => {
          const { facts } = await packInForce(tx)
          const { kinds } = request.body
          if (!facts.some((one) => one.id === fact && isRecorded(one)))
            throw problem(exchangeProblems, 'no-such-fact')
          if (new Set(kinds).size !== Object.keys(wordKinds).length)
            throw problem(exchangeProblems, 'trust-invalid')
          if (!(await stateOrder(tx, fact, request.body)))
            throw problem(exchangeProblems, 'trust-changed')
          await audit(tx, {
            action: 'fact-trust.stated',
            subject: `fact:${fact}`,
            detail: request.body,
            requestId: request.id,
          })
          return { fact }
        }),
      )
    },
  )
}
