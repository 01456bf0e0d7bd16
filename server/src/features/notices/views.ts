import { Type } from 'typebox'
import type { NoticeField } from './notice.ts'

const Day = Type.String({ format: 'date' })
const At = Type.String({ format: 'date-time' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const strict = { additionalProperties: false } as const

const Words = Type.String({ maxLength: 5000 })
const contentFields = {
  handler: Words,
  contact: Words,
  aim: Words,
  way: Words,
  kinds: Words,
  necessity: Words,
  kept: Words,
  rights: Words,
  receivers: Words,
  text: Words,
  easy: Words,
} as const satisfies Record<NoticeField, typeof Words>

const FieldView = Type.Union([
  Type.Literal('handler'),
  Type.Literal('contact'),
  Type.Literal('aim'),
  Type.Literal('way'),
  Type.Literal('kinds'),
  Type.Literal('necessity'),
  Type.Literal('kept'),
  Type.Literal('rights'),
  Type.Literal('receivers'),
  Type.Literal('text'),
  Type.Literal('easy'),
])

const NoticeView = Type.Object(
  {
    id: Type.Integer(),
    version: Type.Integer(),
    content: Type.Object(contentFields, { title: 'NoticeContent' }),
    edit: Type.Integer({ description: 'How often it was written in; sent back as `seen`' }),
    gaps: Type.Array(FieldView, { description: 'What must be filled in before it is published' }),
    own: Type.Boolean({ description: 'The reader wrote in it and does not publish it' }),
    writtenBy: Type.Array(Type.String()),
    from: orNull(Day),
    publishedAt: orNull(At),
    publishedBy: orNull(Type.String()),
  },
  { title: 'Notice' },
)

export const PurposeView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    restsOn: Type.Union([Type.Literal('duty'), Type.Literal('consent'), Type.Literal('separate')]),
    law: Type.String({ description: 'Document and article' }),
    lawConfirmed: Type.Boolean({ description: 'False: recalled, to be checked' }),
    sensitive: Type.Boolean(),
    toOthers: Type.Boolean({ description: 'A receiver is named' }),
    inForce: orNull(Type.Integer({ description: 'Number of the version in force today' })),
    notices: Type.Array(NoticeView, { description: 'The latest first; a draft for who may write' }),
  },
  { title: 'Purpose' },
)

export const PurposesView = Type.Object({ items: Type.Array(PurposeView) })

export const NoticeForm = Type.Object(
  { ...contentFields, seen: Type.Integer({ minimum: 0 }) },
  { title: 'NoticeForm', ...strict },
)

export const PublicationForm = Type.Object(
  { from: Type.String({ format: 'date' }), seen: Type.Integer({ minimum: 1 }) },
  { title: 'PublicationForm', ...strict },
)
