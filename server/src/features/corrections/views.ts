import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { ClockStandingView } from '../duties/clock-views.ts'

const strict = { additionalProperties: false } as const
const text = Type.String()
const Day = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])

export const CorrectionStateView = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('sent'),
  Type.Literal('adopted'),
  Type.Literal('refused'),
  Type.Literal('withdrawn'),
])

/** What a value is of: its correction says so itself. */
const ofFact = { of: 'class' }
const ClassView = Type.Union([
  Type.Literal('plain'),
  Type.Literal('need-signal'),
  Type.Literal('clinical'),
])

const said = {
  fact: text,
  factName: text,
  class: ClassView,
  theirs: classed(text, ofFact),
  theirDay: Day,
  ours: classed(text, ofFact),
  ourDay: Day,
  evidence: classed(text, 'free-text'),
  foundBy: text,
  raisedAt: Instant,
}

export const CorrectionView = Type.Object(
  {
    id: Type.Integer(),
    source: text,
    sourceName: text,
    state: CorrectionStateView,
    household: Type.Object({ id: Type.Integer(), registerNo: text }),
    areaId: text,
    areaName: text,
    person: classed(orNull(text), 'listed-name'),
    ...said,
    fileId: orNull(Type.Integer()),
    fileNumber: orNull(Type.Integer()),
    sentAt: orNull(Instant),
    closedAt: orNull(Instant),
    answeredBy: orNull(text),
    broughtBy: orNull(Type.Integer({ description: 'The delivery that brought our value' })),
    because: classed(orNull(text), 'free-text'),
    clock: orNull(ClockStandingView),
    mayAnswer: Type.Boolean(),
  },
  { title: 'Correction' },
)

export const CorrectionListView = Type.Object(
  {
    items: Type.Array(CorrectionView),
    total: Type.Integer(),
    waiting: Type.Array(Type.Object({ source: text, sourceName: text, count: Type.Integer() }), {
      description: 'By source, what its next file would hold',
    }),
    reasonShows: Type.Array(text),
  },
  { title: 'CorrectionList' },
)

export const CorrectionFileView = Type.Object(
  {
    id: Type.Integer(),
    source: text,
    sourceName: text,
    number: Type.Integer(),
    madeAt: Instant,
    madeBy: text,
    rows: Type.Integer(),
    open: Type.Integer({ description: 'Of those, not answered yet' }),
  },
  { title: 'CorrectionFile' },
)

/** A row of a file: whom the source itself delivered it of, by the number it knows them by. */
export const CorrectionRowView = Type.Object({
  id: Type.Integer(),
  idNumber: classed(orNull(text), 'id-number'),
  name: classed(orNull(text), 'name'),
  ...said,
})

export const CorrectionAnswerForm = Type.Object(
  {
    answer: Type.Union([Type.Literal('adopted'), Type.Literal('refused')]),
    because: Type.Optional(
      Type.String({ minLength: 2, maxLength: 500, pattern: '\\S', description: 'Why not' }),
    ),
  },
  { title: 'CorrectionAnswerForm', ...strict },
)

export const AskedCorrectionView = Type.Object(
  { fact: text, personId: orNull(Type.Integer()), source: text },
  { title: 'AskedCorrection' },
)

/** What a source is handed over its own interface: it gave number and name itself. */
export const FetchedCorrectionView = Type.Object({
  id: Type.Integer(),
  citizenNo: orNull(text),
  citizenName: orNull(text),
  fact: text,
  factName: text,
  theirs: text,
  theirDay: Day,
  ours: text,
  ourDay: Day,
  evidence: text,
  foundBy: text,
  raisedAt: Instant,
})
