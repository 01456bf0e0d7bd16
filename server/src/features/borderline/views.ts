import { type Static, Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'

const text = Type.String()
const fen = Type.Integer({ description: 'Fen' })

const FacetView = Type.Object({ id: text, name: text, count: Type.Integer() })

export const NearLineView = Type.Object(
  {
    householdId: Type.Integer(),
    registerNo: text,
    head: classed(text, 'listed-name'),
    member: classed(Type.Union([text, Type.Null()]), 'listed-name'),
    area: Type.Object({ id: text, name: text, level: text, township: Type.Optional(text) }),
    programme: text,
    programmeName: text,
    label: text,
    unit: text,
    value: fen,
    line: fen,
    gap: fen,
    permille: Type.Integer({ description: 'Gap in tenths of a per cent of the line' }),
    exact: Type.Boolean({ description: 'False: value and gap are the least they can be' }),
    since: text,
  },
  { title: 'NearLine' },
)

export type NearLineRow = Static<typeof NearLineView>

export const BorderlineView = Type.Object(
  {
    items: Type.Array(NearLineView),
    total: Type.Integer(),
    page: Type.Integer(),
    size: Type.Integer(),
    facets: Type.Object({ areas: Type.Array(FacetView), programmes: Type.Array(FacetView) }),
  },
  { title: 'Borderline' },
)

export type Borderline = Static<typeof BorderlineView>
export type Facet = Static<typeof FacetView>
