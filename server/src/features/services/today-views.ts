import { type Static, Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { clockKinds } from '../duties/limit.ts'
import { ruleKeys, seasonKinds } from './rhythm.ts'
import { flags, methods, outcomes } from './service.ts'
import { reasonKinds } from './today.ts'
import { oneOf, orNull, strict } from './views.ts'

/** The list of today. Days are YYYY-MM-DD. */

const ReasonView = Type.Object(
  {
    kind: oneOf(reasonKinds),
    due: Type.String(),
    left: Type.Integer({ description: 'Days; below zero: gone by since' }),
    sensitivity: Type.Union([
      Type.Literal('plain'),
      Type.Literal('need-signal'),
      Type.Literal('clinical'),
    ]),
    rule: classed(orNull(oneOf(ruleKeys)), { of: 'sensitivity' }),
    season: orNull(oneOf(seasonKinds)),
    last: orNull(
      Type.String({ description: 'When it was done last; of a promise, when it was made' }),
    ),
    leadId: orNull(Type.Integer()),
    serviceId: orNull(Type.Integer()),
    subjectId: orNull(Type.Integer({ description: 'Warning, quick relief, case or safety task' })),
    clock: orNull(oneOf(clockKinds)),
    promised: classed(Type.String(), 'free-text'),
  },
  { title: 'TodayReason' },
)

const TodayStopView = Type.Object(
  {
    householdId: Type.Integer(),
    registerNo: Type.String(),
    head: classed(Type.String(), 'listed-name'),
    size: Type.Integer(),
    address: classed(Type.String(), 'address'),
    area: Type.Object({ id: Type.String(), name: Type.String() }),
    reasons: Type.Array(ReasonView, { description: 'What is most at risk of being missed first' }),
    flags: classed(Type.Array(oneOf(flags)), 'free-text'),
    last: orNull(
      Type.Object({
        on: Type.String(),
        by: Type.String(),
        method: oneOf(methods),
        outcome: oneOf(outcomes),
        said: classed(Type.String(), 'free-text'),
        seen: classed(Type.String(), 'free-text'),
      }),
    ),
    planned: Type.Boolean(),
  },
  { title: 'TodayStop' },
)
export type TodayStopOf = Static<typeof TodayStopView>

export const TodayView = Type.Object(
  {
    today: Type.String(),
    total: Type.Integer(),
    counts: Type.Object({
      overdue: Type.Integer(),
      today: Type.Integer(),
      soon: Type.Integer(),
    }),
    items: Type.Array(TodayStopView),
    plan: Type.Array(Type.Integer(), {
      description: 'Households that are planned, from door to door',
    }),
    may: Type.Array(oneOf(['record', 'plan'])),
  },
  { title: 'Today' },
)

export const PlanForm = Type.Object(
  {
    householdIds: Type.Array(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), {
      maxItems: 100,
      uniqueItems: true,
    }),
  },
  { title: 'DayPlanForm', ...strict },
)
