import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'

const strict = { additionalProperties: false } as const
const Day = Type.String({ format: 'date' })
const PersonId = Type.Integer({ minimum: 1 })
const Relation = Type.String({ pattern: '^[0-9]{2}$', description: 'GB/T 4761' })
const Source = Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' })
const Version = Type.Integer({ minimum: 1, description: 'The version the writer has seen' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])

const Related = Type.Object({ personId: PersonId, relation: Relation }, strict)

/** Who takes the place of a head who leaves, and who collects what is paid. */
export const Following = Type.Object(
  {
    head: Type.Optional(PersonId),
    relations: Type.Optional(Type.Array(Related, { maxItems: 50 })),
    collector: Type.Optional(PersonId),
  },
  strict,
)

export const LeavingForm = Type.Object(
  {
    day: Type.String({ format: 'date', description: 'The first day on which they are no member' }),
    because: Type.Union([
      Type.Literal('moved-out'),
      Type.Literal('died'),
      Type.Literal('detained'),
      Type.Literal('enlisted'),
      Type.Literal('other'),
    ]),
    source: Source,
    following: Type.Optional(Following),
    version: Version,
  },
  { title: 'LeavingForm', ...strict },
)

export const JoiningForm = Type.Object(
  {
    personId: PersonId,
    relation: Relation,
    from: Day,
    source: Source,
    following: Type.Optional(Following),
    version: Version,
  },
  { title: 'JoiningForm', ...strict },
)

export const SplitForm = Type.Object(
  {
    members: Type.Array(Related, { minItems: 1, maxItems: 50 }),
    day: Day,
    address: Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' }),
    source: Source,
    following: Type.Optional(Following),
    version: Version,
  },
  { title: 'SplitForm', ...strict },
)

export const MoveForm = Type.Object(
  {
    area: Type.String({ pattern: '^[0-9]{12}$', description: 'The committee they move to' }),
    address: Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' }),
    source: Source,
    version: Version,
  },
  { title: 'MoveForm', ...strict },
)

export const TakingBackForm = Type.Object(
  { because: Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' }), version: Version },
  { title: 'TakingBackForm', ...strict },
)

export const SplitView = Type.Object(
  { version: Type.Integer(), id: Type.Integer({ description: 'The new household' }) },
  { title: 'Split' },
)

export const CompositionView = Type.Object(
  {
    on: Day,
    members: Type.Array(
      Type.Object({
        personId: Type.Integer(),
        name: classed(Type.String(), 'name'),
        relation: classed(Type.String(), 'plain'),
        relationName: classed(Type.String(), 'plain'),
        from: Day,
        to: orNull(Day),
        endedBecause: classed(orNull(Type.String()), 'plain'),
        endedBecauseName: classed(orNull(Type.String()), 'plain'),
        source: classed(orNull(Type.String()), 'plain'),
      }),
    ),
    collectors: Type.Array(
      Type.Object({ personId: Type.Integer(), name: classed(Type.String(), 'name') }),
    ),
  },
  { title: 'Composition' },
)
