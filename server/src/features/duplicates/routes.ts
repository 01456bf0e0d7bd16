import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { noteRead } from '../households/note-read.ts'
import { pairedFrom } from './duplicate.ts'
import { duplicateProblems } from './problems.ts'
import { judgeNotSame, listPairs, readPair } from './queries.ts'
import { PairListView, PairView } from './views.ts'

type Parts = Readonly<{ cipher: FieldCipher }>

const strict = { additionalProperties: false } as const
const params = Type.Object({ id: Type.Integer({ minimum: 1 }) }, strict)

const ListQuery = Type.Object(
  {
    state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('not-same')])),
    area: Type.Optional(Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })),
    from: Type.Optional(Type.Integer({ minimum: 0, maximum: 100, description: 'Lowest score' })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  strict,
)

export function duplicateRoutes(app: App, parts: Parts): void {
  listRoute(app)
  readRoute(app, parts)
  notSameRoute(app, parts)
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

function readRoute(app: App, { cipher }: Parts): void {
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
    async (request) =>
      request.transact((tx) => shown(tx, cipher, request.params.id, 'household.duplicate-read')),
  )
}

function notSameRoute(app: App, { cipher }: Parts): void {
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
          if (!(await readPair(tx, cipher, id))) throw problem(platformProblems, 'not-found')
          if (!(await judgeNotSame(tx, id, request.body.note.trim())))
            throw problem(duplicateProblems, 'pair-decided')
          return shown(tx, cipher, id, 'household.not-same')
        }),
      ),
  )
}

/** Both households are told that somebody looked, or decided. */
async function shown(tx: Tx, cipher: FieldCipher, id: number, action: string) {
  const pair = await readPair(tx, cipher, id)
  if (!pair) throw problem(platformProblems, 'not-found')
  const households = new Set([pair.first.householdId, pair.second.householdId])
  for (const householdId of households)
    await noteRead(tx, {
      action,
      householdId,
      fields: ['members', 'id-number', 'phone', 'address', 'fact:birth_date', 'fact:sex'],
      detail: { pair: id },
    })
  return pair
}
