import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { ClockStandingView } from '../duties/clock-views.ts'
import { causes, reliefStates, reliefSteps, ways } from './relief.ts'

/** What quick reliefs answer with. Money is fen, days are YYYY-MM-DD. */

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
const oneOf = <T extends string>(words: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(words.map((one) => Type.Literal(one))))
const words = nullable(Type.String())

const LineView = Type.Object(
  {
    state: oneOf(['known', 'expired', 'missing'] as const),
    fen: nullable(Type.Integer({ description: 'A month for one person; where expired, the last' })),
    from: nullable(Type.String()),
    knownUntil: nullable(Type.String()),
    document: nullable(Type.String()),
  },
  { title: 'ReliefLine' },
)

const rowOf = (nameClass: 'name' | 'listed-name') => ({
  id: Type.Integer(),
  householdId: Type.Integer(),
  registerNo: Type.String(),
  head: classed(Type.String(), nameClass),
  areaId: Type.String(),
  areaName: Type.String(),
  state: oneOf(reliefStates),
  cause: oneOf(causes),
  people: Type.Integer(),
  reportedOn: Type.String(),
  grantedFen: nullable(Type.Integer()),
  version: Type.Integer(),
  clock: nullable(ClockStandingView),
})

const ReliefRowView = Type.Object(rowOf('listed-name'), { title: 'ReliefRow' })

export const ReliefView = Type.Object(
  {
    ...rowOf('name'),
    happened: classed(Type.String(), 'free-text'),
    reportedBy: Type.String(),
    seen: classed(words, 'free-text'),
    visitedOn: nullable(Type.String()),
    way: nullable(oneOf(ways)),
    lineFen: nullable(Type.Integer({ description: 'The standard it was measured by' })),
    lineSource: nullable(Type.String()),
    lineStated: nullable(Type.Boolean({ description: 'Stated by the official: 待核' })),
    decidedOn: nullable(Type.String()),
    because: classed(words, 'free-text'),
    explanation: classed(words, 'free-text'),
    explainedOn: nullable(Type.String()),
    closedOn: nullable(Type.String()),
    events: Type.Array(
      Type.Object({
        step: Type.String(),
        day: Type.String(),
        by: Type.String(),
        text: classed(words, 'free-text'),
      }),
    ),
    earlier: Type.Array(
      Type.Object({ id: Type.Integer(), on: Type.String(), fen: Type.Integer() }),
      { description: 'Granted to this household within the twelve months before' },
    ),
    line: LineView,
    reasonShows: Type.Array(Type.String(), {
      description: 'Classes of what is masked until the reader says why they look',
    }),
    may: Type.Array(oneOf(reliefSteps)),
  },
  { title: 'Relief' },
)

export const ReliefListView = Type.Object(
  {
    total: Type.Integer(),
    page: Type.Integer(),
    size: Type.Integer(),
    items: Type.Array(ReliefRowView),
    open: Type.Integer({ description: 'Something is still to be done' }),
  },
  { title: 'ReliefList' },
)

export const HouseholdReliefsView = Type.Object(
  {
    householdId: Type.Integer(),
    items: Type.Array(Type.Object(rowOf('name'), { title: 'HouseholdRelief' })),
    mayReport: Type.Boolean(),
  },
  { title: 'HouseholdReliefs' },
)

const strict = { additionalProperties: false } as const
const text = (maxLength: number) => Type.String({ minLength: 2, maxLength, pattern: '\\S.*\\S' })
const version = Type.Integer({ minimum: 1, description: 'As last read' })

export const ReliefReportForm = Type.Object(
  {
    cause: oneOf(causes),
    people: Type.Integer({ minimum: 1, maximum: 20 }),
    happened: text(1000),
  },
  { title: 'ReliefReportForm', ...strict },
)
export const ReliefVisitForm = Type.Object(
  { seen: text(1000), version },
  { title: 'ReliefVisitForm', ...strict },
)
export const ReliefGrantForm = Type.Object(
  {
    fen: Type.Integer({ minimum: 1, maximum: 100_000_00 }),
    way: oneOf(ways),
    line: Type.Optional(
      Type.Object(
        { fen: Type.Integer({ minimum: 1, maximum: 100_000_00 }), source: text(200) },
        strict,
      ),
    ),
    version,
  },
  { title: 'ReliefGrantForm', ...strict },
)
export const ReliefReasonForm = Type.Object(
  { because: text(500), version },
  { title: 'ReliefReasonForm', ...strict },
)
export const ReliefExplanationForm = Type.Object(
  { explanation: text(2000), version },
  { title: 'ReliefExplanationForm', ...strict },
)
export const ReliefClosureForm = Type.Object({ version }, { title: 'ReliefClosureForm', ...strict })
