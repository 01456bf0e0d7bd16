import { type Static, Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { ClockStandingView } from '../duties/clock-views.ts'
import { dispositions } from './lead.ts'

/** What the worklist answers with. Money is fen, days are YYYY-MM-DD. */

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

const Per = Type.Union([
  Type.Literal('month'),
  Type.Literal('year'),
  Type.Literal('once'),
  Type.Literal('event'),
])

const LeadAmountView = Type.Union([
  Type.Object({ kind: Type.Literal('exact'), fen: Type.Integer(), per: Per }),
  Type.Object({
    kind: Type.Literal('range'),
    min: Type.Integer(),
    max: nullable(Type.Integer()),
    per: Per,
  }),
  Type.Object({
    kind: Type.Union([Type.Literal('official'), Type.Literal('none'), Type.Literal('unknown')]),
  }),
])
export type LeadAmount = Static<typeof LeadAmountView>

/** What stands on a lead of clinical facts tells of them. */
const byClinical = { of: 'clinical', as: { true: 'clinical' }, otherwise: 'plain' }

/** Names in a list are shown to fewer than on the page of one lead. */
const lineOf = (nameClass: 'name' | 'listed-name') => ({
  id: Type.Integer(),
  programme: Type.String(),
  programmeName: Type.String(),
  member: classed(nullable(Type.String()), nameClass),
  verdict: Type.Union([Type.Literal('eligible'), Type.Literal('unknown')]),
  amount: LeadAmountView,
  why: Type.String(),
  state: Type.Union([Type.Literal('open'), Type.Literal('cooling'), Type.Literal('closed')]),
  disposition: nullable(Type.Union(dispositions.map((one) => Type.Literal(one)))),
  reason: classed(nullable(Type.String()), 'free-text'),
  note: classed(nullable(Type.String()), 'free-text'),
  coolsUntil: nullable(Type.String()),
  closeReason: nullable(Type.String({ description: '了结原因' })),
})
const LeadLineView = Type.Object(lineOf('name'), { title: 'LeadLine' })
const ListedLineView = Type.Object(lineOf('listed-name'), { title: 'ListedLeadLine' })
export type LeadLine = Static<typeof LeadLineView>

const rowOf = <L extends typeof LeadLineView>(nameClass: 'name' | 'listed-name', line: L) => ({
  id: Type.Integer(),
  householdId: Type.Integer(),
  registerNo: Type.String(),
  head: classed(Type.String(), nameClass),
  size: Type.Integer(),
  area: Type.Object({
    id: Type.String(),
    name: Type.String(),
    level: Type.Union([
      Type.Literal('district'),
      Type.Literal('township'),
      Type.Literal('committee'),
    ]),
    township: Type.Optional(Type.String()),
  }),
  lines: classed(Type.Array(line), byClinical),
  monthlyFen: Type.Integer({ description: 'Sure sum of the open lines that pay by the month' }),
  monthlyMaxFen: nullable(Type.Integer({ description: 'null: no upper end' })),
  why: classed(Type.String(), byClinical),
  since: Type.String(),
  assignee: nullable(Type.Object({ id: Type.String(), name: Type.String() })),
  snoozedUntil: nullable(Type.String()),
  state: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  clinical: Type.Boolean({
    description: 'Rests on clinical facts; what else the household may be missing is another lead',
  }),
  version: Type.Integer(),
  clock: nullable(ClockStandingView),
  may: Type.Array(Type.String({ description: 'assign, snooze, dispose, note' })),
})

const LeadRowView = Type.Object(rowOf('listed-name', ListedLineView), { title: 'LeadRow' })
export type LeadRow = Static<typeof LeadRowView>

/** What somebody wrote of a household; what the program wrote is no free text. */
const byKind = {
  of: 'kind',
  as: { note: 'free-text', disposition: 'free-text' },
  otherwise: 'plain',
}

export const LeadView = Type.Object(
  {
    ...rowOf('name', LeadLineView),
    events: Type.Array(
      Type.Object({
        at: Type.String(),
        by: nullable(Type.String({ description: 'null: the program itself' })),
        kind: Type.String(),
        text: classed(Type.String(), byKind),
      }),
    ),
  },
  { title: 'Lead' },
)
export type Lead = Static<typeof LeadView>

const FacetView = Type.Object(
  { id: Type.String(), name: Type.String(), count: Type.Integer() },
  { title: 'Facet' },
)
export type Facet = Static<typeof FacetView>

export const LeadListView = Type.Object(
  {
    total: Type.Integer(),
    page: Type.Integer(),
    size: Type.Integer(),
    items: Type.Array(LeadRowView),
    facets: Type.Object({
      areas: Type.Array(FacetView),
      programmes: Type.Array(FacetView),
      states: Type.Array(FacetView),
      verdicts: Type.Array(FacetView),
      due: Type.Array(FacetView),
    }),
    monthlyFen: Type.Integer(),
  },
  { title: 'LeadList' },
)
export type LeadList = Static<typeof LeadListView>
