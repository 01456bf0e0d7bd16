import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import { type Clock, instantOn } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { pauseClock, resumeClock } from './clock-queries.ts'
import { ClockView, ToldClocksView } from './clock-views.ts'
import { clockProblems } from './problems.ts'
import { readClock, toldClocks } from './read-clocks.ts'

type Parts = Readonly<{ clock: Clock }>
const strict = { additionalProperties: false } as const
const params = Type.Object({ id: Type.Integer({ minimum: 1 }) }, strict)

/** How long things may still take, and what happened to each clock: 时限. */
export function clockRoutes(app: App, parts: Parts): void {
  readRoutes(app, parts)
  writeRoutes(app, parts)
}

const nowOf = ({ clock }: Parts) => instantOn(clock.today())

function readRoutes(app: App, parts: Parts): void {
  app.get(
    '/clocks',
    {
      schema: {
        operationId: 'listToldClocks',
        tags: ['clocks'],
        summary:
          'What the caller was reminded of or got from below and what still runs, the first that was over first',
        response: { 200: ToldClocksView },
      },
      config: { may: 'clocks.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const list = await toldClocks(tx, nowOf(parts), 200)
        await audit(tx, {
          action: 'clock.list',
          requestId: request.id,
          detail: { shown: list.items.map(({ householdId }) => householdId) },
        })
        return list
      }),
  )
  app.get(
    '/clocks/:id',
    {
      schema: {
        operationId: 'getClock',
        tags: ['clocks'],
        summary: 'One clock with everything that happened to it, the latest first',
        params,
        response: { 200: ClockView },
      },
      config: { may: 'clocks.read' },
    },
    async (request) =>
      request.transact((tx) => shown(tx, request, { ...parts, action: 'clock.read' })),
  )
}

function writeRoutes(app: App, parts: Parts): void {
  app.post(
    '/clocks/:id/pause',
    {
      schema: {
        operationId: 'pauseClock',
        tags: ['clocks'],
        summary: 'Let a clock stand still while it waits for the person, and say why',
        params,
        body: Type.Object(
          { because: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S\\s*\\S' }) },
          strict,
        ),
        response: { 200: ClockView },
      },
      config: { may: 'clocks.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { id } = request.params
          const because = request.body.because.trim()
          const { may } = await inSight(tx, request, parts)
          if (!may.includes('pause') || !(await pauseClock(tx, { id, because, at: nowOf(parts) })))
            throw problem(clockProblems, 'clock-not-running')
          return shown(tx, request, { ...parts, action: 'clock.paused' })
        }),
      ),
  )
  app.post(
    '/clocks/:id/resumption',
    {
      schema: {
        operationId: 'resumeClock',
        tags: ['clocks'],
        summary: 'Let a clock go on: the person has answered, or it no longer waits for them',
        params,
        body: Type.Object({}, strict),
        response: { 200: ClockView },
      },
      config: { may: 'clocks.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          await inSight(tx, request, parts)
          if (!(await resumeClock(tx, { id: request.params.id, at: nowOf(parts) })))
            throw problem(clockProblems, 'clock-not-paused')
          return shown(tx, request, { ...parts, action: 'clock.resumed' })
        }),
      ),
  )
}

type OfClock = FastifyRequest & { params: Static<typeof params> }

async function inSight(tx: Tx, request: OfClock, parts: Parts): Promise<Static<typeof ClockView>> {
  const { may } = request.caller
  const found = await readClock(tx, request.params.id, { at: nowOf(parts), may })
  if (!found) throw problem(platformProblems, 'not-found')
  return found
}

/** The clock as it is now, noted as looked at. */
async function shown(tx: Tx, request: OfClock, { action, ...parts }: Parts & { action: string }) {
  const found = await inSight(tx, request, parts)
  await audit(tx, {
    action,
    subject: `clock:${found.id}`,
    householdId: found.householdId,
    areaId: found.areaId,
    requestId: request.id,
  })
  return found
}
