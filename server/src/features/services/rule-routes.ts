import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { serviceProblems } from './problems.ts'
import { endSeason, readRules, readSeasons, stateRule, stateSeason } from './rule-queries.ts'
import { VisitRuleForm, VisitRulesView, VisitSeasonForm } from './rule-views.ts'
import { daysUntil, ruleKeys } from './rhythm.ts'
import { strict } from './views.ts'

type Parts = Readonly<{ clock: Clock; jobs: Jobs }>
const response = { 200: VisitRulesView }

/** How often households are contacted and visited, and the seasons of doing it more often: 走访频次. */
export function visitRuleRoutes(app: App, parts: Parts): void {
  app.get(
    '/visit-rules',
    {
      schema: {
        operationId: 'listVisitRules',
        tags: ['services'],
        summary: 'How often households are contacted and visited, on what that rests, and seasons',
        response,
      },
      config: { may: 'visit-rules.read' },
    },
    async (request) => request.transact((tx) => shown(tx, request, parts)),
  )
  app.put(
    '/visit-rules/:key',
    {
      schema: {
        operationId: 'stateVisitRule',
        tags: ['services'],
        summary: 'State how often from a day on; what stood before is kept',
        params: Type.Object({ key: Type.String({ maxLength: 40 }) }, strict),
        body: VisitRuleForm,
        response,
      },
      config: { may: 'visit-rules.write' },
    },
    async (request) =>
      write(request, parts, async (tx) => {
        const key = ruleKeys.find((one) => one === request.params.key)
        if (!key) throw problem(platformProblems, 'not-found')
        const stated = { ...request.body, source: request.body.source.trim() }
        if (!stated.contact && !stated.visit) throw problem(serviceProblems, 'visit-rule-empty')
        if (!(await stateRule(tx, key, stated)))
          throw problem(serviceProblems, 'visit-rule-changed')
        return { action: 'visit-rule.stated', subject: `visit-rule:${key}`, detail: stated }
      }),
  )
  app.post(
    '/visit-seasons',
    {
      schema: {
        operationId: 'stateVisitSeason',
        tags: ['services'],
        summary: 'State a season in which households are contacted and visited more often',
        body: VisitSeasonForm,
        response,
      },
      config: { may: 'visit-rules.write' },
    },
    async (request) =>
      write(request, parts, async (tx) => {
        const { from, to } = request.body
        if (to < from || daysUntil(to, from) >= 200)
          throw problem(serviceProblems, 'season-days-wrong')
        const season = { ...request.body, because: request.body.because.trim() }
        const id = await stateSeason(tx, season)
        return { action: 'visit-season.stated', subject: `visit-season:${id}`, detail: season }
      }),
  )
  app.post(
    '/visit-seasons/:seasonId/ending',
    {
      schema: {
        operationId: 'endVisitSeason',
        tags: ['services'],
        summary: 'Take a season back',
        params: Type.Object({ seasonId: Type.Integer({ minimum: 1 }) }, strict),
        body: Type.Object({}, strict),
        response,
      },
      config: { may: 'visit-rules.write' },
    },
    async (request) =>
      write(request, parts, async (tx) => {
        const { seasonId } = request.params
        if (!(await endSeason(tx, seasonId))) throw problem(platformProblems, 'not-found')
        return { action: 'visit-season.ended', subject: `visit-season:${seasonId}` }
      }),
  )
}

type Noted = Readonly<{
  action: string
  subject: string
  detail?: Readonly<Record<string, unknown>>
}>

async function write(
  request: FastifyRequest,
  parts: Parts,
  work: (tx: Tx) => Promise<Noted>,
): Promise<Static<typeof VisitRulesView>> {
  return request.transact((tx) =>
    once(tx, request, async () => {
      await audit(tx, { ...(await work(tx)), requestId: request.id })
      // Of every household what is due is worked out anew.
      await parts.jobs.enqueue(tx, 'visit-rules.stated', {}, { singletonKey: 'all' })
      return shown(tx, request, parts)
    }),
  )
}

async function shown(
  tx: Tx,
  request: FastifyRequest,
  { clock }: Parts,
): Promise<Static<typeof VisitRulesView>> {
  return {
    items: await readRules(tx, clock.today()),
    seasons: await readSeasons(tx),
    may: { write: request.caller.may.includes('visit-rules.write') },
  }
}
