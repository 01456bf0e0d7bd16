import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { sourceCalled } from '../exchange/source.ts'
import { readStated } from '../exchange/source-queries.ts'
import { readCalendar } from '../workdays/queries.ts'
import { sharingProblems } from './problems.ts'
import { makeRequest, stateContent, takeStep } from './queries.ts'
import { refuse, refuseNumbers } from './refuse.ts'
import { pageOf, requestCalled, type SharingParts } from './page.ts'
import { type Content, standingOf, stepProblem } from './sharing.ts'
import { ContentForm, NewSharingForm, SharingPageView, StepForm } from './views.ts'

const params = Type.Object({ id: Type.Integer({ minimum: 1 }) })
const response = { 200: SharingPageView }

/** Asking, saying it otherwise, and what became of it. */
export function sharingWriteRoutes(app: App, parts: SharingParts): void {
  askRoute(app, parts)
  changeRoute(app, parts)
  stepRoute(app, parts)
}

function askRoute(app: App, { clock }: SharingParts): void {
  app.post(
    '/sharing',
    {
      schema: {
        operationId: 'draftSharing',
        tags: ['sharing'],
        summary: 'Draft a request that a source share data',
        body: NewSharingForm,
        response,
      },
      config: { may: 'sharing.write' },
    },
    async (request) => {
      const { source: sourceId, ...content } = request.body
      const { id: source } = await sourceCalled(sourceId)
      refuseContent(content)
      return request.transact((tx) =>
        once(tx, request, async () => {
          if ((await readStated(tx)).get(source)?.sharing === 'withheld')
            throw problem(sharingProblems, 'sharing-withheld')
          const id = await makeRequest(tx, source)
          await stateContent(tx, id, content, null)
          await audit(tx, {
            action: 'sharing.drafted',
            subject: `sharing:${id}`,
            requestId: request.id,
            detail: { source, data: content.data },
          })
          return pageOf(tx, clock, id)
        }),
      )
    },
  )
}

function changeRoute(app: App, { clock }: SharingParts): void {
  app.put(
    '/sharing/:id',
    {
      schema: {
        operationId: 'changeSharing',
        tags: ['sharing'],
        summary: 'State a draft, or what the source misses, otherwise; what stood before is kept',
        params,
        body: ContentForm,
        response,
      },
      config: { may: 'sharing.write' },
    },
    async (request) => {
      const { id } = request.params
      const { seen, ...content } = request.body
      refuseContent(content)
      return request.transact((tx) =>
        once(tx, request, async () => {
          const row = await requestCalled(tx, id)
          const at = { today: clock.today(), calendar: await readCalendar(tx) }
          if (!standingOf(row.content, row.steps, at).mayChange)
            throw problem(sharingProblems, 'sharing-stands')
          if (!(await stateContent(tx, id, content, seen)))
            throw problem(sharingProblems, 'sharing-changed')
          await audit(tx, {
            action: 'sharing.changed',
            subject: `sharing:${id}`,
            requestId: request.id,
          })
          return pageOf(tx, clock, id)
        }),
      )
    },
  )
}

function stepRoute(app: App, { clock }: SharingParts): void {
  app.post(
    '/sharing/:id/steps',
    {
      schema: {
        operationId: 'stepSharing',
        tags: ['sharing'],
        summary: 'Record what became of a request: sent, answered, delivered, destroyed …',
        params,
        body: StepForm,
        response,
      },
      config: { may: 'sharing.write' },
    },
    async (request) => {
      const { id } = request.params
      const { seen, kind, onDay } = request.body
      const text = request.body.text?.trim() || null
      refuseNumbers({ text })
      return request.transact((tx) =>
        once(tx, request, async () => {
          const { content, steps } = await requestCalled(tx, id)
          const at = { today: clock.today(), calendar: await readCalendar(tx) }
          const standing = standingOf(content, steps, at)
          refuseStep(stepProblem({ kind, onDay, text }, standing, { steps, today: at.today }))
          if (seen !== steps.length || !(await takeStep(tx, id, { kind, onDay, text }, seen)))
            throw problem(sharingProblems, 'sharing-changed')
          await audit(tx, {
            action: 'sharing.step-taken',
            subject: `sharing:${id}`,
            requestId: request.id,
            detail: { kind, onDay },
          })
          return pageOf(tx, clock, id)
        }),
      )
    },
  )
}

function refuseContent(content: Content): void {
  refuseNumbers(content)
  if (content.useTo < content.useFrom) refuse('/body/useTo', '使用期限的截止日不能早于起始日')
}

function refuseStep(because: ReturnType<typeof stepProblem>): void {
  if (because === 'told-before') throw problem(sharingProblems, 'sharing-told-before')
  if (because === 'not-next') throw problem(sharingProblems, 'sharing-not-next')
  if (because === 'day') refuse('/body/onDay', '日期应在上一步之后，且不能晚于今天')
  if (because === 'text') refuse('/body/text', '请写明内容，至少两个字')
}
