import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'

/** What leaves by HTTP, declared once: validation, types and the API's document come from here. */

const Day = Type.String({ format: 'date' })
const At = Type.String({ format: 'date-time' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const strict = { additionalProperties: false } as const

export const BasisView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    law: orNull(Type.String({ description: 'Document and article' })),
    lawConfirmed: Type.Boolean({ description: 'False: recalled, to be checked' }),
    discovery: Type.Boolean({ description: 'Covers finding people who have not asked' }),
    authorised: Type.Boolean({ description: 'Counts only within a valid authorisation' }),
  },
  { title: 'Basis' },
)

const withdrawal = {
  recordedAt: At,
  recordedBy: Type.String(),
  withdrawnOn: orNull(Day),
  withdrawnBy: orNull(Type.String()),
}

export const AuthorisationView = Type.Object(
  {
    id: Type.Integer(),
    personId: orNull(Type.Integer({ description: 'Null: the whole household' })),
    basis: Type.String(),
    basisName: Type.String(),
    from: Day,
    to: Day,
    evidence: classed(Type.String(), 'free-text'),
    state: Type.Union([
      Type.Literal('coming'),
      Type.Literal('valid'),
      Type.Literal('over'),
      Type.Literal('withdrawn'),
    ]),
    ...withdrawal,
  },
  { title: 'Authorisation' },
)

const ObjectionKindView = Type.Union([Type.Literal('matching'), Type.Literal('push')])

export const ObjectionView = Type.Object(
  {
    id: Type.Integer(),
    personId: orNull(Type.Integer({ description: 'Null: the whole household' })),
    kind: ObjectionKindView,
    toldOn: Day,
    note: classed(orNull(Type.String()), 'free-text'),
    ...withdrawal,
  },
  { title: 'Objection' },
)

export const ConsentsView = Type.Object(
  {
    bases: Type.Array(BasisView),
    authorisations: Type.Array(AuthorisationView),
    objections: Type.Array(ObjectionView),
  },
  { title: 'Consents' },
)

const PersonId = Type.Optional(orNull(Type.Integer({ minimum: 1 })))

export const AuthorisationForm = Type.Object(
  {
    personId: PersonId,
    basis: Type.String({ pattern: '^[a-z-]{1,40}$' }),
    from: Type.String({ maxLength: 10 }),
    to: Type.String({ maxLength: 10 }),
    evidence: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
  },
  { title: 'AuthorisationForm', ...strict },
)

export const ObjectionForm = Type.Object(
  {
    personId: PersonId,
    kind: ObjectionKindView,
    toldOn: Type.String({ maxLength: 10 }),
    note: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { title: 'ObjectionForm', ...strict },
)
