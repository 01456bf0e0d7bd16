import { headName } from '../households/head-name.ts'
import { type RawBuilder, sql } from 'kysely'
import { instantOn } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { runningClocksOf } from '../duties/read-clocks.ts'
import type { Catalogue } from './catalogue.ts'
import {
  dueIs,
  inState,
  matching,
  type WarningFilters,
  warningDues,
  warningStates,
} from './filters.ts'
import type { Warning, WarningList, WarningRow } from './views.ts'
import {
  disposalsFor,
  type Handling,
  outcomes,
  severities,
  sourceGroups,
  stepsOf,
  topics,
} from './warning.ts'

/** Who looks, and what they may. */
export type Reading = Readonly<{
  staffId: string
  areaLevel: 'district' | 'township' | 'committee'
  may: readonly string[]
  today: string
  catalogue: Catalogue
  /** Classes of fields that are shown only once the reader has said why. */
  hidden: readonly string[]
}>

export type WarningPage = WarningFilters & Readonly<{ page: number; size: number }>

/** A page of warnings, the gravest first and of these what is over first, with counts for every filter. */
export async function listWarnings(
  tx: Tx,
  asked: WarningPage,
  reading: Reading,
): Promise<WarningList> {
  const here = matching(asked, reading)
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from app.warning where ${here}`.execute(tx)
  const shown = await sql<{ id: number }>`
    select warning.id from app.warning
    left join lateral (select min(due_at) as due from app.clock
      where subject = 'warning' and subject_id = warning.id and ended_at is null) running on true
    where ${here}
    order by array_position(array['red', 'orange', 'yellow'], severity), running.due nulls last, raised_at, warning.id
    limit ${asked.size} offset ${(asked.page - 1) * asked.size}`.execute(tx)
  const ids = shown.rows.map(({ id }) => id)
  const items = await readRows(tx, ids, reading)
  return {
    total: rows[0]?.total ?? 0,
    page: asked.page,
    size: asked.size,
    items,
    reasonShows: reading.hidden.filter((one) =>
      items.some(({ sensitivity }) => sensitivity === one),
    ),
    facets: await facetsOf(tx, asked, reading),
    may: reading.may.includes('warnings.write') ? ['take'] : [],
  }
}

async function facetsOf(
  tx: Tx,
  asked: WarningFilters,
  reading: Reading,
): Promise<WarningList['facets']> {
  const by = async (column: 'severity' | 'topic' | 'group', values: readonly string[]) => {
    const of = column === 'group' ? sql.ref('source_group') : sql.ref(column)
    const { rows } = await sql<{ id: string; count: number }>`
      select ${of} as id, count(*)::int as count from app.warning
      where ${matching(asked, reading, column)} group by 1`.execute(tx)
    const counts = new Map(rows.map(({ id, count }) => [id, count]))
    return values.map((id) => ({ id, name: id, count: counts.get(id) ?? 0 }))
  }
  const counted = async (
    ids: readonly string[],
    of: (id: string) => RawBuilder<unknown>,
    except: 'state' | 'due',
  ) => {
    const counts = ids.map((id) => sql`count(*) filter (where ${of(id)})::int as ${sql.id(id)}`)
    const { rows } = await sql<Record<string, number>>`
      select ${sql.join(counts)} from app.warning where ${matching(asked, reading, except)}`.execute(
      tx,
    )
    return ids.map((id) => ({ id, name: id, count: rows[0]?.[id] ?? 0 }))
  }
  const digits = reading.areaLevel === 'district' ? 9 : 12
  const areas = await sql<{ id: string; name: string; count: number }>`
    select area.id, area.name, counted.count from (
      select left(area_id, ${digits}::int) as id, count(*)::int as count from app.warning
      where ${matching(asked, reading, 'area')} group by 1) counted
    join app.area on area.id = counted.id order by area.id`.execute(tx)
  return {
    states: await counted(warningStates, (id) => inState(id as 'live', reading), 'state'),
    severities: await by('severity', severities),
    topics: await by('topic', topics),
    groups: await by('group', sourceGroups),
    areas: areas.rows,
    due: await counted(warningDues, (id) => dueIs(id as 'overdue', reading), 'due'),
  }
}

/** The warnings of a household, those that live first. */
export async function warningsOf(
  tx: Tx,
  householdId: number,
  reading: Reading,
): Promise<readonly WarningRow[]> {
  const { rows } = await sql<{ id: number }>`
    select id from app.warning where household_id = ${householdId}
    order by state = 'closed', array_position(array['red', 'orange', 'yellow'], severity), id desc limit 50`.execute(
    tx,
  )
  return readRows(
    tx,
    rows.map(({ id }) => id),
    reading,
  )
}

type Columns = Omit<WarningRow, 'area' | 'signals' | 'assignee' | 'clock'> & {
  areaId: string
  areaName: string
  signals: readonly string[]
  assigneeId: string | null
  assigneeName: string | null
}

async function readRows(tx: Tx, ids: readonly number[], reading: Reading): Promise<WarningRow[]> {
  const { rows } = await sql<Columns>`
    select warning.id, warning.household_id as "householdId", household.register_no as "registerNo",
      coalesce(${headName(sql`warning.household_id`, reading.today)}, '') as head, area.id as "areaId", area.name as "areaName", topic, sensitivity,
      restricted, severity, source_group as "group", warning.state, why, raised_at as since,
      array(select signal from app.warning_evidence evidence where evidence.warning_id = warning.id
        group by signal order by min(evidence.id)) as signals,
      warning.assignee as "assigneeId", coalesce(staff.name, '其他同事') as "assigneeName", lead_id as "leadId",
      must_report as "mustReport", warning.version
    from unnest(${ids}::bigint[]) with ordinality as chosen (id, place)
    join app.warning on warning.id = chosen.id
    join app.household on household.id = warning.household_id
    join app.area on area.id = warning.area_id
    left join app.staff on staff.id = warning.assignee
    order by chosen.place`.execute(tx)
  const clocks = await runningClocksOf(tx, 'warning', ids, instantOn(reading.today))
  return rows.map(({ areaId, areaName, signals, assigneeId, assigneeName, ...row }) => ({
    ...row,
    area: { id: areaId, name: areaName },
    signals: signals.map((id) => ({ id, name: signalOf(reading, id).name })),
    assignee: assigneeId ? { id: assigneeId, name: assigneeName ?? '' } : null,
    clock: clocks.get(row.id)?.[0] ?? null,
  }))
}

function signalOf({ catalogue }: Reading, id: string): Readonly<{ name: string; owner: string }> {
  return catalogue.signals.find((one) => one.id === id) ?? { name: id, owner: '' }
}

type Whole = Pick<
  Warning,
  'outcome' | 'disposal' | 'contactedAt' | 'visitedAt' | 'closedOn' | 'coolsUntil'
> & {
  reportedTo: 'police' | 'civil-affairs' | null
  reportedAt: string | null
  receipt: string | null
}

/** Whether whoever asks sees the warning. */
export async function isInSight(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await sql`select 1 from app.warning where id = ${id}`.execute(tx)
  return rows.length > 0
}

/** @throws Problem `not-found` also where it is out of sight */
export async function readWarning(
  tx: Tx,
  id: number,
  reading: Reading,
  cipher: FieldCipher,
): Promise<Warning> {
  const [row] = await readRows(tx, [id], reading)
  if (!row) throw problem(platformProblems, 'not-found')
  const { rows } = await sql<Whole>`
    select outcome, disposal, contacted_at as "contactedAt", visited_at as "visitedAt", closed_on as "closedOn",
      cools_until as "coolsUntil", reported_to as "reportedTo", reported_at as "reportedAt", report_receipt as receipt
    from app.warning where id = ${id}`.execute(tx)
  const [whole] = rows
  if (!whole) throw problem(platformProblems, 'not-found')
  const { reportedTo, reportedAt, receipt, ...rest } = whole
  const report =
    reportedTo && reportedAt && receipt ? { to: reportedTo, at: reportedAt, receipt } : null
  const handling: Handling = {
    state: row.state,
    severity: row.severity,
    topic: row.topic,
    mustReport: row.mustReport,
    assignee: row.assignee?.id ?? null,
    contacted: rest.contactedAt !== null,
    reported: report,
    outcome: rest.outcome,
    disposal: rest.disposal,
  }
  const clocks = await runningClocksOf(tx, 'warning', [id], instantOn(reading.today))
  return {
    ...row,
    ...rest,
    report,
    clocks: [...(clocks.get(id) ?? [])],
    reasonShows: reading.hidden.filter((one) => one === 'free-text' || one === row.sensitivity),
    evidence: await evidenceOf(tx, row, reading),
    named: row.restricted ? await namedOf(tx, id) : [],
    events: await eventsOf(tx, row, cipher),
    disposals:
      rest.outcome !== null && outcomes.some((one) => one === row.state)
        ? [...disposalsFor(rest.outcome, row)]
        : [],
    may: mayDo(row, handling, reading),
  }
}

function mayDo({ restricted }: WarningRow, handling: Handling, { may }: Reading): string[] {
  if (!may.includes('warnings.write')) return []
  const steps = stepsOf(handling).filter(
    (step) => step !== 'dispatch' || may.includes('warnings.dispatch'),
  )
  const name = restricted && may.includes('warnings.name') ? ['name'] : []
  return [...steps, 'note', ...name]
}

async function evidenceOf(
  tx: Tx,
  { id, sensitivity }: WarningRow,
  reading: Reading,
): Promise<Warning['evidence']> {
  const { rows } = await sql<
    Omit<Warning['evidence'][number], 'signalName' | 'owner' | 'sensitivity'>
  >`
    select signal, severity, person.name as member, text, on_day as "onDay", channel, at
    from app.warning_evidence evidence left join app.person on person.id = evidence.person_id
    where warning_id = ${id} order by evidence.id desc limit 200`.execute(tx)
  return rows.map((row) => {
    const { name, owner } = signalOf(reading, row.signal)
    return { ...row, sensitivity, signalName: name, owner }
  })
}

async function namedOf(tx: Tx, id: number): Promise<Warning['named']> {
  const { rows } = await sql<Warning['named'][number]>`
    select staff_id as id, name from app.warning_named where warning_id = ${id} order by named_at, staff_id`.execute(
    tx,
  )
  return rows
}

async function eventsOf(
  tx: Tx,
  { id, sensitivity }: WarningRow,
  cipher: FieldCipher,
): Promise<Warning['events']> {
  const { rows } = await sql<
    Omit<Warning['events'][number], 'words'> & { sealed: Uint8Array | null }
  >`
    select event.at, event.kind,
      -- Which signal it was tells a need; it stands with the evidence, for whoever may know.
      case when event.kind <> 'evidence' or ${sensitivity} = 'plain' then event.code end as code, event.to_name as "toName", words_enc as sealed,
      -- A colleague above one's own area is not to be seen by name.
      case when starts_with(event.by, 'staff:') then coalesce(staff.name, '其他同事') end as by
    from app.warning_event event
    left join app.staff on starts_with(event.by, 'staff:') and staff.id = substr(event.by, 7)::uuid
    where warning_id = ${id} order by event.id desc limit 200`.execute(tx)
  return rows.map(({ sealed, ...event }) => ({
    ...event,
    words: sealed ? cipher.open('words', sealed) : null,
  }))
}
