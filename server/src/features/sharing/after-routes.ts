import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { answerCorrection, askCorrection, noteUse, readCorrections } from './after-queries.ts'
import { sharingProblems } from './problems.ts'
import { refuse, refuseFuture, refuseNumbers } from './refuse.ts'
import { pageOf, requestCalled, type SharingParts } from './page.ts'
import { heldBetween, type Step } from './sharing.ts'
import { AnswerForm, CorrectionForm, SharingPageView, UseForm } from './views.ts'

const params = Type.Object({ id: Type.Integer({ minimum: 1 }) })
const response = { 200: SharingPageView }

/** What comes after data was shared: its uses, and what was wrong with it. */
export function sharingAfterRoutes(app: App, parts: SharingParts): void {
  useRoute(app, parts)
  correctionRoute(app, parts)
  answerRoute(app, parts)
}

/** Data is there from its delivery to its destruction: only then can it be used, or be wrong. */
function refuseWithoutData(steps: readonly Step[], onDay: string): void {
  const { from, to } = heldBetween(steps)
  if (from === null) throw problem(sharingProblems, 'sharing-not-next')
  if (onDay < from) refuse('/body/onDay', '日期不能早于提供数据的日期')
  if (to !== null && onDay > to) refuse('/body/onDay', '日期不能晚于销毁数据的日期')
}

function useRoute(app: App, { clock }: SharingParts): void {
  app.post(
    '/sharing/:id/uses',
    {
      schema: {
        operationId: 'noteSharedUse',
        tags: ['sharing'],
        summary: 'Note a use of what was shared: scene, process, effect, storage, destruction',
        params,
        body: UseForm,
        response,
      },
      config: { may: 'sharing.write' },
    },
    async (request) => {
      const { id } = request.params
      refuseNumbers(request.body)
      refuseFuture(request.body.onDay, clock.today())
      return request.transact((tx) =>
        once(tx, request, async () => {
          refuseWithoutData((await requestCalled(tx, id)).steps, request.body.onDay)
          await noteUse(tx, id, request.body)
          await audit(tx, {
            action: 'sharing.use-noted',
            subject: `sharing:${id}`,
            requestId: request.id,
          })
          return pageOf(tx, clock, id)
        }),
      )
    },
  )
}

function correctionRoute(app: App, { clock }: SharingParts): void {
  app.post(
    '/sharing/:id/corrections',
    {
      schema: {
        operationId: 'askSharedCorrection',
        tags: ['sharing'],
        summary: 'Record that the source was asked to correct something',
        params,
        body: CorrectionForm,
        response,
      },
      config: { may: 'sharing.write' },
    },
    async (request) => {
      const { id } = request.params
      refuseNumbers(request.body)
      refuseFuture(request.body.onDay, clock.today())
      return request.transact((tx) =>
        once(tx, request, async () => {
          refuseWithoutData((await requestCalled(tx, id)).steps, request.body.onDay)
          await askCorrection(tx, id, request.body)
          await audit(tx, {
            action: 'sharing.correction-asked',
            subject: `sharing:${id}`,
            requestId: request.id,
          })
          return pageOf(tx, clock, id)
        }),
      )
    },
  )
}

function answerRoute(app: App, { clock }: SharingParts): void {
  app.post(
    '/sharing/:id/corrections/:correctionId/answer',
    {
      schema: {
        operationId: 'answerSharedCorrection',
        tags: ['sharing'],
        summary: 'Record what the source answered, once',
        params: Type.Object({
          id: Type.Integer({ minimum: 1 }),
          correctionId: Type.Integer({ minimum: 1 }),
        }),
        body: AnswerForm,
        response,
      },
      config: { may: 'sharing.write' },
    },
    async (request) => {
      const { id, correctionId: correction } = request.params
      refuseNumbers(request.body)
      refuseFuture(request.body.onDay, clock.today())
      return request.transact((tx) =>
        once(tx, request, async () => {
          const asked = (await readCorrections(tx, id)).find((one) => one.id === correction)
          if (!asked) throw problem(sharingProblems, 'no-such-sharing')
          if (request.body.onDay < asked.onDay) refuse('/body/onDay', '答复日期不能早于提出日期')
          if (!(await answerCorrection(tx, { id, correction }, request.body)))
            throw problem(sharingProblems, 'correction-answered')
          await audit(tx, {
            action: 'sharing.correction-answered',
            subject: `sharing:${id}`,
            requestId: request.id,
            detail: { correction, corrected: request.body.corrected },
          })
          return pageOf(tx, clock, id)
        }),
      )
    },
  )
}
