import { setTimeout as sleep } from 'node:timers/promises'
import { dayFromText, type Pack } from '@qiao/rules'
import { sql } from 'kysely'
import { Type } from 'typebox'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { factsForMatching } from '../consents/matching-facts.ts'
import { mayRead, sensitivityOf } from '../households/household.ts'
import { factFields, noteRead } from '../households/note-read.ts'
import { readerOf, readHousehold } from '../households/queries.ts'
import { knownTo } from './clinical.ts'
import { type ExplanationOf, explanationOf } from './explanation.ts'
import type { Matching } from './matching.ts'
import { eligibilityProblems } from './problems.ts'
import { lastComparison, listRuns } from './queries.ts'
import { type Asked, togetherRoutes } from './together-routes.ts'
import { ExplanationView, RunListView } from './views.ts'

export type EligibilityParts = Readonly<{
  clock: Clock
  packInForce: (tx: Tx) => Promise<Pack>
  matching: Matching
  onError: (error: unknown) => void
}>

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export function eligibilityRoutes(app: App, parts: EligibilityParts): void {
  explanationRoute(app, parts)
  togetherRoutes(app, (request, action) => askedOf(request, parts, action))
  app.get(
    '/runs',
    {
      schema: {
        operationId: 'listRuns',
        tags: ['eligibility'],
        summary: 'Matching runs over the district, newest first; the one under way heads the list',
        querystring: Type.Object(
          {
            page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1 })),
            size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: RunListView },
      },
      config: { may: 'runs.read' },
    },
    async (request) => {
      const { page = 1, size = 20 } = request.query
      return request.transact(async (tx) => {
        const pack = await parts.packInForce(tx)
        const { items, total } = await listRuns(tx, pack, { page, size })
        return { items, comparison: await lastComparison(tx), total, page, size }
      })
    },
  )
  app.post(
    '/runs',
    {
      schema: {
        operationId: 'startRun',
        tags: ['eligibility'],
        summary: 'Evaluate the whole district now',
        body: Type.Object({}, { additionalProperties: false }),
        response: { 202: Type.Object({ started: Type.Boolean() }) },
      },
      config: { may: 'runs.write' },
    },
    async (request, reply) => {
      if (parts.matching.progress()) throw problem(eligibilityProblems, 'run-under-way')
      const { opened, done } = parts.matching.begin('by hand')
      done.catch(parts.onError)
      await request.transact((tx) => audit(tx, { action: 'run.started' }))
      // Where another process leads a run, this one begins after it.
      await Promise.race([opened, done.catch(() => {}), sleep(2000, undefined, { ref: false })])
      return reply.code(202).send({ started: true })
    },
  )
}

function explanationRoute(app: App, parts: EligibilityParts): void {
  app.get(
    '/households/:id/explanation',
    {
      schema: {
        operationId: 'explainHousehold',
        tags: ['eligibility'],
        summary: 'What every programme says to a household, condition by condition',
        params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
        querystring: Type.Object({ on: Type.Optional(Day) }, { additionalProperties: false }),
        response: { 200: ExplanationView },
      },
      config: { may: 'households.read' },
    },
    async (request) => explanationOf(await askedOf(request, parts, 'household.explanation-read')),
  )
}

/**
 * The household a request is about, as a run reads it on its day. Signs of need that the reader may
 * not see count all the same, clinical facts do not.
 *
 * @throws Problem `not-found` also outside the reader's area, `invalid-request` for a day that is none,
 *   `matching-objected` where the household wants no matching
 */
async function askedOf(
  request: Asked,
  { clock, packInForce, matching }: EligibilityParts,
  action: string,
): Promise<ExplanationOf> {
  const { id } = request.params
  const on = request.query.on ?? clock.today()
  if (dayFromText(on) === null) {
    throw problem(platformProblems, 'invalid-request', `没有 ${on} 这一天。`, [
      { path: '/query/on', message: '没有这一天' },
    ])
  }
  const reader = await request.transact(async (tx) => {
    const found = await readHousehold(tx, id)
    if (!found) throw problem(platformProblems, 'not-found')
    const asking = await readerOf(tx, found.area.id)
    const fields = ['members', ...factFields(asking), 'verdicts', 'amounts'] as const
    await noteRead(tx, { action, householdId: id, fields, detail: { on } })
    return { ...asking, areaId: found.area.id }
  })
  return matching.asProgram(async (tx) => {
    const pack = await packInForce(tx)
    const { household, ...known } = await factsForMatching(tx, id, on)
    return {
      pack,
      on,
      areaId: reader.areaId,
      ...known,
      ...knownTo(reader, pack, household),
      memberNames: await memberNames(tx, id),
      mayRead: (fact) => mayRead(sensitivityOf(fact), reader),
    }
  })
}

async function memberNames(tx: Tx, householdId: number): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from app.person where household_id = ${householdId}`.execute(tx)
  return new Map(rows.map(({ id, name }) => [String(id), name]))
}
