import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'

const Day = Type.String({ format: 'date' })
const At = Type.String({ format: 'date-time' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const strict = { additionalProperties: false } as const
const StaffId = Type.String({ format: 'uuid' })
const Named = Type.Object({ id: StaffId, name: Type.String() })

const Kind = Type.Union([
  Type.Literal('violence'),
  Type.Literal('minor-at-risk'),
  Type.Literal('staff-relative'),
  Type.Literal('other'),
])

export const RestrictionView = Type.Object(
  {
    restriction: orNull(
      Type.Object({
        kind: Kind,
        kindName: Type.String(),
        because: classed(Type.String(), 'free-text'),
        from: Day,
        to: orNull(Day),
        responsible: Named,
        viewers: Type.Array(Named),
        /** Until when the reader sees it by an emergency look; null: named. */
        openUntil: orNull(At),
      }),
    ),
  },
  { title: 'Restriction' },
)

export const RestrictionForm = Type.Object(
  {
    kind: Kind,
    because: Type.String({ minLength: 5, maxLength: 500, pattern: '\\S' }),
    to: Type.Optional(orNull(Day)),
    responsible: StaffId,
    viewers: Type.Array(StaffId, { maxItems: 20 }),
  },
  { title: 'RestrictionForm', ...strict },
)

export const LiftForm = Type.Object(
  { because: Type.String({ minLength: 5, maxLength: 500, pattern: '\\S' }) },
  strict,
)

export const GlassForm = Type.Object(
  {
    idNumber: Type.Optional(Type.String({ minLength: 15, maxLength: 18 })),
    registerNo: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    because: Type.String({ minLength: 10, maxLength: 500, pattern: '\\S' }),
  },
  { title: 'GlassBreakForm', ...strict },
)

export const OpenedView = Type.Object(
  { id: Type.Integer(), householdId: Type.Integer(), expiresAt: At },
  { title: 'GlassBreakOpened' },
)

const GlassView = Type.Object(
  {
    id: Type.Integer(),
    householdId: orNull(Type.Integer({ description: 'Null where the reader does not see it' })),
    registerNo: orNull(Type.String()),
    areaName: orNull(Type.String()),
    by: Type.String(),
    because: Type.String(),
    openedAt: At,
    expiresAt: At,
    owner: Type.String(),
    reviewDue: Day,
    state: Type.Union([
      Type.Literal('open'),
      Type.Literal('to-review'),
      Type.Literal('overdue'),
      Type.Literal('reviewed'),
    ]),
    /** Whether it is the reader who has to review it. */
    mine: Type.Boolean(),
    justified: orNull(Type.Boolean()),
    finding: orNull(Type.String()),
    reviewedBy: orNull(Type.String()),
  },
  { title: 'GlassBreak' },
)

export const GlassListView = Type.Object(
  { items: Type.Array(GlassView), toReview: Type.Integer() },
  { title: 'GlassBreakList' },
)

export const ReviewForm = Type.Object(
  {
    justified: Type.Boolean(),
    finding: Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' }),
  },
  strict,
)
