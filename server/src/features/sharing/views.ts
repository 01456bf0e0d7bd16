import { Type } from 'typebox'
import type { Source } from '../exchange/source.ts'
import { SharingMethodView } from '../exchange/views.ts'
import type { SharingRow } from './queries.ts'
import { correctionDeadline, standingOf, type Today } from './sharing.ts'

const strict = { additionalProperties: false } as const
const text = Type.String()
const Day = Type.String({ format: 'date' })
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const words = (minLength: number, maxLength: number) =>
  Type.String({ minLength, maxLength, pattern: '\\S' })
export const StateView = Type.Union([
  Type.Literal('draft'),
  Type.Literal('sent'),
  Type.Literal('missing'),
  Type.Literal('accepted'),
  Type.Literal('refused'),
  Type.Literal('delivered'),
  Type.Literal('ended'),
  Type.Literal('destroyed'),
  Type.Literal('withdrawn'),
])
const StepKindView = Type.Union([
  Type.Literal('sent'),
  Type.Literal('missing-told'),
  Type.Literal('supplemented'),
  Type.Literal('extended'),
  Type.Literal('accepted'),
  Type.Literal('refused'),
  Type.Literal('delivered'),
  Type.Literal('ended'),
  Type.Literal('destroyed'),
  Type.Literal('withdrawn'),
])
const ClassView = Type.Union([Type.Literal('unconditional'), Type.Literal('conditional')])

const DeadlineView = Type.Object(
  {
    what: Type.Union([
      Type.Literal('answer'),
      Type.Literal('delivery'),
      Type.Literal('destruction'),
      Type.Literal('correction'),
    ]),
    due: text,
    left: Type.Integer({ description: 'Working days; calendar days until destruction' }),
    overdue: Type.Boolean(),
    certain: Type.Boolean({ description: 'False: a year on the way has no calendar, 待核' }),
  },
  { title: 'SharingDeadline' },
)

const content = {
  data: text,
  sharing: ClassView,
  legalBasis: text,
  scenario: text,
  scope: text,
  method: SharingMethodView,
  useFrom: text,
  useTo: text,
  flowsBack: Type.Boolean(),
}
const ContentView = Type.Object(content, { title: 'SharingContent' })

const item = {
  id: Type.Integer(),
  source: text,
  sourceName: text,
  content: ContentView,
  contentId: Type.Integer(),
  state: StateView,
  since: OrNull(text),
  deadline: OrNull(DeadlineView),
  correctionsOpen: Type.Integer(),
  overdue: Type.Boolean({ description: 'The request itself, or something asked to be corrected' }),
  madeAt: text,
  madeBy: text,
}

export const SharingView = Type.Object(item, { title: 'Sharing' })

export const SharingPageView = Type.Object(
  {
    ...item,
    next: Type.Array(StepKindView),
    mayChange: Type.Boolean(),
    steps: Type.Array(
      Type.Object({
        kind: StepKindView,
        onDay: text,
        text: OrNull(text),
        recordedAt: text,
        recordedBy: text,
      }),
    ),
    contents: Type.Array(
      Type.Object({ ...content, recordedAt: text, recordedBy: text, supersededAt: OrNull(text) }),
    ),
    uses: Type.Array(
      Type.Object({
        id: Type.Integer(),
        onDay: text,
        scene: text,
        process: text,
        effect: OrNull(text),
        storage: OrNull(text),
        destruction: OrNull(text),
        recordedAt: text,
        recordedBy: text,
      }),
    ),
    corrections: Type.Array(
      Type.Object({
        id: Type.Integer(),
        onDay: text,
        text,
        recordedAt: text,
        recordedBy: text,
        deadline: OrNull(DeadlineView),
        answer: OrNull(
          Type.Object({ onDay: text, text, corrected: Type.Boolean(), recordedBy: text }),
        ),
      }),
    ),
  },
  { title: 'SharingPage' },
)

const contentForm = {
  data: words(2, 200),
  sharing: ClassView,
  legalBasis: words(2, 300),
  scenario: words(2, 500),
  scope: words(2, 500),
  method: SharingMethodView,
  useFrom: Day,
  useTo: Day,
  flowsBack: Type.Boolean(),
}

export const NewSharingForm = Type.Object(
  { source: Type.String({ maxLength: 40 }), ...contentForm },
  strict,
)
export const ContentForm = Type.Object(
  {
    ...contentForm,
    seen: Type.Integer({ minimum: 1, description: 'contentId as the writer has seen it' }),
  },
  strict,
)
export const StepForm = Type.Object(
  {
    kind: StepKindView,
    onDay: Day,
    text: OrNull(Type.String({ maxLength: 1000 })),
    seen: Type.Integer({ minimum: 0, description: 'How many steps the writer has seen' }),
  },
  strict,
)
export const UseForm = Type.Object(
  {
    onDay: Day,
    scene: words(2, 500),
    process: words(2, 500),
    effect: OrNull(words(2, 500)),
    storage: OrNull(words(2, 500)),
    destruction: OrNull(words(2, 500)),
  },
  strict,
)
export const CorrectionForm = Type.Object({ onDay: Day, text: words(2, 1000) }, strict)
export const AnswerForm = Type.Object(
  { onDay: Day, text: words(2, 1000), corrected: Type.Boolean() },
  strict,
)

/** One line of the ledger: the request and where it stands today. */
export function sharingView(
  { correctionsOpen, steps, ...row }: SharingRow,
  sources: readonly Source[],
  at: Today,
) {
  const { state, since, deadline } = standingOf(row.content, steps, at)
  const late = correctionsOpen.some((day) => correctionDeadline(day, at).overdue)
  return {
    ...row,
    sourceName: sources.find(({ id }) => id === row.source)?.name ?? row.source,
    state,
    since,
    deadline,
    correctionsOpen: correctionsOpen.length,
    overdue: late || (deadline?.overdue ?? false),
  }
}

export type SharingLine = ReturnType<typeof sharingView>

/** What is overdue first, then by the day it is due, what waits for nobody last; the latest first among those. */
export function byUrgency(a: SharingLine, b: SharingLine): number {
  if (a.overdue !== b.overdue) return a.overdue ? -1 : 1
  const [due, other] = [a.deadline?.due ?? '9999', b.deadline?.due ?? '9999']
  if (due !== other) return due < other ? -1 : 1
  return b.id - a.id
}
