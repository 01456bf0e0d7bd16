import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { keepExperiment, listExperiments, removeExperiment } from './experiments.ts'
import { labProblems } from './problems.ts'
import { ChangeForm, ExperimentView } from './views.ts'

const Id = Type.Object({ id: Type.Integer({ minimum: 1 }) })

/** Changes kept by name. */
export function experimentRoutes(app: App): void {
  app.get(
    '/lab/experiments',
    {
      schema: {
        operationId: 'listExperiments',
        tags: ['lab'],
        summary: 'Changes that were kept by name, the latest first',
        response: { 200: Type.Object({ items: Type.Array(ExperimentView) }) },
      },
      config: { may: 'lab.read' },
    },
    async (request) => ({ items: await request.transact(listExperiments) }),
  )
  app.post(
    '/lab/experiments',
    {
      schema: {
        operationId: 'keepExperiment',
        tags: ['lab'],
        summary: 'Keep a change by name',
        body: Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 60 }),
            ...ChangeForm.properties,
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ id: Type.Integer() }) },
      },
      config: { may: 'lab.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const kept = await keepExperiment(tx, request.body)
          await audit(tx, { action: 'lab.experiment-kept', subject: `experiment:${kept.id}` })
          return kept
        }),
      ),
  )
  app.delete(
    '/lab/experiments/:id',
    {
      schema: {
        operationId: 'removeExperiment',
        tags: ['lab'],
        summary: 'Remove a change that one kept oneself',
        params: Id,
        response: { 204: Type.Null() },
      },
      config: { may: 'lab.write' },
    },
    async (request, reply) => {
      const { id } = request.params
      const removed = await request.transact(async (tx) => {
        const gone = await removeExperiment(tx, id)
        if (gone) await audit(tx, { action: 'lab.experiment-removed', subject: `experiment:${id}` })
        return gone
      })
      if (!removed) throw problem(labProblems, 'no-such-experiment')
      return reply.code(204).send(null)
    },
  )
}
