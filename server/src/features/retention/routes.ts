import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Jobs } from '../../platform/jobs.ts'
import {
  clockStarts,
  type RetentionClass,
  retentionClasses,
  type RetentionRules,
} from '../households/retention.ts'
import { dryRunRoutes } from './dry-run-routes.ts'
import { erasureRoutes } from './erasure-routes.ts'
import { holdRoutes } from './hold-routes.ts'
import { refuseSeconded } from './keepers.ts'
import { retentionProblems } from './problems.ts'
import { type PastTerm, readTermHistory, readTerms, stateTerms } from './queries.ts'
import { RetentionClassView, RetentionForm, RetentionHistoryView } from './views.ts'

export type RetentionParts = Readonly<{ clock: Clock; jobs: Jobs; rules: RetentionRules }>

const params = Type.Object({ classId: Type.String({ maxLength: 40 }) })

export function retentionRoutes(app: App, parts: RetentionParts): void {
  listRoute(app, parts)
  stateRoute(app, parts)
  historyRoute(app)
  dryRunRoutes(app, parts)
  holdRoutes(app)
  erasureRoutes(app, parts)
}

function listRoute(app: App, { rules }: RetentionParts): void {
  app.get(
    '/retention',
    {
      schema: {
        operationId: 'listRetention',
        tags: ['retention'],
        summary:
          'The classes of records, what starts their clocks, and for how long each is kept by whose word',
        response: { 200: Type.Object({ items: Type.Array(RetentionClassView) }) },
      },
      config: { may: 'retention.read' },
    },
    async (request) => {
      refuseSeconded(request.caller)
      const terms = await request.transact(readTerms)
      const ids = Object.keys(retentionClasses) as RetentionClass[]
      return { items: ids.map((id) => classView(id, rules, terms.get(id))) }
    },
  )
}

function stateRoute(app: App, { rules }: RetentionParts): void {
  app.put(
    '/retention/:classId',
    {
      schema: {
        operationId: 'stateRetention',
        tags: ['retention'],
        summary: 'Confirm for how long a class is kept and on what; what stood before is kept',
        params,
        body: RetentionForm,
        response: { 200: RetentionClassView },
      },
      config: { may: 'retention.write' },
    },
    async (request) => {
      refuseSeconded(request.caller)
      const id = classCalled(request.params.classId)
      const { seen, ...stated } = request.body
      return request.transact((tx) =>
        once(tx, request, async () => {
          const done = await stateTerms(tx, id, stated, seen).catch(tooShort)
          if (!done) throw problem(retentionProblems, 'retention-changed')
          await audit(tx, {
            action: 'retention.stated',
            subject: `retention:${id}`,
            detail: stated,
            requestId: request.id,
          })
          return classView(id, rules, (await readTerms(tx)).get(id))
        }),
      )
    },
  )
}

function historyRoute(app: App): void {
  app.get(
    '/retention/:classId/history',
    {
      schema: {
        operationId: 'getRetentionHistory',
        tags: ['retention'],
        summary: 'What was ever confirmed of a class, by whom and on what',
        params,
        response: { 200: RetentionHistoryView },
      },
      config: { may: 'retention.read' },
    },
    async (request) => {
      refuseSeconded(request.caller)
      const id = classCalled(request.params.classId)
      return { items: await request.transact((tx) => readTermHistory(tx, id)) }
    },
  )
}

function classCalled(id: string): RetentionClass {
  if (!Object.hasOwn(retentionClasses, id)) throw problem(retentionProblems, 'no-such-class')
  return id as RetentionClass
}

function tooShort(error: { constraint?: string }): never {
  const short = ['retention_at_least', 'retention_some_time'].includes(error.constraint ?? '')
  if (short) throw problem(retentionProblems, 'retention-too-short')
  throw error
}

/** What becomes of most of a class; what is not reduced of a class that is, is only on its way. */
function endOf(id: RetentionClass, rules: RetentionRules): 'deleted' | 'reduced' {
  const reduced = Object.values(rules).some((rule) => rule.ends === 'reduced' && rule.class === id)
  return reduced ? 'reduced' : 'deleted'
}

function classView(id: RetentionClass, rules: RetentionRules, term: PastTerm | undefined) {
  const { name, en, starts, least, waits } = retentionClasses[id]
  return {
    id,
    name,
    en,
    starts: clockStarts[starts].name,
    startsEn: clockStarts[starts].en,
    least: least && { ...least },
    waits,
    ends: endOf(id, rules),
    term: term ?? null,
  }
}
