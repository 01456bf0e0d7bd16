import type { Pack } from '@qiao/rules'
import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { feedbackFilters, type FeedbackParts, FeedbackView } from './export-list.ts'
import { textProblem } from './feedback.ts'
import { feedbackProblems } from './problems.ts'
import { answerFeedback, countFeedback, keepFeedback, listFeedback } from './queries.ts'

const text = Type.String()
const strict = { additionalProperties: false } as const

const FeedbackCountView = Type.Object(
  {
    programme: text,
    programmeName: text,
    works: Type.Integer(),
    fails: Type.Integer(),
    open: Type.Integer(),
    households: Type.Integer(),
  },
  { title: 'PolicyFeedbackCount' },
)

export function feedbackRoutes(app: App, parts: FeedbackParts): void {
  readRoutes(app, parts)
  writeRoutes(app, parts)
}

function readRoutes(app: App, { packInForce }: FeedbackParts): void {
  app.get(
    '/feedback',
    {
      schema: {
        operationId: 'listFeedback',
        tags: ['feedback'],
        summary: 'What is said of policies in the own area, and the count by programme',
        querystring: Type.Object(feedbackFilters, strict),
        response: {
          200: Type.Object({
            items: Type.Array(FeedbackView),
            programmes: Type.Array(FeedbackCountView),
          }),
        },
      },
      config: { may: 'feedback.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const nameOf = namesIn(await packInForce(tx))
        const named = <T extends { programme: string }>(row: T) => ({
          ...row,
          programmeName: nameOf(row.programme),
        })
        const items = await listFeedback(tx, request.query)
        const shown = items.flatMap(({ households }) => households.map(({ id }) => id))
        await audit(tx, { action: 'feedback.listed', fields: ['feedback'], detail: { shown } })
        return {
          items: items.map(named),
          programmes: (await countFeedback(tx)).map(named),
        }
      }),
  )
}

function writeRoutes(app: App, { packInForce }: FeedbackParts): void {
  app.post(
    '/feedback',
    {
      schema: {
        operationId: 'giveFeedback',
        tags: ['feedback'],
        summary: 'Say of a programme that it works or does not, and why, with households',
        body: Type.Object(
          {
            programme: Type.String({ maxLength: 100 }),
            works: Type.Boolean(),
            because: Type.String({ maxLength: 1000 }),
            households: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 20 }),
          },
          strict,
        ),
        response: { 200: Type.Object({ id: Type.Integer(), attached: Type.Integer() }) },
      },
      config: { may: 'feedback.write' },
    },
    async (request) => {
      refuseText('/body/because', request.body.because, 5)
      return request.transact((tx) =>
        once(tx, request, async () => {
          const { programmes } = await packInForce(tx)
          if (!programmes.some(({ id }) => id === request.body.programme))
            refuse('/body/programme', '没有这项政策')
          const kept = await keepFeedback(tx, request.body)
          // Nothing is kept where one of them is not the caller's to name; nor is it told which.
          if (kept.attached < new Set(request.body.households).size)
            refuse('/body/households', '所附家庭中有不在您辖区的，请去掉后再提交')
          await audit(tx, {
            action: 'feedback.given',
            subject: `feedback:${kept.id}`,
            fields: ['feedback'],
            detail: { programme: request.body.programme, households: request.body.households },
          })
          return kept
        }),
      )
    },
  )
  app.post(
    '/feedback/:id/answer',
    {
      schema: {
        operationId: 'answerFeedback',
        tags: ['feedback'],
        summary: 'Answer once, as somebody appointed for policies',
        params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
        body: Type.Object({ text: Type.String({ maxLength: 1000 }) }, strict),
        response: { 200: Type.Object({ id: Type.Integer() }) },
      },
      config: { may: 'feedback.answer' },
    },
    async (request) => {
      refuseText('/body/text', request.body.text, 2)
      const { id } = request.params
      return request.transact((tx) =>
        once(tx, request, async () => {
          const open = await answerFeedback(tx, id, request.body.text.trim())
          if (open === undefined) throw problem(feedbackProblems, 'no-such-feedback')
          if (!open) throw problem(feedbackProblems, 'feedback-answered')
          await audit(tx, { action: 'feedback.answered', subject: `feedback:${id}` })
          return { id }
        }),
      )
    },
  )
}

function namesIn({ programmes }: Pack): (programme: string) => string {
  const names = new Map(programmes.map(({ id, name }) => [id, name]))
  return (programme) => names.get(programme) ?? programme
}

function refuseText(path: string, given: string, least: number): void {
  const message = textProblem(given, least)
  if (message) refuse(path, message)
}

function refuse(path: string, message: string): never {
  throw problem(feedbackProblems, 'feedback-refused', `${message}。`, [{ path, message }])
}
