import { Type } from 'typebox'
import { PackNameView } from './pack-name.ts'

const text = Type.String()
const NullableText = Type.Union([Type.String(), Type.Null()])
const ClauseView = Type.Object({ document: text, article: Type.Optional(text) })

/** A name a policy bears or bore in texts, from a day, to a day; null: not known, or still. */
const AliasView = Type.Object(
  { name: text, from: NullableText, to: NullableText },
  { title: 'PolicyAlias' },
)

const itemFields = {
  id: text,
  name: text,
  aliases: Type.Array(AliasView, { description: 'Names in texts of their time, the oldest first' }),
  category: text,
  categoryName: text,
  level: text,
  departments: Type.Array(text),
  computes: Type.Union([
    Type.Literal('full'),
    Type.Literal('eligibility'),
    Type.Literal('guidance'),
  ]),
  purpose: text,
  forWhom: Type.Optional(text),
  plain: Type.Optional(text),
  currentAmountText: NullableText,
  pending: Type.Boolean({ description: 'Something it needs today is not known: 待核' }),
  confidence: Type.Optional(text),
}

const ConditionView = Type.Object({
  id: text,
  text,
  clause: Type.Union([ClauseView, Type.Null()]),
  source: Type.Array(text),
  confidence: Type.Optional(text),
})

const ParameterView = Type.Object({
  id: text,
  name: text,
  type: Type.Union([Type.Literal('money'), Type.Literal('integer'), Type.Literal('number')]),
  unit: NullableText,
  rows: Type.Array(
    Type.Object({
      from: text,
      to: NullableText,
      value: Type.Number(),
      document: NullableText,
      source: Type.Array(text),
      confidence: Type.Optional(text),
    }),
  ),
  pending: Type.Array(Type.Object({ from: text, note: Type.Optional(text) })),
  knownUntil: NullableText,
  reviewBy: NullableText,
  adjusts: NullableText,
  own: Type.Boolean(),
})

const LinkView = Type.Object({
  programme: text,
  programmeName: text,
  text: Type.Optional(text),
  confidence: Type.Optional(text),
})

export const PolicyListView = Type.Object(
  {
    pack: PackNameView,
    awaiting: Type.Union([Type.Object({ version: text }), Type.Null()], {
      description: 'A later release of the pack that has arrived and is not adopted yet',
    }),
    items: Type.Array(Type.Object(itemFields, { title: 'PolicyItem' })),
    categories: Type.Array(Type.Object({ id: text, name: text })),
  },
  { title: 'PolicyList' },
)

export const PolicyView = Type.Object(
  {
    ...itemFields,
    en: Type.Optional(text),
    computesNote: NullableText,
    easyRead: NullableText,
    conditions: Type.Array(ConditionView),
    tiers: Type.Array(
      Type.Object({
        id: text,
        name: text,
        target: Type.Union([Type.Literal('household'), Type.Literal('person')]),
        conditions: Type.Array(ConditionView),
        amount: Type.Object({ kind: text, text: NullableText, per: Type.Optional(text) }),
      }),
    ),
    parameters: Type.Array(ParameterView),
    passports: Type.Array(LinkView),
    excludes: Type.Array(LinkView),
    materials: Type.Array(text),
    channel: NullableText,
    timeLimit: NullableText,
    review: NullableText,
    basis: Type.Array(ClauseView),
    sources: Type.Array(Type.Object({ id: text, text })),
    notes: NullableText,
    may: Type.Array(text),
  },
  { title: 'Policy' },
)
