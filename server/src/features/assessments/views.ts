import { type Static, Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import {
  answers,
  blocks,
  dimensions,
  grades,
  householdClasses,
  type IndicatorId,
  indicatorIds,
  needStates,
  redLines,
  urgencies,
} from './assessment.ts'
import { changes } from './queries.ts'

const strict = { additionalProperties: false } as const
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((one) => Type.Literal(one))))
const text = Type.String()
const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Day = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const words = (maxLength: number) => Type.String({ minLength: 2, maxLength, pattern: '\\S\\s*\\S' })

const IndicatorView = oneOf(indicatorIds)
const DimensionView = oneOf(dimensions)
const GradeView = oneOf(grades)
const ClassView = oneOf(householdClasses)
const RedLineView = oneOf(redLines)
const UrgencyView = oneOf(urgencies)
const NeedStateView = oneOf(needStates)
const SensitivityView = Type.Union([Type.Literal('plain'), Type.Literal('need-signal')])

const ItemView = Type.Object(
  {
    indicator: IndicatorView,
    dimension: DimensionView,
    block: oneOf(blocks),
    sensitivity: SensitivityView,
    weight: Type.Integer({ description: 'Basis points of the score' }),
    unknown: Type.Boolean(),
    lack: classed(orNull(Type.Boolean({ description: 'null: unknown, or not to be shown' })), {
      of: 'sensitivity',
    }),
    evidence: classed(orNull(text), 'free-text'),
  },
  { title: 'AssessedIndicator' },
)

const DraftedNeedView = Type.Object({
  dimension: DimensionView,
  urgency: UrgencyView,
  outcome: classed(text, 'free-text'),
})

const AssessmentView = Type.Object(
  {
    id: Id,
    state: Type.Union([
      Type.Literal('draft'),
      Type.Literal('submitted'),
      Type.Literal('confirmed'),
      Type.Literal('superseded'),
    ]),
    edit: Type.Integer({ description: 'Sent back as `seen`' }),
    onDay: Day,
    validUntil: orNull(Day),
    weightsId: Type.Integer(),
    weightsConfirmed: Type.Boolean({ description: 'False: 待核' }),
    least: classed(
      orNull(Type.Integer({ description: 'Basis points, what is unknown no lack' })),
      'plain',
    ),
    most: classed(orNull(Type.Integer({ description: 'Where each of them is one' })), 'plain'),
    grade: classed(orNull(GradeView), 'plain'),
    missing: Type.Array(IndicatorView, { description: 'What is unknown' }),
    redLines: classed(Type.Array(RedLineView), 'need-signal'),
    proposed: classed(orNull(ClassView), 'plain'),
    changedTo: classed(orNull(ClassView), 'plain'),
    changedBecause: classed(orNull(text), 'free-text'),
    items: Type.Array(ItemView),
    drafted: Type.Array(DraftedNeedView, { description: 'Needs as they are written in it' }),
    assessor: orNull(text),
    approvedBy: orNull(text),
    returnedBecause: classed(orNull(text), 'free-text'),
    confirmedAt: orNull(Instant),
    supersededAt: orNull(Instant),
  },
  { title: 'NeedsAssessment' },
)

const NeedView = Type.Object(
  {
    id: Id,
    dimension: DimensionView,
    urgency: UrgencyView,
    outcome: classed(text, 'free-text'),
    state: NeedStateView,
    changedAt: Instant,
    changedBy: orNull(text),
  },
  { title: 'Need' },
)

const ObjectionView = Type.Object(
  {
    id: Id,
    assessmentId: Id,
    text: classed(text, 'free-text'),
    toldOn: Day,
    recordedBy: orNull(text),
    reply: classed(orNull(text), 'free-text'),
    upheld: orNull(Type.Boolean()),
    repliedAt: orNull(Instant),
    repliedBy: orNull(text),
  },
  { title: 'AssessmentObjection' },
)

const GroundView = Type.Object({
  factName: text,
  personId: orNull(Id),
  source: orNull(text),
  day: orNull(Day),
})

const PrefilledView = Type.Object(
  {
    indicator: IndicatorView,
    sensitivity: SensitivityView,
    lack: classed(orNull(Type.Boolean()), { of: 'sensitivity' }),
    grounds: classed(Type.Array(GroundView), { of: 'sensitivity' }),
  },
  { title: 'PrefilledIndicator' },
)

export const HouseholdAssessmentView = Type.Object(
  {
    area: Type.Object({ id: text, name: text }),
    withheld: Type.Boolean({
      description:
        'The reader has no duty there, or has stated no reason: nothing is shown to them',
    }),
    current: orNull(AssessmentView),
    open: orNull(AssessmentView),
    earlier: Type.Array(AssessmentView),
    needs: Type.Array(NeedView),
    objections: Type.Array(ObjectionView),
    prefilled: Type.Array(PrefilledView),
    again: Type.Array(oneOf(['expired', ...changes]), {
      description: 'Why it has to be assessed again',
    }),
    weights: Type.Object({
      id: Type.Integer(),
      confirmed: Type.Boolean(),
      weights: Type.Array(Type.Integer()),
      low: Type.Integer(),
      middle: Type.Integer(),
      high: Type.Integer(),
    }),
    may: Type.Array(
      Type.Union([
        Type.Literal('write'),
        Type.Literal('confirm'),
        Type.Literal('decide'),
        Type.Literal('object'),
        Type.Literal('reply'),
        Type.Literal('settle'),
      ]),
    ),
  },
  { title: 'HouseholdAssessment' },
)
export type HouseholdAssessment = Static<typeof HouseholdAssessmentView>

const AnswerView = oneOf(answers)
const byIndicator = <T extends Parameters<typeof Type.Object>[0][string]>(type: T) =>
  Object.fromEntries(indicatorIds.map((id) => [id, type])) as Record<IndicatorId, T>

export const AssessmentForm = Type.Object(
  {
    seen: Type.Integer({ minimum: 0, description: '`edit` as last read; 0 where none is open' }),
    answers: Type.Object(byIndicator(AnswerView), strict),
    evidence: Type.Object(byIndicator(Type.Optional(words(500))), strict),
    redLines: Type.Array(RedLineView, { uniqueItems: true, maxItems: redLines.length }),
    needs: Type.Array(
      Type.Object({ dimension: DimensionView, urgency: UrgencyView, outcome: words(300) }, strict),
      { maxItems: 30 },
    ),
    changedTo: orNull(ClassView),
    changedBecause: orNull(words(300)),
  },
  { title: 'AssessmentForm', ...strict },
)

export const SeenForm = Type.Object(
  { seen: Type.Integer({ minimum: 1 }) },
  { title: 'AssessmentStepForm', ...strict },
)

export const AssessmentDecisionForm = Type.Object(
  {
    seen: Type.Integer({ minimum: 1 }),
    decision: Type.Union([Type.Literal('approved'), Type.Literal('returned')]),
    because: Type.Optional(words(300)),
  },
  { title: 'AssessmentDecisionForm', ...strict },
)

export const AssessmentObjectionForm = Type.Object(
  { text: words(1000), toldOn: Day },
  { title: 'AssessmentObjectionForm', ...strict },
)

export const ReplyForm = Type.Object(
  { reply: words(1000), upheld: Type.Boolean() },
  { title: 'AssessmentReplyForm', ...strict },
)

export const NeedStateForm = Type.Object(
  { state: NeedStateView },
  { title: 'NeedStateForm', ...strict },
)
