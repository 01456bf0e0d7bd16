import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { indicatorIds, weightsProblem } from './assessment.ts'
import { basisPoints, criticWeights } from './critic.ts'
import { assessmentProblems } from './problems.ts'
import { decideWeights, proposeWeights, readDataSet, readWeights } from './weight-queries.ts'
import { WeightsDecisionForm, WeightsForm, WeightsView } from './weight-views.ts'

type Parts = Readonly<{ clock: Clock }>
const response = { 200: WeightsView }
type Caller = Readonly<{ may: readonly string[]; areaLevel: string }>

/** How much each indicator weighs: proposed by one of the district, put into force by another. 权重版本 */
export function weightRoutes(app: App, parts: Parts): void {
  app.get(
    '/weights',
    {
      schema: {
        operationId: 'listWeights',
        tags: ['assessments'],
        summary: 'Every version of the weights, the latest first',
        response,
      },
      config: { may: 'weights.read' },
    },
    async (request) => request.transact((tx) => weightsFor(tx, request.caller)),
  )
  proposeRoute(app, parts)
  decideRoute(app)
}

function proposeRoute(app: App, { clock }: Parts): void {
  app.post(
    '/weights',
    {
      schema: {
        operationId: 'proposeWeights',
        tags: ['assessments'],
        summary: 'Propose weights, stated or worked out by CRITIC from confirmed assessments',
        body: WeightsForm,
        response,
      },
      config: { may: 'weights.write' },
    },
    async (request) => {
      refuseLentOut(request.caller)
      return request.transact((tx) =>
        once(tx, request, async () => {
          const { body } = request
          const worked = body.method === 'critic' ? await byCritic(tx, clock.today()) : null
          const proposal = {
            ...body,
            weights: worked?.weights ?? body.weights,
            source: body.source.trim(),
          }
          const wrong = weightsProblem(proposal)
          if (wrong !== undefined) throw problem(assessmentProblems, 'weights-invalid', wrong)
          const id = await proposeWeights(tx, { ...proposal, data: worked?.data ?? null })
          await audit(tx, {
            action: 'weights.proposed',
            subject: `weights:${id}`,
            requestId: request.id,
          })
          return weightsFor(tx, request.caller)
        }),
      )
    },
  )
}

function decideRoute(app: App): void {
  app.post(
    '/weights/:weightsId/decision',
    {
      schema: {
        operationId: 'decideWeights',
        tags: ['assessments'],
        summary: 'Put proposed weights into force or refuse them, by another than proposed them',
        params: Type.Object(
          { weightsId: Type.Integer({ minimum: 1 }) },
          { additionalProperties: false },
        ),
        body: WeightsDecisionForm,
        response,
      },
      config: { may: 'weights.write' },
    },
    async (request) => {
      refuseLentOut(request.caller)
      return request.transact((tx) =>
        once(tx, request, async () => {
          const { weightsId } = request.params
          const { decision, because } = request.body
          const one = (await readWeights(tx)).find(({ id }) => id === weightsId)
          if (!one) throw problem(platformProblems, 'not-found')
          if (one.own && one.state === 'proposed') throw problem(assessmentProblems, 'weights-own')
          if (decision === 'refused' && because === undefined)
            throw problem(assessmentProblems, 'weights-invalid', '不同意要说明理由')
          const whyNot = decision === 'refused' ? (because ?? '').trim() : null
          if (!(await decideWeights(tx, weightsId, whyNot)))
            throw problem(assessmentProblems, 'weights-decided')
          await audit(tx, {
            action: decision === 'approved' ? 'weights.approved' : 'weights.refused',
            subject: `weights:${weightsId}`,
            requestId: request.id,
          })
          return weightsFor(tx, request.caller)
        }),
      )
    },
  )
}

async function byCritic(tx: Tx, day: string) {
  const { rows, hash } = await readDataSet(tx)
  const shares = rows.length < 2 ? [] : criticWeights(rows)
  if (shares.every((share) => share === 0))
    throw problem(assessmentProblems, 'weights-without-data')
  return { weights: basisPoints(shares), data: { hash, rows: rows.length, day } }
}

async function weightsFor(tx: Tx, { may, areaLevel }: Caller) {
  const items = (await readWeights(tx)).map((one) => ({ ...one, weights: [...one.weights] }))
  return {
    indicators: [...indicatorIds],
    items,
    may: { write: may.includes('weights.write') && areaLevel === 'district' },
  }
}

/** Weights are of the district, not of staff lent to a township; the database asks the same. */
function refuseLentOut({ areaLevel }: Readonly<{ areaLevel: string }>): void {
  if (areaLevel !== 'district') throw problem(platformProblems, 'forbidden')
}
