import { headName } from '../households/head-name.ts'
import { type RawBuilder, sql } from 'kysely'
import { instantOn } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { clocksOf } from '../duties/read-clocks.ts'
import { amountOf, type AmountColumns } from './amount.ts'
import {
  countingLine,
  inState,
  isDue,
  leadDues,
  type LeadFilters,
  leadStates,
  matching,
  searched,
  type Viewer,
} from './filters.ts'
import type { Facet, Lead, LeadLine, LeadList, LeadRow } from './views.ts'

/** Who looks, and with which names of programmes. */
export type Reading = Viewer &
  Readonly<{
    areaLevel: 'district' | 'township' | 'committee'
    may: readonly string[]
    programmeNames: ReadonlyMap<string, string>
  }>

export type LeadPage = Omit<LeadFilters, 'among'> &
  Readonly<{
    /** Part of the head's name or of the register number. */
    q?: string
    sort: 'amount' | 'since' | 'programme'
    order?: 'asc' | 'desc'
    page: number
    size: number
  }>

/** A page of the worklist with its facets. */
export async function listLeads(tx: Tx, page: LeadPage, reading: Reading): Promise<LeadList> {
  const { q, ...rest } = page
  const asked = q ? { ...rest, among: await findLeads(tx, q, reading) } : rest
  const here = matching(asked, reading)
  const { rows } = await sql<{ total: number; monthlyFen: number }>`
    select count(*) as total, coalesce(sum(monthly_min), 0)::bigint as "monthlyFen"
    from app.lead where ${here}`.execute(tx)
  const shown = await sql<{ id: number }>`select id from app.lead where ${here}
    order by ${ordering(asked)} limit ${asked.size} offset ${(asked.page - 1) * asked.size}`.execute(
    tx,
  )
  return {
    total: rows[0]?.total ?? 0,
    page: asked.page,
    size: asked.size,
    items: await readRows(
      tx,
      shown.rows.map(({ id }) => id),
      reading,
      false,
    ),
    facets: {
      areas: await areaFacet(tx, asked, reading),
      programmes: await lineFacet(tx, asked, reading, 'programme'),
      states: await stateFacet(tx, asked, reading),
      verdicts: await lineFacet(tx, asked, reading, 'verdict'),
      due: await dueFacet(tx, asked, reading),
    },
    monthlyFen: rows[0]?.monthlyFen ?? 0,
  }
}

/** @throws Problem `not-found` also where it lies outside the caller's area */
export async function readLead(tx: Tx, id: number, reading: Reading): Promise<Lead> {
  const [row] = await readRows(tx, [id], reading, true)
  if (!row) throw problem(platformProblems, 'not-found')
  const { rows: events } = await sql<Lead['events'][number]>`
    select event.on_day || to_char(event.at at time zone 'Asia/Shanghai', '"T"HH24:MI:SS"+08:00"') as at,
      event.kind, event.text,
      -- A colleague above one's own area is not to be seen by name.
      case when starts_with(event.by, 'staff:') then coalesce(staff.name, '其他同事') end as by
    from app.lead_event event
    left join app.staff on starts_with(event.by, 'staff:') and staff.id = substr(event.by, 7)::uuid
    where event.lead_id = ${id} order by event.id desc limit 500`.execute(tx)
  return { ...row, events }
}

/** The open lead of a household. */
export async function leadOf(tx: Tx, householdId: number): Promise<number | null> {
  return (await leadsOf(tx, [householdId])).get(householdId) ?? null
}

/** The open leads of households, by household: where there are two, that which everybody works on. */
export async function leadsOf(
  tx: Tx,
  householdIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ id: number; householdId: number }>`
    select id, household_id as "householdId" from app.lead
    where state = 'open' and household_id = any(${householdIds}::bigint[])
    order by clinical desc`.execute(tx)
  return new Map(rows.map(({ id, householdId }) => [householdId, id]))
}

/** Every household with an open lead that whoever has the household may see. */
export async function householdsWithLead(tx: Tx): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select household_id as id from app.lead where state = 'open' and not clinical`.execute(tx)
  return rows.map(({ id }) => id)
}

async function findLeads(tx: Tx, q: string, { today }: Reading): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from app.lead where ${searched(q, today)}`.execute(tx)
  return rows.map(({ id }) => id)
}

function ordering({ sort, order }: Pick<LeadPage, 'sort' | 'order'>): RawBuilder<unknown> {
  // Most money first, longest waiting first, programmes together.
  const down = (order ?? (sort === 'amount' ? 'desc' : 'asc')) === 'desc'
  const direction = down ? sql`desc` : sql`asc`
  if (sort === 'since') return sql`raised_on ${direction}, id`
  if (sort === 'programme') return sql`programme ${direction}, monthly_min desc, id`
  return sql`monthly_min ${direction}, id ${direction}`
}

async function areaFacet(tx: Tx, asked: LeadFilters, reading: Reading): Promise<Facet[]> {
  const digits = reading.areaLevel === 'district' ? 9 : 12
  const { rows } = await sql<Facet>`
    select area.id, area.name, counted.count from (
      select left(area_id, ${digits}::int) as id, count(*) as count
      from app.lead where ${matching(asked, reading, 'area')} group by 1
    ) counted join app.area on area.id = counted.id
    order by area.id`.execute(tx)
  return rows
}

async function lineFacet(
  tx: Tx,
  asked: LeadFilters,
  reading: Reading,
  facet: 'programme' | 'verdict',
): Promise<Facet[]> {
  const { rows } = await sql<{ id: string; count: number }>`
    select line.${sql.ref(facet)} as id, count(distinct lead.id) as count
    from app.lead join app.lead_line line on line.lead_id = lead.id
    where ${matching(asked, reading, facet)} and ${countingLine(asked, facet)}
    group by 1 order by 2 desc, 1`.execute(tx)
  const name = (id: string) =>
    facet === 'programme' ? (reading.programmeNames.get(id) ?? id) : verdictName(id)
  return rows.map(({ id, count }) => ({ id, name: name(id), count }))
}

function verdictName(id: string): string {
  return id === 'eligible' ? '符合' : '待核实'
}

const stateNames = {
  open: '待处理',
  mine: '我在跟的',
  snoozed: '已搁置',
  closed: '已办结',
} as const

async function stateFacet(tx: Tx, asked: LeadFilters, reading: Reading): Promise<Facet[]> {
  const counts = leadStates.map(
    (state) => sql`count(*) filter (where ${inState(state, reading)}) as ${sql.id(state)}`,
  )
  const { rows } = await sql<Record<(typeof leadStates)[number], number>>`
    select ${sql.join(counts)} from app.lead where ${matching(asked, reading, 'state')}`.execute(tx)
  return leadStates.map((id) => ({ id, name: stateNames[id], count: rows[0]?.[id] ?? 0 }))
}

const dueNames = { overdue: '已超时', soon: '时间过半' } as const

async function dueFacet(tx: Tx, asked: LeadFilters, reading: Reading): Promise<Facet[]> {
  const counts = leadDues.map(
    (due) => sql`count(*) filter (where ${isDue(due, reading)}) as ${sql.id(due)}`,
  )
  const { rows } = await sql<Record<(typeof leadDues)[number], number>>`
    select ${sql.join(counts)} from app.lead where ${matching(asked, reading, 'due')}`.execute(tx)
  return leadDues.map((id) => ({ id, name: dueNames[id], count: rows[0]?.[id] ?? 0 }))
}

type RowColumns = Omit<LeadRow, 'lines' | 'clock' | 'area' | 'assignee' | 'may'> & {
  areaId: string
  areaName: string
  areaLevel: LeadRow['area']['level']
  township: string | null
  assigneeId: string | null
  assigneeName: string | null
}

/** @param whole with resting lines, too, as the panel of one lead shows them */
async function readRows(
  tx: Tx,
  ids: readonly number[],
  reading: Reading,
  whole: boolean,
): Promise<LeadRow[]> {
  const { rows } = await sql<RowColumns>`
    select lead.id, lead.household_id as "householdId", household.register_no as "registerNo",
      coalesce(${headName(sql`lead.household_id`, reading.today)}, '') as head,
      (select count(*) from app.member
        where member.household_id = lead.household_id and superseded_at is null
          and valid_from <= ${reading.today}::date
          and (valid_to is null or valid_to >= ${reading.today}::date)) as size,
      area.id as "areaId", area.name as "areaName", area.level as "areaLevel", township.name as township,
      lead.monthly_min as "monthlyFen", lead.monthly_max as "monthlyMaxFen", lead.why,
      lead.raised_on as since, lead.assignee as "assigneeId",
      coalesce(staff.name, '其他同事') as "assigneeName",
      case when lead.snoozed_until > ${reading.today}::date then lead.snoozed_until end as "snoozedUntil",
      lead.state, lead.clinical, lead.version
    from unnest(${ids}::bigint[]) with ordinality as chosen (id, place)
    join app.lead on lead.id = chosen.id
    join app.household on household.id = lead.household_id
    join app.area on area.id = lead.area_id
    left join app.area township on area.level = 'committee' and township.id = area.parent_id
    left join app.staff on staff.id = lead.assignee
    order by chosen.place`.execute(tx)
  const lines = await readLines(tx, ids, reading, whole)
  const clocks = await clocksOf(tx, 'lead', ids, instantOn(reading.today))
  return rows.map(
    ({ areaId, areaName, areaLevel, township, assigneeId, assigneeName, ...row }) => ({
      ...row,
      lines: lines.get(row.id) ?? [],
      area: { id: areaId, name: areaName, level: areaLevel, ...(township ? { township } : {}) },
      clock: clocks.get(row.id) ?? null,
      assignee: assigneeId ? { id: assigneeId, name: assigneeName ?? '' } : null,
      may: mayDo(row.state, reading.may),
    }),
  )
}

/** What the console may offer for a lead. */
function mayDo(state: LeadRow['state'], may: readonly string[]): string[] {
  if (!may.includes('leads.write')) return []
  return state === 'open' ? ['assign', 'snooze', 'dispose', 'note'] : ['dispose', 'note']
}

type LineColumns = Omit<LeadLine, 'programmeName' | 'amount'> & AmountColumns & { leadId: number }

async function readLines(
  tx: Tx,
  ids: readonly number[],
  reading: Reading,
  whole: boolean,
): Promise<Map<number, LeadLine[]>> {
  const { rows } = await sql<LineColumns>`
    select line.id, line.lead_id as "leadId", line.programme, person.name as member, line.verdict,
      line.amount_kind as "amountKind", line.amount_min as "amountMin",
      line.amount_max as "amountMax", line.per, line.why, line.state, line.disposition,
      line.reason, line.note, line.cools_until as "coolsUntil", line.close_reason as "closeReason"
    from app.lead_line line
    join app.lead on lead.id = line.lead_id
    left join app.person on person.id = line.person_id
    where line.lead_id = any(${ids}::bigint[]) and (lead.state = 'closed' or line.state = 'open'
      or ${whole} and line.state = 'cooling')
    order by line.state <> 'open', line.verdict, (line.per = 'month') is not true,
      line.amount_min desc nulls last, line.id`.execute(tx)
  const lines = new Map<number, LeadLine[]>()
  for (const { leadId, amountKind, amountMin, amountMax, per, ...line } of rows) {
    const all = lines.get(leadId) ?? []
    all.push({
      ...line,
      programmeName: reading.programmeNames.get(line.programme) ?? line.programme,
      amount: amountOf({ amountKind, amountMin, amountMax, per }),
    })
    lines.set(leadId, all)
  }
  return lines
}
