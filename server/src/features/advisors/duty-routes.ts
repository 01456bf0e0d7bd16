import { sql } from 'kysely'
import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { type AdvisorParts, advisorPage, personCalled } from './page.ts'
import { advisorProblems } from './problems.ts'
import { AdvisorView, DutyEndingForm, DutyForm, params } from './views.ts'

const response = { 200: AdvisorView }

/** For which committees an advisor answers, as officials of the area state it. 职责 */
export function dutyRoutes(app: App, { clock }: AdvisorParts): void {
  app.post(
    '/advisors/:staffId/duties',
    {
      schema: {
        operationId: 'giveDuty',
        tags: ['advisors'],
        summary:
          'Name the advisor of a committee from a day on: they see the need signals of its households',
        params,
        body: DutyForm,
        response,
      },
      config: { may: 'advisors.write' },
    },
    async (request) => {
      const { staffId } = request.params
      const { area, from, to } = request.body
      if (to !== null && to < from) throw problem(advisorProblems, 'advisor-days')
      if (request.caller.staffId === staffId) throw problem(advisorProblems, 'advisor-own')
      // The database asks the same.
      if (!area.startsWith(request.caller.areaId)) throw problem(platformProblems, 'forbidden')
      return request.transact(async (tx) => {
        await once(tx, request, async () => {
          const { areaId } = await personCalled(tx, staffId, clock)
          const duty = await giveDuty(tx, staffId, request.body).catch(refused)
          await audit(tx, {
            action: 'advisor.duty-given',
            subject: `staff:${staffId}`,
            areaId,
            requestId: request.id,
            detail: { duty, area, from, to },
          })
        })
        return advisorPage(tx, request, staffId, clock)
      })
    },
  )
  app.post(
    '/advisors/:staffId/duties/:dutyId/ending',
    {
      schema: {
        operationId: 'endDuty',
        tags: ['advisors'],
        summary: 'End the duty of an advisor for a committee with a day',
        params: Type.Object({
          staffId: Type.String({ format: 'uuid' }),
          dutyId: Type.Integer({ minimum: 1 }),
        }),
        body: DutyEndingForm,
        response,
      },
      config: { may: 'advisors.write' },
    },
    async (request) => {
      const { staffId, dutyId } = request.params
      return request.transact(async (tx) => {
        await once(tx, request, async () => {
          const { areaId } = await personCalled(tx, staffId, clock)
          if ((await endDuty(tx, dutyId, request.body.lastDay)) !== staffId)
            throw problem(platformProblems, 'not-found')
          await audit(tx, {
            action: 'advisor.duty-ended',
            subject: `staff:${staffId}`,
            areaId,
            requestId: request.id,
            detail: { duty: dutyId, lastDay: request.body.lastDay },
          })
        })
        return advisorPage(tx, request, staffId, clock)
      })
    },
  )
}

type Given = Readonly<{ area: string; from: string; to: string | null }>

async function giveDuty(tx: Tx, staffId: string, { area, from, to }: Given): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select app.give_duty(${staffId}::uuid, ${area}, ${from}::date, ${to}::date) as id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** @returns whose it was; null where none stands */
async function endDuty(tx: Tx, id: number, lastDay: string): Promise<string | null> {
  const { rows } = await sql<{ staffId: string | null }>`
    select app.end_duty(${id}, ${lastDay}::date) as "staffId"`.execute(tx)
  return rows[0]?.staffId ?? null
}

function refused(error: { constraint?: string }): never {
  const { constraint } = error
  if (constraint === 'duty_of_an_advisor_there') throw problem(advisorProblems, 'duty-not-there')
  if (constraint === 'duty_of_the_certified') throw problem(advisorProblems, 'duty-not-certified')
  if (constraint === 'duty_once_at_a_time') throw problem(advisorProblems, 'duty-stands')
  throw error
}
