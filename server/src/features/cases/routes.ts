import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import { type Clock, instantOn } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { mayAssess } from '../assessments/write.ts'
import { noteRead } from '../households/note-read.ts'
import { readHousehold } from '../households/queries.ts'
import { shownForReason } from '../staff/field-classes.ts'
import { caseStates } from './case.ts'
import { settleGoal, writeGoal } from './goals.ts'
import { answerHandover, handOver } from './handover.ts'
import { caseProblems } from './problems.ts'
import { casesOf, caseViews, listCases, readCase, type Reading } from './queries.ts'
import { openCase, takeStep } from './steps.ts'
import {
  CaseDecisionForm,
  CaseGoalForm,
  CaseHandoverAnswerForm,
  CaseHandoverForm,
  CaseListView,
  CaseOpeningForm,
  CaseOutcomeForm,
  CaseView,
  CaseWorkForm,
  HouseholdCasesView,
} from './views.ts'

export type CaseParts = Readonly<{
  clock: Clock
  cipher: FieldCipher
  /** The policies in force, for goals that a policy is to reach. */
  packInForce: (tx: Tx) => Promise<Readonly<{ programmes: readonly Readonly<{ id: string }>[] }>>
}>

const strict = { additionalProperties: false } as const
const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const params = Type.Object({ id: Id }, strict)
const goalParams = Type.Object({ id: Id, goalId: Id }, strict)
const fields = ['head', 'members', 'cases'] as const

/** The case of a household, from opening to the last follow-up. 一户一案 */
export function caseRoutes(app: App, parts: CaseParts): void {
  readingRoutes(app, parts)
  householdRoutes(app, parts)
  stepRoutes(app, parts)
  goalRoutes(app, parts)
  handoverRoutes(app, parts)
}

function readingRoutes(app: App, parts: CaseParts): void {
  app.get(
    '/cases',
    {
      schema: {
        operationId: 'listCases',
        tags: ['cases'],
        summary: 'Cases: urgent ones first, then what is due first',
        querystring: Type.Object(
          {
            view: Type.Union(
              caseViews.map((one) => Type.Literal(one)),
              { default: 'open' },
            ),
            state: Type.Optional(Type.Union(caseStates.map((one) => Type.Literal(one)))),
            area: Type.Optional(Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })),
            page: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
            size: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
          },
          strict,
        ),
        response: { 200: CaseListView },
      },
      config: { may: 'cases.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const list = await listCases(tx, request.query, readingOf(request, parts))
        await audit(tx, {
          action: 'case.list',
          fields,
          requestId: request.id,
          detail: { ...request.query, shown: list.items.map(({ householdId }) => householdId) },
        })
        return list
      }),
  )
  app.get(
    '/cases/:id',
    {
      schema: {
        operationId: 'getCase',
        tags: ['cases'],
        summary: 'One case with its goals, open needs and history, and what the reader may do',
        params,
        response: { 200: CaseView },
      },
      config: { may: 'cases.read' },
    },
    async (request) =>
      request.transact((tx) => show(tx, request, parts, 'case.read', request.params.id)),
  )
}

function householdRoutes(app: App, parts: CaseParts): void {
  app.get(
    '/households/:id/cases',
    {
      schema: {
        operationId: 'getCasesOf',
        tags: ['cases'],
        summary: 'Cases of a household, the latest first',
        params,
        response: { 200: HouseholdCasesView },
      },
      config: { may: 'cases.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const household = await readHousehold(tx, request.params.id)
        if (!household) throw problem(platformProblems, 'not-found')
        const householdId = household.id
        if (!(await mayAssess(tx, household)))
          return { householdId, withheld: true, items: [], mayOpen: false }
        const items = await casesOf(tx, householdId, readingOf(request, parts))
        await noteRead(tx, { action: 'household.cases-read', householdId, fields })
        const isOpen = items.some(({ state }) => state !== 'archived')
        const mayOpen = request.caller.may.includes('cases.write') && !isOpen
        return { householdId, withheld: false, items, mayOpen }
      }),
  )
  app.post(
    '/households/:id/cases',
    {
      schema: {
        operationId: 'openCase',
        tags: ['cases'],
        summary: 'Open the case of a household, in one’s own hands',
        params,
        body: CaseOpeningForm,
        response: { 200: CaseView },
      },
      config: { may: 'cases.write' },
    },
    async (request) =>
      request.transact(async (tx) => {
        // What is kept under the key of a request is a number, never what lies sealed.
        const id = await once(tx, request, async () => {
          const household = await readHousehold(tx, request.params.id)
          if (!household) throw problem(platformProblems, 'not-found')
          if (!(await mayAssess(tx, household))) throw problem(caseProblems, 'case-withheld')
          return openCase(tx, household.id, request.body, readingOf(request, parts))
        })
        return show(tx, request, parts, 'case.opened', id)
      }),
  )
}

function stepRoutes(app: App, parts: CaseParts): void {
  app.post(
    '/cases/:id/steps',
    {
      schema: {
        operationId: 'stepCase',
        tags: ['cases'],
        summary: 'What whoever has a case in hand does next',
        params,
        body: CaseWorkForm,
        response: { 200: CaseView },
      },
      config: { may: 'cases.write' },
    },
    async (request) =>
      change(request, parts, `case.${request.body.step}`, (tx, acting) =>
        takeStep(tx, request.params.id, request.body, acting),
      ),
  )
  app.post(
    '/cases/:id/decisions',
    {
      schema: {
        operationId: 'decideCase',
        tags: ['cases'],
        summary:
          'Approve a plan or a closing that another asked for, send it back, lift urgent protection',
        params,
        body: CaseDecisionForm,
        response: { 200: CaseView },
      },
      config: { may: 'cases.decide' },
    },
    async (request) =>
      change(request, parts, `case.${request.body.step}`, (tx, acting) => {
        // Nobody agrees to what they were not shown.
        if (acting.reasonShows.length > 0) throw problem(caseProblems, 'case-unread')
        return takeStep(tx, request.params.id, request.body, acting)
      }),
  )
}

function goalRoutes(app: App, parts: CaseParts): void {
  const write = (
    request: FastifyRequest & { params: { id: number }; body: Static<typeof CaseGoalForm> },
    goalId: number | null,
  ) =>
    change(request, parts, 'case.goal-written', async (tx, acting) => {
      const { programmes } = await parts.packInForce(tx)
      const caseId = request.params.id
      await writeGoal(tx, { caseId, goalId }, request.body, { ...acting, programmes })
    })
  app.post(
    '/cases/:id/goals',
    {
      schema: {
        operationId: 'addCaseGoal',
        tags: ['cases'],
        summary: 'Add a goal to the plan',
        params,
        body: CaseGoalForm,
        response: { 200: CaseView },
      },
      config: { may: 'cases.write' },
    },
    async (request) => write(request, null),
  )
  app.put(
    '/cases/:id/goals/:goalId',
    {
      schema: {
        operationId: 'writeCaseGoal',
        tags: ['cases'],
        summary: 'Write a goal anew while the case is planned',
        params: goalParams,
        body: CaseGoalForm,
        response: { 200: CaseView },
      },
      config: { may: 'cases.write' },
    },
    async (request) => write(request, request.params.goalId),
  )
  app.post(
    '/cases/:id/goals/:goalId/outcome',
    {
      schema: {
        operationId: 'settleCaseGoal',
        tags: ['cases'],
        summary: 'Record what came of a goal',
        params: goalParams,
        body: CaseOutcomeForm,
        response: { 200: CaseView },
      },
      config: { may: 'cases.write' },
    },
    async (request) =>
      change(request, parts, 'case.goal-settled', (tx, acting) => {
        const { id: caseId, goalId } = request.params
        return settleGoal(tx, { caseId, goalId }, request.body, acting)
      }),
  )
}

function handoverRoutes(app: App, parts: CaseParts): void {
  app.post(
    '/cases/:id/handover',
    {
      schema: {
        operationId: 'handCaseOver',
        tags: ['cases'],
        summary: 'Hand a case to a colleague, who has it once they take it',
        params,
        body: CaseHandoverForm,
        response: { 200: CaseView },
      },
      config: { may: 'cases.write' },
    },
    async (request) =>
      change(request, parts, 'case.handed', (tx, acting) =>
        handOver(tx, request.params.id, request.body, acting),
      ),
  )
  app.post(
    '/cases/:id/handover/answer',
    {
      schema: {
        operationId: 'answerCaseHandover',
        tags: ['cases'],
        summary: 'Take a case that was handed to oneself, or not',
        params,
        body: CaseHandoverAnswerForm,
        response: { 200: CaseView },
      },
      config: { may: 'cases.write' },
    },
    async (request) =>
      change(request, parts, 'case.handover-answered', (tx, acting) =>
        answerHandover(tx, request.params.id, request.body, acting),
      ),
  )
}

/** Does something with one case, notes it, and answers with the case as it is then. */
function change(
  request: FastifyRequest & { params: { id: number } },
  parts: CaseParts,
  action: string,
  work: (tx: Tx, acting: Reading) => Promise<void>,
): Promise<Static<typeof CaseView>> {
  return request.transact(async (tx) => {
    await once(tx, request, () => work(tx, readingOf(request, parts)))
    return show(tx, request, parts, action, request.params.id)
  })
}

function readingOf({ caller, reason }: FastifyRequest, { clock, cipher }: CaseParts): Reading {
  const today = clock.today()
  return {
    staffId: caller.staffId,
    may: caller.may,
    cipher,
    today,
    at: instantOn(today),
    reasonShows:
      reason === undefined ? shownForReason(caller.role).filter((one) => one === 'free-text') : [],
  }
}

async function show(
  tx: Tx,
  request: FastifyRequest,
  parts: CaseParts,
  action: string,
  id: number,
): Promise<Static<typeof CaseView>> {
  const one = await readCase(tx, id, readingOf(request, parts))
  await audit(tx, {
    action,
    subject: `case:${id}`,
    householdId: one.householdId,
    areaId: one.areaId,
    fields,
    requestId: request.id,
  })
  return one
}
