import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { marks, units } from './clock.ts'
import { levels } from './escalation.ts'
import { clockKinds } from './limit.ts'

const text = Type.String()
const Instant = Type.String({ format: 'date-time' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])

const oneOf = <T extends string | number>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((one) => Type.Literal(one))))

const ClockKindView = oneOf(clockKinds)
const UnitView = oneOf(units)
const LevelView = oneOf(levels)
const MarkView = oneOf(marks)

const standing = {
  id: Type.Integer(),
  state: Type.Union([Type.Literal('running'), Type.Literal('paused'), Type.Literal('ended')]),
  unit: UnitView,
  dueDay: orNull(
    Type.String({ description: 'The last day of the limit; null while it stands still' }),
  ),
  dueAt: orNull(Instant),
  left: orNull(
    Type.Integer({ description: 'In the unit of the limit; below zero: gone by since' }),
  ),
  urgency: Type.Union([Type.Literal('calm'), Type.Literal('soon'), Type.Literal('overdue')]),
  certain: Type.Boolean({
    description: 'False: a year on the way has no calendar, so that it is 待核',
  }),
}

/** How a clock stands, beside what it is for. */
export const ClockStandingView = Type.Object(standing, { title: 'ClockStanding' })

const whose = {
  kind: ClockKindView,
  subject: Type.Union([Type.Literal('lead'), Type.Literal('correction'), Type.Literal('warning')]),
  subjectId: Type.Integer(),
  householdId: Type.Integer(),
  registerNo: text,
  areaId: text,
  areaName: text,
  owner: orNull(Type.String({ description: 'The colleague who has it in hand' })),
}

export const ClockView = Type.Object(
  {
    ...standing,
    ...whose,
    amount: Type.Integer(),
    startedAt: Instant,
    events: Type.Array(
      Type.Object({
        at: Instant,
        kind: text,
        by: orNull(Type.String({ description: 'null: the program itself' })),
        because: classed(orNull(text), 'free-text'),
        how: orNull(Type.String({ description: 'handled, closed or withdrawn, of what ended' })),
        mark: orNull(MarkView),
        level: orNull(LevelView),
        skipped: Type.Array(LevelView, { description: 'Where nobody is named who may see it' }),
        toName: orNull(Type.String({ description: 'The colleague who was told' })),
      }),
    ),
    may: Type.Array(Type.Union([Type.Literal('pause'), Type.Literal('resume')])),
  },
  { title: 'Clock' },
)

export const ToldClockView = Type.Object({
  ...standing,
  ...whose,
  mark: MarkView,
  toldAt: Instant,
})

export const ToldClocksView = Type.Object(
  { items: Type.Array(ToldClockView), total: Type.Integer() },
  { title: 'ToldClocks' },
)

const limit = {
  amount: Type.Integer(),
  unit: UnitView,
  source: text,
  proposed: Type.Boolean({ description: 'No rule sets it for this district: 待核' }),
  recordedAt: Instant,
  recordedBy: orNull(Type.String({ description: 'null: shipped with the program' })),
}

export const ClockLimitsView = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        kind: ClockKindView,
        version: Type.Integer(),
        ...limit,
        before: Type.Array(Type.Object(limit)),
      }),
    ),
  },
  { title: 'ClockLimits' },
)

export const ClockLimitForm = Type.Object(
  {
    amount: Type.Integer({ minimum: 1, maximum: 1000 }),
    unit: UnitView,
    source: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S\\s*\\S' }),
    proposed: Type.Boolean(),
    version: Type.Integer({ minimum: 1, description: 'As last read' }),
  },
  { title: 'ClockLimitForm', additionalProperties: false },
)

export const DutyOfficersView = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        areaId: text,
        areaName: text,
        level: LevelView,
        officer: orNull(text),
        from: orNull(text),
        to: orNull(Type.String({ description: 'Last day; null: as long as nobody else is named' })),
        next: orNull(Type.String({ description: 'Who follows, and from when' })),
        nextFrom: orNull(text),
      }),
    ),
    may: Type.Boolean({ description: 'Whether the caller may name somebody here' }),
  },
  { title: 'DutyOfficers' },
)

export const DutyOfficerForm = Type.Object(
  {
    staffId: orNull(Type.String({ format: 'uuid' })),
    from: Type.String({ format: 'date' }),
  },
  { title: 'DutyOfficerForm', additionalProperties: false },
)
