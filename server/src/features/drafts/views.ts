import { Type } from 'typebox'
import { EffectView } from '../lab/views.ts'
import { PackNameView } from '../policies/pack-name.ts'

const text = Type.String()
const NullableText = Type.Union([text, Type.Null()])
const StateView = Type.Union([
  Type.Literal('draft'),
  Type.Literal('in-review'),
  Type.Literal('approved'),
  Type.Literal('returned'),
  Type.Literal('published'),
  Type.Literal('withdrawn'),
])
export const StepView = Type.Union([
  Type.Literal('take-up'),
  Type.Literal('submit'),
  Type.Literal('recall'),
  Type.Literal('approve'),
  Type.Literal('return'),
  Type.Literal('withdraw'),
  Type.Literal('publish'),
])

export const DraftItemView = Type.Object(
  {
    id: Type.Integer(),
    title: text,
    state: StateView,
    from: NullableText,
    version: text,
    author: NullableText,
    mine: Type.Boolean(),
    changedAt: text,
    files: Type.Array(text),
    release: NullableText,
    undecided: Type.Integer({ description: 'Files in which the author has still to choose' }),
  },
  { title: 'PolicyDraftItem' },
)

const PlaceView = Type.Object(
  { file: text, line: Type.Integer(), column: Type.Integer(), message: text },
  { title: 'PackProblem' },
)

export const CheckView = Type.Object(
  {
    problems: Type.Array(PlaceView, { description: 'Nothing of it could be used' }),
    owed: Type.Array(PlaceView, { description: 'Still to do before it may be published' }),
    cases: Type.Array(
      Type.Object({
        programme: text,
        case: text,
        on: text,
        differences: Type.Array(text),
        differedBefore: Type.Boolean({ description: 'Differs without the draft as well' }),
      }),
    ),
    unproven: Type.Array(text),
  },
  { title: 'PolicyDraftCheck' },
)

export const DifferenceView = Type.Array(
  Type.Union([
    Type.Object({
      kind: Type.Union([Type.Literal('same'), Type.Literal('old'), Type.Literal('new')]),
      text,
    }),
    Type.Null(),
  ]),
  { description: 'Lines around each change; null where equal lines are left out' },
)

export const DraftView = Type.Object(
  {
    id: Type.Integer(),
    title: text,
    note: text,
    state: StateView,
    revision: Type.Integer(),
    from: NullableText,
    version: text,
    author: NullableText,
    mine: Type.Boolean(),
    changedAt: text,
    base: PackNameView,
    head: Type.Object({ version: text, from: NullableText }),
    release: Type.Union([Type.Object({ version: text }), Type.Null()], {
      description: 'The release of the program it brings',
    }),
    undecided: Type.Array(text, {
      description:
        'Files that the release and the district changed in the same place, still to choose',
    }),
    baseMoved: Type.Boolean({ description: 'Something else was published since it was begun' }),
    files: Type.Array(
      Type.Object({ path: text, name: text, changed: Type.Boolean(), cases: Type.Boolean() }),
    ),
    events: Type.Array(
      Type.Object({ kind: text, revision: Type.Integer(), text, by: NullableText, at: text }),
    ),
    impact: Type.Union([
      Type.Object({
        effect: EffectView,
        secondApprover: Type.Boolean(),
        at: text,
        by: NullableText,
      }),
      Type.Null(),
    ]),
    approvals: Type.Array(Type.Object({ staffId: text, name: NullableText })),
    mayWrite: Type.Boolean(),
    steps: Type.Array(StepView, { description: 'What the caller may do with it now' }),
  },
  { title: 'PolicyDraft' },
)

export const AwaitingView = Type.Union(
  [Type.Object({ version: text, draft: Type.Union([Type.Integer(), Type.Null()]) }), Type.Null()],
  { description: 'A release that nothing published contains yet, with its draft if that is open' },
)

export const ReleaseView = Type.Object(
  {
    version: text,
    base: Type.String({ description: 'The release before, which both sides are compared with' }),
    files: Type.Array(
      Type.Object({
        path: text,
        name: text,
        fate: Type.Union([
          Type.Literal('theirs'),
          Type.Literal('merged'),
          Type.Literal('conflict'),
          Type.Literal('ours'),
        ]),
        theirs: DifferenceView,
        ours: DifferenceView,
      }),
    ),
  },
  { title: 'PolicyDraftRelease' },
)

export const FileView = Type.Object(
  {
    path: text,
    text,
    base: NullableText,
    cases: Type.Array(Type.Object({ path: text, text, base: NullableText })),
  },
  { title: 'PolicyDraftFile' },
)
