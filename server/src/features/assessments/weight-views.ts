import { Type } from 'typebox'

const strict = { additionalProperties: false } as const
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const text = Type.String()
const Instant = Type.String({ format: 'date-time' })
const Points = Type.Integer({ minimum: 0, maximum: 10_000, description: 'Basis points' })
const words = (maxLength: number) => Type.String({ minLength: 2, maxLength, pattern: '\\S\\s*\\S' })

const weighing = {
  weights: Type.Array(Points, {
    minItems: 10,
    maxItems: 10,
    description: 'In the order of the indicators',
  }),
  cuts: Type.Object({ low: Points, middle: Points, high: Points }, strict),
  line: Type.Integer({
    minimum: 1,
    maximum: 10_000,
    description: 'Poor in several ways from here on',
  }),
}

export const WeightsView = Type.Object(
  {
    indicators: Type.Array(text, { description: 'In the order of the weights' }),
    items: Type.Array(
      Type.Object(
        {
          id: Type.Integer(),
          ...weighing,
          state: Type.Union([
            Type.Literal('proposed'),
            Type.Literal('refused'),
            Type.Literal('in-force'),
            Type.Literal('superseded'),
          ]),
          source: text,
          confirmed: Type.Boolean({ description: 'False: 待核' }),
          method: Type.Union([Type.Literal('stated'), Type.Literal('critic')]),
          dataHash: orNull(
            Type.String({ description: 'SHA-256 of what CRITIC worked it out from' }),
          ),
          dataRows: orNull(Type.Integer()),
          dataDay: orNull(text),
          proposedAt: Instant,
          proposedBy: orNull(Type.String({ description: 'null: shipped with the program' })),
          own: Type.Boolean({ description: 'The caller proposed it and does not decide it' }),
          decidedAt: orNull(Instant),
          decidedBy: orNull(text),
          refusedBecause: orNull(text),
        },
        { title: 'WeightVersion' },
      ),
    ),
    may: Type.Object({ write: Type.Boolean() }),
  },
  { title: 'WeightVersions' },
)

export const WeightsForm = Type.Object(
  {
    ...weighing,
    source: words(300),
    confirmed: Type.Boolean(),
    method: Type.Union([Type.Literal('stated'), Type.Literal('critic')], {
      description:
        'critic: the weights sent are not used, they are worked out from confirmed assessments',
    }),
  },
  { title: 'WeightsForm', ...strict },
)

export const WeightsDecisionForm = Type.Object(
  {
    decision: Type.Union([Type.Literal('approved'), Type.Literal('refused')]),
    because: Type.Optional(words(300)),
  },
  { title: 'WeightsDecisionForm', ...strict },
)

const Count = orNull(Type.Integer({ description: 'null: too few to be told' }))

export const AssessmentSummaryView = Type.Object(
  {
    areas: Type.Array(
      Type.Object(
        {
          areaId: text,
          areaName: text,
          households: Type.Integer(),
          assessed: Count,
          none: Count,
          low: Count,
          middle: Count,
          high: Count,
          /** By a red line alone, its grade open. */
          ungraded: Count,
          urgent: Count,
        },
        { title: 'AssessedArea' },
      ),
    ),
    poverty: orNull(
      Type.Object({
        households: Type.Integer({ description: 'Of which every indicator is known' }),
        persons: Type.Integer(),
        h: Type.Number(),
        a: Type.Number(),
        m0: Type.Number(),
        contributions: Type.Array(Type.Object({ indicator: text, share: Type.Number() })),
        weightsId: Type.Integer(),
        line: Type.Integer(),
      }),
    ),
  },
  { title: 'AssessmentSummary' },
)
