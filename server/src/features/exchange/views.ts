import type { Fact } from '@qiao/rules'
import { Type } from 'typebox'
import type { Source } from './source.ts'

const text = Type.String()
const TextOrUnconfirmed = Type.Union([text, Type.Null()], { description: 'Null: not confirmed' })

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
    owner: TextOrUnconfirmed,
    legalBasis: TextOrUnconfirmed,
    cadence: TextOrUnconfirmed,
    trust: TextOrUnconfirmed,
    contact: TextOrUnconfirmed,
    fields: Type.Array(SourceFieldView),
  },
  { title: 'Source' },
)

export function sourceView(source: Source, fields: readonly Fact[]) {
  const { id, name, en } = source
  return {
    id,
    name,
    en,
    owner: source.owner ?? null,
    legalBasis: source.legalBasis ?? null,
    cadence: source.cadence ?? null,
    trust: source.trust ?? null,
    contact: source.contact ?? null,
    fields: fields.map(fieldView),
  }
}

export function fieldView({ id, name, type, unit, codes }: Fact) {
  return { id, name, type, unit: unit ?? null, codes: (codes ?? []).map((one) => ({ ...one })) }
}
