import { type Static, Type } from 'typebox'

const text = Type.String()
const NullableText = Type.Union([text, Type.Null()])
const NullableId = Type.Union([Type.Integer(), Type.Null()])
const Named = Type.Object({ id: text, name: text, en: text })

export const AuditEntryView = Type.Object(
  {
    id: Type.Integer(),
    at: text,
    actor: Type.String({ description: 'staff:… or job:…' }),
    name: NullableText,
    roleName: NullableText,
    action: text,
    subject: NullableText,
    subjectName: Type.Union([text, Type.Null()], { description: 'Whose account it is about' }),
    householdId: NullableId,
    areaId: NullableText,
    reason: NullableText,
    requestId: NullableText,
    address: NullableText,
    fields: Type.Array(Type.String({ description: 'Names of fields, never what they say' })),
    rows: Type.Union([Type.Integer(), Type.Null()], { description: 'How many were shown or left' }),
  },
  { title: 'AuditEntry' },
)
export type AuditEntry = Static<typeof AuditEntryView>

export const AuditListView = Type.Object(
  {
    items: Type.Array(AuditEntryView),
    next: Type.Union([Type.Integer(), Type.Null()], { description: 'To be sent as `before`' }),
    actions: Type.Array(Named),
    fields: Type.Array(Named),
  },
  { title: 'AuditList' },
)

export const AuditChainView = Type.Object(
  {
    seal: Type.Union([
      Type.Object({ number: Type.Integer(), hash: text, at: text, lastEntry: Type.Integer() }),
      Type.Null(),
    ]),
    unsealed: Type.Integer({ description: 'Entries that no seal holds yet' }),
  },
  { title: 'AuditChain' },
)

export const AuditVerifiedView = Type.Object(
  {
    entries: Type.Integer(),
    seals: Type.Integer(),
    unsealed: Type.Integer(),
    findings: Type.Integer(),
    told: Type.Array(text, { description: 'The first hundred findings in words' }),
    hash: NullableText,
  },
  { title: 'AuditVerified' },
)

export const LookListView = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.Integer(),
          at: text,
          name: NullableText,
          roleName: NullableText,
          actionName: text,
          reason: NullableText,
          fieldNames: Type.Array(text),
        },
        { title: 'Look' },
      ),
    ),
  },
  { title: 'LookList' },
)
