import { Type } from 'typebox'
import type { ExportState } from './export.ts'

const text = Type.String()
const count = Type.Integer({ minimum: 0 })
const NullableText = Type.Union([text, Type.Null()])
const strict = { additionalProperties: false } as const

export const StateView = Type.Unsafe<ExportState>(
  Type.Union((['waiting', 'ready', 'refused', 'expired'] as const).map((one) => Type.Literal(one))),
)

const ColumnView = Type.Object({
  name: text,
  shown: Type.Union([Type.Literal('clear'), Type.Literal('duty')], {
    description: 'duty: masked outside the committees its reader has a duty for',
  }),
})

const NamedView = Type.Object({ id: text, name: text, en: text })

const FileView = Type.Object({
  at: text,
  rows: count,
  hash: Type.String({ description: 'SM3 of its bytes, hex' }),
})

export const ExportView = Type.Object(
  {
    id: Type.Integer(),
    list: text,
    listName: text,
    listEn: text,
    scope: Type.Array(text, { description: 'Filters in words' }),
    purpose: text,
    purposeName: text,
    purposeEn: text,
    note: NullableText,
    columns: Type.Array(ColumnView),
    counted: count,
    limitRows: count,
    mostRows: count,
    state: StateView,
    until: text,
    areaName: NullableText,
    askedBy: text,
    askedAt: text,
    mine: Type.Boolean(),
    decidedBy: NullableText,
    decidedAt: NullableText,
    because: NullableText,
    files: Type.Array(FileView),
    rowsThatDay: Type.Integer({
      description: 'Rows that whoever asked took along, of all lists, since the day began',
    }),
    mayDecide: Type.Boolean(),
  },
  { title: 'Export' },
)

export const ExportListView = Type.Object(
  {
    items: Type.Array(ExportView),
    total: count,
    page: Type.Integer(),
    size: Type.Integer(),
    toDecide: count,
    lists: Type.Array(NamedView),
  },
  { title: 'ExportList' },
)

const asked = {
  list: Type.String({ maxLength: 40 }),
  filters: Type.String({
    maxLength: 500,
    description: 'As the address of the list has them: area=…&programme=…',
  }),
}

export const PreviewForm = Type.Object(asked, strict)

export const PreviewView = Type.Object(
  {
    listName: text,
    listEn: text,
    scope: Type.Array(text),
    columns: Type.Array(ColumnView),
    rows: count,
    limitRows: Type.Integer({
      minimum: 0,
      description: 'Up to which nobody else is asked: of one export, and of what the day has left',
    }),
    dayRows: count,
    takenToday: Type.Integer({
      minimum: 0,
      description: 'Rows already asked for since the day began',
    }),
    needsApproval: Type.Boolean(),
    hours: Type.Integer(),
    purposes: Type.Array(
      Type.Object({
        ...NamedView.properties,
        note: Type.Boolean({ description: 'Asks for words' }),
      }),
    ),
  },
  { title: 'ExportPreview' },
)

export const ExportForm = Type.Object(
  {
    ...asked,
    purpose: Type.String({ maxLength: 40 }),
    note: Type.Optional(
      Type.String({ maxLength: 200, description: 'Without the name of anybody' }),
    ),
  },
  strict,
)

export const DecisionForm = Type.Object(
  {
    decision: Type.Union([Type.Literal('approve'), Type.Literal('refuse')]),
    because: Type.Optional(Type.String({ maxLength: 500 })),
  },
  strict,
)
