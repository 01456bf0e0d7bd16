import type { Pack, Parameter } from '@qiao/rules'
import { type Static, Type } from 'typebox'

/** A name that an expression may use. */
export const FeelNameView = Type.Object(
  {
    name: Type.String(),
    id: Type.String(),
    detail: Type.String(),
    info: Type.String(),
    programme: Type.Optional(Type.String({ description: 'Where a term or figure is declared' })),
  },
  { title: 'FeelName' },
)

/** Facts, figures and terms of a pack by the names that expressions call them. */
export function feelNames({ facts, programmes }: Pack): Static<typeof FeelNameView>[] {
  const unitOf = ({ unit, type }: Pick<Parameter, 'unit' | 'type'>) => unit ?? type
  return [
    ...facts.map(({ id, name, en, entity, type, unit, codes }) => ({
      id,
      name,
      detail: `${entity === 'person' ? '个人' : '家庭'} · ${unit ?? type}`,
      info: [en ?? '', (codes ?? []).map((code) => `"${code.name}"`).join('、')]
        .filter((part) => part !== '')
        .join('\n'),
    })),
    ...programmes.flatMap((programme) => [
      ...programme.parameters.map((parameter) => ({
        id: parameter.id,
        name: parameter.name,
        detail: `标准 · ${unitOf(parameter)}`,
        info: programme.name,
        programme: programme.id,
      })),
      ...programme.terms.map(({ id, name }) => ({
        id,
        name,
        detail: '计算项',
        info: programme.name,
        programme: programme.id,
      })),
    ]),
  ]
}
