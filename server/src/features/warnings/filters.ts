import { type RawBuilder, sql } from 'kysely'
import { instantOn } from '../../platform/clock.ts'
import type { Severity, SourceGroup, Topic } from './warning.ts'

export const warningStates = ['live', 'mine', 'raised', 'closed'] as const
/** The limit is over, or half of it and more has gone by. */
export const warningDues = ['overdue', 'soon'] as const

/** Which part of the warnings somebody looks at. */
export type WarningFilters = Readonly<{
  state: (typeof warningStates)[number]
  severity?: Severity
  topic?: Topic
  group?: SourceGroup
  /** An area and everything inside it. */
  area?: string
  due?: (typeof warningDues)[number]
}>

type Viewer = Readonly<{ staffId: string; today: string }>

/** The filters as one condition on `app.warning`; counts of a filter leave it out. */
export function matching(
  { state, severity, topic, group, area, due }: WarningFilters,
  viewer: Viewer,
  except?: 'state' | 'severity' | 'topic' | 'group' | 'area' | 'due',
): RawBuilder<unknown> {
  const parts = [
    except === 'state' ? sql`true` : inState(state, viewer),
    severity && except !== 'severity' ? sql`severity = ${severity}` : null,
    topic && except !== 'topic' ? sql`topic = ${topic}` : null,
    group && except !== 'group' ? sql`source_group = ${group}` : null,
    area && except !== 'area'
      ? sql`warning.area_id >= ${area} and warning.area_id < ${`${area}:`}`
      : null,
    due && except !== 'due' ? dueIs(due, viewer) : null,
  ]
  return sql.join(
    parts.filter((part) => part !== null),
    sql` and `,
  )
}

export function inState(state: WarningFilters['state'], { staffId }: Viewer): RawBuilder<unknown> {
  if (state === 'closed') return sql`warning.state = 'closed'`
  if (state === 'raised') return sql`warning.state = 'raised'`
  const live = sql`warning.state <> 'closed'`
  return state === 'mine' ? sql`${live} and warning.assignee = ${staffId}::uuid` : live
}

/** Whether a clock of `app.warning` has run so far; one that stands still is never due. */
export function dueIs(due: (typeof warningDues)[number], { today }: Viewer): RawBuilder<unknown> {
  const now = sql`${new Date(instantOn(today)).toISOString()}::timestamptz`
  const reached =
    due === 'overdue'
      ? sql`due_at <= ${now}`
      : sql`due_at > ${now} and (reached >= 50 or next_at <= ${now})`
  return sql`warning.id in (select subject_id from app.clock where subject = 'warning' and ended_at is null and ${reached})`
}
