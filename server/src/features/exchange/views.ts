import type { Fact } from '@qiao/rules'
import { Type } from 'typebox'
import { type Source, templateHeadings } from './source.ts'
import { behindOthers, dueOn, unconfirmed } from './source-terms.ts'
import type { StatedSource } from './source-queries.ts'

const strict = { additionalProperties: false } as const
const text = Type.String()
const Day = Type.String({ format: 'date' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()], { description: 'Null: not confirmed' })
const CadenceView = Type.Union([
  Type.Literal('daily'),
  Type.Literal('weekly'),
  Type.Literal('monthly'),
  Type.Literal('quarterly'),
  Type.Literal('yearly'),
  Type.Literal('on-request'),
])
const SharingClassView = Type.Union([
  Type.Literal('unconditional'),
  Type.Literal('conditional'),
  Type.Literal('withheld'),
])
export const SharingMethodView = Type.Union([
  Type.Literal('interface'),
  Type.Literal('table'),
  Type.Literal('file'),
  Type.Literal('lookup'),
  Type.Literal('other'),
])
const GradeView = Type.Union([
  Type.Literal('general'),
  Type.Literal('important'),
  Type.Literal('core'),
])
const said = (maxLength: number) => orNull(Type.String({ minLength: 1, maxLength, pattern: '\\S' }))

const Terms = {
  owner: orNull(text),
  legalBasis: orNull(text),
  cadence: orNull(CadenceView),
  contact: orNull(text),
  sharing: orNull(SharingClassView),
  method: orNull(SharingMethodView),
  grade: orNull(GradeView),
}

export const SourceFieldView = Type.Object(
  {
    id: text,
    name: text,
    type: text,
    unit: Type.Union([text, Type.Null()]),
    codes: Type.Array(Type.Object({ code: text, name: text })),
  },
  { title: 'SourceField' },
)

export const SourceView = Type.Object(
  {
    id: text,
    name: text,
    en: text,
    ...Terms,
    statedId: orNull(Type.Integer()),
    lastOn: orNull(Day),
    dueOn: orNull(Day),
    overdue: Type.Boolean(),
    fields: Type.Array(SourceFieldView),
    behind: Type.Array(text, {
      description: 'Names of the facts of which the word of another kind of source goes first',
    }),
    orderConfirmed: Type.Boolean({
      description: 'A data steward set the order of trust of every fact it delivers',
    }),
    template: Type.Array(text, { description: 'Headings of what it delivers' }),
  },
  { title: 'Source' },
)

export const SourceForm = Type.Object(
  {
    owner: said(100),
    legalBasis: said(300),
    cadence: orNull(CadenceView),
    contact: said(100),
    sharing: orNull(SharingClassView),
    method: orNull(SharingMethodView),
    grade: orNull(GradeView),
    because: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' }),
    seen: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
      description: 'statedId as the writer has seen it',
    }),
  },
  { title: 'SourceForm', ...strict },
)

export const SourceHistoryView = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        ...Terms,
        because: text,
        recordedAt: Type.String({ format: 'date-time' }),
        recordedBy: text,
        supersededAt: orNull(Type.String({ format: 'date-time' })),
      }),
    ),
  },
  { title: 'SourceHistory' },
)

/** @param today 'YYYY-MM-DD', by which a delivery may be overdue */
export function sourceView(
  { id, name, en }: Source,
  fields: readonly Fact[],
  {
    stated,
    today,
    orders,
  }: Readonly<{
    stated: StatedSource | undefined
    today: string
    orders: Parameters<typeof behindOthers>[1]
  }>,
) {
  const { owner, legalBasis, cadence, contact, sharing, method, grade } = stated ?? unconfirmed
  const due = dueOn(cadence, stated?.lastOn ?? null)
  return {
    id,
    name,
    en,
    owner,
    legalBasis,
    cadence,
    contact,
    sharing,
    method,
    grade,
    statedId: stated?.statedId ?? null,
    lastOn: stated?.lastOn ?? null,
    dueOn: due,
    overdue: due !== null && due < today,
    fields: fields.map(fieldView),
    behind: behindOthers(fields, orders).map((fact) => fact.name),
    orderConfirmed: fields.every(({ id: fact }) => orders.has(fact)),
    template: fields.length > 0 ? templateHeadings(fields.map(fieldView)) : [],
  }
}

export function fieldView({ id, name, type, unit, codes }: Fact) {
  return { id, name, type, unit: unit ?? null, codes: (codes ?? []).map((one) => ({ ...one })) }
}
