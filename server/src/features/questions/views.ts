import { type Static, Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'

/** What leaves by HTTP, declared once: validation, types and the API's document come from here. */

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])

export const WayView = Type.Union(
  [
    Type.Literal('person'),
    Type.Literal('visit'),
    Type.Literal('department'),
    Type.Literal('consent'),
  ],
  {
    description:
      'A line of a form, a visit, a letter to the department that shares the fact, first the consent of a legal supporter',
  },
)

export const QuestionView = Type.Object(
  {
    fact: Type.String({ description: 'The fact to be recorded' }),
    name: Type.String(),
    member: Type.Optional(Type.String()),
    memberName: Type.Optional(classed(Type.String(), 'name')),
    way: WayView,
    department: Type.Optional(Type.String()),
    forFact: Type.Optional(Type.String({ description: 'What the consent is sought for' })),
    ask: Type.String(),
    why: Type.String(),
    settles: Type.Array(
      Type.Object({
        programme: Type.String(),
        programmeName: Type.String(),
        member: Type.Optional(Type.String()),
        memberName: Type.Optional(classed(Type.String(), 'name')),
        probability: Type.Number({ description: 'Of being decided either way' }),
        eligible: Type.Number({ description: 'Of being decided for the household' }),
      }),
    ),
    decided: Type.Number({ description: 'Answers expected to be decided' }),
    found: Type.Optional(
      Type.Number({ description: 'Of those for the household; absent where nobody can say' }),
    ),
    certainFen: Type.Optional(
      Type.Integer({ description: 'Fen a month expected to become certain; absent likewise' }),
    ),
    cost: Type.Integer({ description: 'Minutes that it costs to find out' }),
    basis: Type.String({ description: 'Where the likelihood of answers comes from' }),
    mayRecord: Type.Boolean(),
  },
  { title: 'Question' },
)

export const HouseholdQuestionsView = Type.Object(
  { on: Type.String({ format: 'date' }), questions: Type.Array(QuestionView) },
  { title: 'HouseholdQuestions' },
)

const FacetView = Type.Object(
  { id: Type.String(), name: Type.String(), count: Type.Integer() },
  { title: 'Facet' },
)

const expected = {
  decided: Type.Number({ description: 'Answers expected to be decided' }),
  found: nullable(
    Type.Number({ description: 'Of those for the household; null where nobody can say' }),
  ),
  certainFen: nullable(Type.Integer({ description: 'Fen a month expected to become certain' })),
}

const AskedFactView = Type.Object(
  {
    fact: Type.String(),
    name: Type.String(),
    way: WayView,
    department: nullable(Type.String()),
    ask: Type.String(),
    households: Type.Integer(),
    persons: Type.Integer({ description: 'For so many persons or households it is to be asked' }),
    ...expected,
    programmes: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }), {
      description: 'Most often settled first',
    }),
  },
  { title: 'AskedFact' },
)
export type AskedFact = Static<typeof AskedFactView>

export const SearchView = Type.Object(
  {
    state: Type.Union([
      Type.Literal('never'),
      Type.Literal('running'),
      Type.Literal('done'),
      Type.Literal('failed'),
    ]),
    onDay: nullable(Type.String()),
    among: nullable(Type.Union([Type.Literal('cases'), Type.Literal('all')])),
    households: Type.Integer(),
    of: Type.Integer(),
    leftOut: Type.Integer({ description: 'More households than one search looks at' }),
    isOld: Type.Boolean({ description: 'Made on another day, or for a pack since replaced' }),
  },
  { title: 'QuestionSearch' },
)

export const AskedFactListView = Type.Object(
  {
    items: Type.Array(AskedFactView),
    households: Type.Integer(),
    facets: Type.Object({
      areas: Type.Array(FacetView),
      ways: Type.Array(FacetView),
      programmes: Type.Array(FacetView),
      because: Type.Array(FacetView),
    }),
    search: SearchView,
  },
  { title: 'AskedFactList' },
)

const AskedHouseholdView = Type.Object(
  {
    householdId: Type.Integer(),
    registerNo: Type.String(),
    head: classed(Type.String(), 'listed-name'),
    member: classed(
      nullable(Type.String({ description: 'Whose fact it is; null: the household’s' })),
      'listed-name',
    ),
    area: Type.Object({
      id: Type.String(),
      name: Type.String(),
      level: Type.String(),
      township: Type.Optional(Type.String()),
    }),
    because: Type.Union([Type.Literal('lead'), Type.Literal('sign'), Type.Literal('other')]),
    ...expected,
    programmes: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  },
  { title: 'AskedHousehold' },
)
export type AskedHousehold = Static<typeof AskedHouseholdView>

export const AskedHouseholdListView = Type.Object(
  { items: Type.Array(AskedHouseholdView), total: Type.Integer() },
  { title: 'AskedHouseholdList' },
)
