import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { deliveryStates, rowOutcomes } from './delivery.ts'

const text = Type.String()
const count = Type.Integer({ minimum: 0 })
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

const oneOf = <Value extends string>(values: Readonly<Record<Value, string>>) =>
  Type.Unsafe<Value>(Type.Union(Object.keys(values).map((value) => Type.Literal(value))))
export const StateView = oneOf(deliveryStates)
/** Rows asked for: of an outcome, or those that a roll lacks. */
export const RowKindView = oneOf({ ...rowOutcomes, absent: '名册未列' })
const OutcomeView = oneOf(rowOutcomes)

export const MappingView = Type.Record(
  Type.String({ maxLength: 100 }),
  Type.String({ maxLength: 200 }),
)

const ReadingView = Type.Object(
  {
    headings: Type.Array(text),
    samples: Type.Array(Type.Array(classed(text, 'plain'))),
    proposed: MappingView,
    hints: Type.Array(Type.Object({ field: text, message: text })),
  },
  { title: 'DeliveryReading' },
)

const RollView = Type.Object(
  {
    programme: text,
    programmeName: text,
    areaName: text,
    complete: Type.Boolean(),
  },
  { title: 'DeliveredRoll' },
)

export const DeliveryView = Type.Object(
  {
    id: Type.Integer(),
    source: text,
    sourceName: text,
    fileName: text,
    bytes: count,
    onDay: text,
    roll: nullable(RollView),
    ending: nullable(count),
    unsettled: count,
    state: StateView,
    problem: nullable(text),
    format: nullable(text),
    encoding: nullable(text),
    mapping: nullable(MappingView),
    rows: count,
    done: count,
    of: count,
    applied: count,
    unchanged: count,
    held: count,
    refused: count,
    found: nullable(count),
    settled: count,
    receivedBy: text,
    receivedAt: text,
    confirmedBy: nullable(text),
    appliedAt: nullable(text),
    undoneBy: nullable(text),
    undoneAt: nullable(text),
    sameAs: nullable(Type.Integer()),
    steps: Type.Array(text, { description: 'What its reader can do with it now' }),
  },
  { title: 'Delivery' },
)

/** With what was seen of the file and which pieces have come. */
export const DeliveryPageView = Type.Object(
  {
    ...DeliveryView.properties,
    reading: nullable(ReadingView),
    fields: Type.Array(Type.Object({ id: text, name: text })),
    pieces: Type.Array(count),
  },
  { title: 'DeliveryPage' },
)

export const DeliveredRowView = Type.Object(
  {
    row: Type.Integer({ description: 'As the program that made the file counts it, from 1' }),
    outcome: OutcomeView,
    reason: nullable(text),
    column: nullable(text),
    said: nullable(classed(text, 'plain')),
    nameSaid: nullable(classed(text, 'name')),
    name: nullable(classed(text, 'name')),
    decision: nullable(text),
    decidedBy: nullable(text),
    mayBeTaken: Type.Boolean(),
    mayBeLeft: Type.Boolean(),
  },
  { title: 'DeliveredRow' },
)
