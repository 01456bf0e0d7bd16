import { type Static, Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { ClockStandingView } from '../duties/clock-views.ts'
import {
  caseStates,
  caseSteps,
  causes,
  closingReasons,
  decideSteps,
  goalOwners,
  meansKinds,
  settledStates,
  workSteps,
} from './case.ts'

/** What cases answer with. Days are YYYY-MM-DD. */

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
const oneOf = <T extends string>(words: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(words.map((one) => Type.Literal(one))))
const words = classed(nullable(Type.String()), 'free-text')
const day = nullable(Type.String())

const rowOf = (nameClass: 'name' | 'listed-name') => ({
  id: Type.Integer(),
  householdId: Type.Integer(),
  registerNo: Type.String(),
  head: classed(Type.String(), nameClass),
  areaId: Type.String(),
  areaName: Type.String(),
  state: oneOf(caseStates),
  cause: oneOf(causes),
  urgent: Type.Boolean({ description: '紧急保护' }),
  openedOn: Type.String(),
  owner: Type.Object({ id: Type.String(), name: Type.String() }),
  goals: Type.Object({ settled: Type.Integer(), total: Type.Integer() }),
  version: Type.Integer(),
  clock: nullable(ClockStandingView),
})

const CaseRowView = Type.Object(rowOf('listed-name'), { title: 'CaseRow' })

export const CaseListView = Type.Object(
  {
    total: Type.Integer(),
    page: Type.Integer(),
    size: Type.Integer(),
    items: Type.Array(CaseRowView),
    toDecide: Type.Integer({ description: 'Wait for an official who did not ask for it' }),
    mine: Type.Integer({ description: 'In the reader’s hands' }),
  },
  { title: 'CaseList' },
)

const GoalView = Type.Object(
  {
    id: Type.Integer(),
    personId: nullable(Type.Integer()),
    member: classed(nullable(Type.String({ description: 'null: of the whole household' })), 'name'),
    needId: nullable(Type.Integer()),
    text: classed(Type.String(), 'free-text'),
    measure: classed(
      Type.String({ description: 'By what one sees that it is reached' }),
      'free-text',
    ),
    means: oneOf(meansKinds),
    meansRef: nullable(Type.String({ description: 'Programme, service, or a resource in words' })),
    owner: oneOf(goalOwners),
    dueOn: Type.String(),
    state: oneOf(['proposed', 'in-progress', ...settledStates] as const),
    outcome: words,
    settledOn: day,
  },
  { title: 'CaseGoal' },
)

export const CaseView = Type.Object(
  {
    ...rowOf('name'),
    openedBy: Type.String(),
    resumesTo: nullable(Type.String()),
    handedTo: nullable(Type.Object({ id: Type.String(), name: Type.String() })),
    agreedHow: nullable(oneOf(['signed', 'spoken'] as const)),
    agreedOn: day,
    closingReason: nullable(oneOf(closingReasons)),
    householdWord: words,
    closedOn: day,
    goals: Type.Array(GoalView),
    needs: Type.Array(
      Type.Object({
        id: Type.Integer(),
        dimension: Type.String(),
        urgency: Type.String(),
        outcome: classed(Type.String(), 'free-text'),
        planned: Type.Boolean({ description: 'A goal answers it' }),
      }),
      { description: 'Open needs of the household' },
    ),
    members: Type.Array(
      Type.Object({ personId: Type.Integer(), name: classed(Type.String(), 'name') }),
    ),
    events: Type.Array(
      Type.Object({ step: Type.String(), day: Type.String(), by: Type.String(), text: words }),
    ),
    reasonShows: Type.Array(Type.String()),
    may: Type.Array(oneOf([...caseSteps, 'plan-goals', 'settle-goals', 'hand', 'answer'] as const)),
  },
  { title: 'Case' },
)
export type CaseShown = Static<typeof CaseView>

export const HouseholdCasesView = Type.Object(
  {
    householdId: Type.Integer(),
    withheld: Type.Boolean({ description: 'An advisor without a duty for the committee' }),
    items: Type.Array(Type.Object(rowOf('name'), { title: 'HouseholdCase' })),
    mayOpen: Type.Boolean(),
  },
  { title: 'HouseholdCases' },
)

const strict = { additionalProperties: false } as const
const text = (maxLength: number) => Type.String({ minLength: 2, maxLength, pattern: '\\S.*\\S' })
const version = Type.Integer({ minimum: 1, description: 'As last read' })

export const CaseOpeningForm = Type.Object(
  { cause: oneOf(causes), text: text(1000) },
  { title: 'CaseOpeningForm', ...strict },
)
export const CaseWorkForm = Type.Object(
  {
    step: oneOf(workSteps),
    text: Type.Optional(Type.String({ maxLength: 2000 })),
    agreedHow: Type.Optional(oneOf(['signed', 'spoken'] as const)),
    closingReason: Type.Optional(oneOf(closingReasons)),
    householdWord: Type.Optional(Type.String({ maxLength: 1000 })),
    version,
  },
  { title: 'CaseWorkForm', ...strict },
)
export const CaseDecisionForm = Type.Object(
  { step: oneOf(decideSteps), text: Type.Optional(Type.String({ maxLength: 2000 })), version },
  { title: 'CaseDecisionForm', ...strict },
)
export const CaseGoalForm = Type.Object(
  {
    personId: Type.Optional(nullable(Type.Integer({ minimum: 1 }))),
    needId: Type.Optional(nullable(Type.Integer({ minimum: 1 }))),
    text: text(500),
    measure: text(500),
    means: oneOf(meansKinds),
    meansRef: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 100 }))),
    owner: oneOf(goalOwners),
    dueOn: Type.String({ format: 'date' }),
    version,
  },
  { title: 'CaseGoalForm', ...strict },
)
export const CaseOutcomeForm = Type.Object(
  { state: oneOf(settledStates), outcome: text(1000), version },
  { title: 'CaseOutcomeForm', ...strict },
)
export const CaseHandoverForm = Type.Object(
  { to: Type.String({ format: 'uuid' }), text: text(500), version },
  { title: 'CaseHandoverForm', ...strict },
)
export const CaseHandoverAnswerForm = Type.Object(
  { takes: Type.Boolean(), text: Type.Optional(Type.String({ maxLength: 500 })), version },
  { title: 'CaseHandoverAnswerForm', ...strict },
)
