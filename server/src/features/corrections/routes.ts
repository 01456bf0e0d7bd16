import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import { instantOn } from '../../platform/clock.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { sourceCalled } from '../exchange/source.ts'
import { noteRead } from '../households/note-read.ts'
import { readHousehold } from '../households/queries.ts'
import { shownForReason } from '../staff/field-classes.ts'
import { keepCorrectionClocks } from './clocks.ts'
import type { CorrectionParts } from './correction-parts.ts'
import { answerCorrection, askedOf, listCorrections, sourceOf } from './queries.ts'
import {
  AskedCorrectionView,
  CorrectionAnswerForm,
  CorrectionListView,
  CorrectionStateView,
} from './views.ts'

const strict = { additionalProperties: false } as const
const params = Type.Object({ id: Type.Integer({ minimum: 1 }) }, strict)

/** What is asked of the bodies that deliver, and what they answer: for data stewards. 回传更正 */
export function correctionRoutes(app: App, parts: CorrectionParts): void {
  listRoute(app, parts)
  answerRoute(app, parts)
  householdRoute(app)
}

function listRoute(app: App, { packInForce, clock }: CorrectionParts): void {
  app.get(
    '/corrections',
    {
      schema: {
        operationId: 'listCorrections',
        tags: ['corrections'],
        summary: 'What sources are asked to put right, the latest first, and what waits for each',
        querystring: Type.Object(
          {
            source: Type.Optional(Type.String({ maxLength: 40 })),
            state: Type.Optional(CorrectionStateView),
            page: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
            size: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
          },
          strict,
        ),
        response: { 200: CorrectionListView },
      },
      config: { may: 'corrections.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { facts } = await packInForce(tx)
        const list = await listCorrections(tx, facts, {
          ...request.query,
          at: instantOn(clock.today()),
        })
        const shown = [...new Set(list.items.map(({ household }) => household.id))]
        await audit(tx, {
          action: 'correction.list',
          fields: ['head', ...new Set(list.items.map(({ fact }) => `fact:${fact}` as const))],
          requestId: request.id,
          detail: { ...request.query, shown },
        })
        const classes = new Set<string>(['free-text', ...list.items.map((one) => one.class)])
        const hidden = request.reason === undefined && list.items.length > 0
        return {
          ...list,
          reasonShows: hidden
            ? shownForReason(request.caller.role).filter((one) => classes.has(one))
            : [],
        }
      }),
  )
}

function answerRoute(app: App, { clock }: CorrectionParts): void {
  app.post(
    '/corrections/:id/answer',
    {
      schema: {
        operationId: 'answerCorrection',
        tags: ['corrections'],
        summary: 'Record what a source answered: that it adopts our value, or why not',
        params,
        body: CorrectionAnswerForm,
        response: { 200: Type.Object({ id: Type.Integer() }) },
      },
      config: { may: 'corrections.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { id } = request.params
          const source = await sourceOf(tx, id)
          await answerCorrection(tx, { id, source }, request.body)
          await keepCorrectionClocks(tx, instantOn(clock.today()))
          await audit(tx, {
            action: 'correction.answered',
            subject: `correction:${id}`,
            requestId: request.id,
            detail: { source: (await sourceCalled(source)).id, answer: request.body.answer },
          })
          return { id }
        }),
      ),
  )
}

function householdRoute(app: App): void {
  app.get(
    '/households/:id/corrections',
    {
      schema: {
        operationId: 'getCorrectionsOf',
        tags: ['corrections'],
        summary: 'Facts of a household that a source is asked to put right and has not answered',
        params,
        response: {
          200: Type.Object({ householdId: Type.Integer(), items: Type.Array(AskedCorrectionView) }),
        },
      },
      config: { may: 'households.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const household = await readHousehold(tx, request.params.id)
        if (!household) throw problem(platformProblems, 'not-found')
        const items = await askedOf(tx, household.id)
        await noteRead(tx, {
          action: 'household.corrections-read',
          householdId: household.id,
          fields: [...new Set(items.map(({ fact }) => `fact:${fact}` as const))],
        })
        return { householdId: household.id, items }
      }),
  )
}
