import { type RawBuilder, sql } from 'kysely'
import { instantOn } from '../../platform/clock.ts'
import { headName } from '../households/head-name.ts'

export const leadStates = ['open', 'mine', 'snoozed', 'closed'] as const
/** The limit is over, or half of it and more has gone by. */
export const leadDues = ['overdue', 'soon'] as const

/** Which part of the worklist somebody looks at. */
export type LeadFilters = Readonly<{
  state: (typeof leadStates)[number]
  /** An area and everything inside it. */
  area?: string
  programme?: string
  verdict?: 'eligible' | 'unknown'
  due?: (typeof leadDues)[number]
  /** Somebody's id, `me` or `none`. */
  assignee?: string
  /** Only these leads: what {@link searched} found. */
  among?: readonly number[]
}>

export type Viewer = Readonly<{ staffId: string; today: string }>

export type Facet = 'area' | 'programme' | 'verdict' | 'state' | 'due'

/**
 * The filters as one condition on `app.lead lead`; a facet is counted with all filters but its own.
 */
export function matching(
  filters: LeadFilters,
  viewer: Viewer,
  except?: Facet,
): RawBuilder<unknown> {
  const { state, area, assignee, among, due } = filters
  const parts = [
    except === 'state' ? sql`true` : inState(state, viewer),
    area && except !== 'area'
      ? sql`lead.area_id >= ${area} and lead.area_id < ${`${area}:`}`
      : null,
    assignee ? assignedTo(assignee, viewer) : null,
    among ? sql`lead.id = any(${among}::bigint[])` : null,
    hasLine(filters, except),
    due && except !== 'due' ? isDue(due, viewer) : null,
  ]
  return sql.join(
    parts.filter((part) => part !== null),
    sql` and `,
  )
}

/** Part of the head's name or of the register number, as a condition on `app.lead lead`. */
export function searched(q: string, today: string): RawBuilder<unknown> {
  const pattern = `%${escaped(q)}%`
  return sql`(${headName(sql`lead.household_id`, today)} like ${pattern} or exists (select from app.household
    where household.id = lead.household_id and register_no ilike ${pattern}))`
}

export function inState(state: LeadFilters['state'], viewer: Viewer): RawBuilder<unknown> {
  const awake = sql`lead.state = 'open'
    and (lead.snoozed_until is null or lead.snoozed_until <= ${viewer.today}::date)`
  if (state === 'open') return awake
  if (state === 'mine') return sql`${awake} and lead.assignee = ${viewer.staffId}::uuid`
  if (state === 'closed') return sql`lead.state = 'closed'`
  return sql`lead.state = 'open' and lead.snoozed_until > ${viewer.today}::date`
}

/** Whether the clock of `app.lead lead` has run so far; one that stands still is never due. */
export function isDue(due: (typeof leadDues)[number], { today }: Viewer): RawBuilder<unknown> {
  const now = sql`${new Date(instantOn(today)).toISOString()}::timestamptz`
  const reached =
    due === 'overdue'
      ? sql`due_at <= ${now}`
      : sql`due_at > ${now} and (reached >= 50 or next_at <= ${now})`
  return sql`lead.id in (select subject_id from app.clock where subject = 'lead' and ${reached})`
}

/** What `app.lead_line line` must be to count for its lead: open, or anything of a closed one. */
export function countingLine(filters: LeadFilters, except?: Facet): RawBuilder<unknown> {
  const programme = except === 'programme' ? undefined : filters.programme
  const verdict = except === 'verdict' ? undefined : filters.verdict
  const parts = [
    sql`(line.state = 'open' or lead.state = 'closed')`,
    programme ? sql`line.programme = ${programme}` : null,
    verdict ? sql`line.verdict = ${verdict}` : null,
  ]
  return sql.join(
    parts.filter((part) => part !== null),
    sql` and `,
  )
}

function hasLine(filters: LeadFilters, except?: Facet): RawBuilder<unknown> | null {
  // The facet's own query counts lines itself.
  if (except === 'programme' || except === 'verdict') return null
  if (!filters.programme && !filters.verdict) return null
  return sql`exists (select from app.lead_line line
    where line.lead_id = lead.id and ${countingLine(filters)})`
}

function assignedTo(assignee: string, { staffId }: Viewer): RawBuilder<unknown> {
  if (assignee === 'none') return sql`lead.assignee is null`
  return sql`lead.assignee = ${assignee === 'me' ? staffId : assignee}::uuid`
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`)
}
