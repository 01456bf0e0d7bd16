import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'

const strict = { additionalProperties: false } as const
const Day = Type.String({ format: 'date' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])

/** In the district `area`, outside it `outside` and `words`. */
export const RegisteredPlaceForm = Type.Object(
  {
    personId: Type.Integer({ minimum: 1 }),
    area: Type.Optional(
      Type.String({
        pattern: '^([0-9]{9}|[0-9]{12})$',
        description: 'A township or committee of the district',
      }),
    ),
    outside: Type.Optional(Type.Union([Type.Literal('shanghai'), Type.Literal('elsewhere')])),
    words: Type.Optional(
      Type.String({
        minLength: 2,
        maxLength: 100,
        pattern: '\\S',
        description: 'District of Shanghai, or province and city',
      }),
    ),
    from: Day,
    verifiedOn: Day,
    source: Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' }),
    evidence: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })),
    basis: Type.Optional(Type.String({ pattern: '^[a-z-]{1,40}$' })),
    version: Type.Integer({ minimum: 1, description: 'The version the writer has seen' }),
  },
  { title: 'RegisteredPlaceForm', ...strict },
)

export const RegisteredPlacesView = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        personId: Type.Integer(),
        place: classed(Type.String(), 'plain'),
        from: Day,
        to: orNull(Day),
        verifiedOn: Day,
        source: Type.String(),
        evidence: classed(orNull(Type.String()), 'free-text'),
        supersededAt: orNull(Type.String({ format: 'date-time', description: 'Put right since' })),
      }),
    ),
    townships: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  },
  { title: 'RegisteredPlaces' },
)

export const RegisteredHereView = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        name: classed(Type.String({ description: 'Its first sign alone' }), 'listed-name'),
        township: Type.String({ description: 'Where they live, which answers for visits' }),
      }),
    ),
  },
  { title: 'RegisteredHere' },
)
