import { sql } from 'kysely'
import { Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { type ChangeParts, isMember, lockHousehold } from '../households/household-change.ts'
import { noteRead } from '../households/note-read.ts'
import { readHousehold } from '../households/queries.ts'
import { invalid, note } from './change.ts'
import { homeOf } from './queries.ts'
import { homeOfSupported, readSupporters } from './supporters.ts'
import {
  SupportEndingForm,
  SupporterForm,
  SupporterIdView,
  SupportersView,
} from './supporter-views.ts'

const strict = { additionalProperties: false } as const
const id = Type.Integer({ minimum: 1 })
const params = Type.Object({ id }, strict)

/** Those who owe the members of a household support by law, wherever they live. */
export function supporterRoutes(app: App, parts: ChangeParts): void {
  readRoute(app)
  recordRoute(app, parts)
  endRoute(app, parts)
}

function readRoute(app: App): void {
  app.get(
    '/households/:id/supporters',
    {
      schema: {
        operationId: 'getSupporters',
        tags: ['members'],
        summary: 'Who owes the members of a household support by law',
        params,
        response: { 200: SupportersView },
      },
      config: { may: 'households.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const householdId = request.params.id
        if (!(await readHousehold(tx, householdId))) throw problem(platformProblems, 'not-found')
        await noteRead(tx, {
          action: 'household.supporters-read',
          householdId,
          fields: ['members'],
        })
        return { items: await readSupporters(tx, householdId) }
      }),
  )
}

function recordRoute(app: App, { clock }: ChangeParts): void {
  app.post(
    '/households/:id/supporters',
    {
      schema: {
        operationId: 'recordSupporter',
        tags: ['members'],
        summary: 'Somebody owes a member support by law, from a day on',
        params,
        body: SupporterForm,
        response: { 200: SupporterIdView },
      },
      config: { may: 'households.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const household = await lockHousehold(tx, request.params.id)
          const { personId, supporterId, name, from } = request.body
          if (!(await isMember(tx, household.id, personId)))
            throw invalid({ field: 'personId', message: '不是这户的现住成员' })
          if ((supporterId === undefined) === (name === undefined))
            throw invalid({ field: 'name', message: '义务人或选在册人员，或填姓名，二者取一' })
          if (supporterId === personId)
            throw invalid({ field: 'supporterId', message: '义务人不能是本人' })
          if (supporterId !== undefined && (await homeOf(tx, supporterId)) === undefined)
            throw invalid({ field: 'supporterId', message: '没有找到这个人，请填姓名' })
          if (from > clock.today()) throw invalid({ field: 'from', message: '不能晚于今天' })
          const { rows } = await sql<{
            id: number
          }>`select app.record_supporter(${personId}, ${JSON.stringify(request.body)}::jsonb) as id`
            .execute(tx)
            .catch((error: { constraint?: string }) => {
              if (error.constraint === 'supporter_once')
                throw invalid({ field: 'supporterId', message: '已登记为义务人' })
              throw error
            })
          const detail = { personId, kind: request.body.kind }
          await note(tx, household, 'household.supporter-recorded', request.id, detail)
          return { id: rows[0]?.id ?? 0 }
        }),
      ),
  )
}

function endRoute(app: App, { clock }: ChangeParts): void {
  app.post(
    '/households/:id/supporters/:supporterId/ending',
    {
      schema: {
        operationId: 'endSupporter',
        tags: ['members'],
        summary: 'Support is owed no longer after a day',
        params: Type.Object({ id, supporterId: id }, strict),
        body: SupportEndingForm,
        response: { 200: SupporterIdView },
      },
      config: { may: 'households.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { supporterId } = request.params
          const household = await lockHousehold(tx, request.params.id)
          if ((await homeOfSupported(tx, supporterId)) !== household.id)
            throw problem(platformProblems, 'not-found')
          const { lastDay, because } = request.body
          if (lastDay > clock.today()) throw invalid({ field: 'lastDay', message: '不能晚于今天' })
          const { rows } = await sql<{ done: boolean }>`
            select app.end_supporter(${supporterId}, ${lastDay}::date, ${because.trim()}) as done`.execute(
            tx,
          )
          if (!rows[0]?.done)
            throw invalid({ field: 'lastDay', message: '已经终止，或这一天还没有开始' })
          const detail = { supporter: supporterId, because }
          await note(tx, household, 'household.supporter-ended', request.id, detail)
          return { id: supporterId }
        }),
      ),
  )
}
