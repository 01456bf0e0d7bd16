import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { hiddenCells, isFew, type Sum } from '../lab/suppress.ts'
import { povertyOf } from './alkire-foster.ts'
import { type Answered, type Grade, indicatorIds } from './assessment.ts'
import { AssessmentSummaryView } from './weight-views.ts'
import { weightsInForce } from './weight-queries.ts'

type Summary = Static<typeof AssessmentSummaryView>

/** How the households of an area fare, by township or committee; what would tell of few is not told. */
export function summaryRoute(app: App): void {
  app.get(
    '/assessment-summary',
    {
      schema: {
        operationId: 'getAssessmentSummary',
        tags: ['assessments'],
        summary: 'How many are assessed, with which grades, and how many are poor in several ways',
        querystring: Type.Object(
          { area: Type.Optional(Type.String({ pattern: '^[0-9]{6}([0-9]{3})?$' })) },
          { additionalProperties: false },
        ),
        response: { 200: AssessmentSummaryView },
      },
      config: { may: 'assessments.decide' },
    },
    async (request) =>
      request.transact(async (tx) => ({
        areas: await readAreas(tx, request.query.area ?? request.caller.areaId),
        poverty: await readPoverty(tx, request.query.area ?? request.caller.areaId),
      })),
  )
}

const grades = ['none', 'low', 'middle', 'high', 'ungraded'] as const
const columns = ['assessed', ...grades, 'urgent'] as const
type Row = Readonly<{ areaId: string; areaName: string; households: number }> &
  Readonly<Record<(typeof columns)[number], number>>

async function readAreas(tx: Tx, area: string): Promise<Summary['areas']> {
  const { rows } = await sql<Row>`
    select area.id as "areaId", area.name as "areaName", count(household.id)::int as households,
      count(one.id)::int as assessed,
      count(*) filter (where one.grade = 'none')::int as none,
      count(*) filter (where one.grade = 'low')::int as low,
      count(*) filter (where one.grade = 'middle')::int as middle,
      count(*) filter (where one.grade = 'high')::int as high,
      count(*) filter (where one.id is not null and one.grade is null)::int as ungraded,
      count(*) filter (where coalesce(one.changed_to, one.proposed) = 'urgent')::int as urgent
    from app.area
    join app.household on starts_with(household.area_id, area.id)
    left join app.needs_assessment one on one.household_id = household.id and one.state = 'confirmed'
    where area.parent_id = ${area} group by area.id, area.name order by area.id`.execute(tx)
  return shown(rows)
}

/**
 * Grades of an area add up to those assessed, and areas to what is told of the area above them: a cell is told only where
 * no such sum gives back one that counts few.
 */
function shown(rows: readonly Row[]): Summary['areas'] {
  const told = columns.map((column) => rows.map((row) => row[column]))
  // The last row is that of the area above.
  const height = rows.length + 1
  const counts = told.flatMap((column) => [...column, column.reduce((sum, one) => sum + one, 0)])
  const cellAt = (column: number, row: number) => column * height + row
  const down: Sum[] = columns.map((_, column) => [
    cellAt(column, rows.length),
    ...rows.map((__, row) => cellAt(column, row)),
  ])
  const across: Sum[] = Array.from({ length: height }, (_, row) =>
    ['assessed' as const, ...grades].map((column) => cellAt(columns.indexOf(column), row)),
  )
  const hidden = hiddenCells(counts, [...down, ...across])
  return rows.map((row, place) => {
    const tell = (column: (typeof columns)[number]) =>
      hidden[cellAt(columns.indexOf(column), place)] ? null : row[column]
    return {
      areaId: row.areaId,
      areaName: row.areaName,
      households: row.households,
      assessed: tell('assessed'),
      none: tell('none'),
      low: tell('low'),
      middle: tell('middle'),
      high: tell('high'),
      ungraded: tell('ungraded'),
      urgent: tell('urgent'),
    }
  })
}

type Assessed = Readonly<{ answers: Answered; persons: number; grade: Grade | null }>

/** Of households of which every indicator is known, counted by people; nothing where those are few. */
async function readPoverty(tx: Tx, area: string): Promise<Summary['poverty']> {
  const { rows } = await sql<Assessed>`
    select answers, grade, (select count(*)::int from app.member where member.household_id = one.household_id
      and member.superseded_at is null and member.valid_to is null) as persons
    from app.needs_assessment one join app.household on household.id = one.household_id
    where one.state = 'confirmed' and starts_with(household.area_id, ${area})`.execute(tx)
  const whole = rows.filter(({ answers }) => indicatorIds.every((id) => answers[id] !== 'unknown'))
  if (whole.length === 0 || isFew(whole.length)) return null
  const inForce = await weightsInForce(tx)
  const measured = whole.map(({ answers, persons }) => ({
    persons,
    deprived: indicatorIds.map((id) => answers[id] === 'yes'),
  }))
  const { contributions, poor, ...rest } = povertyOf(measured, inForce.weights, inForce.line)
  const poorHouseholds = measured.filter(
    ({ deprived }) =>
      deprived.reduce(
        (sum, lacks, place) => sum + (lacks ? (inForce.weights[place] ?? 0) : 0),
        0,
      ) >= inForce.line,
  ).length
  // Of few poor households nothing is told that one could be read from.
  if (isFew(poorHouseholds) || isFew(whole.length - poorHouseholds)) return null
  return {
    households: whole.length,
    ...rest,
    contributions: contributions.map((share, place) => ({
      indicator: indicatorIds[place] ?? '',
      share,
    })),
    weightsId: inForce.id,
    line: inForce.line,
  }
}
