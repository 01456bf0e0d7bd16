import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { Following } from '../members/views.ts'

const strict = { additionalProperties: false } as const
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const Side = Type.Union([Type.Literal('first'), Type.Literal('second')])
const ChoiceView = Type.Union([Type.Literal('kept'), Type.Literal('merged')])
const Note = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })
const Day = Type.String({ format: 'date' })

export const KeepQuery = Type.Object({ keep: Side }, strict)

export const MergeForm = Type.Object(
  {
    keep: Side,
    note: Note,
    fields: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(ChoiceView),
          idNumber: Type.Optional(ChoiceView),
          phone: Type.Optional(ChoiceView),
        },
        strict,
      ),
    ),
    facts: Type.Optional(
      Type.Array(
        Type.Object(
          { fact: Type.String({ pattern: '^[a-z][a-z0-9_]*$' }), from: ChoiceView },
          strict,
        ),
        { maxItems: 200 },
      ),
    ),
    following: Type.Optional(Following),
    versions: Type.Object(
      { kept: Type.Integer({ minimum: 1 }), merged: Type.Integer({ minimum: 1 }) },
      { description: 'Of both households, as the writer has seen them', ...strict },
    ),
  },
  { title: 'MergeForm', ...strict },
)

export const UndoForm = Type.Object({ note: Note }, { title: 'MergeUndoForm', ...strict })

const Sided = Type.Object({
  personId: Type.Integer(),
  householdId: Type.Integer(),
  version: Type.Integer(),
})
const SaidView = Type.Object({
  valueText: classed(Type.String(), 'plain'),
  source: Type.String(),
  verifiedOn: Day,
})
const Programme = { programme: Type.String(), programmeName: Type.String() }

/** What a merge would do, before it is done. */
export const MergePlanView = Type.Object(
  {
    keep: Side,
    kept: Sided,
    merged: Sided,
    differing: Type.Array(
      Type.Object({
        fact: Type.String(),
        name: Type.String(),
        kept: SaidView,
        merged: SaidView,
        proposed: ChoiceView,
      }),
      { description: 'Facts of which both say something else, among those the reader may see' },
    ),
    passing: Type.Array(Type.Object({ fact: Type.String(), name: Type.String() }), {
      description: 'Facts only the one that goes has',
    }),
    awards: Type.Array(Type.Object({ ...Programme, both: Type.Boolean() }), {
      description: 'What the one that goes receives; both: each record receives it',
    }),
    told: Type.Array(Type.Object({ ...Programme, disposition: Type.String() }), {
      description: 'What they answered to a lead that rests: it is not carried over',
    }),
    leaving: orNull(
      Type.Object({
        members: Type.Array(
          Type.Object({
            personId: Type.Integer(),
            name: classed(Type.String(), 'name'),
            relation: classed(Type.String(), 'plain'),
          }),
        ),
        headLeaves: Type.Boolean(),
        collectorWanted: Type.Boolean(),
      }),
    ),
    undoUntil: Day,
  },
  { title: 'MergePlan' },
)

/** The merge of a pair, the latest where it was merged more than once. */
export const MergeView = Type.Object(
  {
    keptId: Type.Integer(),
    keptHousehold: Type.Integer(),
    mergedHousehold: Type.Integer(),
    undoUntil: Day,
    mayUndo: Type.Boolean(),
  },
  { title: 'Merge' },
)
