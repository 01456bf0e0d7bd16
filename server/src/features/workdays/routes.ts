import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { workdayProblems } from './problems.ts'
import { readYear, stateDays, stateYear } from './queries.ts'
import { DaysForm, isYear, WorkdayYearView, YearForm, YearNumber } from './views.ts'

const params = Type.Object({ year: Type.Integer({ minimum: 1, maximum: 9999 }) })

/** The calendar that clocks of offices count by: 工作日历. */
export function workdayRoutes(app: App, parts: Readonly<{ clock: Clock }>): void {
  readRoute(app, parts)
  writeRoutes(app)
}

function readRoute(app: App, { clock }: Readonly<{ clock: Clock }>): void {
  app.get(
    '/workdays',
    {
      schema: {
        operationId: 'getWorkdays',
        tags: ['workdays'],
        summary: 'Holidays and make-up working days of a year, and who changed them',
        querystring: Type.Object(
          { year: Type.Optional(YearNumber) },
          { additionalProperties: false },
        ),
        response: { 200: WorkdayYearView },
      },
      config: { may: 'workdays.read' },
    },
    async (request) => {
      const year = request.query.year ?? Number(clock.today().slice(0, 4))
      return request.transact((tx) => readYear(tx, year))
    },
  )
}

function writeRoutes(app: App): void {
  app.put(
    '/workdays/:year/days',
    {
      schema: {
        operationId: 'stateWorkdays',
        tags: ['workdays'],
        summary: 'Make days of a year holidays, working days, or what their weekday says',
        params,
        body: DaysForm,
        response: { 200: WorkdayYearView },
      },
      config: { may: 'workdays.write' },
    },
    async (request) => {
      const { year } = request.params
      const { seen, ...stated } = request.body
      if (!isFewDaysOf(year, stated)) throw problem(workdayProblems, 'workdays-invalid')
      return request.transact((tx) =>
        once(tx, request, async () => {
          if (!(await stateDays(tx, stated, seen)))
            throw problem(workdayProblems, 'workdays-changed')
          await audit(tx, {
            action: 'workdays.stated',
            subject: `year:${year}`,
            requestId: request.id,
            detail: stated,
          })
          return readYear(tx, year)
        }),
      )
    },
  )
  app.put(
    '/workdays/:year',
    {
      schema: {
        operationId: 'stateWorkdayYear',
        tags: ['workdays'],
        summary: 'Say whether the holidays and make-up working days of a year are all there',
        params,
        body: YearForm,
        response: { 200: WorkdayYearView },
      },
      config: { may: 'workdays.write' },
    },
    async (request) => {
      const { year } = request.params
      const { seen, ...stated } = request.body
      if (!isYear(year)) throw problem(workdayProblems, 'workdays-invalid')
      return request.transact((tx) =>
        once(tx, request, async () => {
          if (!(await stateYear(tx, year, stated, seen)))
            throw problem(workdayProblems, 'workdays-changed')
          await audit(tx, {
            action: 'workdays.year-stated',
            subject: `year:${year}`,
            requestId: request.id,
            detail: stated,
          })
          return readYear(tx, year)
        }),
      )
    },
  )
}

function isFewDaysOf(year: number, { from, to }: Readonly<{ from: string; to: string }>): boolean {
  const within = [from, to].every((day) => Number(day.slice(0, 4)) === year)
  return (
    isYear(year) && within && from <= to && Date.parse(to) - Date.parse(from) <= 30 * 86_400_000
  )
}
