import { Type } from 'typebox'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { enterFigure } from './enter-figure.ts'
import { packInForce } from './load.ts'
import { PackNameView } from './pack-name.ts'
import { policyList, policyView } from './policy.ts'
import { policyProblems } from './problems.ts'
import { releaseAwaiting } from './releases.ts'
import { PolicyListView, PolicyView } from './views.ts'

export type PolicyParts = Readonly<{ clock: Clock; jobs: Jobs }>

const Id = Type.Object({ id: Type.String({ maxLength: 100 }) })

const Day = (description: string) => Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description })

const FigureForm = Type.Object(
  {
    from: Day('First day'),
    to: Type.Optional(Day('Last day, where the document gives one; none: until the next figure')),
    value: Type.Number({ description: 'Yuan or a plain number, as the document prints it' }),
    document: Type.String({ minLength: 2, maxLength: 100 }),
    source: Type.String({ minLength: 2, maxLength: 300 }),
  },
  { additionalProperties: false },
)

export function policyRoutes(app: App, { clock, jobs }: PolicyParts): void {
  app.get(
    '/policies',
    {
      schema: {
        operationId: 'listPolicies',
        tags: ['policies'],
        summary: 'The policy library, with what each gives today',
        response: { 200: PolicyListView },
      },
      config: { may: 'policies.read' },
    },
    async (request) =>
      request.transact(async (tx) => ({
        ...policyList(await packInForce(tx, clock.today()), clock.today()),
        awaiting: await awaitingView(tx),
      })),
  )
  app.get(
    '/policies/:id',
    {
      schema: {
        operationId: 'getPolicy',
        tags: ['policies'],
        summary: 'One policy: conditions, figures over time, what to bring, basis, sources',
        params: Id,
        response: { 200: PolicyView },
      },
      config: { may: 'policies.read' },
    },
    async (request) => {
      const pack = await request.transact((tx) => packInForce(tx, clock.today()))
      const programme = pack.programmes.find(({ id }) => id === request.params.id)
      if (!programme) throw problem(policyProblems, 'no-such-programme')
      const may = request.caller.may.filter((granted) => granted.startsWith('policies.'))
      return policyView(pack, programme, clock.today(), may)
    },
  )
  app.post(
    '/policies/parameters/:id/rows',
    {
      schema: {
        operationId: 'enterFigure',
        tags: ['policies'],
        summary:
          'Enter a missing figure with the document it stands in; publishes and matches again',
        params: Id,
        body: FigureForm,
        response: { 200: Type.Object({ pack: PackNameView }) },
      },
      config: { may: 'policies.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { version, hash } = await enterFigure(
            tx,
            jobs,
            request.params.id,
            request.body,
            clock.today(),
          )
          return { pack: { version, hash } }
        }),
      ),
  )
}

async function awaitingView(tx: Tx): Promise<{ version: string } | null> {
  const awaiting = await releaseAwaiting(tx)
  return awaiting && { version: awaiting.version }
}
