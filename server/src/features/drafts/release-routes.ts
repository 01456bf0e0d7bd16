import { Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { findRelease, releaseContained } from '../policies/releases.ts'
import { settleDraft, standingOf } from './drafts.ts'
import { nameOfFile } from './file-name.ts'
import { ChosenForm, type DraftParts, Id, writerOf } from './parts.ts'
import { draftProblems } from './problems.ts'
import { beginReleaseDraft } from './releases.ts'
import { releaseFiles } from './three-way.ts'
import { ReleaseView } from './views.ts'

/** What came with a later release: three ways to look at it, and what both sides changed to choose. */
export function releaseRoutes(app: App, parts: DraftParts): void {
  const { clock } = parts
  app.post(
    '/drafts/release',
    {
      schema: {
        operationId: 'beginReleaseDraft',
        tags: ['drafts'],
        summary: 'Begin the draft of the release that awaits once more, after one was withdrawn',
        body: Type.Object(
          { version: Type.String({ maxLength: 100, description: 'The release one has seen' }) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ id: Type.Integer() }) },
      },
      config: { may: 'drafts.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => ({
          id: await beginReleaseDraft(tx, request.body.version, clock.today()),
        })),
      ),
  )
  app.get(
    '/drafts/:id/release',
    {
      schema: {
        operationId: 'getDraftRelease',
        tags: ['drafts'],
        summary: 'What a release and the district each changed since the release before, by file',
        params: Id,
        response: { 200: ReleaseView },
      },
      config: { may: 'drafts.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { draft, ...ours } = await standingOf(tx, request.params.id, clock.today())
        const release = draft.release === null ? undefined : await findRelease(tx, draft.release)
        if (!release) throw problem(draftProblems, 'no-such-draft')
        const base = await releaseContained(tx, release.hash)
        const sides = {
          base: { ...base.files, ...base.cases },
          ours: { ...ours.base, ...ours.baseCases },
          theirs: { ...release.files, ...release.cases },
        }
        const names = { ...ours.base, ...release.files }
        const files = releaseFiles(sides).map((file) => ({
          ...file,
          name: nameOfFile(file.path, names),
        }))
        return { version: release.version, base: base.version, files }
      }),
  )
  app.post(
    '/drafts/:id/settle',
    {
      schema: {
        operationId: 'settleDraft',
        tags: ['drafts'],
        summary: 'Keep one side of files that a release and the district both changed',
        params: Id,
        body: ChosenForm,
        response: { 200: Type.Object({ revision: Type.Integer() }) },
      },
      config: { may: 'drafts.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          await settleDraft(tx, request.params.id, request.body, writerOf(request, parts))
          return { revision: request.body.revision + 1 }
        }),
      ),
  )
}
