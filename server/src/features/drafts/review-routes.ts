import { Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { packOf } from '../policies/pack-files.ts'
import { standingOf } from './drafts.ts'
import { draftImpact } from './impact.ts'
import { draftProblems } from './problems.ts'
import { keepImpact, lockDraft, noteEvent } from './queries.ts'
import { type DraftParts, Id, Revision, writerOf } from './parts.ts'
import { stepOn } from './stepping.ts'
import { StepView } from './views.ts'

export function reviewRoutes(app: App, parts: DraftParts): void {
  stepRoute(app, parts)
  impactRoute(app, parts)
}

function stepRoute(app: App, parts: DraftParts): void {
  const { clock, checker, jobs } = parts
  app.post(
    '/drafts/:id/steps',
    {
      schema: {
        operationId: 'stepDraft',
        tags: ['drafts'],
        summary: 'Submit, recall, approve, return, withdraw or publish a draft',
        params: Id,
        body: Type.Object(
          { revision: Revision, step: StepView, text: Type.String({ maxLength: 2000 }) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ step: StepView }) },
      },
      config: { may: 'drafts.read' },
    },
    async (request) => {
      const { id } = request.params
      const { step, text } = request.body
      if (step === 'return' && text.trim() === '')
        throw problem(draftProblems, 'step-not-open', '退回请写明理由。', [
          { path: '/body/text', message: '请写明理由' },
        ])
      const check = step === 'submit' ? await checked() : null
      return request.transact((tx) =>
        once(tx, request, async () => {
          await stepOn(tx, jobs, id, { ...request.body, check }, writerOf(request, parts))
          return { step }
        }),
      )
      async function checked() {
        const { whole, cases, base, baseCases } = await request.transact((tx) =>
          standingOf(tx, id, clock.today()),
        )
        const before = { files: base, cases: baseCases }
        return checker.check({ files: whole, cases, programmes: 'all', before })
      }
    },
  )
}

function impactRoute(app: App, { clock, lab, massLoss }: DraftParts): void {
  app.post(
    '/drafts/:id/impact',
    {
      schema: {
        operationId: 'tryDraft',
        tags: ['drafts'],
        summary: 'Work out what a draft would do to the whole district, and keep it with the draft',
        params: Id,
        body: Type.Object({ revision: Revision }, { additionalProperties: false }),
        response: { 200: Type.Object({ secondApprover: Type.Boolean() }) },
      },
      config: { may: 'drafts.read' },
    },
    async (request) => {
      const { id } = request.params
      const { draft, whole } = await request.transact((tx) => standingOf(tx, id, clock.today()))
      if (draft.revision !== request.body.revision) throw problem(draftProblems, 'draft-changed')
      if (draft.state === 'published' || draft.state === 'withdrawn')
        throw problem(draftProblems, 'step-not-open')
      const pack = packOf(whole)
      if ('problems' in pack)
        throw problem(
          draftProblems,
          'draft-unsound',
          undefined,
          pack.problems.map(({ file, line, column, message }) => ({
            path: `${file}:${line}:${column}`,
            message,
          })),
        )
      const tried = { pack, files: whole, from: draft.from }
      const effect = await draftImpact(lab, request.caller.areaName, tried, massLoss)
      const secondApprover = effect.massLoss.exceeded
      await request.transact(async (tx) => {
        const now = await lockDraft(tx, id)
        if (now?.revision !== draft.revision) throw problem(draftProblems, 'draft-changed')
        await keepImpact(tx, draft, effect, secondApprover)
        await noteEvent(tx, draft, 'tried')
      })
      return { secondApprover }
    },
  )
}
