import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { instrumentIds, modes } from './instrument.ts'
import { alarms } from './score.ts'

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

const InstrumentIdView = oneOf(instrumentIds)
const ModeView = oneOf(modes)
const ConfidenceView = oneOf(['high', 'middle', 'low', 'recalled'] as const)
const LanguageView = oneOf(['zh-CN', 'en'] as const)
const ItemTextView = Type.Object({
  text: Type.String({ maxLength: 500 }),
  options: Type.Array(Type.String({ maxLength: 300 }), { maxItems: 12 }),
})

const InstrumentView = Type.Object(
  {
    id: InstrumentIdView,
    name: text,
    en: text,
    scoring: Type.Integer({ description: 'Version of the scoring' }),
    scoringConfirmed: Type.Boolean({ description: 'False: 待核 against the text' }),
    items: Type.Array(Type.Object({ id: text, points: Type.Array(Type.Integer()) })),
    totalOnly: orNull(Type.Object({ min: Type.Integer(), max: Type.Integer() })),
    mayProrate: orNull(
      Type.Integer({ description: 'So many items at least, where the rest may be filled in' }),
    ),
    bands: Type.Array(
      Type.Object({
        id: text,
        name: text,
        en: text,
        from: Type.Integer(),
        to: Type.Integer(),
        confidence: ConfidenceView,
      }),
    ),
    lines: Type.Array(
      Type.Object({
        id: text,
        name: text,
        en: text,
        part: orNull(text),
        reaches: oneOf(['from', 'up-to'] as const),
        at: Type.Integer(),
        confidence: ConfidenceView,
      }),
    ),
    licence: text,
    licenceEn: text,
    mayShip: Type.Boolean(),
    text: orNull(
      Type.Object({
        version: Type.Integer({ description: 'Number of what stands; sent back as `seen`' }),
        number: Type.Integer({ description: 'Counted by language' }),
        language: LanguageView,
        items: Type.Array(ItemTextView),
        source: text,
        hash: text,
        statedAt: Instant,
        statedBy: text,
      }),
    ),
    assessors: Type.Array(
      Type.Object({ staffId: text, name: text, credential: text, from: Day, to: Day }),
      { description: 'All for the district, oneself for others' },
    ),
    trained: Type.Boolean({ description: 'The caller may use it today' }),
  },
  { title: 'Instrument' },
)

export const InstrumentsView = Type.Object({
  items: Type.Array(InstrumentView),
  may: Type.Object({ write: Type.Boolean() }),
})

export const InstrumentTextForm = Type.Object(
  {
    language: LanguageView,
    items: Type.Array(
      Type.Object(
        {
          text: words(500),
          options: Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { maxItems: 12 }),
        },
        strict,
      ),
      { maxItems: 40 },
    ),
    source: words(300),
    seen: orNull(Type.Integer({ minimum: 1 })),
  },
  { title: 'InstrumentTextForm', ...strict },
)

export const ScaleAssessorForm = Type.Object(
  {
    staffId: Type.String({ format: 'uuid' }),
    stands: orNull(Type.Object({ credential: words(200), from: Day, to: Day }, strict)),
  },
  { title: 'ScaleAssessorForm', ...strict },
)

const SafetyTaskView = Type.Object(
  {
    id: Id,
    householdId: Id,
    registerNo: text,
    area: Type.Object({ id: text, name: text }),
    personId: Id,
    personName: classed(text, 'name'),
    because: classed(Type.Array(oneOf(alarms)), 'scale'),
    raisedAt: Instant,
    dueAt: orNull(Instant),
    urgency: oneOf(['calm', 'soon', 'overdue'] as const),
    owner: text,
    own: Type.Boolean(),
    handledAt: orNull(Instant),
    handledBy: orNull(text),
    outcome: classed(orNull(text), 'scale'),
  },
  { title: 'SafetyTask' },
)

export const SafetyTasksView = Type.Object({ items: Type.Array(SafetyTaskView) })

export const ScaleResultsView = Type.Object(
  {
    area: Type.Object({ id: text, name: text }),
    trained: Type.Array(InstrumentIdView, { description: 'What the caller may use today' }),
    items: Type.Array(
      Type.Object(
        {
          id: Id,
          personId: Id,
          personName: classed(text, 'name'),
          instrument: InstrumentIdView,
          instrumentName: text,
          textVersion: orNull(Type.Integer({ description: 'null: entered by number, 文本待核' })),
          total: classed(orNull(Type.Integer()), 'scale'),
          parts: classed(
            Type.Array(Type.Object({ name: text, en: text, score: Type.Integer() })),
            'scale',
          ),
          band: classed(
            orNull(Type.Object({ name: text, en: text, confirmed: Type.Boolean() })),
            'scale',
          ),
          lines: classed(
            Type.Array(Type.Object({ name: text, en: text, confirmed: Type.Boolean() })),
            'scale',
          ),
          answers: classed(Type.Array(orNull(Type.Integer())), 'scale'),
          prorated: Type.Boolean(),
          mode: ModeView,
          onDay: Day,
          assessor: text,
        },
        { title: 'ScaleResult' },
      ),
    ),
    safety: Type.Array(SafetyTaskView),
  },
  { title: 'ScaleResults' },
)

export const ScaleForm = Type.Object(
  {
    personId: Id,
    instrument: InstrumentIdView,
    answers: Type.Array(orNull(Type.Integer({ minimum: 0, maximum: 20 })), {
      maxItems: 40,
      description: 'Places of the options chosen, from 0; empty where the total alone is entered',
    }),
    total: Type.Optional(Type.Integer({ minimum: 0, maximum: 200 })),
    prorate: Type.Boolean(),
    mode: ModeView,
    onDay: Day,
    withText: Type.Boolean({ description: 'The wording that stands was before the person' }),
  },
  { title: 'ScaleForm', ...strict },
)

export const SafetyContactForm = Type.Object(
  { outcome: words(500) },
  { title: 'SafetyContactForm', ...strict },
)
