import { Type } from 'typebox'

const Kinds = Type.Array(
  Type.Union([
    Type.Literal('owner'),
    Type.Literal('department'),
    Type.Literal('visit'),
    Type.Literal('resident'),
    Type.Literal('load'),
  ]),
  { minItems: 5, maxItems: 5, description: 'Kinds of sources, the most trusted first; each once' },
)

export const FactTrustView = Type.Object(
  {
    fact: Type.String(),
    name: Type.String(),
    en: Type.String(),
    owner: Type.Union([Type.String(), Type.Null()]),
    kinds: Kinds,
    statedId: Type.Union([Type.Integer(), Type.Null()], {
      description: 'Null: as it follows from the list of facts, which nobody has confirmed',
    }),
    history: Type.Array(
      Type.Object({
        kinds: Kinds,
        because: Type.String(),
        recordedAt: Type.String({ format: 'date-time' }),
        recordedBy: Type.String(),
      }),
    ),
  },
  { title: 'FactTrust' },
)

export const TrustForm = Type.Object(
  {
    kinds: Kinds,
    because: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' }),
    seen: Type.Union([Type.Integer(), Type.Null()], {
      description: 'The number of the order that was seen',
    }),
  },
  { title: 'TrustForm', additionalProperties: false },
)
