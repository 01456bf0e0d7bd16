import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import {
  addQuestion,
  answerExam,
  drawExam,
  readAttempts,
  readBank,
  readPaper,
  readRule,
  retireQuestion,
  stateRule,
} from './exam-queries.ts'
import { questionFaults } from './exam.ts'
import type { AdvisorParts } from './page.ts'
import { advisorProblems } from './problems.ts'
import { AnswersForm, ExamView, PaperView, QuestionForm, RuleForm } from './training-views.ts'

const response = { 200: ExamView }

/** The examination: the district keeps rule and bank, advisors and townships sit it. */
export function examRoutes(app: App, parts: AdvisorParts): void {
  readRoute(app)
  keepRoutes(app)
  sitRoutes(app, parts)
}

function readRoute(app: App): void {
  app.get(
    '/exam',
    {
      schema: {
        operationId: 'getExam',
        tags: ['advisors'],
        summary: 'The rule, one’s own attempts, and the bank for whoever keeps it',
        response,
      },
      config: { may: 'advisors.read' },
    },
    async (request) => request.transact((tx) => examOf(tx, request)),
  )
}

function keepRoutes(app: App): void {
  app.put(
    '/exam/rule',
    {
      schema: {
        operationId: 'stateExamRule',
        tags: ['advisors'],
        summary: 'State how many questions are drawn and what share must be right',
        body: RuleForm,
        response,
      },
      config: { may: 'advisors.write' },
    },
    async (request) => keep(request, 'exam.rule-stated', (tx) => stateRule(tx, request.body)),
  )
  app.post(
    '/exam/questions',
    {
      schema: {
        operationId: 'addExamQuestion',
        tags: ['advisors'],
        summary: 'Put a question into the bank',
        body: QuestionForm,
        response,
      },
      config: { may: 'advisors.write' },
    },
    async (request) => {
      const errors = questionFaults(request.body).map(([field, message]) => ({
        path: `/body/${field}`,
        message,
      }))
      if (errors.length > 0) throw problem(advisorProblems, 'question-wrong', undefined, errors)
      return keep(request, 'exam.question-added', (tx) => addQuestion(tx, request.body))
    },
  )
  app.post(
    '/exam/questions/:questionId/retirement',
    {
      schema: {
        operationId: 'retireExamQuestion',
        tags: ['advisors'],
        summary: 'Draw a question no more; attempts keep it',
        params: Type.Object({ questionId: Type.Integer({ minimum: 1 }) }),
        body: Type.Object({}, { additionalProperties: false }),
        response,
      },
      config: { may: 'advisors.write' },
    },
    async (request) =>
      keep(request, 'exam.question-retired', async (tx) => {
        if (!(await retireQuestion(tx, request.params.questionId)))
          throw problem(platformProblems, 'not-found')
      }),
  )
}

function sitRoutes(app: App, { clock }: AdvisorParts): void {
  app.post(
    '/exam/attempts',
    {
      schema: {
        operationId: 'drawExam',
        tags: ['advisors'],
        summary: 'Questions drawn for oneself, or those of the attempt that is open',
        body: Type.Object({}, { additionalProperties: false }),
        response: { 200: PaperView },
      },
      config: { may: 'advisors.sit' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const attemptId = await drawExam(tx, clock.today())
          if (attemptId === null) throw problem(advisorProblems, 'exam-not-set')
          const questions = await readPaper(tx, attemptId)
          await audit(tx, {
            action: 'exam.drawn',
            subject: `exam-attempt:${attemptId}`,
            requestId: request.id,
          })
          return { attemptId, questions }
        }),
      ),
  )
  app.post(
    '/exam/attempts/:attemptId/answers',
    {
      schema: {
        operationId: 'answerExam',
        tags: ['advisors'],
        summary: 'Hand in one’s own open attempt; it is marked at once, and once',
        params: Type.Object({ attemptId: Type.Integer({ minimum: 1 }) }),
        body: AnswersForm,
        response,
      },
      config: { may: 'advisors.sit' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { attemptId } = request.params
          const correct = await answerExam(tx, attemptId, request.body.answers)
          if (correct === null) throw problem(advisorProblems, 'exam-not-open')
          await audit(tx, {
            action: 'exam.handed-in',
            subject: `exam-attempt:${attemptId}`,
            requestId: request.id,
            detail: { correct },
          })
          return examOf(tx, request)
        }),
      ),
  )
}

/** Changes rule or bank, which the district keeps, not staff lent to a township; the database asks the same. */
function keep(
  request: FastifyRequest,
  action: string,
  work: (tx: Tx) => Promise<unknown>,
): Promise<Static<typeof ExamView>> {
  if (!keepsExam(request)) throw problem(platformProblems, 'forbidden')
  return request.transact((tx) =>
    once(tx, request, async () => {
      await work(tx)
      await audit(tx, { action, requestId: request.id })
      return examOf(tx, request)
    }),
  )
}

const keepsExam = ({ caller }: FastifyRequest) =>
  caller.role === 'district' && caller.areaLevel === 'district'

async function examOf(tx: Tx, request: FastifyRequest): Promise<Static<typeof ExamView>> {
  const [rule, bank] = [await readRule(tx), await readBank(tx)]
  return {
    rule,
    bank: bank.map((one) => ({ ...one, options: [...one.options] })),
    attempts: await readAttempts(tx, request.caller.staffId),
    may: { keep: keepsExam(request), sit: request.caller.may.includes('advisors.sit') },
  }
}
