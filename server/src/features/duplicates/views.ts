import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { MergeView } from './merge-views.ts'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const AreaName = Type.Object({ id: Type.String(), name: Type.String(), level: Type.String() })
export const StateView = Type.Union([
  Type.Literal('open'),
  Type.Literal('not-same'),
  Type.Literal('merged'),
])

const Reasons = Type.Array(
  Type.String({ description: 'same-name, other-sex …: what agrees, and what speaks against it' }),
)

const ListedPerson = Type.Object({
  personId: Type.Integer(),
  householdId: Type.Integer(),
  registerNo: Type.String(),
  name: classed(Type.String(), 'listed-name'),
  area: AreaName,
})

export const PairListView = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        id: Type.Integer(),
        score: Type.Integer(),
        reasons: Reasons,
        state: StateView,
        first: ListedPerson,
        second: ListedPerson,
      }),
    ),
    total: Type.Integer(),
    page: Type.Integer(),
    size: Type.Integer(),
  },
  { title: 'DuplicatePairList' },
)

const PairedPerson = Type.Object({
  personId: Type.Integer(),
  householdId: Type.Integer(),
  registerNo: Type.String(),
  area: AreaName,
  name: classed(Type.String(), 'name'),
  idNumber: classed(orNull(Type.String()), 'id-number'),
  temporaryNo: classed(orNull(Type.String()), 'id-number'),
  birthDate: classed(orNull(Type.String({ format: 'date' })), 'plain'),
  sex: classed(orNull(Type.String({ description: 'GB/T 2261.1' })), 'plain'),
  phone: classed(orNull(Type.String()), 'phone'),
  address: classed(Type.String(), 'address'),
})

export const PairView = Type.Object(
  {
    id: Type.Integer(),
    score: Type.Integer(),
    reasons: Reasons,
    state: StateView,
    decidedAt: orNull(Type.String({ format: 'date-time' })),
    decidedBy: orNull(Type.String()),
    note: classed(orNull(Type.String()), 'free-text'),
    merge: orNull(MergeView),
    first: PairedPerson,
    second: PairedPerson,
    fields: Type.Array(
      Type.Object({
        field: Type.String({ description: 'As it is called in both persons' }),
        standing: Type.Union([
          Type.Literal('same'),
          Type.Literal('differs'),
          Type.Literal('one-unknown'),
          Type.Literal('unknown'),
        ]),
      }),
    ),
  },
  { title: 'DuplicatePair' },
)
