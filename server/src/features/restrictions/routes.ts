import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { noteRead } from '../households/note-read.ts'
import { type HouseholdRecord, readHousehold } from '../households/queries.ts'
import { type RestrictionParts, glassRoutes } from './glass-routes.ts'
import { restrictionProblems } from './problems.ts'
import { liftRestriction, readRestriction, type Restricting, restrictHousehold } from './queries.ts'
import { restrictionKinds } from './restriction.ts'
import { LiftForm, RestrictionForm, RestrictionView } from './views.ts'

const strict = { additionalProperties: false } as const
const params = Type.Object({ id: Type.Integer({ minimum: 1 }) }, strict)
const Done = Type.Object({ done: Type.Literal(true) })

export function restrictionRoutes(app: App, parts: RestrictionParts): void {
  readRoute(app)
  writeRoutes(app)
  glassRoutes(app, parts)
}

function readRoute(app: App): void {
  app.get(
    '/households/:id/restriction',
    {
      schema: {
        operationId: 'getRestriction',
        tags: ['restrictions'],
        summary: 'Who may see a household, where only the people named may',
        params,
        response: { 200: RestrictionView },
      },
      config: { may: 'restrictions.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { id } = await inSight(tx, request.params.id)
        const found = await readRestriction(tx, id)
        if (found)
          await noteRead(tx, { action: 'household.restriction-read', householdId: id, fields: [] })
        return { restriction: found && { ...found, kindName: restrictionKinds[found.kind] } }
      }),
  )
}

function writeRoutes(app: App): void {
  app.post(
    '/households/:id/restrictions',
    {
      schema: {
        operationId: 'restrictHousehold',
        tags: ['restrictions'],
        summary: 'From today on only the people named see this household',
        params,
        body: RestrictionForm,
        response: { 200: Done },
      },
      config: { may: 'restrictions.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { to = null, ...form } = request.body
          await restrict(tx, { ...form, to, householdId: request.params.id })
          return { done: true as const }
        }),
      ),
  )
  app.post(
    '/households/:id/restriction/lifting',
    {
      schema: {
        operationId: 'liftRestriction',
        tags: ['restrictions'],
        summary: 'Everybody of the area sees this household again',
        params,
        body: LiftForm,
        response: { 200: Done },
      },
      config: { may: 'restrictions.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const household = await inSight(tx, request.params.id)
          const { because } = request.body
          if (!(await liftRestriction(tx, { householdId: household.id, because })))
            throw problem(restrictionProblems, 'not-restricted')
          await note(tx, 'household.restriction-lifted', household)
          return { done: true as const }
        }),
      ),
  )
}

/** Noted before it is done: whoever does not name themselves sees the household no more. */
async function restrict(tx: Tx, form: Restricting): Promise<void> {
  const household = await inSight(tx, form.householdId)
  if (await readRestriction(tx, household.id))
    throw problem(restrictionProblems, 'restriction-stands')
  await note(tx, 'household.restricted', household, {
    kind: form.kind,
    to: form.to,
    viewers: [...form.viewers],
  })
  await restrictHousehold(tx, form).catch((error: { constraint?: string }) => {
    if (error.constraint === 'restriction_viewer_works_there')
      throw invalid('viewers', '可查阅人员须是负责该户所在辖区的在岗人员')
    if (error.constraint === 'restriction_days_in_order') throw invalid('to', '截止日不能早于今天')
    throw error
  })
}

async function inSight(tx: Tx, id: number): Promise<HouseholdRecord> {
  const household = await readHousehold(tx, id)
  if (!household) throw problem(platformProblems, 'not-found')
  return household
}

async function note(
  tx: Tx,
  action: string,
  { id, area }: HouseholdRecord,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const subject = `household:${id}`
  await audit(tx, { action, subject, householdId: id, areaId: area.id, detail })
}

function invalid(field: string, message: string) {
  return problem(restrictionProblems, 'restriction-invalid', message, [
    { path: `/body/${field}`, message },
  ])
}
