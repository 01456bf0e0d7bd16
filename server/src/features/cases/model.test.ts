import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import {
  afterStep,
  type CaseStanding,
  type CaseStep,
  caseSteps,
  type GoalState,
  hindrance,
  isDecision,
} from './case.ts'

/** Random steps by random people through the API: what the model lets happen happens, and nothing else. */

const people = { advisor: 'advisor', clerk: 'township', colleague: 'township' } as const
type Who = keyof typeof people
const names = Object.keys(people) as Who[]
const runs = Number(process.env.QIAO_PROPERTY_RUNS ?? 10)

let running: RunningQiao
const tokens = {} as Record<Who, { token: string; staffId: string }>
let last = 0
beforeAll(async () => {
  running = await runQiao()
  const { owner } = running.db
  for (const who of names) {
    const areaId = people[who] === 'advisor' ? '310118001001' : '310118001'
    tokens[who] = await running.db.sessionFor({ role: people[who], areaId, name: who })
  }
  await owner.pool.query(
    `insert into app.duty (staff_id, area_id, kind, valid_from) values ($1, '310118001001', 'advisor-of-area', '2024-01-01')`,
    [tokens.advisor.staffId],
  )
  await owner.pool.query(`insert into app.household (id, area_id, register_no, address)
    select n, '310118001001', 'QP-' || n, '某路' from generate_series(1, ${runs * 3}) n`)
}, 120_000)
afterAll(() => running.close())

const call = (who: Who, line: Parameters<typeof ask>[1], body?: object) =>
  ask(running.http, line, { token: tokens[who].token, ...(body ? { body } : {}) })

type Model = CaseStanding & {
  submittedBy: Who | null
  closingAskedBy: Who | null
  goals: { state: GoalState }[]
}
const words = {
  text: '情况已记录',
  agreedHow: 'signed',
  closingReason: 'goals-met',
  householdWord: '没有意见',
}

/** What becomes of the case, null where the step must be refused. */
function expected(model: Model, who: Who, step: CaseStep): Model | null {
  if (isDecision(step) && people[who] === 'advisor') return null
  if (step === 'approve' && model.submittedBy === who) return null
  if (step === 'close' && model.closingAskedBy === who) return null
  const closingReason = step === 'ask-closing' ? 'goals-met' : model.closingReason
  const after = afterStep({ ...model, closingReason }, step)
  if (!after || hindrance(step, model.goals)) return null
  const goals = model.goals.map((goal) =>
    step === 'approve' && goal.state === 'proposed' ? { state: 'in-progress' as const } : goal,
  )
  return {
    ...model,
    ...after,
    goals,
    submittedBy: step === 'submit' ? who : model.submittedBy,
    closingAskedBy: step === 'ask-closing' ? who : model.closingAskedBy,
  }
}

/** A clock runs exactly while somebody owes the next step. */
function owes({ state }: Model): boolean {
  return ['open', 'assessing', 'planning', 'submitted', 'closing', 'follow-up'].includes(state)
}

async function runningClocks(id: number): Promise<number> {
  const { rows } = await running.db.owner.pool.query<{ count: number }>(
    `select count(*)::int as count from app.clock where subject = 'case' and subject_id = $1 and ended_at is null`,
    [id],
  )
  return rows[0]?.count ?? 0
}

const anyAct = fc.record({
  who: fc.constantFrom(...names),
  // Goals are written and settled in between, so that plans and closings come about.
  act: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...caseSteps) },
    { weight: 2, arbitrary: fc.constantFrom('goal' as const, 'settle' as const) },
  ),
})

test('random steps by random people do what the model says, skip no approval and lose no clock', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 10, maxLength: 40 }), async (acts) => {
      last += 1
      const opened = await call('advisor', `POST /api/households/${last}/cases`, {
        cause: 'request',
        text: '自己来求助',
      })
      const { id } = opened.body
      let { version } = opened.body
      let model: Model = {
        state: 'open',
        resumesTo: null,
        urgent: false,
        closingReason: null,
        submittedBy: null,
        closingAskedBy: null,
        goals: [],
      }
      for (const { who, act } of acts) {
        const goal = model.goals.findIndex(({ state }) =>
          ['proposed', 'in-progress'].includes(state),
        )
        if (act === 'goal' || act === 'settle') {
          const { goals } = (await call('clerk', `GET /api/cases/${id}`)).body
          const may = act === 'goal' ? model.state === 'planning' : isServed(model) && goal >= 0
          const { status, body } =
            act === 'goal'
              ? await call(who, `POST /api/cases/${id}/goals`, { ...written, version })
              : await call(
                  who,
                  `POST /api/cases/${id}/goals/${goals[goal]?.id ?? 999_999}/outcome`,
                  {
                    state: 'done',
                    outcome: '已达到',
                    version,
                  },
                )
          expect([act, status === 200]).toEqual([act, may])
          if (!may) continue
          if (act === 'goal') model.goals.push({ state: 'proposed' })
          else model.goals[goal] = { state: 'done' }
          version = body.version
          continue
        }
        const next = expected(model, who, act)
        const door = isDecision(act) ? 'decisions' : 'steps'
        const sent = isDecision(act) ? { text: words.text } : words
        const { status, body } = await call(who, `POST /api/cases/${id}/${door}`, {
          step: act,
          ...sent,
          version,
        })
        expect([who, act, model.state, status === 200]).toEqual([
          who,
          act,
          model.state,
          next !== null,
        ])
        if (!next) continue
        model = next
        version = body.version
        const { state, urgent, resumesTo } = body
        expect({ state, urgent, resumesTo }).toEqual({
          state: model.state,
          urgent: model.urgent,
          resumesTo: model.resumesTo,
        })
      }
      expect(await runningClocks(id)).toBe(owes(model) ? 1 : 0)
    }),
    { numRuns: runs },
  )
}, 240_000)

const written = {
  text: '按月服药',
  measure: '连续三个月按时取药',
  means: 'own',
  owner: 'household',
  dueOn: '2025-12-31',
}
const isServed = ({ state }: Model) =>
  ['planning', 'submitted', 'in-service', 'reviewing'].includes(state)
