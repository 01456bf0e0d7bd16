import { type Static, type TSchema, Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { ClockStandingView } from '../duties/clock-views.ts'
import { clockKinds } from '../duties/limit.ts'
import {
  authorities,
  channels,
  disposals,
  outcomes,
  severities,
  sourceGroups,
  states,
  topics,
  ways,
} from './warning.ts'

/** What the pages of warnings are answered with. Days are YYYY-MM-DD, instants with their offset. */

const text = Type.String()
const Instant = Type.String({ format: 'date-time' })
const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
export const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((one) => Type.Literal(one))))

const sensitivities = ['plain', 'need-signal', 'clinical'] as const
/** What a sentence tells of somebody is of the class of the facts it rests on. */
const bySensitivity = { of: 'sensitivity' }

const RunningClockView = Type.Object(
  { ...ClockStandingView.properties, kind: oneOf(clockKinds) },
  { title: 'RunningClock' },
)

const rowOf = (nameClass: 'name' | 'listed-name') => ({
  id: Type.Integer(),
  householdId: Type.Integer(),
  registerNo: text,
  head: classed(text, nameClass),
  area: Type.Object({ id: text, name: text }),
  topic: oneOf(topics),
  sensitivity: oneOf(sensitivities),
  restricted: Type.Boolean({ description: 'Seen by the district and the people named alone' }),
  severity: oneOf(severities),
  group: oneOf(sourceGroups),
  state: oneOf(states),
  signals: classed(Type.Array(Type.Object({ id: text, name: text })), bySensitivity),
  why: classed(text, bySensitivity),
  since: Instant,
  assignee: orNull(Type.Object({ id: text, name: text })),
  leadId: orNull(Type.Integer({ description: 'The lead it was joined to' })),
  mustReport: Type.Boolean({ description: '须强制报告' }),
  version: Type.Integer(),
  clock: orNull(RunningClockView),
})

const WarningRowView = Type.Object(rowOf('listed-name'), { title: 'WarningRow' })
export type WarningRow = Static<typeof WarningRowView>

export const WarningView = Type.Object(
  {
    ...rowOf('name'),
    outcome: orNull(oneOf(outcomes)),
    disposal: orNull(oneOf(disposals)),
    contactedAt: orNull(Instant),
    visitedAt: orNull(Instant),
    closedOn: orNull(text),
    coolsUntil: orNull(text),
    report: orNull(
      Type.Object(
        { to: oneOf(authorities), at: Instant, receipt: text },
        { title: 'MandatoryReport' },
      ),
    ),
    clocks: Type.Array(RunningClockView),
    evidence: Type.Array(
      Type.Object({
        signal: classed(text, bySensitivity),
        signalName: classed(text, bySensitivity),
        owner: Type.String({ description: 'Whose data tells of it' }),
        severity: oneOf(severities),
        sensitivity: oneOf(sensitivities),
        member: classed(orNull(text), 'name'),
        text: classed(text, bySensitivity),
        onDay: text,
        channel: oneOf([...channels, 'rule']),
        at: Instant,
      }),
    ),
    named: Type.Array(Type.Object({ id: text, name: text })),
    events: Type.Array(
      Type.Object({
        at: Instant,
        by: orNull(Type.String({ description: 'null: the program itself' })),
        kind: text,
        code: orNull(text),
        toName: orNull(text),
        words: classed(orNull(text), 'free-text'),
      }),
    ),
    reasonShows: Type.Array(text, {
      description: 'Classes of fields that a stated reason would show',
    }),
    disposals: Type.Array(oneOf(disposals), { description: 'Which of them fit what was found' }),
    may: Type.Array(
      Type.String({
        description:
          'dispatch, acknowledge, contact, visit, find, report, dispose, feed-back, close, note, name',
      }),
    ),
  },
  { title: 'Warning' },
)
export type Warning = Static<typeof WarningView>

export const WordTakenView = Type.Object(
  {
    warning: Type.Union([WarningView, Type.Null()], {
      description: 'null: it was put with one that the caller may not see',
    }),
  },
  { title: 'WordTaken' },
)

const Count = Type.Object(
  { id: text, name: text, count: Type.Integer() },
  { title: 'WarningCount' },
)

export const WarningListView = Type.Object(
  {
    total: Type.Integer(),
    page: Type.Integer(),
    size: Type.Integer(),
    items: Type.Array(WarningRowView),
    facets: Type.Object({
      states: Type.Array(Count),
      severities: Type.Array(Count),
      topics: Type.Array(Count),
      groups: Type.Array(Count),
      areas: Type.Array(Count),
      due: Type.Array(Count),
    }),
    reasonShows: Type.Array(text, {
      description: 'Classes of fields that a stated reason would show',
    }),
    may: Type.Array(Type.String({ description: 'take: write down what somebody said' })),
  },
  { title: 'WarningList' },
)
export type WarningList = Static<typeof WarningListView>

export const HouseholdWarningsView = Type.Object(
  { items: Type.Array(WarningRowView), may: Type.Array(Type.String()) },
  { title: 'HouseholdWarnings' },
)

export const QuietListView = Type.Object(
  {
    total: Type.Integer(),
    page: Type.Integer(),
    size: Type.Integer(),
    days: Type.Integer(),
    items: Type.Array(
      Type.Object(
        {
          householdId: Type.Integer(),
          registerNo: text,
          head: classed(text, 'listed-name'),
          area: Type.Object({ id: text, name: text }),
          rank: oneOf(['red', 'orange', 'yellow', 'unknown', 'calm']),
          live: Type.Integer({ description: 'Warnings that live' }),
          lastContact: orNull(text),
          quietDays: orNull(Type.Integer({ description: 'null: no contact on record at all' })),
        },
        { title: 'QuietHousehold' },
      ),
    ),
  },
  { title: 'QuietList' },
)
export type QuietList = Static<typeof QuietListView>

const rule = {
  on: Type.Boolean(),
  rule: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }),
  redRule: orNull(Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })),
  severity: oneOf(severities),
  freshDays: orNull(Type.Integer({ minimum: 1, maximum: 3650 })),
  from: Type.String({ format: 'date' }),
  source: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S\\s*\\S' }),
  proposed: Type.Boolean({ description: 'No rule sets it for this district: 待核' }),
}

export const SignalRuleForm = Type.Object(
  {
    ...rule,
    version: orNull(
      Type.Integer({ minimum: 1, description: 'What stood when it was read; null: nothing' }),
    ),
  },
  { additionalProperties: false },
)

const SignalRuleView = Type.Object(
  {
    ...rule,
    version: Type.Integer(),
    sensitivity: oneOf(sensitivities),
    recordedAt: Instant,
    recordedBy: orNull(Type.String({ description: 'null: by the set-up of a demonstration' })),
  },
  { title: 'SignalRule' },
)

const SignalView = Type.Object(
  {
    id: text,
    name: text,
    en: text,
    owner: Type.String({ description: 'Whose data tells of it' }),
    topic: oneOf(topics),
    severity: oneOf(severities),
    kind: oneOf(['rule', 'by-hand', 'waits', 'lead']),
    entity: orNull(oneOf(['person', 'household'])),
    restricted: Type.Boolean(),
    clinical: Type.Boolean(),
    note: orNull(text),
    shipped: orNull(
      Type.Object({
        rule: text,
        redRule: orNull(text),
        freshDays: orNull(Type.Integer()),
      }),
    ),
    state: oneOf(['on', 'from', 'off', 'waits', 'by-hand', 'lead']),
    fits: Type.Boolean({
      description: 'False: what was stated reads what is no fact any more, and raises nothing',
    }),
    stated: orNull(SignalRuleView),
    before: Type.Array(SignalRuleView),
    found: Type.Object({
      live: Type.Integer(),
      confirmed: Type.Integer(),
      falsePositive: Type.Integer(),
      alreadyCovered: Type.Integer(),
      movedOrDeceased: Type.Integer(),
    }),
    precision: orNull(Type.Number({ description: 'K03; null before anything was found out' })),
    reviewAsked: Type.Boolean({ description: 'Seldom right: its rule is to be looked at' }),
  },
  { title: 'WarningSignal' },
)
export type SignalRow = Static<typeof SignalView>

export const SignalListView = Type.Object(
  {
    items: Type.Array(SignalView),
    review: Type.Object({ percent: Type.Integer(), least: Type.Integer() }),
    may: Type.Array(Type.String({ description: 'state: a rule may be switched on' })),
  },
  { title: 'WarningSignals' },
)

export const ExpectedView = Type.Object(
  {
    signal: text,
    total: Type.Integer(),
    red: Type.Integer(),
    townships: Type.Array(Type.Object({ id: text, name: text, count: Type.Integer() })),
  },
  { title: 'ExpectedWarnings' },
)

const strict = { additionalProperties: false } as const
const words = Type.String({ minLength: 2, maxLength: 1000, pattern: '\\S\\s*\\S' })
const version = Type.Integer({ minimum: 1, description: 'Of the warning, as last read' })

/** One step with a warning; which of the rest it needs, the step says. */
export const StepForm = Type.Object(
  {
    kind: oneOf([
      'dispatch',
      'acknowledge',
      'contact',
      'visit',
      'find',
      'report',
      'dispose',
      'feed-back',
      'close',
    ]),
    to: Type.Optional(Type.String({ format: 'uuid', description: 'dispatch: to whom' })),
    severity: Type.Optional(
      Type.Unsafe<(typeof severities)[number]>({
        ...oneOf(severities),
        description: 'contact: how what people said is weighed now',
      }),
    ),
    way: Type.Optional(oneOf(ways)),
    outcome: Type.Optional(oneOf(outcomes)),
    authority: Type.Optional(oneOf(authorities)),
    at: Type.Optional(Type.String({ format: 'date-time', description: 'report: when' })),
    receipt: Type.Optional(Type.String({ minLength: 2, maxLength: 60, pattern: '\\S\\s*\\S' })),
    disposal: Type.Optional(oneOf(disposals)),
    words: Type.Optional(words),
    version,
  },
  strict,
)
export type StepAsked = Static<typeof StepForm>

export const WordForm = Type.Object(
  {
    householdId: Type.Integer({ minimum: 1 }),
    group: oneOf(sourceGroups),
    channel: oneOf(channels),
    severity: oneOf(severities),
    harm: Type.Boolean({ description: 'Harm to a child or violence: it must be reported' }),
    words,
  },
  strict,
)
export type WordAsked = Static<typeof WordForm>
