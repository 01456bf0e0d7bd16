import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'

const strict = { additionalProperties: false } as const
const Day = Type.String({ format: 'date' })
const PersonId = Type.Integer({ minimum: 1 })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const Kind = Type.Union([
  Type.Literal('of-parent'),
  Type.Literal('of-child'),
  Type.Literal('of-kin'),
])
const said = (maxLength: number) => Type.String({ minLength: 2, maxLength, pattern: '\\S' })

export const SupporterForm = Type.Object(
  {
    personId: Type.Integer({ minimum: 1, description: 'Who is to be supported' }),
    kind: Kind,
    relation: Type.String({ pattern: '^[0-9]{2}$', description: 'To them, GB/T 4761' }),
    supporterId: Type.Optional(PersonId),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 50, pattern: '\\S' })),
    from: Day,
    source: said(200),
  },
  { title: 'SupporterForm', ...strict },
)

export const SupportEndingForm = Type.Object(
  { lastDay: Day, because: said(200) },
  { title: 'SupportEndingForm', ...strict },
)

export const SupporterIdView = Type.Object({ id: Type.Integer() }, { title: 'SupporterId' })

export const SupportersView = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        id: Type.Integer(),
        personId: Type.Integer(),
        kind: Kind,
        relation: classed(Type.String(), 'plain'),
        supporterId: orNull(Type.Integer()),
        name: classed(Type.String(), 'name'),
        householdId: orNull(Type.Integer()),
        from: Day,
        to: orNull(Day),
        endedBecause: classed(orNull(Type.String()), 'plain'),
        source: classed(Type.String(), 'plain'),
      }),
    ),
  },
  { title: 'Supporters' },
)
