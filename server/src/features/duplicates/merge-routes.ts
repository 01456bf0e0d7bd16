import { Type } from 'typebox'
import type { Fact, Programme } from '@qiao/rules'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { ChangeParts } from '../households/household-change.ts'
import { noteRead } from '../households/note-read.ts'
import { mergePair, undoMerge } from './merge-pair.ts'
import { readPlan, sidesOf } from './merge-queries.ts'
import { KeepQuery, MergeForm, MergePlanView, UndoForm } from './merge-views.ts'
import { showPair } from './show-pair.ts'
import { PairView } from './views.ts'

export type MergeParts = ChangeParts &
  Readonly<{
    cipher: FieldCipher
    /** The policies in force: what facts and programmes are called. */
    pack: (tx: Tx) => Promise<{
      facts: readonly Fact[]
      programmes: readonly Pick<Programme, 'id' | 'name'>[]
    }>
  }>

const params = Type.Object({ id: Type.Integer({ minimum: 1 }) }, { additionalProperties: false })

export function mergeRoutes(app: App, parts: MergeParts): void {
  planRoute(app, parts)
  mergeRoute(app, parts)
  undoRoute(app, parts)
}

function planRoute(app: App, { clock, pack }: MergeParts): void {
  app.get(
    '/duplicates/:id/merge',
    {
      schema: {
        operationId: 'planMerge',
        tags: ['duplicates'],
        summary: 'What a merge of two records would do, before it is done',
        params,
        querystring: KeepQuery,
        response: { 200: MergePlanView },
      },
      config: { may: 'duplicates.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id } = request.params
        const { keep } = request.query
        const sides = await sidesOf(tx, id, keep)
        if (!sides) throw problem(platformProblems, 'not-found')
        const [catalogue, today] = [await pack(tx), clock.today()]
        const plan = await readPlan(tx, sides, { catalogue, keep, today })
        const facts = [...plan.differing, ...plan.passing].map(
          ({ fact }) => `fact:${fact}` as const,
        )
        for (const householdId of new Set([plan.kept.householdId, plan.merged.householdId]))
          await noteRead(tx, {
            action: 'household.duplicate-read',
            householdId,
            fields: ['members', 'awards', ...facts],
            detail: { pair: id },
          })
        return plan
      }),
  )
}

function mergeRoute(app: App, parts: MergeParts): void {
  app.post(
    '/duplicates/:id/merge',
    {
      schema: {
        operationId: 'mergeDuplicate',
        tags: ['duplicates'],
        summary: 'Make two records of one person one',
        params,
        body: MergeForm,
        response: { 200: PairView },
      },
      config: { may: 'duplicates.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { id } = request.params
          await mergePair(tx, parts, { ...request.body, pairId: id, requestId: request.id })
          return showPair(tx, parts, id)
        }),
      ),
  )
}

function undoRoute(app: App, parts: MergeParts): void {
  app.post(
    '/duplicates/:id/merge-undoing',
    {
      schema: {
        operationId: 'undoMerge',
        tags: ['duplicates'],
        summary: 'Make two records of a merged one again',
        params,
        body: UndoForm,
        response: { 200: PairView },
      },
      config: { may: 'duplicates.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { id } = request.params
          const because = request.body.note.trim()
          await undoMerge(tx, parts, { pairId: id, because, requestId: request.id })
          return showPair(tx, parts, id)
        }),
      ),
  )
}
