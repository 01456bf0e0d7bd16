import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'

const strict = { additionalProperties: false } as const
const Day = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const said = (most: number) => Type.String({ minLength: 2, maxLength: most, pattern: '\\S' })
const AreaName = Type.Object({ id: Type.String(), name: Type.String(), level: Type.String() })
const Value = Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()])

export const StateView = Type.Union([
  Type.Literal('open'),
  Type.Literal('returned'),
  Type.Literal('approved'),
  Type.Literal('refused'),
  Type.Literal('withdrawn'),
])

const EvidenceKindView = Type.Union([
  Type.Literal('id-card'),
  Type.Literal('household-register'),
  Type.Literal('certificate'),
  Type.Literal('department'),
  Type.Literal('visit'),
  Type.Literal('other'),
])

const AskedItem = Type.Object(
  {
    personId: orNull(Type.Integer({ minimum: 1 })),
    field: Type.String({
      pattern: '^(name|id-number|phone|address|fact:[a-z0-9_]{1,100})$',
      description: 'fact: and the id of a fact that is on record',
    }),
    after: Type.Optional(Value),
  },
  strict,
)

const Form = {
  reason: said(500),
  evidenceKind: EvidenceKindView,
  evidence: said(200),
  items: Type.Array(AskedItem, { minItems: 1, maxItems: 30 }),
}

export const ChangeRequestForm = Type.Object(
  {
    ...Form,
    version: Type.Integer({ minimum: 1, description: 'Of the household, as it was seen' }),
  },
  { title: 'ChangeRequestForm', ...strict },
)

const Version = Type.Integer({ minimum: 1, description: 'Of the request, as it was seen' })

export const AmendmentForm = Type.Object(
  { ...Form, version: Version },
  { title: 'AmendmentForm', description: 'An item without `after` stays as asked', ...strict },
)

export const VersionForm = Type.Object({ version: Version }, strict)

export const DecisionForm = Type.Object(
  {
    decision: Type.Union([Type.Literal('returned'), Type.Literal('refused')]),
    because: said(500),
    version: Version,
  },
  { title: 'DecisionForm', ...strict },
)

export const ApprovalForm = Type.Object(
  {
    version: Version,
    others: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: Type.Integer({ minimum: 1 }),
            version: Version,
            becomes: Type.Union([Type.Literal('refused'), Type.Literal('rebased')]),
          },
          strict,
        ),
        { maxItems: 30, description: 'What becomes of the others that wait for the same' },
      ),
    ),
  },
  { title: 'ApprovalForm', ...strict },
)

export const ChangeRequestIdView = Type.Object({ id: Type.Integer() }, { title: 'ChangeRequestId' })

const Household = Type.Object({ id: Type.Integer(), registerNo: Type.String() })

export const ChangeRequestListView = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        id: Type.Integer(),
        state: StateView,
        household: Household,
        area: AreaName,
        names: Type.Array(classed(Type.String(), 'listed-name')),
        fieldNames: Type.Array(Type.String()),
        madeAt: Instant,
        madeBy: Type.String(),
        mine: Type.Boolean(),
        conflicting: Type.Boolean(),
        outOfDate: Type.Boolean(),
      }),
    ),
    total: Type.Integer(),
    page: Type.Integer(),
    size: Type.Integer(),
    toCheck: Type.Integer({ description: 'That wait for a decision the reader may take' }),
    returned: Type.Integer({ description: 'Own ones that came back' }),
  },
  { title: 'ChangeRequestList' },
)

/** What a value is of: its item says so itself. */
const ofItem = { of: 'class' }

const ChangeItemView = Type.Object(
  {
    personId: orNull(Type.Integer()),
    person: classed(Type.String(), 'name'),
    field: Type.String(),
    fieldName: Type.String(),
    class: Type.Union([
      Type.Literal('name'),
      Type.Literal('id-number'),
      Type.Literal('phone'),
      Type.Literal('address'),
      Type.Literal('plain'),
      Type.Literal('need-signal'),
      Type.Literal('clinical'),
    ]),
    before: classed(orNull(Type.String()), ofItem),
    now: classed(orNull(Type.String()), ofItem),
    after: classed(Type.String(), ofItem),
    value: Type.Optional(classed(Value, ofItem)),
    outOfDate: Type.Boolean({ description: 'What is on record now is not what was' }),
    done: Type.Boolean({ description: 'What is asked for is on record already' }),
  },
  { title: 'ChangeItem' },
)

const StepView = Type.Union([
  Type.Literal('amend'),
  Type.Literal('withdraw'),
  Type.Literal('rebase'),
  Type.Literal('return'),
  Type.Literal('refuse'),
  Type.Literal('approve'),
])

export const ChangeRequestView = Type.Object(
  {
    id: Type.Integer(),
    state: StateView,
    version: Type.Integer(),
    household: Household,
    area: AreaName,
    reason: classed(Type.String(), 'free-text'),
    evidenceKind: EvidenceKindView,
    evidence: classed(Type.String(), 'free-text'),
    seenOn: Day,
    madeAt: Instant,
    madeBy: Type.String(),
    mine: Type.Boolean(),
    items: Type.Array(ChangeItemView),
    conflicts: Type.Array(
      Type.Object({
        id: Type.Integer(),
        version: Type.Integer(),
        state: StateView,
        madeAt: Instant,
        madeBy: Type.String(),
        mine: Type.Boolean(),
        fieldNames: Type.Array(Type.String()),
      }),
    ),
    events: Type.Array(
      Type.Object({
        kind: Type.String(),
        at: Instant,
        by: Type.String(),
        because: classed(orNull(Type.String()), 'free-text'),
      }),
    ),
    steps: Type.Array(StepView),
    reasonShows: Type.Array(Type.String()),
  },
  { title: 'ChangeRequest' },
)
