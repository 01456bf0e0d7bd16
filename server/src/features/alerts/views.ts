import { Type } from 'typebox'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const At = Type.String({ format: 'date-time' })

const AlertView = Type.Object(
  {
    id: Type.Integer(),
    pattern: Type.String({ description: 'What was seen, e.g. `households-read`' }),
    staffId: orNull(Type.String({ description: 'Whose account; null over many' })),
    name: orNull(Type.String()),
    roleName: orNull(Type.String()),
    evidence: Type.Array(
      Type.Object({
        count: Type.Integer(),
        from: At,
        to: At,
        entries: Type.Array(Type.Integer(), { description: 'Latest entries of the audit log' }),
      }),
      { description: 'Each time it was seen, the latest last; never of which household' },
    ),
    raisedAt: At,
    lastAt: At,
    settledAt: orNull(At),
    settledBy: orNull(Type.String()),
    note: orNull(Type.String()),
    own: Type.Boolean({ description: 'Of the reader’s own account, which another settles' }),
  },
  { title: 'Alert' },
)

export const AlertsView = Type.Object({ items: Type.Array(AlertView) })

export const AlertSettlementForm = Type.Object(
  { note: Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' }) },
  { title: 'AlertSettlementForm', additionalProperties: false },
)
