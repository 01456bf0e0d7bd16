import { type TSchema, Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { PackNameView } from '../policies/pack-name.ts'

const Nullable = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const text = Type.String()
const number = Type.Number()
const Verdict = Type.Union([
  Type.Literal('eligible'),
  Type.Literal('ineligible'),
  Type.Literal('unknown'),
])
const Per = Type.Union([
  Type.Literal('month'),
  Type.Literal('year'),
  Type.Literal('once'),
  Type.Literal('event'),
])
const Known = Type.Union([
  Type.Literal('known'),
  Type.Literal('known-none'),
  Type.Literal('unknown'),
])
const Value = Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()])

export const AmountView = Type.Union([
  Type.Object({ kind: Type.Literal('exact'), fen: number, per: Per }),
  Type.Object({ kind: Type.Literal('range'), min: number, max: Nullable(number), per: Per }),
  Type.Object({
    kind: Type.Union([Type.Literal('official'), Type.Literal('none'), Type.Literal('unknown')]),
  }),
])

const Bounds = Type.Object({ min: Nullable(number), max: Nullable(number) })

const ReadView = Type.Object({
  fact: text,
  name: text,
  member: Type.Optional(text),
  sensitivity: Type.Union([
    Type.Literal('plain'),
    Type.Literal('need-signal'),
    Type.Literal('clinical'),
  ]),
  value: classed(Value, { of: 'sensitivity' }),
  valueText: classed(text, { of: 'sensitivity' }),
  state: Known,
  source: Type.Optional(text),
  day: Type.Optional(text),
  hidden: Type.Optional(
    Type.Boolean({ description: 'Known, but not for this reader: value is null' }),
  ),
})

const ConditionView = Type.Object({
  id: text,
  tier: Type.Optional(text),
  text,
  verdict: Type.Union([Type.Literal('met'), Type.Literal('unmet'), Type.Literal('unknown')]),
  unconfirmed: Type.Optional(Type.Boolean()),
  clause: Type.Union([Type.Object({ document: text, article: Type.Optional(text) }), Type.Null()]),
  reads: Type.Array(ReadView),
  measure: Type.Optional(
    Type.Object({
      left: Bounds,
      op: text,
      right: Bounds,
      line: text,
      money: Type.Boolean(),
      unit: text,
      label: text,
    }),
  ),
  distance: Type.Optional(
    Type.Object(
      { gap: Bounds, permille: Bounds },
      { description: 'From the line to the value: fen or units, and tenths of a per cent' },
    ),
  ),
})

export const ResultView = Type.Object(
  {
    programme: text,
    programmeName: text,
    tier: Type.Optional(text),
    tierName: Type.Optional(text),
    target: Type.Union([Type.Literal('household'), Type.Literal('person')]),
    member: Type.Optional(text),
    memberName: Type.Optional(classed(text, 'name')),
    verdict: Verdict,
    reasons: Type.Array(text),
    via: Type.Optional(Type.Array(text)),
    provisional: Type.Optional(
      Type.Object({
        verdict: Verdict,
        amount: AmountView,
        parameter: text,
        parameterName: text,
        knownUntil: text,
      }),
    ),
    amount: AmountView,
    conditions: Type.Array(ConditionView),
    missing: Type.Array(
      Type.Object({
        fact: text,
        name: text,
        member: Type.Optional(text),
        ask: Type.Optional(text),
      }),
    ),
    nearMiss: Type.Optional(Type.Boolean()),
    nextChange: Type.Optional(text),
    group: Type.Union([
      Type.Literal('eligible'),
      Type.Literal('unknown'),
      Type.Literal('receiving'),
      Type.Literal('following'),
      Type.Literal('ineligible'),
    ]),
    receiving: Type.Union([Type.Literal('yes'), Type.Literal('no'), Type.Literal('unknown')]),
  },
  { title: 'Result' },
)

export const ExplanationView = Type.Object(
  {
    on: text,
    area: Type.Object({ id: text }),
    pack: PackNameView,
    advice: text,
    results: Type.Array(ResultView),
    leftOut: Type.Array(
      Type.Object({
        fact: Type.Optional(Type.String({ description: 'Absent: everything of a member' })),
        name: Type.Optional(text),
        member: Type.Optional(text),
        memberName: Type.Optional(classed(text, 'name')),
        reason: Type.Union([
          Type.Literal('objection'),
          Type.Literal('basis'),
          Type.Literal('authorisation'),
        ]),
        text,
      }),
      { description: 'What is on record but may not be used for matching, and why' },
    ),
  },
  { title: 'Explanation' },
)

export const RunView = Type.Object(
  {
    id: number,
    state: text,
    cause: text,
    startedAt: text,
    finishedAt: Nullable(text),
    onDay: text,
    pack: PackNameView,
    expected: Type.Integer({ description: 'Households there are to evaluate, while under way' }),
    households: number,
    persons: number,
    written: number,
    closed: number,
    unchanged: number,
    leftOut: number,
    leadsRaised: number,
    linesClosed: number,
    byProgramme: Type.Array(
      Type.Object({
        programme: text,
        programmeName: text,
        eligible: number,
        unknown: number,
        notReceiving: number,
      }),
    ),
    ms: number,
  },
  { title: 'Run' },
)

export const ComparisonView = Type.Object(
  {
    finishedAt: text,
    onDay: text,
    households: number,
    differing: Type.Integer({ description: 'Households whose stored answers were wrong' }),
    named: Type.Array(Type.Object({ id: number, registerNo: text }), {
      description: 'Of the first hundred those in the area of the reader',
    }),
  },
  { title: 'Comparison' },
)

export const RunListView = Type.Object(
  {
    items: Type.Array(RunView),
    comparison: Nullable(ComparisonView),
    total: Type.Integer(),
    page: Type.Integer(),
    size: Type.Integer(),
  },
  { title: 'RunList' },
)
