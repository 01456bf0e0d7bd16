import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { enqueueErasure } from './enqueue-erasure.ts'
import { stepsOf } from './erasure.ts'
import {
  askErasure,
  decideErasure,
  type Erasure,
  listErasures,
  listStubs,
  personInSight,
  refuseBlocked,
} from './erasures.ts'
import { refuseSeconded } from './keepers.ts'
import { DecisionForm, ErasureForm, ErasureView, StubListView } from './views.ts'

type Parts = Readonly<{ clock: Clock; jobs: Jobs }>

const strict = { additionalProperties: false } as const

export function erasureRoutes(app: App, parts: Parts): void {
  listRoute(app)
  askRoute(app, parts)
  decideRoute(app, parts)
  stubsRoute(app)
}

function listRoute(app: App): void {
  app.get(
    '/erasures',
    {
      schema: {
        operationId: 'listErasures',
        tags: ['retention'],
        summary: 'What was asked to be erased, who confirmed it and how far it has come',
        response: { 200: Type.Object({ items: Type.Array(ErasureView) }) },
      },
      config: { may: 'retention.read' },
    },
    async (request) => {
      refuseSeconded(request.caller)
      return { items: (await request.transact((tx) => listErasures(tx))).map(view) }
    },
  )
}

function askRoute(app: App, { clock }: Parts): void {
  app.post(
    '/erasures',
    {
      schema: {
        operationId: 'askErasure',
        tags: ['retention'],
        summary: 'Ask for what has run out, or for one person, to be erased; another confirms it',
        body: ErasureForm,
        response: { 200: ErasureView },
      },
      config: { may: 'retention.write' },
    },
    async (request) => {
      refuseSeconded(request.caller)
      return request.transact((tx) =>
        once(tx, request, async () => {
          const { personId, basis } = request.body
          const day = clock.today()
          const home = personId === null ? null : await personInSight(tx, personId)
          if (home === undefined) throw problem(platformProblems, 'not-found')
          if (personId !== null) await refuseBlocked(tx, personId, day)
          const id = await askErasure(tx, { personId, day, basis })
          await audit(tx, {
            action: 'retention.erasure-asked',
            subject: `erasure:${id}`,
            ...(home === null ? {} : { householdId: home }),
            detail: { personId, day },
            requestId: request.id,
          })
          return readOne(tx, id)
        }),
      )
    },
  )
}

function decideRoute(app: App, { clock, jobs }: Parts): void {
  app.post(
    '/erasures/:erasureId/decision',
    {
      schema: {
        operationId: 'decideErasure',
        tags: ['retention'],
        summary: 'Confirm what somebody else asked to erase, or withdraw it',
        params: Type.Object({ erasureId: Type.Integer({ minimum: 1 }) }),
        body: DecisionForm,
        response: { 200: ErasureView },
      },
      config: { may: 'retention.write' },
    },
    async (request) => {
      refuseSeconded(request.caller)
      return request.transact((tx) =>
        once(tx, request, async () => {
          const { erasureId } = request.params
          const confirmed = request.body.decision === 'confirm'
          const { personId, state } = await readOne(tx, erasureId)
          if (confirmed && personId !== null && state === 'asked')
            await refuseBlocked(tx, personId, clock.today())
          await decideErasure(tx, erasureId, confirmed)
          if (confirmed) await enqueueErasure(tx, jobs, erasureId)
          await audit(tx, {
            action: confirmed ? 'retention.erasure-confirmed' : 'retention.erasure-withdrawn',
            subject: `erasure:${erasureId}`,
            requestId: request.id,
          })
          return readOne(tx, erasureId)
        }),
      )
    },
  )
}

function stubsRoute(app: App): void {
  app.get(
    '/erasure-stubs',
    {
      schema: {
        operationId: 'listErasureStubs',
        tags: ['retention'],
        summary: 'What remains of erased records, the latest first',
        querystring: Type.Object(
          {
            page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
            size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
          },
          strict,
        ),
        response: { 200: StubListView },
      },
      config: { may: 'retention.read' },
    },
    async (request) => {
      refuseSeconded(request.caller)
      const { page = 1, size = 50 } = request.query
      const list = await request.transact((tx) => listStubs(tx, { page, size }))
      return { ...list, page, size }
    },
  )
}

/** @throws Problem `not-found` */
async function readOne(tx: Tx, id: number): Promise<ReturnType<typeof view>> {
  const [erasure] = await listErasures(tx, id)
  if (!erasure) throw problem(platformProblems, 'not-found')
  return view(erasure)
}

const view = (erasure: Erasure) => ({ ...erasure, steps: [...stepsOf(erasure)] })
