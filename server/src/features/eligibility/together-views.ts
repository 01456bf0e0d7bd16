import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { PackNameView } from '../policies/pack-name.ts'
import { AmountView } from './views.ts'

const text = Type.String()
const fen = Type.Integer({ description: 'Fen' })

/** A programme for the household, or for one member. */
const named = {
  programme: text,
  programmeName: text,
  member: Type.Optional(text),
  memberName: Type.Optional(classed(text, 'name')),
}
const NamedView = Type.Object(named)

const share = {
  ...named,
  tier: Type.Optional(text),
  tierName: Type.Optional(text),
  amount: AmountView,
  received: Type.Boolean(),
}

const TotalsView = Type.Object(
  { month: fen, year: fen, once: fen },
  { description: 'What is certain, by how it is paid' },
)

const ReasonView = Type.Union([
  Type.Literal('excludes'),
  Type.Literal('may-exclude'),
  Type.Literal('ends'),
  Type.Literal('may-end'),
  Type.Literal('pays-less'),
])

export const CombinationView = Type.Object(
  {
    on: text,
    pack: PackNameView,
    advice: text,
    shares: Type.Array(Type.Object(share)),
    totals: TotalsView,
    left: Type.Array(
      Type.Object({
        ...named,
        received: Type.Boolean(),
        reason: ReasonView,
        with: Type.Array(NamedView),
      }),
    ),
    lowerTiers: Type.Array(Type.Object({ ...named, tierName: text, takenName: text })),
    following: Type.Array(
      Type.Object({ ...share, via: Type.Array(text, { description: 'Names of programmes' }) }),
    ),
    totalsWithFollowing: TotalsView,
    keptOnly: Type.Array(NamedView, {
      description: 'Received, although the facts do not say that it is due',
    }),
    complete: Type.Boolean({
      description: 'False if there were too many ways to compare them all',
    }),
  },
  { title: 'Combination' },
)

const CurveName = Type.Union([Type.Literal('confirmed'), Type.Literal('followed')])

export const IncomeCurveView = Type.Object(
  {
    on: text,
    pack: PackNameView,
    advice: text,
    member: text,
    members: Type.Array(Type.Object({ id: text, name: classed(text, 'name') })),
    factName: text,
    current: classed(Type.Union([fen, Type.Null()]), 'plain'),
    points: Type.Array(Type.Object({ earned: fen, confirmed: fen, followed: fen })),
    losses: Type.Array(
      Type.Object({
        ...named,
        kind: Type.Union([Type.Literal('ends'), Type.Literal('falls'), Type.Literal('tapers')]),
        earned: fen,
        until: Type.Optional(fen),
        curves: Type.Array(CurveName),
        lost: AmountView,
      }),
    ),
    undecided: Type.Array(NamedView),
    complete: Type.Boolean(),
  },
  { title: 'IncomeCurve' },
)
