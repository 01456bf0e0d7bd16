import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { pairedFrom } from './duplicate.ts'
import { type MergeParts, mergeRoutes } from './merge-routes.ts'
import { duplicateProblems } from './problems.ts'
import { judgeNotSame, listPairs, readPair } from './queries.ts'
import { showPair } from './show-pair.ts'
import { PairListView, PairView, StateView } from './views.ts'

const strict = { additionalProperties: false } as const
const params = Type.Object({ id: Type.Integer({ minimum: 1 }) }, strict)

const ListQuery = Type.Object(
  {
    state: Type.Optional(StateView),
    area: Type.Optional(Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })),
    from: Type.Optional(Type.Integer({ minimum: 0, maximum: 100, description: 'Lowest score' })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  strict,
)

export function duplicateRoutes(app: App, parts: MergeParts): void {
  listRoute(app)
  readRoute(app, parts)
  notSameRoute(app, parts)
  mergeRoutes(app, parts)
}

function listRoute(app: App): void {
  app.get(
    '/duplicates',
    {
      schema: {
        operationId: 'listDuplicates',
        tags: ['duplicates'],
        summary: 'Pairs of records that may be of one person, the likeliest first',
        querystring: ListQuery,
        response: { 200: PairListView },
      },
      config: { may: 'duplicates.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const asked = {
          state: 'open',
          from: pairedFrom,
          page: 1,
          size: 50,
          ...request.query,
        } as const
        const list = await listPairs(tx, asked)
        const shown = list.items.flatMap(({ first, second }) => [
          first.householdId,
          second.householdId,
        ])
        await audit(tx, {
          action: 'duplicate.list',
          fields: ['head'],
          requestId: request.id,
          detail: { ...asked, shown: [...new Set(shown)] },
        })
        return list
      }),
  )
}

function readRoute(app: App, parts: MergeParts): void {
  app.get(
    '/duplicates/:id',
    {
      schema: {
        operationId: 'getDuplicate',
        tags: ['duplicates'],
        summary: 'One pair, both persons side by side',
        params,
        response: { 200: PairView },
      },
      config: { may: 'duplicates.read' },
    },
    async (request) => request.transact((tx) => showPair(tx, parts, request.params.id)),
  )
}

function notSameRoute(app: App, parts: MergeParts): void {
  app.post(
    '/duplicates/:id/not-same',
    {
      schema: {
        operationId: 'judgeNotSame',
        tags: ['duplicates'],
        summary: 'Keep for good that two records are of two people',
        params,
        body: Type.Object(
          { note: Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' }) },
          strict,
        ),
        response: { 200: PairView },
      },
      config: { may: 'duplicates.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { id } = request.params
          const asked = { id, today: parts.clock.today() }
          if (!(await readPair(tx, parts.cipher, asked)))
            throw problem(platformProblems, 'not-found')
          if (!(await judgeNotSame(tx, id, request.body.note.trim())))
            throw problem(duplicateProblems, 'pair-decided')
          return showPair(tx, parts, id, 'household.not-same')
        }),
      ),
  )
}
