import type { FastifyRequest } from 'fastify'
import { type TObject, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { noteRead } from '../households/note-read.ts'
import { type HouseholdRecord, readHousehold } from '../households/queries.ts'
import type { AssessmentParts } from './assessment-parts.ts'
import { assessmentProblems } from './problems.ts'
import { readAssessments, recordObjection, replyToObjection, settleNeed } from './queries.ts'
import { showAssessment } from './show.ts'
import {
  AssessmentDecisionForm,
  AssessmentForm,
  AssessmentObjectionForm,
  type HouseholdAssessment,
  HouseholdAssessmentView,
  NeedStateForm,
  ReplyForm,
  SeenForm,
} from './views.ts'
import { sealText } from './words.ts'
import { confirmDraft, decideSubmitted, householdToAssess, saveDraft } from './write.ts'

const strict = { additionalProperties: false } as const
const id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const params = Type.Object({ id }, strict)
const response = { 200: HouseholdAssessmentView }
const write = { may: 'assessments.write' }
const decide = { may: 'assessments.decide' }

/** What a household needs: asked, weighed, confirmed, objected to. 需求综合评估 */
export function assessmentRoutes(app: App, parts: AssessmentParts): void {
  readRoute(app, parts)
  draftRoutes(app, parts)
  objectionRoutes(app, parts)
  needRoute(app, parts)
}

function readRoute(app: App, parts: AssessmentParts): void {
  app.get(
    '/households/:id/assessment',
    {
      schema: {
        operationId: 'getAssessment',
        tags: ['assessments'],
        summary: 'What a household needs, what drove the score, and what it says against it',
        params,
        response,
      },
      config: { may: 'assessments.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const household = await readHousehold(tx, request.params.id)
        if (!household) throw problem(platformProblems, 'not-found')
        await noteRead(tx, {
          action: 'household.assessment-read',
          householdId: household.id,
          fields: ['assessments'],
        })
        return shown(tx, request, household, parts)
      }),
  )
}

function draftRoutes(app: App, parts: AssessmentParts): void {
  app.put(
    '/households/:id/assessment',
    {
      schema: schemaOf('saveAssessment', 'Write the draft of an assessment, or begin one', {
        params,
        body: AssessmentForm,
      }),
      config: write,
    },
    async (request) =>
      change(request, parts, 'household.assessment-saved', (tx, householdId) =>
        saveDraft(tx, householdId, request.body, facing(parts)),
      ),
  )
  app.post(
    '/households/:id/assessment/confirmation',
    {
      schema: schemaOf(
        'confirmAssessment',
        'Confirm the draft; one of the highest grade waits for somebody else to approve it',
        { params, body: SeenForm },
      ),
      config: write,
    },
    async (request) =>
      change(request, parts, 'household.assessment-confirmed', (tx, householdId) =>
        confirmDraft(tx, householdId, request.body.seen, facing(parts)),
      ),
  )
  app.post(
    '/households/:id/assessment/decision',
    {
      schema: schemaOf('decideAssessment', 'Approve an assessment or return it, by another', {
        params,
        body: AssessmentDecisionForm,
      }),
      config: decide,
    },
    async (request) =>
      change(request, parts, 'household.assessment-decided', (tx, householdId) =>
        decideSubmitted(tx, householdId, request.body, facing(parts)),
      ),
  )
}

function objectionRoutes(app: App, parts: AssessmentParts): void {
  app.post(
    '/households/:id/assessment/objections',
    {
      schema: schemaOf(
        'objectToAssessment',
        'Record what a household says against its assessment',
        {
          params,
          body: AssessmentObjectionForm,
        },
      ),
      config: write,
    },
    async (request) =>
      change(request, parts, 'household.assessment-objected', async (tx, householdId) => {
        const { text, toldOn } = request.body
        const all = await readAssessments(tx, householdId)
        const current = all.find(({ state }) => state === 'confirmed')
        if (!current) throw problem(assessmentProblems, 'assessment-step')
        if (toldOn > parts.clock.today()) throw inFuture('toldOn')
        const of = { assessmentId: current.id, householdId }
        await recordObjection(tx, of, { text: sealText(parts.cipher, text.trim()), toldOn })
      }),
  )
  app.post(
    '/households/:id/assessment/objections/:objectionId/reply',
    {
      schema: schemaOf('replyToAssessmentObjection', 'Answer an objection, by an official', {
        params: Type.Object({ id, objectionId: id }, strict),
        body: ReplyForm,
      }),
      config: decide,
    },
    async (request) =>
      change(request, parts, 'household.assessment-objection-answered', async (tx, householdId) => {
        const { reply, upheld } = request.body
        const done = await replyToObjection(
          tx,
          { id: request.params.objectionId, householdId },
          { reply: sealText(parts.cipher, reply.trim()), upheld },
        )
        if (!done) throw problem(platformProblems, 'not-found')
        if (done === 'answered') throw problem(assessmentProblems, 'assessment-objection-answered')
      }),
  )
}

function needRoute(app: App, parts: AssessmentParts): void {
  app.post(
    '/households/:id/needs/:needId/state',
    {
      schema: schemaOf('settleNeed', 'Say that a need is met, dropped, or open again', {
        params: Type.Object({ id, needId: id }, strict),
        body: NeedStateForm,
      }),
      config: write,
    },
    async (request) =>
      change(request, parts, 'household.need-settled', async (tx, householdId) => {
        const done = await settleNeed(
          tx,
          { id: request.params.needId, householdId },
          request.body.state,
        )
        if (!done) throw problem(platformProblems, 'not-found')
        if (done === 'settled') throw problem(assessmentProblems, 'assessment-need-settled')
      }),
  )
}

type OfHousehold = FastifyRequest & Readonly<{ params: Readonly<{ id: number }> }>

/** One step of a household's assessment, noted and answered with what stands after it. */
async function change(
  request: FastifyRequest<{ Params: { id: number } }> | OfHousehold,
  parts: AssessmentParts,
  action: string,
  work: (tx: Tx, householdId: number) => Promise<unknown>,
): Promise<HouseholdAssessment> {
  return request.transact(async (tx) => {
    const household = await householdToAssess(tx, request.params.id)
    // What is kept of the answer under a key is that it is done: what people wrote lies sealed, and nowhere else.
    await once(tx, request, async () => {
      await work(tx, household.id)
      await audit(tx, {
        action,
        subject: `household:${household.id}`,
        householdId: household.id,
        areaId: household.area.id,
        fields: ['assessments'],
        requestId: request.id,
      })
    })
    return shown(tx, request, household, parts)
  })
}

async function shown(
  tx: Tx,
  request: Pick<FastifyRequest, 'caller'>,
  household: HouseholdRecord,
  { clock, cipher, packInForce }: AssessmentParts,
): Promise<HouseholdAssessment> {
  const { facts } = await packInForce(tx)
  const { may } = request.caller
  return showAssessment(tx, household, { cipher, today: clock.today(), facts, may })
}

const facing = ({ cipher, clock }: AssessmentParts) => ({ cipher, today: clock.today() })

function inFuture(field: string) {
  const message = '不能晚于今天'
  return problem(assessmentProblems, 'assessment-invalid', message, [
    { path: `/body/${field}`, message },
  ])
}

function schemaOf<P extends TObject, B extends TObject>(
  operationId: string,
  summary: string,
  { params: of, body }: { params: P; body: B },
) {
  return { operationId, tags: ['assessments'], summary, params: of, body, response }
}
