import { type Static, Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import { problem } from '../../platform/http/problem.ts'
import { packCases, packFiles, publishedPack } from '../policies/load.ts'
import { feelNames, FeelNameView } from '../policies/feel-names.ts'
import { findRelease } from '../policies/releases.ts'
import { mayWrite, steps, takeStep } from './draft.ts'
import { type Standing, standingOf } from './drafts.ts'
import type { Effect } from './impact.ts'
import { nameOfFile } from './file-name.ts'
import { differenceOf } from './line-difference.ts'
import { draftProblems } from './problems.ts'
import { approvalsOf, eventsOf, impactFor, staffName } from './queries.ts'
import { movedFiles } from './rebase.ts'
import { type DraftParts, Id, writerOf } from './parts.ts'
import { situationOf } from './stepping.ts'
import { DifferenceView, DraftView, FileView } from './views.ts'

export function readRoutes(app: App, parts: DraftParts): void {
  draftRoute(app, parts)
  fileRoute(app, parts)
  differenceRoutes(app, parts)
  nameRoute(app, parts)
}

function draftRoute(app: App, parts: DraftParts): void {
  app.get(
    '/drafts/:id',
    {
      schema: {
        operationId: 'getDraft',
        tags: ['drafts'],
        summary: 'A draft: where it stands, what happened to it, and what the caller may do',
        params: Id,
        response: { 200: DraftView },
      },
      config: { may: 'drafts.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const standing = await standingOf(tx, request.params.id, parts.clock.today())
        const { draft, head } = standing
        const writer = writerOf(request, parts)
        const situation = await situationOf(tx, standing, writer)
        const events = await eventsOf(tx, draft.id)
        const base = await publishedPack(tx, draft.baseHash)
        const release = draft.release === null ? undefined : await findRelease(tx, draft.release)
        return {
          id: draft.id,
          title: draft.title,
          note: draft.note,
          state: draft.state,
          revision: draft.revision,
          from: draft.from,
          version: draft.version,
          author: await staffName(tx, draft.author),
          mine: draft.author === writer.staffId,
          changedAt: draft.changedAt,
          base: {
            version: base.version,
            hash: draft.baseHash,
          },
          head: {
            version: head.version,
            from: head.from,
          },
          release: release ? { version: release.version } : null,
          undecided: [...draft.undecided],
          baseMoved: situation.baseMoved,
          files: filesOf(standing),
          events,
          impact: await impactFor<Effect>(tx, draft),
          approvals: await approvalsOf(tx, draft),
          mayWrite: mayWrite(draft, writer),
          steps: steps.filter((step) => typeof takeStep(draft, step, situation) === 'string'),
        }
      }),
  )
}

function filesOf({ draft, whole, cases }: Standing): Static<typeof DraftView>['files'] {
  const withCases = new Set(Object.keys(draft.cases).map((path) => path.split('/')[1]))
  return Object.keys(whole)
    .filter((path) => path !== 'facts.yaml')
    .map((path) => {
      const id = path.replace(/^programmes\/|\.yaml$/g, '')
      return {
        path,
        name: nameOfFile(path, whole),
        changed: path in draft.files || withCases.has(id),
        cases: Object.keys(cases).some((one) => one.startsWith(`cases/${id}/`)),
      }
    })
}

function fileRoute(app: App, { clock }: DraftParts): void {
  app.get(
    '/drafts/:id/file',
    {
      schema: {
        operationId: 'getDraftFile',
        tags: ['drafts'],
        summary: 'One file of a draft with the cases beside it, and both as they are in force',
        params: Id,
        querystring: Type.Object(
          { path: Type.String({ maxLength: 200 }) },
          { additionalProperties: false },
        ),
        response: { 200: FileView },
      },
      config: { may: 'drafts.read' },
    },
    async (request) => {
      const { path } = request.query
      const { whole, base, cases, baseCases } = await request.transact((tx) =>
        standingOf(tx, request.params.id, clock.today()),
      )
      const text = whole[path]
      if (text === undefined) throw problem(draftProblems, 'draft-file-refused')
      const id = path.replace(/^programmes\/|\.yaml$/g, '')
      return {
        path,
        text,
        base: base[path] ?? null,
        cases: Object.entries(cases)
          .filter(([one]) => one.startsWith(`cases/${id}/`))
          .map(([one, content]) => ({
            path: one,
            text: content,
            base: baseCases[one] ?? null,
          })),
      }
    },
  )
}

function differenceRoutes(app: App, { clock }: DraftParts): void {
  app.get(
    '/drafts/:id/difference',
    {
      schema: {
        operationId: 'getDraftDifference',
        tags: ['drafts'],
        summary: 'What a draft changes, line by line',
        params: Id,
        response: {
          200: Type.Object({
            files: Type.Array(
              Type.Object({ path: Type.String(), name: Type.String(), lines: DifferenceView }),
            ),
          }),
        },
      },
      config: { may: 'drafts.read' },
    },
    async (request) => {
      const { draft, base, baseCases } = await request.transact((tx) =>
        standingOf(tx, request.params.id, clock.today()),
      )
      const before = { ...base, ...baseCases }
      return {
        files: Object.entries({ ...draft.files, ...draft.cases }).map(([path, text]) => ({
          path,
          name: nameOfFile(path, { ...base, ...draft.files }),
          lines: differenceOf(before[path] ?? '', text),
        })),
      }
    },
  )
  app.get(
    '/drafts/:id/rebase',
    {
      schema: {
        operationId: 'getDraftRebase',
        tags: ['drafts'],
        summary: 'What was published since a draft was begun, and whether both can be kept',
        params: Id,
        response: {
          200: Type.Object({
            files: Type.Array(
              Type.Object({
                path: Type.String(),
                fate: Type.Union([
                  Type.Literal('theirs'),
                  Type.Literal('merged'),
                  Type.Literal('conflict'),
                ]),
                lines: DifferenceView,
              }),
            ),
          }),
        },
      },
      config: { may: 'drafts.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const standing = await standingOf(tx, request.params.id, clock.today())
        const { draft, base, baseCases, head } = standing
        const theirs = { ...(await packFiles(tx, head.hash)), ...(await packCases(tx, head.hash)) }
        const mine = { ...draft.files, ...draft.cases }
        return { files: movedFiles({ ...base, ...baseCases }, theirs, mine) }
      }),
  )
}

function nameRoute(app: App, { clock }: DraftParts): void {
  app.get(
    '/drafts/:id/names',
    {
      schema: {
        operationId: 'listFeelNames',
        tags: ['drafts'],
        summary: 'Names that an expression may use: facts, figures, terms',
        params: Id,
        response: { 200: Type.Object({ names: Type.Array(FeelNameView) }) },
      },
      config: { may: 'drafts.read' },
    },
    async (request) => {
      const pack = await request.transact(async (tx) => {
        const { draft } = await standingOf(tx, request.params.id, clock.today())
        return publishedPack(tx, draft.baseHash)
      })
      return { names: feelNames(pack) }
    },
  )
}
