import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { factsFor, readCatalogue, type Signal } from './catalogue.ts'
import { makeReady, sensitivityOfReads } from './feel.ts'
import { warningProblems } from './problems.ts'
import { rulesInForce, stateRule, type StatedRule } from './rules-in-force.ts'
import { feelOf } from './settle.ts'
import { listSignals } from './signal-queries.ts'
import { ExpectedView, SignalListView, SignalRuleForm } from './views.ts'
import type { ReviewLimits } from './warning.ts'
import { expectedOf, type WatchParts } from './watch.ts'

export type SignalParts = Readonly<{ watch: WatchParts; jobs: Jobs; review: ReviewLimits }>

const strict = { additionalProperties: false } as const
const params = Type.Object({ signalId: Type.String({ maxLength: 10 }) }, strict)
const Rule = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })

/** The catalogue of signals, and by which rules they raise warnings: 预警信号. */
export function signalRoutes(app: App, parts: SignalParts): void {
  app.get(
    '/warning-signals',
    {
      schema: {
        operationId: 'listSignals',
        tags: ['warnings'],
        summary: 'The catalogue of signals with their rules and how often each was right',
        response: { 200: SignalListView },
      },
      config: { may: 'warning-signals.read' },
    },
    async (request) => request.transact((tx) => listed(tx, request.caller.may, parts)),
  )
  app.get(
    '/warning-signals/:signalId/expected',
    {
      schema: {
        operationId: 'expectWarnings',
        tags: ['warnings'],
        summary: 'How many households a rule would raise a warning for today, by township',
        params,
        querystring: Type.Object(
          {
            rule: Type.Optional(Rule),
            redRule: Type.Optional(Rule),
            freshDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
          },
          strict,
        ),
        response: { 200: ExpectedView },
      },
      config: { may: 'warning-signals.write' },
    },
    async (request) => {
      const signal = await signalCalled(request.params.signalId)
      const asked = request.query.rule === undefined ? shippedOf(signal) : request.query
      const { rule, redRule = null, freshDays = null } = asked
      const stated = { rule: rule ?? '', redRule, freshDays }
      const sensitivity = await request.transact((tx) => checked(tx, signal, stated, parts))
      const found = await expectedOf(parts.watch, ruleOf(signal, { ...stated, sensitivity }))
      return request.transact(async (tx) => {
        await audit(tx, {
          action: 'warning.expected',
          subject: `signal:${signal.id}`,
          requestId: request.id,
          detail: stated,
        })
        return {
          signal: signal.id,
          total: found.households.length,
          red: found.households.filter(({ severity }) => severity === 'red').length,
          townships: await byTownship(tx, found.households),
        }
      })
    },
  )
  app.put(
    '/warning-signals/:signalId',
    {
      schema: {
        operationId: 'stateSignalRule',
        tags: ['warnings'],
        summary: 'Switch the rule of a signal on or off from a day on, and say what it rests on',
        params,
        body: SignalRuleForm,
        response: { 200: SignalListView },
      },
      config: { may: 'warning-signals.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { version, ...wish } = request.body
          const signal = await signalCalled(request.params.signalId)
          if (wish.from < parts.watch.clock.today())
            throw problem(warningProblems, 'signal-day-past')
          const sensitivity = await checked(tx, signal, wish, parts)
          if (!(await stateRule(tx, signal.id, { ...wish, sensitivity }, version)))
            throw problem(warningProblems, 'signal-changed')
          await audit(tx, {
            action: 'warning.rule-stated',
            subject: `signal:${signal.id}`,
            requestId: request.id,
            detail: wish,
          })
          await parts.jobs.enqueue(tx, 'warnings.rules-changed', {})
          return listed(tx, request.caller.may, parts)
        }),
      ),
  )
}

async function listed(
  tx: Tx,
  may: readonly string[],
  { watch, review }: SignalParts,
): Promise<Static<typeof SignalListView>> {
  const [catalogue, today] = [await readCatalogue(), watch.clock.today()]
  const { feel } = feelOf(await rulesInForce(tx, today), catalogue)
  const ready = makeReady(feel, factsFor(await watch.packInForce(tx), catalogue), today)
  const unfit = new Set('wrong' in ready ? ready.wrong.map(({ name }) => name.slice(0, 3)) : [])
  const items = await listSignals(tx, catalogue, { today, review, unfit })
  return { items, review, may: may.includes('warning-signals.write') ? ['state'] : [] }
}

/** @throws Problem `not-found`, or `signal-not-by-rule` where it is raised in another way */
async function signalCalled(id: string): Promise<Signal> {
  const signal = (await readCatalogue()).signals.find((one) => one.id === id)
  if (!signal) throw problem(platformProblems, 'not-found')
  if (signal.kind !== 'rule') throw problem(warningProblems, 'signal-not-by-rule')
  return signal
}

type Asked = Readonly<{ rule: string; redRule: string | null; freshDays: number | null }>

function shippedOf({ rule = '', redRule, freshDays }: Signal): Asked {
  return { rule, redRule: redRule ?? null, freshDays: freshDays ?? null }
}

/**
 * The class of the most sensitive fact that the rule reads.
 *
 * @throws Problem `signal-rule-wrong` with each mistake and where it stands
 */
async function checked(
  tx: Tx,
  { id, entity = 'household' }: Signal,
  { rule, redRule }: Pick<Asked, 'rule' | 'redRule'>,
  { watch }: SignalParts,
): Promise<StatedRule['sensitivity']> {
  const rules = [
    { name: 'rule', entity, feel: rule },
    ...(redRule === null ? [] : [{ name: 'redRule', entity, feel: redRule }]),
  ]
  const facts = factsFor(await watch.packInForce(tx), await readCatalogue())
  const ready = makeReady(rules, facts, watch.clock.today())
  if ('wrong' in ready) {
    const errors = ready.wrong.map(({ name, message, offset }) => ({
      path: `/body/${name === '' ? 'rule' : name}`,
      message: offset === null ? message : `第 ${offset + 1} 个字起：${message}`,
    }))
    throw problem(warningProblems, 'signal-rule-wrong', `${id} 的规则读不懂。`, errors)
  }
  return sensitivityOfReads(ready.reads.flat())
}

function ruleOf(
  { id, severity }: Signal,
  asked: Asked & Pick<StatedRule, 'sensitivity'>,
): StatedRule {
  return { ...asked, id: 0, signal: id, on: true, severity, from: '', source: '', proposed: true }
}

async function byTownship(
  tx: Tx,
  households: readonly Readonly<{ areaId: string }>[],
): Promise<Static<typeof ExpectedView>['townships']> {
  const counts = Map.groupBy(households, ({ areaId }) => areaId.slice(0, 9))
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from app.area where level = 'township' order by id`.execute(tx)
  return rows.map(({ id, name }) => ({ id, name, count: counts.get(id)?.length ?? 0 }))
}
