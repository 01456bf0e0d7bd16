import { Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { beginDraft, rebaseDraft, saveDraft, standingOf } from './drafts.ts'
import { listDrafts } from './queries.ts'
import { ChosenForm, type DraftParts, Id, Revision, writerOf } from './parts.ts'
import { readRoutes } from './read-routes.ts'
import { reviewRoutes } from './review-routes.ts'
import { awaitingDraft } from './releases.ts'
import { releaseRoutes } from './release-routes.ts'
import { AwaitingView, CheckView, DraftItemView } from './views.ts'

const Title = Type.String({ minLength: 1, maxLength: 100 })
const Note = Type.String({ maxLength: 2000 })
const Texts = Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 400_000 }))
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export function draftRoutes(app: App, parts: DraftParts): void {
  writeRoutes(app, parts)
  readRoutes(app, parts)
  reviewRoutes(app, parts)
  checkRoute(app, parts)
  releaseRoutes(app, parts)
}

function writeRoutes(app: App, parts: DraftParts): void {
  app.get(
    '/drafts',
    {
      schema: {
        operationId: 'listDrafts',
        tags: ['drafts'],
        summary: 'Drafts of policies, open ones first',
        response: {
          200: Type.Object({ items: Type.Array(DraftItemView), awaiting: AwaitingView }),
        },
      },
      config: { may: 'drafts.read' },
    },
    async (request) =>
      request.transact(async (tx) => ({
        items: await listDrafts(tx),
        awaiting: await awaitingDraft(tx),
      })),
  )
  app.post(
    '/drafts',
    {
      schema: {
        operationId: 'beginDraft',
        tags: ['drafts'],
        summary: 'Begin a draft on the pack published last',
        body: Type.Object({ title: Title, note: Note }, { additionalProperties: false }),
        response: { 200: Type.Object({ id: Type.Integer() }) },
      },
      config: { may: 'drafts.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => ({
          id: await beginDraft(tx, request.body, parts.clock.today()),
        })),
      ),
  )
  app.put(
    '/drafts/:id',
    {
      schema: {
        operationId: 'saveDraft',
        tags: ['drafts'],
        summary: 'Save a draft, whether it reads or not; only what differs from its base is kept',
        params: Id,
        body: Type.Object(
          {
            revision: Revision,
            title: Title,
            note: Note,
            from: Type.Union([Day, Type.Null()], {
              description: 'First day; null: from publication on',
            }),
            files: Texts,
            cases: Texts,
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ revision: Type.Integer() }) },
      },
      config: { may: 'drafts.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          await saveDraft(tx, request.params.id, request.body, writerOf(request, parts))
          return { revision: request.body.revision + 1 }
        }),
      ),
  )
  app.post(
    '/drafts/:id/rebase',
    {
      schema: {
        operationId: 'rebaseDraft',
        tags: ['drafts'],
        summary: 'Carry a draft over to the pack published last',
        params: Id,
        body: ChosenForm,
        response: { 200: Type.Object({ revision: Type.Integer() }) },
      },
      config: { may: 'drafts.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          await rebaseDraft(tx, request.params.id, request.body, writerOf(request, parts))
          return { revision: request.body.revision + 1 }
        }),
      ),
  )
}

function checkRoute(app: App, { clock, checker }: DraftParts): void {
  app.post(
    '/drafts/:id/check',
    {
      schema: {
        operationId: 'checkDraft',
        tags: ['drafts'],
        summary:
          'What is wrong with a draft as it is written, and what its cases say; saves nothing',
        params: Id,
        body: Type.Object(
          {
            files: Texts,
            cases: Texts,
            programmes: Type.Union([
              Type.Literal('all'),
              Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 }),
            ]),
          },
          { additionalProperties: false },
        ),
        response: { 200: CheckView },
      },
      config: { may: 'drafts.read' },
    },
    async (request) => {
      const standing = await request.transact((tx) =>
        standingOf(tx, request.params.id, clock.today()),
      )
      const { files, cases, programmes } = request.body
      return checker.check({
        files: { ...standing.whole, ...files },
        cases: { ...standing.cases, ...cases },
        programmes,
        before: { files: standing.base, cases: standing.baseCases },
      })
    },
  )
}
