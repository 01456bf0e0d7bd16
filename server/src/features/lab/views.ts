import { Type } from 'typebox'
import { PackNameView } from '../policies/pack-name.ts'
import { longestRule, mostRules } from './alternative.ts'
import { mostParameters } from './change.ts'

const Count = (description = 'null: fewer than five, or what would give such a number away') =>
  Type.Union([Type.Integer(), Type.Null()], { description })
const Fen = (description: string) => Count(`${description}, in fen; null like a count`)

export const SampleView = Type.Object(
  {
    on: Type.String({ description: 'Day of the rules and facts' }),
    readAt: Type.String({ description: 'When the district was read' }),
    stale: Type.Boolean({ description: 'Facts have changed since' }),
    pack: PackNameView,
    area: Type.String({ description: 'Whose households are counted' }),
    households: Type.Integer(),
    persons: Type.Integer(),
  },
  { title: 'LabSample' },
)

const SliderView = Type.Object({
  from: Type.Number(),
  to: Type.Number(),
  step: Type.Number(),
})

const LabParameterView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    unit: Type.Union([Type.String(), Type.Null()]),
    type: Type.Union([Type.Literal('money'), Type.Literal('integer'), Type.Literal('number')]),
    digits: Type.Integer(),
    today: Type.Union([Type.Number(), Type.Null()], { description: 'null: not known on the day' }),
    slider: Type.Union([SliderView, Type.Null()]),
    reaches: Type.Integer({ description: 'Programmes whose answer can differ with it' }),
  },
  { title: 'LabParameter' },
)

export const LabView = Type.Object(
  {
    state: Type.Union([Type.Literal('reading'), Type.Literal('ready')]),
    sample: Type.Union([SampleView, Type.Null()]),
    programmes: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        parameters: Type.Array(LabParameterView),
      }),
    ),
  },
  { title: 'Lab' },
)

export const RuleForm = Type.Object(
  {
    programme: Type.String({ maxLength: 100 }),
    id: Type.String({ maxLength: 200 }),
    expr: Type.String({ minLength: 1, maxLength: longestRule, description: 'FEEL' }),
  },
  { additionalProperties: false },
)

export const ChangeForm = Type.Object(
  {
    parameters: Type.Array(
      Type.Object(
        { id: Type.String({ maxLength: 100 }), value: Type.Number() },
        { additionalProperties: false },
      ),
      { maxItems: mostParameters },
    ),
    rules: Type.Optional(
      Type.Array(RuleForm, { maxItems: mostRules, description: 'Rules tried beside today’s' }),
    ),
  },
  { additionalProperties: false },
)

export const RuleView = Type.Object(
  {
    id: Type.String(),
    kind: Type.Union([Type.Literal('term'), Type.Literal('condition'), Type.Literal('amount')]),
    text: Type.String(),
    expr: Type.String({ description: 'FEEL in force' }),
  },
  { title: 'LabRule' },
)

const OutcomeView = Type.Object(
  {
    id: Type.String(),
    name: Type.Union([Type.String(), Type.Null()]),
    total: Count(),
    gains: Count(),
    loses: Count(),
    moves: Count('Households that leave one programme and enter another for the same money'),
    open: Count('Whether they gain or lose hangs on what is unknown'),
    unchanged: Count(),
    wonFen: Fen('What those who gain get more a year'),
    lostFen: Fen('What those who lose get less a year'),
  },
  { title: 'LabOutcome' },
)

const StateView = Type.Object(
  {
    eligible: Count(),
    unknown: Count(),
    monthFen: Fen('Sure amounts paid by the month'),
    yearFen: Fen('Sure amounts of a whole year, paid by month or year'),
    onceFen: Fen('Sure amounts paid once'),
    eventFen: Fen('Sure amounts paid for each event'),
    openLowFen: Fen('Least that a year of what is not sure comes to'),
    openHighFen: Fen('Most that a year of what is not sure comes to, where it has an end'),
    endless: Count('Undecided without an upper end'),
    unpriced: Count('Eligible, the amount is for officials to set or there is none'),
    receiving: Count('Eligible and known to receive'),
    notReceiving: Count('Eligible and known not to receive'),
    notReceivedFen: Fen('What they would have a year'),
  },
  { title: 'LabState' },
)

const ProgrammeEffectView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    entity: Type.Union([Type.Literal('household'), Type.Literal('person')]),
    before: StateView,
    after: StateView,
    gained: Count(),
    lost: Count(),
  },
  { title: 'LabProgramme' },
)

const CostView = Type.Object(
  {
    monthFen: Type.Integer({ description: 'Sure amounts paid by the month' }),
    yearFen: Type.Integer({ description: 'Sure amounts of a whole year' }),
    openLowFen: Type.Integer({ description: 'Least of what is not sure, a year' }),
    openHighFen: Type.Integer({ description: 'Most of what is not sure, a year' }),
    endless: Count(),
  },
  {
    title: 'LabCost',
    description: 'In fen, without programmes of a few people; where a few change, as today',
  },
)

const GapStageView = Type.Object({
  households: Count(),
  persons: Count(),
  monthFen: Fen('What they lack to the line together, a month'),
})

const GapView = Type.Object(
  {
    line: Type.Number({ description: 'Yuan a head and month' }),
    alone: GapStageView,
    today: GapStageView,
    changed: GapStageView,
  },
  { title: 'LabGap' },
)

export const EffectView = Type.Object(
  {
    sample: SampleView,
    ms: Type.Integer({ description: 'What the server took' }),
    changes: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        unit: Type.Union([Type.String(), Type.Null()]),
        today: Type.Union([Type.Number(), Type.Null()]),
        value: Type.Number(),
      }),
    ),
    rules: Type.Array(
      Type.Object({
        programme: Type.String(),
        text: Type.String({ description: 'What the rule is called' }),
        today: Type.String({ description: 'FEEL in force' }),
        expr: Type.String(),
      }),
    ),
    total: OutcomeView,
    townships: Type.Array(OutcomeView),
    ages: Type.Array(OutcomeView, { description: 'People, by the outcome of their household' }),
    kinds: Type.Array(OutcomeView),
    deciles: Type.Array(OutcomeView, {
      description: 'The poorest tenth first; unknown income last',
    }),
    programmes: Type.Array(ProgrammeEffectView),
    moves: Type.Array(
      Type.Object({ from: Type.String(), to: Type.String(), households: Type.Integer() }),
    ),
    cost: Type.Object({ before: CostView, after: CostView }),
    gap: Type.Union([GapView, Type.Null()]),
    massLoss: Type.Object({
      share: Type.Union([Type.Number(), Type.Null()], { description: 'Lost of those entitled' }),
      limit: Type.Number(),
      exceeded: Type.Boolean({ description: 'A second approver is needed' }),
    }),
  },
  { title: 'LabEffect' },
)

/** A figure of the result: a row of a table of households, and an outcome in it. */
export const SampleCellForm = Type.Object(
  {
    table: Type.Union([
      Type.Literal('total'),
      Type.Literal('townships'),
      Type.Literal('kinds'),
      Type.Literal('deciles'),
    ]),
    row: Type.String({ maxLength: 20 }),
    outcome: Type.Union([
      Type.Literal('gains'),
      Type.Literal('loses'),
      Type.Literal('moves'),
      Type.Literal('open'),
    ]),
  },
  { additionalProperties: false },
)

const Rounded = (description: string) =>
  Type.Integer({ description: `${description}, in fen, to three digits of whole yuan` })

const SaidView = Type.Object({
  verdict: Type.Union([
    Type.Literal('eligible'),
    Type.Literal('unknown'),
    Type.Literal('ineligible'),
  ]),
  yearFen: Rounded('Sure amounts of a year'),
  apartFen: Rounded('Sure amounts paid once or for an event'),
  open: Type.Boolean({ description: 'Something of it has no sure amount' }),
})

const Withheld = 'null: kept back, because too few households would be told the same'

export const SampleHouseholdsView = Type.Object(
  {
    counted: Type.Integer({ description: 'Households the figure counts' }),
    households: Type.Array(
      Type.Object({
        township: Type.Union([Type.String(), Type.Null()], { description: Withheld }),
        kind: Type.Union([Type.String(), Type.Null()], { description: Withheld }),
        size: Type.Union(
          [Type.Object({ persons: Type.Integer(), orMore: Type.Boolean() }), Type.Null()],
          { description: Withheld },
        ),
        bands: Type.Union([Type.Array(Type.String()), Type.Null()], {
          description: `Ages of those who live there; ${Withheld}`,
        }),
        yearFen: Rounded('What it has more or less a year'),
        apartFen: Rounded('What it has more or less of what is paid once'),
        changes: Type.Array(
          Type.Object({
            programme: Type.Union([Type.String(), Type.Null()], {
              description: 'null: few are concerned by it',
            }),
            before: SaidView,
            after: SaidView,
          }),
        ),
        householdId: Type.Union([Type.Integer(), Type.Null()], {
          description: 'Which household it is; only for whoever has a duty for it',
        }),
      }),
    ),
  },
  { title: 'LabSampleHouseholds' },
)

export const CurveView = Type.Object(
  {
    parameter: Type.String(),
    today: Type.Union([Type.Number(), Type.Null()]),
    points: Type.Array(
      Type.Object({
        value: Type.Number(),
        eligible: Type.Integer(),
        yearFen: Type.Integer({ description: 'Sure fen a year, of the programmes it reaches' }),
        openHighFen: Type.Integer({ description: 'Most of what is not sure besides' }),
        notReceivedFen: Type.Integer({
          description: 'Fen a year due to those known not to receive: the take-up gap',
        }),
        gapFen: Fen('Poverty gap a month, of the whole area'),
      }),
    ),
  },
  { title: 'LabCurve' },
)

export const ExperimentView = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    parameters: Type.Array(Type.Object({ id: Type.String(), value: Type.Number() })),
    rules: Type.Array(RuleForm),
    by: Type.String(),
    at: Type.String(),
    mine: Type.Boolean(),
  },
  { title: 'LabExperiment' },
)
