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

const WayView = Type.Union([Type.Literal('paper'), Type.Literal('spoken')])

export const AuthorisationView = Type.Object(
  {
    id: Type.Integer(),
    personId: orNull(Type.Integer({ description: 'Null: the whole household' })),
    basis: orNull(Type.String()),
    purpose: Type.String(),
    purposeName: Type.String(),
    recipient: classed(
      orNull(Type.String({ description: 'Who gets the data; null: own use' })),
      'free-text',
    ),
    noticeId: orNull(Type.Integer({ description: 'Null: recorded without a notice' })),
    noticeVersion: orNull(Type.Integer()),
    way: orNull(WayView),
    guardianName: classed(
      orNull(Type.String({ description: 'Who consents for a child under fourteen' })),
      'name',
    ),
    guardianRelation: classed(orNull(Type.String()), 'plain'),
    from: Day,
    to: Day,
    evidence: classed(Type.String(), 'free-text'),
    state: Type.Union([
      Type.Literal('coming'),
      Type.Literal('valid'),
      Type.Literal('over'),
      Type.Literal('withdrawn'),
      Type.Literal('reconfirm', { description: 'Given by a guardian; the person is fourteen now' }),
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
    meansCheck: Type.Object({
      missing: Type.Array(
        Type.Object({
          personId: Type.Integer(),
          why: Type.Union([
            Type.Literal('none'),
            Type.Literal('untold', { description: 'Recorded without a notice' }),
            Type.Literal('coming'),
            Type.Literal('over'),
            Type.Literal('withdrawn'),
            Type.Literal('reconfirm'),
          ]),
        }),
        { description: 'Members who have yet to authorise a check of means under a notice' },
      ),
    }),
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

const Words = (maxLength: number) => Type.Optional(Type.String({ minLength: 1, maxLength }))

export const ConsentForm = Type.Object(
  {
    personId: Type.Integer({ minimum: 1 }),
    purpose: Type.String({ maxLength: 40 }),
    recipient: Type.Optional(Type.String({ minLength: 2, maxLength: 100, pattern: '\\S' })),
    noticeId: Type.Integer({ minimum: 1 }),
    way: WayView,
    from: Type.String({ maxLength: 10 }),
    to: Type.String({ maxLength: 10 }),
    evidence: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    guardianId: Type.Optional(Type.Integer({ minimum: 1 })),
    guardianName: Words(50),
    guardianRelation: Words(20),
  },
  { title: 'ConsentForm', ...strict },
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
